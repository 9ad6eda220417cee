"""The kinds of text that stand in the files, each with its check and the words for its faults.

A check raises ``wrong(message, hint)``; pydantic carries it to the place where the text stands.
Messages quote a value only where it cannot be a secret.
"""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from watcher.config.addresses import allow_problem, is_invalid_address
from watcher.config.spelling import odd_character, printable, suggest
from watcher.config.when import FORMS, parse_when, weekday_names
from watcher.urls import url_problem

LONGEST_NAME = 200
LONGEST_TERM = 200
LONGEST_CONTACT = 254  # RFC 5321, 4.5.3.1.3
TOPIC_KEY = r"^[a-z0-9][a-z0-9-]{0,79}$"

# ISO 639-1, the codes that feeds and language detectors use.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
LANGUAGES = frozenset(_CODES.split())
_LANGUAGE_NAMES = {"français": "fr", "francais": "fr", "french": "fr", "anglais": "en", "english": "en"}

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
_REGEX = re.compile(r"^/.*/\w*$|^\^|\$$|\.[*+]|\\[bdswBDSW.]|\(\?|\[[^\]]*\]|[)\]][*+?]|\w\|\w")


def wrong(message: str, hint: str | None = None) -> PydanticCustomError:
    """Build the error that a check raises: one sentence and what to write instead."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint})


def check_line(text: str) -> str:
    """Refuse what no one-line text may be: empty, too long, or with characters that do not show."""
    if not text.strip():
        raise wrong("This text is empty.", "write something, or delete the line")
    if len(text) > LONGEST_NAME:
        raise wrong(f"This text is too long: {len(text):,} characters.", f"at most {LONGEST_NAME}")
    if odd := odd_character(text):
        raise wrong(f"This text holds {odd}.", "delete it, and type the text again on one line")
    return text


def check_term(term: str) -> str:
    """Refuse terms that are no words or phrases, or that would match nothing or everything."""
    check_line(term)
    if "*" in term.rstrip("*") or term.endswith("**"):
        raise wrong("A * (star, wildcard) may stand only once, at the end of a term.", "write 'wind*' and not '*wind'")
    if term.strip() == "*":
        raise wrong("A lone * (wildcard) would match everything.", "write the beginning of a word before it: 'wind*'")
    if _REGEX.search(term):
        raise wrong(
            "This term looks like a regular expression.", "terms are plain words and phrases: list each of them"
        )
    if not any(char.isalnum() for char in term):
        raise wrong("This term has no letter or digit.", "write a word or phrase, or delete it")
    return term


def check_name(name: str) -> str:
    """Refuse names to recognise that no text could hold."""
    check_line(name)
    if "*" in name:
        raise wrong("A name has no * (wildcard): it is recognised as it stands.", "list other spellings as aliases")
    if not any(char.isalnum() for char in name):
        raise wrong("This name has no letter or digit.")
    return name


def check_url(url: str) -> str:
    """Refuse addresses that cannot be fetched, by what can be seen in them."""
    if problem := url_problem(url):
        raise wrong(f"This URL cannot be used. {problem}", "write an address that begins with https:// or http://")
    if is_invalid_address(url):
        raise wrong("The host of this URL looks like an IP address and is no valid one.", "check its four numbers")
    if re.search(r"[{}]|\$\(", url):
        message = "This URL holds a brace or $(: such characters are not expanded to anything here."
        raise wrong(message, "write the address as a browser shows it")
    return url


def check_contact(contact: str) -> str:
    """Refuse contacts that are neither one mail address nor a web address."""
    hint = "one mail address (veille@example.org) or one URL"
    if len(contact) > LONGEST_CONTACT:
        raise wrong("This contact address is too long.", hint)
    if not _MAIL.fullmatch(contact) and url_problem(contact):
        raise wrong("This contact is neither a mail address nor a URL.", hint)
    return contact


def check_mail(address: str) -> str:
    """Refuse what is no mail address."""
    if len(address) > LONGEST_CONTACT or not _MAIL.fullmatch(address):
        raise wrong("This is no mail address.", "write one address, such as name@example.org")
    return address


def check_timezone(name: str) -> str:
    """Refuse what is no time zone of the IANA database."""
    if len(name) <= LONGEST_NAME and _ZONE.fullmatch(name):
        try:
            ZoneInfo(name)
        except (ValueError, OSError, LookupError):
            pass
        else:
            # Folders and files beside the zones hold copies with other clocks (leap seconds) or none.
            if "/" in name and not name.startswith(("posix/", "right/")):
                return name
    zones = available_timezones()
    if name in zones:
        return name
    city = next((zone for zone in sorted(zones) if zone.rpartition("/")[2].lower() == name.lower()), None)
    meant = city or suggest(name, zones)
    raise wrong("This time zone is unknown.", f"did you mean '{meant}'?" if meant else "write one such as Europe/Paris")


def check_language(code: str) -> str:
    """Refuse what is no two-letter language code."""
    if code in LANGUAGES:
        return code
    near = _LANGUAGE_NAMES.get(code.lower(), code[:2].lower())
    meant = near if near in LANGUAGES and not re.search(r"[,;\s]", code) else None
    hint = f"did you mean '{meant}'?" if meant else "write a code of two letters, such as fr or en"
    raise wrong("This language is not a code of ISO 639-1.", hint)


def check_range(value: str) -> str:
    """Refuse what is neither a network range nor an address nor ``host:port``."""
    if problem := allow_problem(value):
        raise wrong(*problem)
    return value


def check_when(text: str) -> str:
    """Refuse what is no schedule."""
    try:
        parse_when(text)
    except ValueError as error:
        first = re.split(r"[\s\d]", text.strip(), maxsplit=1)[0]
        meant = suggest(first, weekday_names()) if first.lower() not in weekday_names() else None
        raise wrong(str(error), f"did you mean '{meant}'?" if meant else FORMS) from None
    return text


def check_slug(key: str) -> str:
    """Refuse topic keys (and slugs) that cannot be a file name everywhere."""
    if not re.fullmatch(TOPIC_KEY[1:-1], key):
        message = f"'{printable(key)}' cannot be the key of a topic or member: it names files."
        raise wrong(message, "use small letters a-z, digits and hyphens, at most 80 characters")
    return key


Line = Annotated[str, AfterValidator(check_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})]
Term = Annotated[str, AfterValidator(check_term), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})]
NameText = Annotated[
    str, AfterValidator(check_name), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})
]
Url = Annotated[
    str, AfterValidator(check_url), WithJsonSchema({"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"})
]
Contact = Annotated[str, AfterValidator(check_contact)]
MailAddress = Annotated[str, AfterValidator(check_mail)]
Timezone = Annotated[str, AfterValidator(check_timezone)]
Language = Annotated[str, AfterValidator(check_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2}$"})]
Range = Annotated[str, AfterValidator(check_range)]
WhenText = Annotated[str, AfterValidator(check_when), Field(examples=["every 2 hours", "monday 07:00", "0 7 * * 1"])]
Slug = Annotated[str, AfterValidator(check_slug), WithJsonSchema({"type": "string", "pattern": TOPIC_KEY})]
