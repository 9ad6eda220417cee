"""Features unpacked for comparing, with what everybody prints discounted."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import timedelta
from math import log2, sqrt

from watcher.model.story import Features

_WEEK = timedelta(days=8)
_MONTH = timedelta(days=32)
_STRETCH = timedelta(days=4)
_FREE = 8  # entries of a week that cost a unit nothing: so many may well tell of one event
_PERSISTENT, _CROWDED = 0.35, 0.35


class Commonness:
    """What the entries at hand discount: units that the press prints day after day tell no event apart.

    An event's own words come in a burst; a company's name comes back. So what counts is in how many stretches of four
    days a unit stands, and how many of a week's entries hold it. Both are taken from the batch and its candidates, so
    neither the order of a batch nor the length of an archive matters; a few entries cost nothing. Concepts of the
    glossary come back by nature and are weighed there.
    """

    def __init__(self, entries: Collection[Features]) -> None:
        counts: Counter[str] = Counter()
        stretches: dict[int, set[str]] = defaultdict(set)
        for features in entries:
            units = [unit for unit, _ in features.terms]
            counts.update(units)
            stretches[int(features.at.timestamp() // _STRETCH.total_seconds())].update(units)
        returns: Counter[str] = Counter()
        for units_of_stretch in stretches.values():
            returns.update(units_of_stretch)
        times = [features.at for features in entries]
        span = max(times) - min(times) if times else _WEEK
        share, month = (min(1.0, period / span) if span else 1.0 for period in (_WEEK, _MONTH))
        self.factors: dict[str, float] = {}
        for unit, count in counts.items():
            persistence = 0.0 if unit[:2] == "c:" else log2(max(1.0, returns[unit] * month / 2))
            cost = _PERSISTENT * persistence + _CROWDED * log2(max(1.0, count * share / _FREE))
            if cost:
                self.factors[unit] = 1 / (1 + cost)


class View:
    """One entry's features, unpacked for comparing."""

    __slots__ = (
        "actions",
        "all",
        "all_norm",
        "features",
        "figures",
        "lead_figures",
        "names",
        "particulars",
        "sketch",
        "title",
        "title_norm",
    )

    def __init__(self, features: Features, commonness: Commonness | None = None) -> None:
        self.features = features
        factors = commonness.factors if commonness else {}
        self.all = {unit: weight * factors.get(unit, 1.0) for unit, weight in features.terms}
        self.title = {unit: self.all[unit] for unit in features.title if unit in self.all}
        self.all_norm = _norm(self.all)
        self.title_norm = _norm(self.title)
        self.names = frozenset(features.entities)
        self.figures = frozenset(figure for figure in features.figures if figure[0] != "+")
        self.lead_figures = frozenset(figure[1:] for figure in features.figures if figure[0] == "+")
        self.actions = frozenset(features.actions)
        self.particulars = self.names | frozenset(features.places)
        self.sketch = frozenset(features.shingles)


def _norm(weights: dict[str, float]) -> float:
    """Return the Euclidean norm of weights."""
    return sqrt(sum(weight * weight for weight in weights.values()))


class Views(dict[int, View]):
    """Views of entries by id, unpacked when first asked for: most candidates are never compared."""

    def __init__(self, entries: Collection[Features], background: Collection[Features] = ()) -> None:
        super().__init__()
        self.features = {features.entry_id: features for features in entries}
        self._commonness = Commonness(background or entries)

    def __missing__(self, entry: int) -> View:
        """Unpack one entry."""
        view = self[entry] = View(self.features[entry], self._commonness)
        return view
