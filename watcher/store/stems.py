"""Words as search compares them: accents folded, elisions dropped, French or English stems.

The index holds words as they stand; forms of one word meet when a query is read (``forms``), so that storing an
article costs no stemming and a better stemmer needs no new index.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

LANGUAGES = ("fr", "en")
LONGEST_WORD = 40
_NAMES = {"fr": "french", "en": "english"}
_APOSTROPHE = re.compile("[’ʼ]")
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\W*(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ])+(?=\w)", re.IGNORECASE)


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents or compatibility forms; ASCII costs nothing."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    for mark in filter(unicodedata.combining, set(text)):
        text = text.replace(mark, "")
    return text.casefold()


def drop_elision(text: str) -> str:
    """Return ``text`` without an elided article or pronoun at its beginning: nobody looks for the l of « l'éolien »."""
    found = _ELISION.match(text)
    return text[found.end() :] if found else text


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order."""
    return _WORD.findall(_APOSTROPHE.sub("'", fold(text)))


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; words with digits and short ones stay as they are, as names of products do."""
    if len(word) < 4 or len(word) > LONGEST_WORD or not word.isalpha():
        return word[:LONGEST_WORD]
    return _stemmer(language)(word)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - only a search stems

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(_NAMES[language]).stemWord
    return stem_word
