"""Words for people: safe to print, and near to what they meant.

A message may quote what stands in a file, so it must hold no control or direction character
and never grow with the value. Values that may be secrets are not quoted at all (see explain).
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex 9).
DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Letters that show nothing: zero-width space and joiners, word joiner, soft hyphen, byte-order mark.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
SHOWN = 60  # characters of a value that a message quotes


def printable(value: str, limit: int = SHOWN) -> str:
    """Return ``value`` on one line, shortened, with every character that does not print escaped."""
    cut = value[:limit]
    shown = "".join(char if _is_shown(char) else _escape(char) for char in cut)
    return shown + ("…" if len(value) > limit else "")


def odd_character(value: str) -> str | None:
    """Return a phrase that names the first character no one-line text may hold, or None."""
    for char in value:
        if char in DIRECTION:
            return f"an invisible direction character (U+{ord(char):04X})"
        if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
            return f"a line break or control character (U+{ord(char):04X})"
        if char in "\ufeff\u200b\u2060":
            return f"an invisible character (U+{ord(char):04X})"
    return None


def suggest(word: str, options: Iterable[str]) -> str | None:
    """Return the option that ``word`` most likely meant, or None."""
    known = {option.lower(): option for option in options}
    near = re.sub(r"[\s_-]", "", word[:SHOWN].lower())
    squeezed = {re.sub(r"[\s_-]", "", option): option for option in known}
    found = difflib.get_close_matches(near, squeezed, n=1, cutoff=0.7)
    return known[squeezed[found[0]]] if found else None


def render_path(path: Iterable[str | int]) -> str:
    """Return the path as people write it: ``topics.drones.feeds[2].url``."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else f".{printable(part)}"
    return shown.removeprefix(".")


def _is_shown(char: str) -> bool:
    return char not in DIRECTION + INVISIBLE and unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp", "Co", "Cn"}


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}"
