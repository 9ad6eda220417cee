"""One stem for both languages, so that cognates meet: ``logistique`` and ``logistics``.

A light suffix stripper on purpose: stories compare French with English, and a stemmer for each language would give
two spellings to what the eye sees as one word. Endings are stripped once, longest first, leaving four letters.
"""

import re
from functools import lru_cache
from importlib.resources import files

from watcher.words.folding import key_of


def _read(name: str) -> list[str]:
    """Return the words of a data file of this package."""
    return (files("watcher.words") / name).read_text(encoding="utf-8").split()


_ENDINGS = tuple(sorted(_read("endings.txt"), key=len, reverse=True))
_LEAST = 4  # letters that a stem keeps
_LEAST_VOWEL = 5  # a bare final vowel falls only from longer words: "vente" is not "vent"

_DOUBLED = re.compile(r"([bcdfglmnprst])\1")

STOP = frozenset(map(key_of, _read("stop.txt")))


@lru_cache(maxsize=65_536)
def stem(key: str) -> str:
    """Return the stem of a word key (see `folding.key_of`); figures and short words stay as they are."""
    if len(key) <= _LEAST or not key.isalpha():
        return key
    if key.endswith("ique"):
        key = key[:-3] + "c"
    for ending in _ENDINGS:
        least = _LEAST_VOWEL if len(ending) == 1 else _LEAST
        if key.endswith(ending) and len(key) - len(ending) >= least:
            key = key[: -len(ending)]
            break
    return _DOUBLED.sub(r"\1", key)  # "développement" and "development"


def is_content(key: str) -> bool:
    """Return whether a word key says anything: no stop word, no lone letter, no bare short number."""
    return key not in STOP and (len(key) > 2 or (len(key) == 2 and not key.isdigit()))
