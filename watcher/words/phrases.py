"""Terms found in a sequence of words, all at once and in linear time.

A term is a word or a phrase; ``*`` at its end stands for any ending of its last word. Terms live in a trie of
word keys, so a text is read once whatever the number of terms, and no term of a user can take super-linear time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from watcher.words.folding import fold, keys, words

T = TypeVar("T")
MAX_TERM_WORDS = 12


class Hit(NamedTuple, Generic[T]):
    """A term found: its payload, and the words it covers (indices, end exclusive)."""

    payload: T
    start: int
    end: int


@dataclass(slots=True)
class _Node(Generic[T]):
    """A place in the trie: next words, prefixes that end a term here, and payloads of terms that end here."""

    following: dict[str, "_Node[T]"] = field(default_factory=dict)
    prefixes: dict[str, list[T]] = field(default_factory=dict)
    payloads: list[T] = field(default_factory=list)


class PhraseIndex(Generic[T]):
    """Terms with a payload each; immutable once built."""

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for term, payload in terms:
            self._add(term, payload)

    def _add(self, term: str, payload: T) -> None:
        """Put one term in the trie; a term without a letter or digit is ignored."""
        sequence = keys(term)[:MAX_TERM_WORDS]
        if not sequence:
            return
        node = self._root
        starred = term.rstrip().endswith("*")
        for word in sequence[: -1 if starred else None]:
            node = node.following.setdefault(word, _Node())
        if starred:  # the unfolded ending: "éoliennes*" must not be cut to its singular first
            node.prefixes.setdefault(fold(words(term)[-1].text), []).append(payload)
        else:
            node.payloads.append(payload)

    def find(self, sequence: Sequence[str]) -> list[Hit[T]]:
        """Return every term of the index in ``sequence`` (word keys), overlaps included, by start then end."""
        hits: list[Hit[T]] = []
        for start in range(len(sequence)):
            node: _Node[T] | None = self._root
            position = start
            while node is not None:
                hits += [Hit(payload, start, position) for payload in node.payloads]
                if position == len(sequence):
                    break
                word = sequence[position]
                if node.prefixes:
                    hits += [
                        Hit(payload, start, position + 1)
                        for size in range(1, len(word) + 1)
                        for payload in node.prefixes.get(word[:size], ())
                    ]
                node = node.following.get(word)
                position += 1
        return hits


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Return the hits that lie inside no longer hit; equal spans are all kept."""
    kept: list[Hit[T]] = []
    furthest = last_start = last_end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > furthest or (hit.start, hit.end) == (last_start, last_end):
            kept.append(hit)
            last_start, last_end = hit.start, hit.end
            furthest = max(furthest, hit.end)
    return kept
