"""Web addresses: what may be asked for, and when two spellings name the same page.

Pure string work, total on any input: nothing here resolves a name or raises. Two notions are kept
apart. ``url_problem`` judges an address that somebody wants to fetch and refuses by name whatever
a browser would silently repair. ``canonical_url`` makes a *key*: it folds scheme, ``www.``, default
ports, trailing slashes, escapes and tracking parameters, so it is compared and never fetched.
"""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

MAX_URL = 4096  # characters; servers refuse longer request lines (RFC 9112 recommends 8,000 octets at least)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_FORBIDDEN_ASCII = re.compile(r"[\x00-\x20\x7f\\<>\"]")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
# An address of which folding only touches the scheme, ``www.``, a last slash and the query: most of them, at a tenth of
# the price. No escapes, no dot segments, no port that goes without saying.
_PLAIN = re.compile(
    r"https?://(?:www\.)?((?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)++(?::(?!(?:80|443)\b)[1-9]\d{1,3})?+"
    r"(?:/[\w~-][\w.~-]*+)*+)/?(?:\?([\w.~=&-]*+))?",
    re.ASCII,
)
_SAFE_PATH = "!$&'()*+,;=:@/%"
_SAFE_QUERY = _SAFE_PATH + "?"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Parameters that say how a reader came and never which page: analytics prefixes, then single names.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "at_", "hsa_", "oly_", "vero_", "piwik_", "matomo_", "stm_", "wt_", "wt.")
_TRACKING_NAMES = _names(
    "fbclid gclid dclid gclsrc gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id mc_cid mc_eid "
    "mkt_tok _hsenc _hsmi _ga _gl __twitter_impression xtor xtref xtcr srsltid s_cid cmpid ncid icid spm trk "
    "guccounter guce_referrer guce_referrer_sig _openstat wickedid ml_subscriber ml_subscriber_hash rb_clickid"
)
# Second-level labels under which a country registers names, and hosts under which each name is a site of its own.
_SECOND_LEVEL = _names("ac asso co com edu gob gouv gov go gv mil ne net nhs nom or org sch tm")
_SHARED_HOSTS = _names(
    "blogspot.com blogspot.fr github.io gitlab.io wordpress.com substack.com over-blog.com canalblog.com "
    "hypotheses.org medium.com tumblr.com typepad.com typepad.fr netlify.app pages.dev web.app vercel.app "
    "wixsite.com weebly.com hubspotpagebuilder.com free.fr hautetfort.com blogspirit.com squarespace.com "
    "webflow.io"
)


def url_problem(url: str) -> str | None:
    """Return why ``url`` may not be fetched, as a sentence with its remedy, or None when nothing speaks against it.

    Only what can be seen in the text; addresses behind a name are judged when it is resolved.
    """
    if not url.strip():
        return "The address is empty: write one that begins with https://."
    if len(url) > MAX_URL:
        return f"The address is {len(url)} characters long: at most {MAX_URL} are accepted."
    if character := _forbidden_character(url):
        name = "a space" if character == " " else f"the character U+{ord(character):04X}"
        return f"The address contains {name}: remove it or write it as a percent escape."
    parts = _split(url)
    if parts is None:
        return "The address cannot be read: check its brackets and its port."
    return _scheme_problem(parts) or _authority_problem(parts)


def is_http_url(url: str) -> bool:
    """Say whether ``url`` is an absolute http(s) address without anything that ``url_problem`` refuses."""
    return url_problem(url) is None


def canonical_url(url: str) -> str:
    """Return the key form of ``url``: equal for two addresses of one page; idempotent; other texts come back stripped.

    http and https, ``www.``, default ports, fragments, trailing slashes, dot segments, escapes of unreserved
    characters and tracking parameters make no difference; path and query keep their case and order.
    """
    text = url.strip()
    if plain := _PLAIN.fullmatch(text):
        place, query = plain.groups()
        query = query and _without_tracking(query)
        return f"https://{place}?{query}" if query else f"https://{place}"
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return text
    name = _strip_www(_ascii_host(parts.hostname) or parts.hostname)
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    path = _without_dots(_normal_escapes(parts.path, _SAFE_PATH)).rstrip("/")
    query = _without_tracking(_normal_escapes(parts.query, _SAFE_QUERY))
    return f"https://{_bracketed(name)}{port}{path}{'?' if query else ''}{query}"


def drop_tracking(url: str) -> str:
    """Return ``url`` as its publisher wrote it, without the parameters that only say who clicked where."""
    parts = _split(url)
    if parts is None or not parts.query:
        return url
    kept = [pair for pair in parts.query.split("&") if not _is_tracking(pair)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def host(url: str) -> str:
    """Return the host of ``url`` in lower-case ASCII without a trailing dot, or "" when it has none."""
    parts = _split(url.strip())
    if parts is None or not parts.hostname:
        return ""
    return _ascii_host(parts.hostname) or parts.hostname


def site(url: str) -> str:
    """Return the registrable domain of ``url`` as well as it can be told without the public suffix list.

    ``https://news.example.co.uk/a`` gives ``example.co.uk``; an IP address is its own site; "" without a host.
    """
    name = host(url)
    labels = name.split(".")
    if len(labels) < 3 or ":" in name or labels[-1].isdigit():
        return name
    is_shared = ".".join(labels[-2:]) in _SHARED_HOSTS or (len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL)
    return ".".join(labels[-3:] if is_shared else labels[-2:])


def resolve_url(base: str, reference: str) -> str | None:
    """Return ``reference`` as an absolute http(s) address seen from ``base``, fragment kept, or None if it is none.

    Spaces and characters beyond ASCII are escaped, as every browser does with a sloppy link.
    """
    try:
        joined = urljoin(base, reference.strip())
    except ValueError:
        return None
    cleaned = escape_url(joined)
    return cleaned if url_problem(cleaned) is None else None


def escape_url(url: str) -> str:
    """Return ``url`` with spaces, quotes and non-ASCII characters of path, query and fragment percent-escaped."""
    authority = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*", url)
    start = authority.end() if authority else 0
    return url[:start] + quote(url[start:], safe=_SAFE_QUERY + "#[]\\\t\r\n", errors="replace")


def _split(url: str) -> SplitResult | None:
    """Return the parts of ``url``, or None when brackets or port make no sense."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _forbidden_character(url: str) -> str | None:
    """Return the first white space, invisible character, or one that parsers read differently, such as a backslash."""
    if found := _FORBIDDEN_ASCII.search(url):
        return found[0]
    if url.isascii():
        return None
    return next((c for c in url if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}), None)


def _scheme_problem(parts: SplitResult) -> str | None:
    if not parts.scheme:
        return "The address has no scheme: write it with https:// in front."
    if parts.scheme not in {"http", "https"}:
        return f"The scheme '{parts.scheme}' is not allowed: only http and https addresses are fetched."
    return None


def _authority_problem(parts: SplitResult) -> str | None:
    if "@" in parts.netloc:
        return "The address carries a user name or password: remove it, credentials do not belong in an address."
    if not parts.hostname:
        return "The address names no host: write it as https://host/path."
    if parts.port == 0:
        return "Port 0 does not exist: remove it from the address."
    if _ascii_host(parts.hostname) is None:
        return f"The host name '{parts.hostname[:80]}' is not valid: check its spelling."
    return None


def _ascii_host(name: str) -> str | None:
    """Return ``name`` in lower-case ASCII (IDNA), an IPv6 address as it stands, or None when it is no host name."""
    if ":" in name:
        return name if re.fullmatch(r"[0-9a-fA-F:.]+", name) else None
    name = name.removesuffix(".")
    try:
        ascii_name = name.lower() if name.isascii() else name.encode("idna").decode("ascii")
        if "xn--" in ascii_name and not ascii_name.encode().decode("idna"):
            return None
    except UnicodeError:
        return None
    return ascii_name if len(ascii_name) <= 253 and _HOST.fullmatch(ascii_name) else None


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _strip_www(name: str) -> str:
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` segments (RFC 3986, 5.2.4), leaving every other segment alone."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(len(kept) - 1, 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _without_tracking(query: str) -> str:
    return "&".join([pair for pair in query.split("&") if pair and not _is_tracking(pair)])


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES)


def _normal_escapes(text: str, safe: str) -> str:
    """Escape what must be, unescape what need not be, and write every escape in capitals (RFC 3986, 6.2.2)."""
    return quote(_ESCAPE.sub(_normal_escape, text), safe=safe, errors="replace")


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    is_unreserved = character.isascii() and (character.isalnum() or character in "-._~")
    return character if is_unreserved else match[0].upper()
