"""Which entries are compared at all: neighbours in time under a shared key, bounded for every key.

Thousands of copies of one article, or a name that everybody prints, would make every pair a candidate; here an
entry meets at most `NEIGHBOURS` others on each side under each key, so cost grows with the number of entries only. The
choice depends on the set of entries and never on their order.
"""

from collections import defaultdict
from collections.abc import Iterable

from watcher.model.story import Features
from watcher.stories.similarity import COPY_WINDOW

NEIGHBOURS = 8  # under keys of which two must be shared
CLOSE = 3  # under a key that is enough alone: a rare word, a line of text, an address, a code


def pair_candidates(new: Iterable[Features], archive: Iterable[Features]) -> list[tuple[int, int]]:
    """Return pairs of entry ids to compare, smaller first, at least one of them new, sorted."""
    fresh = {features.entry_id for features in new}
    postings: dict[str, list[Features]] = defaultdict(list)
    for features in sorted((*new, *archive), key=lambda features: (features.at, features.entry_id)):
        for key in features.keys:
            postings[key].append(features)
    once: set[tuple[int, int]] = set()
    pairs: set[tuple[int, int]] = set()
    for key, row in postings.items():
        if len(row) > 1:
            _pair_neighbours(row, fresh, once, pairs, CLOSE if key[0] != "p" else 0)
    return sorted(pairs)


def _pair_neighbours(
    row: list[Features], fresh: set[int], once: set[tuple[int, int]], pairs: set[tuple[int, int]], close: int
) -> None:
    """Add the pairs of one posting, oldest first: at once within ``close`` places, else when met a second time."""
    for place, later in enumerate(row):
        is_new = later.entry_id in fresh
        for back in range(1, min(NEIGHBOURS, place) + 1):
            earlier = row[place - back]
            if later.at - earlier.at > COPY_WINDOW:
                break
            if is_new or earlier.entry_id in fresh:
                a, b = earlier.entry_id, later.entry_id
                pair = (a, b) if a < b else (b, a)
                if back <= close or pair in once:
                    pairs.add(pair)
                else:
                    once.add(pair)
