"""Words as search compares them: accents folded, elisions split, French or English stems.

A text is stemmed in the language that most of its small words are of, because feeds often name the wrong
one; a query is stemmed in both. Stems are kept per word: snowball costs 50 microseconds, a dict nothing.
The index outlives the program, so its words are defined here and do not change with those of matching.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

LANGUAGES = ("fr", "en")
LONGEST_WORD = 40
_NAMES = {"fr": "french", "en": "english"}
_APOSTROPHES = "'’ʼ"
_WORD = re.compile(r"[^\W_]+")
_ELISIONS = frozenset(("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"))
_SMALL_WORDS = {
    "fr": "le la les des du de un une et en au aux est dans pour par sur avec qui que ce cette son ses plus ont sont",
    "en": "the of and to in for on with is are was by from at an be as that this its has have will it or which",
}
_SMALL = {language: frozenset(small.split()) for language, small in _SMALL_WORDS.items()}


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents or compatibility forms; ASCII costs nothing."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    for mark in filter(unicodedata.combining, set(text)):
        text = text.replace(mark, "")
    return text.casefold()


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, without elided articles."""
    folded = fold(text)
    for mark in _APOSTROPHES[1:]:
        folded = folded.replace(mark, _APOSTROPHES[0])
    *heads, last = folded.split(_APOSTROPHES[0])
    found: list[str] = []
    for head in heads:
        found += _WORD.findall(head)
        if found and found[-1] in _ELISIONS and head.endswith(found[-1]):
            found.pop()
    return found + _WORD.findall(last)


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word."""
    return _stemmer(language)(word)


def join_stems(found: list[str], language: str) -> str:
    """Return the stems of ``found``, joined by spaces."""
    return " ".join(map(_stemmer(language), found))


def guess_language(found: list[str], prior: str | None = None) -> str:
    """Return the language of LANGUAGES whose small words are more frequent, else ``prior``, else French."""
    french, english = (sum(map(_SMALL[language].__contains__, found[:200])) for language in LANGUAGES)
    if french == english:
        return prior if prior in LANGUAGES else "fr"
    return "fr" if french > english else "en"


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    """Return a cached stemmer; words with digits and short ones stay as they are, as names of products do."""
    import snowballstemmer  # noqa: PLC0415 - a round without news stems nothing

    snowball = snowballstemmer.stemmer(_NAMES[language])

    @lru_cache(maxsize=200_000)
    def cached(word: str) -> str:
        if len(word) < 4 or len(word) > LONGEST_WORD or not word.isalpha():
            return word[:LONGEST_WORD]
        return str(snowball.stemWord(word))

    return cached
