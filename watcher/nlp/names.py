"""One name, one key: what is left of a spelling when case, accents, hyphens, articles and legal forms are gone.

Two spellings with equal keys are one entity, so folding stops where different things could meet: no stemming,
no word order, no edit distance.
"""

import re
import unicodedata
from functools import lru_cache

from watcher.nlp.words import read_words

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("’‘ʼ", "'")
)
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)'s?$")
_ARTICLE = re.compile(r"^(?:l'|d'|(?:le|la|les|the|du|des)\s+)(?=\S)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# A legal form made of letters that also end ordinary names counts only after a name of two words or with its dots.
_WEAK_LEGAL = frozenset({"as", "se", "co", "ab", "ag", "lp", "sl", "sca"})


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents or typographic apostrophes (its length may change)."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in flat if not unicodedata.combining(char)).translate(_LETTERS)


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``; hyphens, apostrophes and full stops part words."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=16384)
def normalise_name(name: str) -> str:
    """Return the key of a name: ``"L'Agence spatiale européenne"`` → ``agence-spatiale-europeenne``.

    Dropped: case, accents, hyphens, a leading article, a possessive, dots of an acronym, legal forms at the end.
    Falls back on the folded text where nothing would be left (``"SE"``, ``"%"``).
    """
    text = fold(name).strip(" \t\n\"'«»“”()[],;:!?…")
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    text = _POSSESSIVE.sub("", text)
    words = _WORD.findall(_ARTICLE.sub("", text)) or _WORD.findall(text)
    return "-".join(_drop_legal(words)) or text or name.strip()


def _drop_legal(words: list[str]) -> list[str]:
    while len(words) > 1 and _is_legal(words):
        words = words[:-1]
    return words


def _is_legal(words: list[str]) -> bool:
    last = words[-1]
    return last in read_words("legal") and (last not in _WEAK_LEGAL or len(words) > 2)


def make_acronym(name: str) -> str:
    """Return the initials of the words of a name that carry one: ``Direction générale de l'armement`` → ``DGA``."""
    return "".join(word[0] for word in _significant(name)).upper()


def _significant(name: str) -> tuple[str, ...]:
    return tuple(word for word in split_words(name) if word not in read_words("small"))


def is_acronym_of(short: str, name: str) -> bool:
    """Say whether ``short`` abbreviates ``name``: initials of its words, in order, small words optional."""
    letters = "".join(split_words(short))
    words = split_words(name)
    if not 2 <= len(letters) <= 10 or len(words) < 2 or not any(char.isupper() for char in short):
        return False
    full = "".join(word[0] for word in words)
    content = make_acronym(name).lower()
    return letters in {full, content} or (
        len(letters) >= 3 and content.startswith(letters) and len(content) == len(letters)
    )
