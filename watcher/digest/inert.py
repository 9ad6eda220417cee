"""Text and links of strangers, made harmless before they enter an edition.

Feeds are cleaned when they are parsed; an edition does not rely on it, because one forgotten
path would reach a member's mailbox. Renderers still escape for their own format.
"""

import re
import unicodedata
from itertools import groupby
from urllib.parse import quote, urlsplit, urlunsplit

MAX_MARKS = 4  # combining marks on one letter; more is "zalgo" and spills over the lines around
MAX_LINE = 600  # characters of a one-line text; real titles stay under 300
MAX_URL = 2000  # longer addresses break in mail clients

# Direction overrides and isolates, zero-width space, word joiner and invisible operators, BOM,
# soft hyphen, interlinear marks, tag characters. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACE = re.compile("[^\\S\u00a0\u202f]+")  # no-break spaces are typography and stay
_KEPT = "!#$%&*+,/:;=?@[]~-._"  # legal in a URL and harmless in HTML attributes, in XML and in Markdown's <target>
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def one_line(text: str, limit: int = MAX_LINE) -> str:
    """Return ``text`` as one line of visible characters, cut at a word beyond ``limit``; idempotent."""
    text = _INVISIBLE.sub("", _CONTROL.sub("", text[: limit * 20]))
    text = _SPACE.sub(" ", _cap_marks(text)).strip()
    return cut_at_word(text, limit)


def _cap_marks(text: str) -> str:
    if text.isascii():
        return text
    parts = []
    for is_mark, run in groupby(text, key=lambda char: unicodedata.combining(char) > 0):
        parts.append("".join(run)[: MAX_MARKS if is_mark else None])
    return "".join(parts)


def cut_at_word(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters, never cut inside a word where a space allows it."""
    if len(text) <= limit:
        return text
    room = text[: limit - 1]
    head = room.rsplit(" ", 1)[0] if " " in room else room
    return head.rstrip(" ,;:–-(«") + "…"


def safe_link(url: str | None) -> str | None:
    """Return an absolute http(s) URL fit for every format, or None when it cannot be trusted.

    What could end an attribute, a Markdown target or a line is percent-encoded; user names
    before the host are refused, since they make a link look like another site's.
    """
    if not url or len(url) > MAX_URL or re.search(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]", url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    try:
        host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    except UnicodeError:
        return None
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9a-f:.]+", host):
        return None
    authority = f"[{host}]" if ":" in host else host
    colon_port = "" if port is None else f":{port}"
    rest = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    return f"{parts.scheme.lower()}://{authority}{colon_port}{quote(_INVISIBLE.sub('', rest), safe=_KEPT)}"
