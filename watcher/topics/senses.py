"""Authored senses of misleading words (``data/senses.tsv``), as they hold for one topic.

General press uses the words of a trade for other things: *dans cette optique*, *drone ships*, *laser tag*. The file
says which phrases void a word, which company speaks for or against it, and which further terms go with it. It is
data so that a watch officer's objection becomes a line and not a program.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from watcher.words.folding import keys

# Further terms hold only for a topic that names this many of a row's words: one word may be shared by other trades.
_SIGNATURE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the file: see its head for what each kind means."""

    kind: str
    words: frozenset[str]
    weight: float
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """What the file says for one topic. Terms are named by `term_id`; weights of cues are log-odds."""

    priors: tuple[tuple[str, float], ...]
    further: tuple[tuple[str, float], ...]  # term as written and its chance
    idioms: tuple[tuple[str, frozenset[str]], ...]  # phrase, terms it voids
    cues: tuple[tuple[str, frozenset[str], float], ...]  # phrase, terms it speaks about, weight


def term_id(term: str) -> str:
    """Return what makes two spellings of a term one: its word keys, without the star."""
    return " ".join(keys(term))


@cache
def read_rows() -> tuple[Row, ...]:
    """Read the authored file once."""
    rows = []
    for line in (files("watcher.topics") / "data" / "senses.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words, weight, phrases = line.split("\t")
            rows.append(
                Row(
                    kind=kind,
                    words=frozenset(map(term_id, words.split("|"))),
                    weight=float(weight or 0),
                    phrases=tuple(filter(None, (phrase.strip() for phrase in phrases.split(" ; ")))),
                )
            )
    return tuple(rows)


def senses_for(terms: Iterable[str]) -> Senses:
    """Return the senses that hold for a topic whose rules name ``terms``."""
    named = frozenset(map(term_id, terms))
    rows = read_rows()
    further: dict[str, tuple[str, float]] = {}
    for row in rows:
        if row.kind == "weak" and len(row.words & named) >= min(_SIGNATURE, len(row.words)):
            for phrase in row.phrases:
                further.setdefault(term_id(phrase), (phrase, row.weight))
    known = named | further.keys()
    priors = {word: row.weight for row in rows if row.kind == "prior" for word in row.words & known}
    further_only = tuple(pair for key, pair in sorted(further.items()) if key not in named)
    idioms = tuple(
        (phrase, row.words & known)
        for row in rows
        if row.kind == "idiom" and row.words & known
        for phrase in row.phrases
        if term_id(phrase) not in named
    )
    cues = tuple(
        (phrase, row.words & known, row.weight if row.kind == "take" else -row.weight)
        for row in rows
        if row.kind in {"take", "refuse"} and row.words & known
        for phrase in row.phrases
        if row.kind == "take" or term_id(phrase) not in named
    )
    return Senses(priors=tuple(sorted(priors.items())), further=further_only, idioms=idioms, cues=cues)
