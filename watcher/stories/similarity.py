"""How far two entries tell of one event: a score in 0..1, with reasons in words, or a veto.

Wording (cosine of titles and of all units, and how much of each title the other text holds) is weighed with
what makes an event: names, figures, action, day. What contradicts takes away or forbids. French against English is
compared on the units that can cross: concepts, names, figures and cognates. ``docs/ranking.md`` has the formula.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from watcher.model.story import Features
from watcher.stories.figures import head_of

WINDOW = timedelta(days=8)
COPY_WINDOW = timedelta(days=30)
COPY = 0.62  # share of the sketch from which a text is a copy
_TITLE_COPY = 4  # content units that equal titles need to be copies


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

    def __init__(self, features: Features) -> None:
        self.features = features
        self.all = dict(features.terms)
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
    return sum(value in a.sketch and value in b.sketch for value in smallest) >= COPY * len(smallest)


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
        if head.startswith("v:") or head in {"code", "o"}:
            if in_titles or head != "o":
                return None
            loss += 0.1
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
    telling = sum(0.12 if not figure.startswith(("y:", "n:", "o:")) else 0.04 for figure in figures)
    actions = a.actions & b.actions
    score = 0.34 * titles + 0.26 * whole + 0.30 * cover
    score += min(0.24, 0.09 * strength) + min(0.18, telling) + min(0.08, 0.04 * len(actions))
    score -= contradiction + _strangers(a, b) + 0.012 * max(0.0, gap / timedelta(days=1) - 1)
    reasons = []
    if names:
        reasons.append(f"names: {', '.join(names[:4])}")
    if figures:
        reasons.append(f"figures: {', '.join(sorted(figures)[:3])}")
    if actions:
        reasons.append(f"action: {', '.join(unit[2:] for unit in sorted(actions)[:3])}")
    reasons.append(f"wording: {100 * titles:.0f} % of the titles")
    return Likeness(max(0.0, min(1.0, score)), tuple(reasons))


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
    """Return what is taken away when each title names somebody of whom the other text says nothing."""
    mine = {name for name in a.names & a.title.keys() if name not in b.all}
    theirs = {name for name in b.names & b.title.keys() if name not in a.all}
    shared = a.names & b.names
    if not mine or not theirs:
        return 0.0
    return 0.10 if shared else 0.16
