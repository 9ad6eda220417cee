"""Words as search compares them: accents folded, elisions split, French or English stems.

A text is stemmed in the language that most of its small words are of, because feeds often name the wrong
one; a query is stemmed in both. Stems are kept per word: snowball costs 50 microseconds, a dict nothing. Western
texts are folded as bytes of Windows-1252, by a table made of the rules for all others, in a third of the time.
The index outlives the program, so its words are defined here and do not change with those of matching.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import repeat

LANGUAGES = ("fr", "en")
LONGEST_WORD = 40
_NAMES = {"fr": "french", "en": "english"}
_APOSTROPHES = "'’ʼ"
_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
_WORD = re.compile(r"[^\W_]+")
_ELISIONS = frozenset(("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"))
_SMALL_WORDS = {
    "fr": "le la les des du de un une et en au aux est dans pour par sur avec qui que ce cette son ses plus ont sont",
    "en": "the of and to in for on with is are was by from at an be as that this its has have will it or which",
}
_LEANS = dict.fromkeys(_SMALL_WORDS["fr"].split(), 1) | dict.fromkeys(_SMALL_WORDS["en"].split(), -1)


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
    if not text.isascii():
        for ligature, letters in _LIGATURES:
            text = text.replace(ligature, letters)
    try:
        data = text.encode() if text.isascii() else codecs.charmap_encode(text, "strict", _WESTERN)[0]
    except UnicodeEncodeError:
        return _words_of_any(text)
    return _without_elisions(data.translate(_FOLDED).decode("latin-1"), str.split)


def _words_of_any(text: str) -> list[str]:
    """Do as ``words`` for a text of any script."""
    folded = fold(text)
    for mark in _APOSTROPHES[1:]:
        folded = folded.replace(mark, _APOSTROPHES[0])
    return _without_elisions(folded, _WORD.findall)


def _without_elisions(folded: str, split: Callable[[str], list[str]]) -> list[str]:
    *heads, last = folded.split(_APOSTROPHES[0])
    found: list[str] = []
    for head in heads:
        found += split(head)
        if found and found[-1] in _ELISIONS and head.endswith(found[-1]):
            found.pop()
    return found + split(last)


def _make_tables() -> tuple[str, bytes]:
    """Return which bytes stand for which characters, without those that fold to several, and what they fold to.

    What is no letter or digit is folded to a space.
    """
    western, folded = "", b""
    for character in bytes(range(256)).decode("cp1252", "replace"):
        one = "'" if character in _APOSTROPHES else fold(character)
        is_single = len(one) == 1 and one <= "\xff"
        is_word = _WORD.search(one)
        western += character if is_single or not (is_word or character == "\ufffd") else "\ufffe"
        folded += one.encode("latin-1") if is_single and (is_word or one == "'") else b" "
    return western, folded


_CHARACTERS, _FOLDED = _make_tables()
_WESTERN = codecs.charmap_build(_CHARACTERS)


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word."""
    return _stemmer(language)(word)


def join_stems(found: list[str], language: str) -> str:
    """Return the stems of ``found``, joined by spaces."""
    return " ".join(map(_stemmer(language), found))


def guess_language(found: list[str], prior: str | None = None) -> str:
    """Return the language of LANGUAGES whose small words are more frequent, else ``prior``, else French."""
    lead = sum(map(_LEANS.get, found[:200], repeat(0)))  # of French
    if not lead:
        return prior if prior in LANGUAGES else "fr"
    return "fr" if lead > 0 else "en"


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
