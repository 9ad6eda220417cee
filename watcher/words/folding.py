"""From text to words: accents, case, typography and plurals folded.

A word's ``key`` is what terms are compared by: ``Éoliennes`` and ``éolienne`` share one. Hyphens count as
spaces and elisions fall away (``l'éolien`` is ``éolien``), so that a phrase is a sequence of keys.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

MAX_CHARS = 20_000  # of one text: nobody's subject starts later, and time stays bounded
MAX_WORD = 60  # a longer run is no word (a hash, a script without spaces)

# A script without spaces is read sign by sign, so that a term in it is a phrase of signs.
_SIGN = "\u3040-\u30ff\u3400-\u9fff"
_RUN = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+(?:[.,](?=\d)\d+)*")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "’": "'"})
_ELISIONS = frozenset({"l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"})
_APOSTROPHES = ("'", "’", "ʼ")
_IRREGULAR = {"lenses": "lens", "buses": "bus", "gases": "gas", "feet": "foot", "yeux": "oeil"}
# Singular nouns in -s, and words whose final -s is no plural.
_KEEP_S = frozenset((files("watcher.words") / "singular.txt").read_text(encoding="utf-8").split())


class Word(NamedTuple):
    """A word of a text: as written, its folded key, and where it stands (characters, end exclusive)."""

    text: str
    key: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return ``text`` in lower case without accents and ligatures."""
    if text.isascii():
        return text.lower()
    # Twice: decomposing can give capitals (™), and lower case can give accents (İ).
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    return "".join(char for char in lowered if not unicodedata.combining(char)).translate(_LIGATURES)


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """Return the folded singular of one word (French and English plurals)."""
    return singular(fold(word)[:MAX_WORD])


def singular(word: str) -> str:
    """Return ``word`` (already folded) without its plural, the same for both languages.

    ``technologies``, ``technologie`` and ``technology`` all give ``technologi``.
    """
    if len(word) < 4 or not word.isalpha() or word in _KEEP_S or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    if word.endswith("aux") and len(word) > 5 and not word.endswith("eaux"):
        return word[:-3] + "al"
    if word.endswith(("eaux", "eux")) and len(word) > 5:
        word = word[:-1]
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 4:
        if word.endswith("ie"):
            return word[:-1]
        if word.endswith("y") and word[-2] not in "aeiou":
            return word[:-1] + "i"
    return word


def words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order, elided articles and possessive ``'s`` left out."""
    found = []
    text = text[:MAX_CHARS]
    for run in _RUN.finditer(text):
        start, end = run.span()
        if text[end : end + 1] in _APOSTROPHES and fold(run[0]) in _ELISIONS and text[end + 1 : end + 2].isalpha():
            continue
        if start and text[start - 1] in _APOSTROPHES and run[0] in {"s", "S", "t"}:
            continue
        found.append(Word(run[0], key_of(run[0]), start, end))
    return tuple(found)


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of ``text``."""
    return tuple(word.key for word in words(text))
