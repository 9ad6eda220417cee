"""How far two entries tell of one event: a score in 0..1, with reasons in words, or a veto.

Wording (cosine of titles and of all units, and how much of each title the other text holds) is weighed with
what makes an event: names, figures, action, day. What contradicts takes away or forbids. French against English is
compared on the units that can cross: concepts, names, figures and cognates. ``docs/ranking.md`` has the formula.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from math import log2, sqrt

from watcher.model.story import Features
from watcher.stories.figures import head_of

WINDOW = timedelta(days=8)
COPY_WINDOW = timedelta(days=30)
COPY = 0.6  # share of the sketch from which a text is a copy, its title being as like
_SURE_COPY = 0.85  # the same whatever the titles
_TITLE_COPY = 4  # content units that equal titles need to be copies


class Commonness:
    """What the entries at hand discount: units that the press prints day after day tell no event apart.

    An event's own words come in a burst; a company's name comes back. So what counts is in how many stretches of four
    days a unit stands, and how many of a week's entries hold it. Both are taken from the batch and its candidates, so
    neither the order of a batch nor the length of an archive matters; a few entries cost nothing. Concepts of the
    glossary come back by nature and are weighed there.
    """

    def __init__(self, entries: Collection[Features]) -> None:
        counts: Counter[str] = Counter()
        stretches: dict[str, set[int]] = defaultdict(set)
        for features in entries:
            stretch = int(features.at.timestamp() // _STRETCH.total_seconds())
            for unit, _ in features.terms:
                counts[unit] += 1
                stretches[unit].add(stretch)
        times = [features.at for features in entries]
        span = max(times) - min(times) if times else WINDOW
        share = min(1.0, WINDOW / span) if span else 1.0
        self.factors: dict[str, float] = {}
        for unit, count in counts.items():
            persistence = 0.0 if unit[:2] == "c:" else log2(max(1.0, len(stretches[unit]) / 2))
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
        self.sketch = frozenset(features.shingles)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict on two entries; ``is_copy`` for syndicated text, ``is_veto`` when they cannot be one event."""

    score: float
    reasons: tuple[str, ...] = ()
    is_copy: bool = False
    is_veto: bool = False


_APART = Likeness(0.0)
_STRETCH = timedelta(days=4)
_FREE = 8  # entries of a week that cost a unit nothing: so many may well tell of one event
_PERSISTENT, _CROWDED = 0.3, 0.35
_OTHER_DEED = 0.05  # taken away when both titles say what was done, and nothing in common
_SERIES = 0.07  # taken away from two entries of one publisher a day or more apart: columns repeat their titles
_PER_DAY = 0.03  # taken away for every day apart after the first
_STRANGE = 0.6  # times the share of a title that are names unknown to the other text
_ADRIFT = 0.12  # taken away from two entries that share the trade's talk and nothing particular
_PARTICULAR = 0.6  # weight of a rare word or name
_LONE = 0.36  # the most that one kind of evidence can give
_TELLING = 0.4  # weight from which a word that is no name counts as evidence


def _norm(weights: dict[str, float]) -> float:
    """Return the Euclidean norm of weights."""
    return sqrt(sum(weight * weight for weight in weights.values()))


def compare(a: View, b: View) -> Likeness:
    """Compare two entries; symmetric."""
    gap = abs(a.features.at - b.features.at)
    if gap > COPY_WINDOW:
        return _APART
    if _is_copy(a, b):
        return Likeness(1.0, ("same text",), is_copy=True)
    if gap > WINDOW:
        return _APART
    contradiction = _contradiction(a, b)
    if contradiction is None:
        return Likeness(0.0, ("figures contradict",), is_veto=True)
    return _weigh(a, b, gap, contradiction)


def _is_copy(a: View, b: View) -> bool:
    """Return whether one text is the other's copy: same page, same title, or nearly the same words."""
    if (
        a.features.url
        and a.features.url == b.features.url
        and (a.title.keys() & b.title.keys() or a.figures & b.figures)
    ):
        return True
    if a.features.title == b.features.title and len(a.title) >= _TITLE_COPY and a.figures == b.figures:
        return True
    if min(len(a.sketch), len(b.sketch)) < 8 or a.figures != b.figures:
        return False
    smallest = sorted(a.sketch | b.sketch)[: max(len(a.sketch), len(b.sketch))]
    share = sum(value in a.sketch and value in b.sketch for value in smallest) / len(smallest)
    if share < COPY:
        return False
    return share >= _SURE_COPY or _cosine(a.title, b.title, crossing=False, names=a.names) >= COPY


def _contradiction(a: View, b: View) -> float | None:
    """Return what contradicting figures take from the score; None when they forbid it."""
    mine, theirs = a.figures | a.lead_figures, b.figures | b.lead_figures
    loss = 0.0
    for head in {head_of(figure) for figure in mine} & {head_of(figure) for figure in theirs}:
        ours = {figure for figure in mine if head_of(figure) == head}
        others = {figure for figure in theirs if head_of(figure) == head}
        if ours & others or head == "n":
            continue
        in_titles = any(head_of(f) == head for f in a.figures) and any(head_of(f) == head for f in b.figures)
        if head == "code":
            if {figure.split("-")[0] for figure in ours} & {figure.split("-")[0] for figure in others}:
                return None
        elif head.startswith("v:") or head == "o":
            if in_titles or head != "o":
                return None
            loss += 0.1
        elif head[:2] == "q:":
            loss += 0.12 if in_titles else 0.0
        elif head == "y":
            loss += 0.06 if in_titles else 0.0
        else:
            loss += 0.2 if in_titles else 0.05
    return loss


def _weigh(a: View, b: View, gap: timedelta, contradiction: float) -> Likeness:
    """Return the score of two entries that nothing forbids to be one event."""
    crossing = bool(a.features.language and b.features.language and a.features.language != b.features.language)
    shared = a.all.keys() & b.all.keys()
    if not shared:
        return _APART
    titles = _cosine(a.title, b.title, crossing=crossing, names=a.names | b.names)
    whole = _cosine(a.all, b.all, crossing=crossing, names=a.names | b.names)
    cover = (_covered(a.title, b.all) + _covered(b.title, a.all)) / 2
    names = sorted(a.names & b.names, key=lambda name: (-min(a.all.get(name, 0.0), b.all.get(name, 0.0)), name))
    strength = sum(min(a.all.get(name, 0.0), b.all.get(name, 0.0)) for name in names)
    figures = (a.figures | a.lead_figures) & (b.figures | b.lead_figures)
    telling = sum(0.12 if not figure.startswith(("y:", "n:", "o:", "q:")) else 0.04 for figure in figures)
    actions = a.actions & b.actions
    score = 0.34 * titles + 0.26 * whole + 0.30 * cover
    score += min(0.24, 0.09 * strength) + min(0.18, telling) + min(0.08, 0.04 * len(actions))
    score -= contradiction + _strangers(a, b) + _PER_DAY * max(0.0, gap / timedelta(days=1) - 1)
    mine, theirs = a.actions & a.title.keys(), b.actions & b.title.keys()
    if mine and theirs and not mine & b.actions and not theirs & a.actions:
        score -= _OTHER_DEED
    if a.features.publisher == b.features.publisher and gap > timedelta(hours=20):
        score -= _SERIES
    if not _is_anchored(a, b, figures):
        score -= _ADRIFT
    if _kinds_of_evidence(a, b, figures) < 2:
        score = min(score, _LONE)
    reasons = []
    if names:
        reasons.append(f"names: {', '.join(names[:4])}")
    if figures:
        reasons.append(f"figures: {', '.join(sorted(figures)[:3])}")
    if actions:
        reasons.append(f"action: {', '.join(unit[2:] for unit in sorted(actions)[:3])}")
    reasons.append(f"wording: {100 * titles:.0f} % of the titles")
    return Likeness(max(0.0, min(1.0, score)), tuple(reasons))


def _is_anchored(a: View, b: View, figures: frozenset[str]) -> bool:
    """Return whether anything particular is shared: a name, a figure, a rare word, a place that a title names."""
    if any(not figure.startswith(("y:", "o:")) for figure in figures):
        return True
    if frozenset(a.features.places) & frozenset(b.features.places) & (a.title.keys() | b.title.keys()):
        return True
    return any(max(a.all[unit], b.all[unit]) >= _PARTICULAR for unit in a.all.keys() & b.all.keys() if unit[:2] != "c:")


def _kinds_of_evidence(a: View, b: View, figures: frozenset[str]) -> int:
    """Count what two entries independently share: names, what is done, figures, what it is done to.

    One company's two announcements share its name and the trade's words, and are two events.
    """
    shared = a.all.keys() & b.all.keys()
    names = shared & (a.names | b.names)
    runs = sum(
        1 for place, unit in enumerate(a.features.title) if unit in names and a.features.title[place - 1] not in names
    )
    outside = len(names - a.title.keys())
    told = [unit for unit in shared - names - a.actions - b.actions if max(a.all[unit], b.all[unit]) >= _TELLING]
    measured = any(not figure.startswith(("y:", "o:")) for figure in figures)
    acted = bool(a.actions & b.actions & (a.title.keys() | b.title.keys()))
    placed = bool(frozenset(a.features.places) & frozenset(b.features.places) & (a.title.keys() | b.title.keys()))
    return min(2, runs + outside) + measured + acted + placed + min(2, len(told))


def _cosine(a: dict[str, float], b: dict[str, float], *, crossing: bool, names: frozenset[str]) -> float:
    """Return the cosine of two sets of weighted units; across languages, of those that can cross."""
    product = sum(a[unit] * b[unit] for unit in a.keys() & b.keys())
    if not product:
        return 0.0
    if crossing:
        return product / (_crossing_norm(a, b, names) * _crossing_norm(b, a, names))
    return product / (_norm(a) * _norm(b))


def _crossing_norm(a: dict[str, float], b: dict[str, float], names: frozenset[str]) -> float:
    """Return the norm over units that have a form in the other language, and over half of the others."""
    return sqrt(
        sum(
            weight * weight * (1.0 if unit[:2] == "c:" or unit in names or unit in b else 0.25)
            for unit, weight in a.items()
        )
    )


def _covered(title: dict[str, float], text: dict[str, float]) -> float:
    """Return how much of a title's weight stands in the other text."""
    total = sum(title.values())
    return sum(weight for unit, weight in title.items() if unit in text) / total if total else 0.0


def _strangers(a: View, b: View) -> float:
    """Return what is taken away when each title names somebody of whom the other text says nothing.

    Two titles of one mould (*X orders turbines for Y*) differ in their names only, and these are what counts.
    """
    share = min(_unknown_share(a, b), _unknown_share(b, a))
    return _STRANGE * share


def _unknown_share(a: View, b: View) -> float:
    """Return which share of a title's weight are names that the other text does not hold."""
    total = sum(a.title.values())
    return (
        sum(weight for unit, weight in a.title.items() if unit in a.names and unit not in b.all) / total
        if total
        else 0.0
    )
