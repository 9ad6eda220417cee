"""The forms of a word that the archive really uses: plurals, feminines and verb forms, by French or English stem.

The full-text index knows its own vocabulary, in order, so the forms of a word are found among the few that begin
like it: a millisecond at 200,000 articles. Of pairs that share a stem 3 in 1,000 do not begin alike, as lie and lying,
and miss each other.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from watcher.store.stems import LANGUAGES, fold, stem

MOST_FORMS = 40  # of one word: no French verb has more in print
_MOST_LOOKED_AT = 20_000  # words of the vocabulary that begin alike
_SHORTEST = 3  # letters of a beginning
_ENDING = 2  # letters of a stem that other forms may spell otherwise: company and companies, régional and régionaux
_LAST = "\U0010ffff"
_LIGATURES = (("oe", "œ"), ("ae", "æ"))
_BEGIN_ALIKE = text("SELECT term FROM entry_word WHERE term >= :low AND term < :high LIMIT :most")


def find_forms(c: Connection, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each folded word the words of the index that are forms of it, the shortest first, itself always."""
    return {word: _forms(c, word) for word in dict.fromkeys(wanted)}


def _forms(c: Connection, word: str) -> tuple[str, ...]:
    if not word.isalpha() or len(word) < _SHORTEST:
        return (word,)
    stems = [stem(word, language) for language in LANGUAGES]
    found = {
        term
        for beginning in _beginnings(word, stems)
        for (term,) in c.execute(_BEGIN_ALIKE, {"low": beginning, "high": beginning + _LAST, "most": _MOST_LOOKED_AT})
        if any(stem(fold(term), language) == one for language, one in zip(LANGUAGES, stems, strict=True))
    }
    others = sorted(found - {word}, key=lambda term: (len(term), term))
    return (word, *others[: MOST_FORMS - 1])


def _beginnings(word: str, stems: list[str]) -> set[str]:
    """Return what the forms of a word begin with, in each spelling of its ligatures."""
    shared = next(n for n in range(len(word), -1, -1) if all(one.startswith(word[:n]) for one in stems))
    beginnings = {word[: max(_SHORTEST, shared - _ENDING)]}
    for letters, ligature in _LIGATURES:
        beginnings |= {beginning.replace(letters, ligature) for beginning in beginnings}
    return beginnings
