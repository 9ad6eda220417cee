"""Words, dates and numbers in the languages of editions.

Catalogues are plain JSON (``locales/<language>.json``): a key and its sentence, or a key and
its plural forms (``one``, ``other``). Translators write ordinary spaces; French typography
(a narrow no-break space before ``: ; ! ?`` and inside « ») is applied when a catalogue is read,
so that our own words follow it and quoted articles stay as their authors wrote them.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")
NARROW = "\u202f"
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}

Message = str | dict[str, str]


def locale_of(language: str) -> Locale:
    """Return the Babel locale of an edition language; English for a language without editions."""
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def french_spaces(text: str) -> str:
    """Put narrow no-break spaces where French typography wants them; idempotent."""
    text = re.sub(r"[ \u00a0]+([:;!?»])", NARROW + r"\1", text)
    return re.sub(r"«[ \u00a0]+", "«" + NARROW, text)


@lru_cache
def get_catalogue(language: str) -> dict[str, Message]:
    """Return all messages of a language; English for a language without editions."""
    code = language if language in LANGUAGES else "en"
    text = files("watcher").joinpath("locales", f"{code}.json").read_text(encoding="utf-8")
    messages: dict[str, Message] = json.loads(french_spaces(text) if code == "fr" else text)
    return messages


def message(key: str, language: str, *, count: int | None = None, **values: object) -> str:
    """Return the sentence for ``key``, its plural chosen by ``count`` (also usable as ``{count}``).

    Raises KeyError for an unknown key: a wrong key is a fault of ours and shows in tests.
    """
    found = get_catalogue(language)[key]
    if isinstance(found, dict):
        form = locale_of(language).plural_form(count if count is not None else 2)
        found = found.get(form, found["other"])
    shown = {} if count is None else {"count": format_number(count, language)}
    return found.format(**shown, **values)


def format_number(number: float, language: str) -> str:
    """Return a number with the grouping and decimal marks of the language."""
    return str(format_decimal(number, locale=locale_of(language)))


def format_day(day: date, language: str, *, year: bool = True, short: bool = False) -> str:
    """Return ``16 novembre 2026``; ``1er`` for a French first; ``16 nov.`` without year and short."""
    month = "MMM" if short else "MMMM"
    text = format_date(day, f"d {month} y" if year else f"d {month}", locale=locale_of(language))
    return re.sub(r"^1 ", "1er ", text) if language == "fr" else text


def format_range(first: date, last: date, language: str) -> str:
    """Return ``du 16 au 22 novembre 2026``, naming month and year once where both days share them."""
    if first == last:
        return format_day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        start = re.sub(r"^1$", "1er", str(first.day)) if language == "fr" else str(first.day)
        tight = True
    else:
        start = format_day(first, language, year=first.year != last.year)
        tight = False
    end = format_day(last, language)
    if language == "fr":
        return f"du {start} au {end}"
    return f"{start}–{end}" if tight else f"{start} – {end}"


def format_month(year: int, month: int, language: str, *, short: bool = False) -> str:
    """Return ``janvier 2027``, or ``janv. 2027``."""
    return format_date(date(year, month, 1), "MMM y" if short else "MMMM y", locale=locale_of(language))


def format_clock(text: str, language: str) -> str:
    """Return ``12 h`` or ``17 h 30`` for a French reader; the 24-hour clock as it is for others."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    if language != "fr" or not found:
        return text
    return f"{int(found[1])} h{'' if found[2] == '00' else ' ' + found[2]}".replace(" ", "\u00a0")


def join_words(words: Sequence[str], language: str) -> str:
    """Return ``a, b et c`` or ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {message('and', language)} {words[-1]}"
