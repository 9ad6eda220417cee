"""How common a word is in general French and English, so that no archive is needed to weigh one.

The scale is Zipf's (log10 of occurrences per billion words: 7 for *the*, 3 for *turbine*, 0 for an invented
name). The table holds stems and folded words; each has the higher of its two languages' values. It is derived from
wordfreq 3.1 by Robyn Speer (data CC BY-SA 4.0), cut at 3.2 and rounded to a tenth.
"""

from functools import cache
from importlib.resources import files

UNKNOWN = 2.6  # what is not in the table: names, codes, rare technical words


@cache
def _table() -> dict[str, float]:
    """Read the table once."""
    lines = (files("watcher.words") / "frequency.tsv").read_text(encoding="utf-8").splitlines()
    return {word: int(tenths) / 10 for word, tenths in (line.split("\t") for line in lines if not line.startswith("#"))}


def zipf(stem: str) -> float:
    """Return how common a stem or word key is, from `UNKNOWN` to about 7.5."""
    return _table().get(stem, UNKNOWN)
