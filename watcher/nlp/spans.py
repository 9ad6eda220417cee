"""A candidate mention while it is still argued over, before it becomes a ``Mention``."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from watcher.model.mention import Kind

Source = Literal["rule", "gazetteer", "model", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``start`` to ``end`` of one text, with what they are thought to name and who says so.

    ``key`` is the entity's key when the gazetteer knows it. ``certain`` is false for a gazetteer name
    that is also a word, a surname or a town: it needs a second witness.
    """

    kind: Kind
    start: int
    end: int
    source: Source
    key: str | None = None
    certain: bool = True
    amount: Decimal | None = None
    unit: str | None = None

    def covers(self, other: "Span") -> bool:
        """Say whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


def keep_longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without overlaps in reading order: the longest first, then the leftmost."""
    kept: list[Span] = []
    starts: list[int] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        at = bisect_left(starts, span.start)
        clear_left = at == 0 or kept[at - 1].end <= span.start
        if clear_left and (at == len(kept) or span.end <= kept[at].start):
            kept.insert(at, span)
            starts.insert(at, span.start)
    return tuple(kept)
