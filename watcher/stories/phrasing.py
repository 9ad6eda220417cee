"""Turns of phrase (``data/phrases.tsv``) found in a title or a sentence."""

from functools import cache
from importlib.resources import files
from typing import Literal

from watcher.words.folding import keys
from watcher.words.phrases import PhraseIndex

PhraseKind = Literal["bargain", "list", "bait", "leans", "elsewhere", "gathers", "column", "serial"]


@cache
def _index() -> PhraseIndex[str]:
    """Read the file once."""
    text = (files("watcher.stories") / "data" / "phrases.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return PhraseIndex([(phrase, kind) for kind, phrases in rows for phrase in phrases.split("; ")])


def has_phrase(kind: PhraseKind, text: str) -> bool:
    """Return whether ``text`` holds a phrase of ``kind``."""
    return any(hit.payload == kind for hit in _index().find(keys(text)))


def begins_with(kind: PhraseKind, text: str) -> bool:
    """Return whether ``text`` begins with a phrase of ``kind``."""
    return any(hit.payload == kind and hit.start == 0 for hit in _index().find(keys(text)[:6]))
