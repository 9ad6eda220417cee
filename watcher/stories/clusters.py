"""Groups under way: who is with whom, who speaks for a group, and which story it is."""

from collections.abc import Iterable
from datetime import timedelta

from watcher.stories.bindings import Bindings
from watcher.stories.similarity import Likeness, compare, explain_likeness
from watcher.stories.views import Views

MEAN = 0.39  # mean score over pairs of representatives that two groups need
BRIDGE = 0.45  # the same between two stories of the archive
DRAWN_OUT = 0.02  # more of it for each representative after two, where they are further apart than an event is told
_TOLD = timedelta(days=2)
_SPEAKERS = 6  # representatives of a group: copies add none, and cost stays bounded


class Clusters:
    """A partition of entries that only grows together; stories of the archive are its first groups."""

    def __init__(self, views: Views, bindings: Bindings, entries: Iterable[int]) -> None:
        entries = sorted(entries)
        self._views = views
        self._bindings = bindings
        self._parent = {entry: entry for entry in entries}
        self._members = {entry: [entry] for entry in entries}
        self._speakers = {entry: [entry] for entry in entries}
        self._story: dict[int, str] = {}
        self._heirs: dict[str, str] = {}
        self._scores: dict[tuple[int, int], Likeness] = {}
        self.reasons: dict[int, tuple[str, ...]] = {}
        self.copies: dict[int, int] = {}
        self._seed()

    def _seed(self) -> None:
        """Put the archive's stories together, but for what a split keeps apart: the oldest entry keeps the story."""
        first: dict[str, int] = {}
        for entry in list(self._parent):
            story = self._views.features[entry].story
            if story is None:
                continue
            root = self._root(first.setdefault(story, entry))
            self._story.setdefault(root, story)
            if root != entry and not self._bindings.forbid(self._members[root], [entry]):
                self._unite(root, entry, is_copy=False)

    def bind(self, a: int, b: int) -> None:
        """Join the groups of ``a`` and ``b`` because an editor said so."""
        a, b = self._root(a), self._root(b)
        if a != b and not self._bindings.forbid(self._members[a], self._members[b]):
            for entry in (*self._members[a], *self._members[b]):
                self.reasons.setdefault(entry, ("merged by an editor",))
            self._unite(a, b, is_copy=False)

    def join(self, a: int, b: int, likeness: Likeness) -> None:
        """Join the groups of ``a`` and ``b`` if they are alike on the whole."""
        left, right = self._root(a), self._root(b)
        if left == right:
            self._note(a, b, likeness)
            return
        if self._bindings.forbid(self._members[left], self._members[right]):
            return
        bridging = left in self._story and right in self._story
        if not likeness.is_copy or bridging:
            mean = self._mean(left, right)
            if mean is None or mean < self._needed(left, right, bridging=bridging):
                return
        self._note(a, b, likeness)
        self._unite(left, right, is_copy=likeness.is_copy)

    def _needed(self, left: int, right: int, *, bridging: bool) -> float:
        """Return the mean score that two groups need, more where they speak on many days.

        An affair offers ever more articles to resemble; an event is told within a day or two.
        """
        speakers = (*self._speakers[left], *self._speakers[right])
        times = [self._views.features[entry].at for entry in speakers]
        saga = DRAWN_OUT * (len(speakers) - 2) if max(times) - min(times) > _TOLD else 0.0
        return (BRIDGE if bridging else MEAN) + saga

    def _note(self, a: int, b: int, likeness: Likeness) -> None:
        """Keep why an entry is in its group: the first, which is the likest, reason met; and whose copy it is."""
        for entry in (a, b):
            if entry not in self.reasons:
                self.reasons[entry] = explain_likeness(self._views[a], self._views[b], likeness)
        if likeness.is_copy:
            earlier, later = sorted((a, b), key=self._age)
            self.copies.setdefault(later, earlier)

    def _age(self, entry: int) -> tuple[object, int]:
        """Return what entries are ordered by in time."""
        return self._views.features[entry].at, entry

    def _mean(self, left: int, right: int) -> float | None:
        """Return the mean score between two groups' representatives; None if any pair contradicts."""
        total, count = 0.0, 0
        for a in self._speakers[left]:
            for b in self._speakers[right]:
                likeness = self._compare(a, b)
                if likeness.is_veto:
                    return None
                total += likeness.score
                count += 1
        return total / count

    def _compare(self, a: int, b: int) -> Likeness:
        """Compare two entries once."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._scores:
            self._scores[pair] = compare(self._views[pair[0]], self._views[pair[1]])
        return self._scores[pair]

    def _root(self, entry: int) -> int:
        """Return the group of ``entry``, shortening the path to it."""
        while self._parent[entry] != entry:
            self._parent[entry] = self._parent[self._parent[entry]]
            entry = self._parent[entry]
        return entry

    def _unite(self, left: int, right: int, *, is_copy: bool) -> None:
        """Make one group of two; the smaller goes into the larger, which costs least."""
        if (len(self._members[left]), -left) < (len(self._members[right]), -right):
            left, right = right, left
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        speakers = sorted({*self._speakers[left], *self._speakers.pop(right)}, key=self._age)
        self._speakers[left] = speakers[:1] if is_copy and len(speakers) == 2 else _spread(speakers)
        stories = [story for story in (self._story.get(left), self._story.pop(right, None)) if story]
        if stories:
            oldest, *ended = sorted(stories, key=_story_age)
            self._story[left] = oldest
            self._heirs.update(dict.fromkeys(ended, oldest))

    def story_of(self, entry: int) -> str:
        """Return the story of ``entry``: the archive's where its group has one, else named after its smallest entry."""
        root = self._root(entry)
        return self._story.get(root) or f"s{min(self._members[root])}"

    def heir(self, story: str | None) -> str | None:
        """Return the story that goes on for ``story``."""
        while story in self._heirs:
            story = self._heirs[story]
        return story

    def merged_stories(self) -> tuple[tuple[str, str], ...]:
        """Return the archive's stories that ended, each with the one that goes on."""
        return tuple((ended, str(self.heir(ended))) for ended in sorted(self._heirs, key=_story_age))


def _spread(speakers: list[int]) -> list[int]:
    """Return at most `_SPEAKERS` of ``speakers``, evenly over their time, so that no end of a story goes unheard."""
    if len(speakers) <= _SPEAKERS:
        return speakers
    last = len(speakers) - 1
    return [speakers[round(place * last / (_SPEAKERS - 1))] for place in range(_SPEAKERS)]


def _story_age(story: str) -> tuple[int, str]:
    """Order stories by the number in their id: the smaller was started first."""
    number = story.lstrip("s")
    return (int(number) if number.isdigit() else 0, story)
