"""Makes a hostile or careless document harmless before feedparser reads it.

Document types go away unread (no DTD, no expansion; short plain entities that a feed defines for itself are put in
as text), characters and numeric references that XML forbids are removed. Linear on any input.
"""

import re
from typing import Final

_FIRST_ELEMENT: Final = re.compile(r"<[A-Za-z_]")
_DOCTYPE: Final = re.compile(r"(?i)<!DOCTYPE")
_DOCTYPE_PARTS: Final = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?(?:-->|\Z)|[<>\[\]]", re.DOTALL)
_SAFE_ENTITY: Final = re.compile(
    r"<!ENTITY\s{1,20}([A-Za-z][\w.-]{0,40})\s{1,20}(?:\"([^\"&%<]{0,100})\"|'([^'&%<]{0,100})'|\"(&#\w{1,8};)\")\s{0,20}>"
)
_MAX_ENTITIES: Final = 300
_MAX_GROWTH: Final = 1_000_000  # characters that a document's own entities may add to it
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")


def repair(text: str) -> str:
    """Return ``text`` without document type, forbidden characters and references to such."""
    text = _without_doctype(_FORBIDDEN.sub("", text))
    return _REFERENCE.sub(_keep_legal, text) if "&#" in text else text


def _keep_legal(match: re.Match[str]) -> str:
    """Drop a numeric reference that no XML document may hold."""
    digits = match[1] or match[2]
    if len(digits) > 12:
        return ""
    code = int(digits, 16 if match[1] else 10)
    legal = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
    return match[0] if legal else ""


def _without_doctype(text: str) -> str:
    """Cut the document type out, and put the plain entities that it defines in their places."""
    start = _DOCTYPE.search(text)
    if not start:
        return text
    first = _FIRST_ELEMENT.search(text)
    if first and first.start() < start.start():
        return text
    end = _doctype_end(text, start.end())
    head, subset, rest = text[: start.start()], text[start.end() : end], text[end:]
    entities = {match[1]: match[2] or match[3] or match[4] or "" for match in _SAFE_ENTITY.finditer(subset)}
    return head + _put_in(rest, entities) if 0 < len(entities) <= _MAX_ENTITIES else head + rest


def _doctype_end(text: str, start: int) -> int:
    """Return the index behind a document type: its internal subset is skipped by brackets, quotes respected."""
    depth = 0
    for match in _DOCTYPE_PARTS.finditer(text, start):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if match[0] == ">" and depth <= 0:
            return match.end()
    first = _FIRST_ELEMENT.search(text, start)
    return first.start() if first else len(text)


def _put_in(text: str, entities: dict[str, str]) -> str:
    """Replace references to ``entities`` as long as the document does not grow much by it."""
    pattern = re.compile("&(" + "|".join(map(re.escape, entities)) + ");")
    grown = sum(len(entities[match[1]]) for match in pattern.finditer(text))
    return pattern.sub(lambda match: entities[match[1]], text) if grown <= _MAX_GROWTH else text
