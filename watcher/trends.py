"""Trends: entities and terms that rise against the weeks before, with a statistic that copes with small counts.

Counts are of distinct stories and not of articles, so that one event in forty papers is one. A rate per story is a
gamma variable (Poisson counts, Jeffreys prior of one half): the score is a lower bound of the log of this week's
rate over the rate before,

    score = E[ln r1 - ln r0] - sd[ln r1 - ln r0],   E[ln r] = psi(a) - ln(b),  var[ln r] = psi'(a)

with ``a`` = 1/2 + count and ``b`` = 1 + stories of the period. Three stories against none in eight weeks beat thirty
against twenty-five; two against one prove nothing. Everyday words and places count less: they are seldom the news.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log, sqrt

from watcher.model.edition import Link
from watcher.model.story import Trend
from watcher.words.folding import fold, words
from watcher.words.frequency import zipf
from watcher.words.stems import is_content, stem

WEEKS = 8  # of history
MIN_STORIES, MIN_PUBLISHERS = 3, 2
_EVERYDAY = 4.6  # Zipf from which a lone word weighs less
_MOST_NAMES_LINKED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entity or term in a story of one week; ``weeks_ago`` is 0 for the edition's own."""

    key: str
    name: str
    kind: str  # an entity kind, or "term"
    story: str
    publisher: str
    weeks_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many distinct stories held something: this week, and in the weeks before, oldest first."""

    key: str
    name: str
    kind: str
    count: int
    publishers: int
    before: tuple[int, ...]


def terms_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the terms of a text as key and printed form: rare words, and pairs of neighbouring content words."""
    row = words(text)
    found: dict[str, str] = {}
    for word in row:
        if is_content(word.key) and word.key.isalpha() and len(word.key) > 3 and zipf(stem(word.key)) < _EVERYDAY:
            found.setdefault(stem(word.key), word.text.lower())
    for first, second in pairwise(row):
        if (
            all(is_content(word.key) and word.key.isalpha() for word in (first, second))
            and second.start - first.end == 1
        ):
            found.setdefault(f"{stem(first.key)} {stem(second.key)}", f"{first.text} {second.text}".lower())
    return tuple(found.items())


def tally(sightings: Iterable[Sighting], weeks: int = WEEKS) -> tuple[Tally, ...]:
    """Count distinct stories and publishers of everything seen this week, against ``weeks`` before."""
    stories: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    publishers: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for seen in sightings:
        if 0 <= seen.weeks_ago <= weeks:
            stories[seen.key][seen.weeks_ago].add(seen.story)
            names[seen.key][seen.name, seen.kind] += 1
            if seen.weeks_ago == 0:
                publishers[seen.key].add(seen.publisher)
    return tuple(
        Tally(
            key=key,
            name=_commonest(names[key])[0],
            kind=_commonest(names[key])[1],
            count=len(by_week[0]),
            publishers=len(publishers[key]),
            before=tuple(len(by_week[ago]) if ago in by_week else 0 for ago in range(weeks, 0, -1)),
        )
        for key, by_week in sorted(stories.items())
        if 0 in by_week
    )


def _commonest(counts: Counter[tuple[str, str]]) -> tuple[str, str]:
    """Return the commonest spelling and kind; ties by alphabet."""
    return min(counts, key=lambda pair: (-counts[pair], pair))


def rank_trends(
    tallies: Sequence[Tally], total: int, totals_before: Sequence[int], *, own: Iterable[str] = (), most: int = 8
) -> tuple[Trend, ...]:
    """Return what rises, strongest first.

    ``total`` and ``totals_before`` (oldest first) count all stories of the topic in each week; ``own`` are the topic's
    own words, which rise whenever the topic does. Something is new when it stood in no earlier week that had stories.
    """
    ours = _Own(own)
    had_stories = sum(1 for count in totals_before if count) >= 2
    found = []
    for item in tallies:
        if item.count < MIN_STORIES or item.publishers < MIN_PUBLISHERS or ours.holds(item.name):
            continue
        score = _rise(item.count, total, sum(item.before), sum(totals_before)) * _share(item)
        if score > 0:
            found.append(
                Trend(
                    key=item.key,
                    name=item.name,
                    kind=item.kind,
                    count=item.count,
                    before=item.before,
                    score=round(score, 4),
                    is_new=had_stories and not any(item.before),
                )
            )
    found.sort(key=lambda trend: (-trend.score, -trend.count, trend.key))
    return tuple(_without_repeats(found)[:most])


class _Own:
    """The topic's own words, stars included."""

    def __init__(self, terms: Iterable[str]) -> None:
        terms = tuple(terms)
        self._stems = frozenset(stem(word.key) for term in terms for word in words(term))
        self._beginnings = tuple(words(term)[-1].key for term in terms if term.endswith("*") and words(term))

    def holds(self, name: str) -> bool:
        """Return whether every word of ``name`` is one of the topic's."""
        keys = [word.key for word in words(name)]
        return all(stem(key) in self._stems or key.startswith(self._beginnings) for key in keys)


def _share(item: Tally) -> float:
    """Return how far a trend counts: places and everyday words less than names and terms of the trade."""
    if item.kind == "PLACE":
        return 0.6
    if item.kind == "term":
        row = words(item.name)
        is_rare = any(zipf(stem(word.key)) < _EVERYDAY for word in row)
        return 0.8 if is_rare else 0.7 if len(row) > 1 else 0.4
    return 1.0


def _without_repeats(found: list[Trend]) -> list[Trend]:
    """Leave out a term that stands within a stronger trend, or holds one: one rise is told once."""
    kept: list[Trend] = []
    for trend in found:
        mine = {stem(word.key) for word in words(trend.name)}
        if not any(mine <= other or other <= mine for other in ({stem(w.key) for w in words(t.name)} for t in kept)):
            kept.append(trend)
    return kept


def _rise(count: int, total: int, before: int, total_before: int) -> float:
    """Return the lower bound of the log of the rate now over the rate before."""
    now, then = 0.5 + count, 0.5 + before
    mean = _digamma(now) - log(1 + total) - _digamma(then) + log(1 + total_before)
    return mean - sqrt(_trigamma(now) + _trigamma(then))


def _digamma(x: float) -> float:
    """Return psi(x) for x > 0 (recurrence up to six, then the asymptotic series, Abramowitz and Stegun 6.3.18)."""
    shift = 0.0
    while x < 6:
        shift -= 1 / x
        x += 1
    square = 1 / (x * x)
    return shift + log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))


def _trigamma(x: float) -> float:
    """Return psi'(x) for x > 0 (likewise, 6.4.12)."""
    shift = 0.0
    while x < 6:
        shift += 1 / (x * x)
        x += 1
    square = 1 / (x * x)
    return shift + 1 / x + square / 2 + square / x * (1 / 6 - square * (1 / 30 - square / 42))


def link_entities(stories: Iterable[Iterable[str]], *, least: int = 2, most: int = 20) -> tuple[Link, ...]:
    """Return pairs of names that occur together in at least ``least`` stories, most frequent first.

    ``stories`` holds the printed names of each story's entities.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for names in stories:
        distinct = {fold(name): name for name in list(names)[:_MOST_NAMES_LINKED]}
        counts.update(combinations(sorted(distinct.values()), 2))
    pairs = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Link(a=a, b=b, count=count) for (a, b), count in pairs if count >= least)[:most]
