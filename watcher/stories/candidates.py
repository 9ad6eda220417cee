"""Which entries are compared at all: neighbours in time under a shared key, bounded for every key.

Thousands of copies of one article, or a name that everybody prints, would make every pair a candidate; here an
entry meets at most `NEIGHBOURS` others on each side under each key, so cost grows with the number of entries only. The
choice depends on the set of entries and never on their order.
"""

from collections import defaultdict
from collections.abc import Iterable

from watcher.model.story import Features
from watcher.stories.similarity import COPY_WINDOW

NEIGHBOURS = 8


def pair_candidates(new: Iterable[Features], archive: Iterable[Features]) -> list[tuple[int, int]]:
    """Return pairs of entry ids to compare, smaller first, at least one of them new, sorted."""
    fresh = {features.entry_id for features in new}
    postings: dict[str, list[Features]] = defaultdict(list)
    for features in sorted((*new, *archive), key=lambda features: (features.at, features.entry_id)):
        for key in features.keys:
            postings[key].append(features)
    pairs: set[tuple[int, int]] = set()
    for row in postings.values():
        if len(row) > 1:
            _pair_neighbours(row, fresh, pairs)
    return sorted(pairs)


def _pair_neighbours(row: list[Features], fresh: set[int], pairs: set[tuple[int, int]]) -> None:
    """Add the pairs of one posting, oldest first."""
    for place, later in enumerate(row):
        for earlier in row[max(0, place - NEIGHBOURS) : place]:
            if later.at - earlier.at <= COPY_WINDOW and (later.entry_id in fresh or earlier.entry_id in fresh):
                a, b = earlier.entry_id, later.entry_id
                pairs.add((a, b) if a < b else (b, a))
