"""Closed lists of words, kept as text files that people can read and extend."""

import re
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


@lru_cache(maxsize=32)
def read_words(name: str) -> frozenset[str]:
    """Return the words of ``words/<name>.txt``: separated by white space, ``#`` lines left out."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def any_of(name: str) -> str:
    """Return a pattern for one word of ``words/<name>.txt`` or its plural in ``s``; ``_`` stands for a space."""
    words = sorted(read_words(name), key=lambda word: (-len(word), word))
    return rf"(?:{'|'.join(re.escape(word.replace('_', ' ')) for word in words)})s?"
