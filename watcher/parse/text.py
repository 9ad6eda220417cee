"""Plain text out of HTML and out of anything else a publisher writes into a text field.

The result is text everywhere: what looks like a tag in it is to be shown as it stands, and escaped by whoever
renders it. Block elements become line breaks, inline elements nothing. Each pattern is linear on any input: a
comment or script that never ends takes all that follows, a tag ends at the next ``<`` at the latest.
Regular expressions and not a parser, by measure: on the content of real feeds they take a fifth of lxml's time.
"""

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_TEXT: Final = 200_000  # characters kept of one text
MAX_TITLE: Final = 300
_MAX_MARKUP: Final = 1_000_000  # characters of markup looked at for one text
_BREAK: Final = "\x1e"  # stands for a line break until white space is collapsed; controls were removed before

_ATTRIBUTES: Final = r"""[^<>"']*+(?:(?:"[^"]*"|'[^']*')[^<>"']*+)*+"""
_BLOCKS: Final = (
    "p|div|br|hr|li|[uod]l|d[dt]|t[rdh]|t(?:able|head|body|foot)|caption|section|article|header|footer|aside|nav|main|"
    "fig(?:ure|caption)|blockquote|pre|h[1-6]|address|form|fieldset|details|summary|option|video|audio|center|title"
)
_HIDDEN: Final = "script|style|template|noembed|noframes|svg|math|textarea|select|head|xmp"
_INLINE: Final = (
    "a|abbr|acronym|applet|b|base|bdi|bdo|big|body|button|cite|code|dfn|dialog|del|em|embed|font|frame|frameset|html|i|iframe|img|"
    "input|ins|isindex|kbd|keygen|label|layer|link|listing|mark|marquee|meta|noscript|object|param|plaintext|portal|q|s|samp|small|source|"
    "span|strike|strong|sub|sup|time|tt|u|var|wbr|blink"
)
_DROPPED: Final = re.compile(
    rf"(?is)<(?:!--.*?(?:-->|\Z)|({_HIDDEN})\b[^<>]*(?<!/)>.*?(?:</\1\s*>|\Z)|(?:![a-z\[]|\?)[^>]*+(?:>|\Z))"
)
_HAS_DROPPED: Final = re.compile(rf"(?i)<(?:[!?]|(?:{_HIDDEN})\b)")
# A tag that is whole, with the beginning of its name, where a name that matters is whole too.
_WHOLE_TAG: Final = re.compile(rf"</?([a-zA-Z][^\s/<>\"']{{0,40}}+)(?![\"']){_ATTRIBUTES}>")
_IS_BLOCK: Final = re.compile(rf"(?i)(?:\w+:)?(?:{_BLOCKS})")
_IS_HIDDEN: Final = re.compile(rf"(?i)(?:{_HIDDEN})\b")
_BLOCK: Final = re.compile(rf"(?i)</?(?:\w+:)?(?:{_BLOCKS})(?=[\s/>]){_ATTRIBUTES}>")
_TAG: Final = re.compile(rf"</?[a-zA-Z](?:{_ATTRIBUTES}>|[^<>]*+(?:>|\Z))")
_MARKUP: Final = re.compile(
    rf"(?i)</(?:{_BLOCKS}|{_HIDDEN}|{_INLINE})\s*>|<(?:br|hr|p|img|wbr)\s*/?>|"
    rf"<(?:{_BLOCKS}|{_HIDDEN}|{_INLINE})[\s/]+[a-z-]+\s*=|<!--|<!\[CDATA\["
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,24}\d{0,2});")
_LONG_REFERENCE: Final = re.compile(r"&#[xX]?0*[0-9a-fA-F]{8,};?")
_PARAGRAPH: Final = re.compile(r"\r?\n[ \t]*\r?\n\s*")

# Invisible or misleading: C0 and C1 controls, bidi controls, zero width space, soft hyphen, BOM, annotation marks,
# surrogates, noncharacters; beyond the BMP tag characters and noncharacters. Zero width joiners stay: emoji and
# Persian need them. Two patterns, because one beyond the BMP is ten times slower.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]"
)
# Characters that are surely wanted and mean themselves: all but white space and what begins markup and references.
_PLAIN: Final = (
    " -%'-;=-~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2bff"
    "\u3001-\u3163\u3165-\ud7ff\uff01-\uffef"
)
# All others: a text without any, as most are, needs no second look.
_SPECIAL: Final = re.compile(f"[^{_PLAIN}]")
_UNUSUAL: Final = re.compile(f"[^&<\t\n\r\xa0\u3000{_PLAIN}]")
_UNWANTED_ASTRAL: Final = re.compile(
    "[\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_STACKED: Final = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def clean_text(value: str, *, plain: bool = False) -> str:
    """Return ``value`` as lines of text; ``plain`` says that it claims to be text and is HTML only if it looks so."""
    text = (value.strip() if _is_clean(value) else _clean(value, plain=plain))[:MAX_TEXT]
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _clean(value: str, *, plain: bool) -> str:
    """Undo markup and references, and put what remains in order."""
    text = value[:_MAX_MARKUP].replace(_BREAK, "")
    if "<" in text and (not plain or _MARKUP.search(text)):
        text = _without_tags(text)
    elif "\n" in text:
        text = _PARAGRAPH.sub(_BREAK, text)
    if "&" in text:
        text = _unescape(text)
    lines = filter(None, text.split(_BREAK))
    return "\n".join([words for line in lines if (words := _collapse(line))])


def clean_line(value: str, *, plain: bool = True, limit: int = MAX_TITLE) -> str:
    """Return ``value`` as one line of at most ``limit`` characters, cut at a word with ``…``."""
    return shorten(clean_text(value[: limit * 100], plain=plain).replace("\n", " "), limit)


def shorten(text: str, limit: int) -> str:
    """Return ``text`` with at most ``limit`` characters, cut between two words where there are any, with ``…``."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return cut[: space if space > limit // 2 else len(cut)].rstrip(" ,;:–—-") + "…"


def _without_tags(text: str) -> str:
    """Put breaks in the place of block elements' tags and nothing in that of others, in one go where that is all."""
    pieces = _WHOLE_TAG.split(text)
    pieces[1::2] = map(_stand_in, pieces[1::2])
    plain = "".join(pieces)
    if "<" not in plain:
        return plain
    if _HAS_DROPPED.search(text):
        text = _DROPPED.sub(" ", text.replace("<![CDATA[", "").replace("]]>", ""))
    return _TAG.sub("", _BLOCK.sub(_BREAK, text))


@lru_cache(maxsize=512)
def _stand_in(name: str) -> str:
    """Return what replaces a tag: for one whose content is hidden, a sign that there is more to do."""
    if _IS_HIDDEN.match(name):
        return "<"
    return _BREAK if _IS_BLOCK.fullmatch(name) else ""


def _unescape(text: str) -> str:
    """Undo escaping, and escaping of what was escaped: no article means to print ``&eacute;``.

    Markup that was escaped twice is removed too.
    """
    for _ in range(2):
        text = html.unescape(_LONG_REFERENCE.sub("", text) if "&#" in text else text)
        if "<" in text and _MARKUP.search(text):
            text = _without_tags(text)
        if "&" not in text or not _ENTITY.search(text):
            break
    return text


def _is_clean(text: str) -> bool:
    return not _SPECIAL.search(text) and "  " not in text


def _collapse(line: str) -> str:
    """Return the words of a line, legible and with one space between them."""
    return line.strip() if _is_clean(line) else " ".join(_legible(line).split())


def _legible(text: str) -> str:
    """Remove what has no business in a text and would break databases, mails or the eye."""
    if not _UNUSUAL.search(text):
        return text
    return _STACKED.sub(r"\1", _UNWANTED_ASTRAL.sub("", _UNWANTED.sub("", text)))
