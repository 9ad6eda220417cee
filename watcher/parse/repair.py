"""Makes a hostile or careless document harmless, and often well-formed, before a parser reads it.

Document types go away unread (no DTD, no expansion; short plain entities that a feed defines for itself are put in
as text), characters and references that XML forbids are removed or written out. Linear on any input.
"""

import re
from html.entities import html5
from typing import Final

_FIRST_ELEMENT: Final = re.compile(r"<[A-Za-z_]")
_COMMENT: Final = re.compile(r"(?s)<!--.*?(?:-->|\Z)")
_DOCTYPE: Final = re.compile(r"(?is)<!--.*?(?:-->|\Z)|(<!DOCTYPE)")
_DOCTYPE_PARTS: Final = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?(?:-->|\Z)|[<>\[\]]", re.DOTALL)
_SAFE_ENTITY: Final = re.compile(
    r"<!ENTITY\s{1,20}([A-Za-z][\w.-]{0,40})\s{1,20}(?:\"([^\"&%<]{0,100})\"|'([^'&%<]{0,100})'|\"(&#\w{1,8};)\")\s{0,20}>"
)
_MAX_ENTITIES: Final = 300
_MAX_GROWTH: Final = 1_000_000  # characters that a document's own entities may add to it
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FAULTS: Final = re.compile(
    r"(?P<cdata><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))|"
    r"&(?:#[xX](?P<hex>[0-9a-fA-F]+);|#(?P<decimal>[0-9]+);|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_XML_NAMES: Final = {"amp", "lt", "gt", "quot", "apos"}
_ENDS: Final = ("</rss>", "</feed>", "</rdf:RDF>")


def repair(text: str) -> tuple[str, bool]:
    """Return ``text`` in a form that a strict parser is likelier to read, and whether it was ill-formed before.

    Outside CDATA bare ``&`` and ``<`` are escaped, HTML's names for characters replaced by them; what stands before
    the declaration or behind the root's end is cut.
    """
    stripped = text.strip("\ufeff \t\r\n")
    plain = _without_doctype(stripped)
    end = (
        max(plain.rfind(mark) + len(mark) for mark in _ENDS if mark in plain)
        if any(m in plain for m in _ENDS)
        else None
    )
    repaired = _FAULTS.sub(_mend, _FORBIDDEN.sub("", plain[:end]))
    return repaired, repaired != plain


def _mend(match: re.Match[str]) -> str:
    """Return what should have been written in the place of a possible fault."""
    if match["cdata"]:
        return match[0]
    if match["name"]:
        return _named(match["name"])
    if match["hex"] or match["decimal"]:
        return match[0] if _is_legal(match["hex"] or match["decimal"], 16 if match["hex"] else 10) else ""
    return "&lt;" if match[0] == "<" else "&amp;"


def _named(name: str) -> str:
    """Return a named reference as XML may hold it: its own five stay, HTML's become characters, others text."""
    if name in _XML_NAMES:
        return f"&{name};"
    character = html5.get(f"{name};")
    return f"&amp;{name};" if character is None or character in "<>&\"'" else character


def _is_legal(digits: str, base: int) -> bool:
    """Say whether a document may refer to a character by this number."""
    if len(digits) > 12:
        return False
    code = int(digits, base)
    return code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF


def _without_doctype(text: str) -> str:
    """Cut the document type out, and put the plain entities that it defines in their places."""
    start = next((match for match in _DOCTYPE.finditer(text) if match[1]), None)
    if not start or _FIRST_ELEMENT.search(_COMMENT.sub("", text[: start.start()])):
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
