"""Which entries are compared at all: neighbours in time under a shared key, bounded for every key.

Thousands of copies of one article, or a name that everybody prints, would make every pair a candidate; here an
entry meets at most `NEIGHBOURS` others on each side under each key, so cost grows with the number of entries only. The
choice depends on the set of entries and never on their order.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from functools import partial

from watcher.model.story import Features
from watcher.stories.similarity import COPY_WINDOW

NEIGHBOURS = 8  # under keys of which two must be shared
CLOSE = 3  # under a key that is enough alone: a rare word, a line of text, an address, a code

_Row = deque[Features]  # the latest entries under one key


def pair_candidates(new: Iterable[Features], archive: Iterable[Features]) -> list[tuple[int, int]]:
    """Return pairs of entry ids to compare, smaller first, at least one of them new, sorted."""
    new = tuple(new)
    fresh = {features.entry_id for features in new}
    wanted = {key for features in new for key in features.keys}
    rows: dict[str, _Row] = defaultdict(partial(deque, maxlen=NEIGHBOURS))
    pairs: list[tuple[int, int]] = []
    for later in sorted((*new, *archive), key=lambda features: (features.at, features.entry_id)):
        keys = [key for key in later.keys if key in wanted]
        met = _meet(later, [(key, rows[key]) for key in keys], fresh)
        pairs += [(min(later.entry_id, entry), max(later.entry_id, entry)) for entry, count in met.items() if count > 1]
        for key in keys:
            rows[key].append(later)
    return sorted(pairs)


def _meet(later: Features, rows: list[tuple[str, _Row]], fresh: set[int]) -> Counter[int]:
    """Count how often ``later`` meets each entry before it; close under a telling key counts twice."""
    met: Counter[int] = Counter()
    is_new = later.entry_id in fresh
    for key, row in rows:
        telling = len(row) - CLOSE if key[0] != "p" else len(row)
        for place, earlier in enumerate(row):
            if (is_new or earlier.entry_id in fresh) and later.at - earlier.at <= COPY_WINDOW:
                met[earlier.entry_id] += 2 if place >= telling else 1
    return met
