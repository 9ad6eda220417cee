"""How far two entries tell of one event: a score in 0..1, with reasons in words, or a veto.

Wording (cosine of titles and of all units, and how much of each title the other text holds) is weighed with
what makes an event: names, figures, action, day. What contradicts takes away or forbids. French against English is
compared on the units that can cross: concepts, names, figures and cognates. ``docs/ranking.md`` has the formula.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from typing import Literal

from watcher.stories.figures import head_of
from watcher.stories.views import View

WINDOW = timedelta(days=8)
COPY_WINDOW = timedelta(days=30)
COPY = 0.6  # share of the sketch from which a text is a copy, its title being as like
_SURE_COPY = 0.85  # the same whatever the titles
_TITLE_COPY = 4  # content units that equal titles need to be copies


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict on two entries; ``is_copy`` for syndicated text, ``is_veto`` when they cannot be one event."""

    score: float
    is_copy: bool = False
    is_veto: bool = False


_APART = Likeness(0.0)
_COPY = Likeness(1.0, is_copy=True)
_VETO = Likeness(0.0, is_veto=True)
_VAGUE = frozenset({"y:", "n:", "o:", "q:", "d:"})  # heads of figures that many events share
_OTHER_DEED = 0.05  # taken away when both titles say what was done, and nothing in common
_BARE = 0.03  # taken away from two entries without text: their titles count twice, and say little
_OTHER_PLACE = 0.1  # taken away when each title names a place of which the other text says nothing
_SERIES = 0.24  # taken away from two entries of one publisher a day or more apart: columns repeat their titles
_PER_DAY = 0.05  # taken away for every day apart after the first
_STRANGE = 0.6  # times the share of a title that are names unknown to the other text
_ONE_WORD = 0.6  # times what the titles give, when a name is all they share
_OPENING = 0.45  # times what titles give that share their opening and nothing after it
_SAME_AFTER = 0.6  # cover after the opening from which it costs nothing
_ADRIFT = 0.12  # taken away from two entries that share the trade's talk and nothing particular
_PARTICULAR = 0.6  # weight of a rare word or name
_LONE = 0.36  # the most that one kind of evidence can give
_HINT = 0.38  # weight up to which a word of the trade only hints
_TELLING = 0.5  # weight from which a word that is no name counts as evidence


def compare(a: View, b: View) -> Likeness:
    """Compare two entries; symmetric."""
    gap = abs(a.features.at - b.features.at)
    if gap > COPY_WINDOW:
        return _APART
    if _is_copy(a, b):
        return _COPY
    if gap > WINDOW:
        return _APART
    contradiction = _contradiction(a, b)
    if contradiction is None:
        return _VETO
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
        return abs(a.features.at - b.features.at) <= WINDOW  # later it is a column, or another step of the affair
    if min(len(a.sketch), len(b.sketch)) < 8 or a.figures != b.figures:
        return False
    smallest = sorted(a.sketch | b.sketch)[: max(len(a.sketch), len(b.sketch))]
    share = sum(value in a.sketch and value in b.sketch for value in smallest) / len(smallest)
    if share < COPY:
        return False
    return share >= _SURE_COPY or _cosine(a, b, "title") >= COPY


def _contradiction(a: View, b: View) -> float | None:
    """Return what contradicting figures take from the score; None when they forbid it."""
    mine, theirs = a.figures | a.lead_figures, b.figures | b.lead_figures
    if not mine or not theirs:
        return 0.0
    loss, measures = 0.0, 0
    for head in {head_of(figure) for figure in mine} & {head_of(figure) for figure in theirs}:
        ours = {figure for figure in mine if head_of(figure) == head}
        others = {figure for figure in theirs if head_of(figure) == head}
        if ours & others or head == "n":
            continue
        in_titles = any(head_of(f) == head for f in a.figures) and any(head_of(f) == head for f in b.figures)
        taken = _loss(head, ours, others, in_titles=in_titles)
        if taken is None:
            return None
        loss += taken
        measures += head not in {"y", "d"}
    return None if measures > 1 and not mine & theirs else loss


def _loss(head: str, ours: set[str], others: set[str], *, in_titles: bool) -> float | None:
    """Return what two sets of figures under one head that agree in none take away; None when they forbid."""
    if head == "code":
        families = [{figure.split("-")[0] for figure in figures} for figures in (ours, others)]
        return None if families[0] & families[1] else 0.0
    if head.startswith("v:"):
        return None
    if head == "d":
        return 0.2 if in_titles else 0.0
    if head == "o":
        return None if in_titles else 0.1
    if head == "y":
        return 0.06 if in_titles else 0.0
    if head.startswith("q:"):
        return 0.12 if in_titles else 0.0
    return 0.2 if in_titles else 0.05


def _weigh(a: View, b: View, gap: timedelta, contradiction: float) -> Likeness:
    """Return the score of two entries that nothing forbids to be one event."""
    cover = _cover(a, b, a.title, b.title)
    if not cover:
        return _APART
    names = a.names & b.names
    figures = (a.figures | a.lead_figures) & (b.figures | b.lead_figures)
    titles = 0.34 * _cosine(a, b, "title") + 0.30 * cover
    after = _cover_after_opening(a, b)
    if after is not None:
        titles *= min(1.0, _OPENING + after / _SAME_AFTER)
    score = titles * (_ONE_WORD if _share_one_name(a, b) else 1) + 0.26 * _cosine(a, b, "all")
    score += min(0.24, 0.09 * sum(min(a.all.get(name, 0.0), b.all.get(name, 0.0)) for name in names))
    score += min(0.18, sum(0.12 if figure[:2] not in _VAGUE else 0.04 for figure in figures))
    score += min(0.08, 0.04 * len(a.actions & b.actions))
    score -= contradiction + _strangers(a, b) + _PER_DAY * max(0.0, gap / timedelta(days=1) - 1)
    mine, theirs = a.actions & a.title.keys(), b.actions & b.title.keys()
    if mine and theirs and not mine & b.actions and not theirs & a.actions:
        score -= _OTHER_DEED
    if len(a.all) == len(a.title) and len(b.all) == len(b.title):
        score -= _BARE
    if _elsewhere(a, b) and _elsewhere(b, a):
        score -= _OTHER_PLACE
    if a.features.publisher == b.features.publisher and gap > timedelta(hours=20):
        score -= _SERIES
    if not _is_anchored(a, b, figures):
        score -= _ADRIFT
    if _kinds_of_evidence(a, b, figures) < 2:
        score = min(score, _LONE)
    return Likeness(max(0.0, min(1.0, score)))


def _share_one_name(a: View, b: View) -> bool:
    """Return whether two titles share one name and nothing else that tells: a company and the trade's talk."""
    shared = a.title.keys() & b.title.keys()
    named = shared & (a.names | b.names)
    if not named or any(min(a.title[unit], b.title[unit]) >= _HINT for unit in shared - named):
        return False
    return max(_runs(a.features.title, named), _runs(b.features.title, named)) == 1


def _runs(title: tuple[str, ...], names: AbstractSet[str]) -> int:
    """Count the stretches of a title that are made of ``names``: two words of one name are one."""
    return sum(unit in names and (place == 0 or title[place - 1] not in names) for place, unit in enumerate(title))


def _cover_after_opening(a: View, b: View) -> float | None:
    """Return how much two titles that open alike share after it; None when they do not, or one says no more.

    A heading (*Tennis:*, *Horoscope*, the name of an affair) says what a title belongs to, not what happened.
    A figure that both titles hold makes up for all else.
    """
    if any(figure[:2] not in _VAGUE for figure in a.figures & b.figures):
        return None
    mine, theirs = a.features.title, b.features.title
    same = next((place for place, (x, y) in enumerate(zip(mine, theirs, strict=False)) if x != y), None)
    if not same:
        return None
    rests = [{unit: view.title[unit] for unit in view.features.title[same:] if unit in view.title} for view in (a, b)]
    return _cover(a, b, *rests) if all(rests) else None


def explain_likeness(a: View, b: View, likeness: Likeness) -> tuple[str, ...]:
    """Return what two entries share, in words."""
    if likeness.is_copy:
        return ("same text",)
    names = sorted(a.names & b.names, key=lambda name: (-min(a.all.get(name, 0.0), b.all.get(name, 0.0)), name))
    figures = sorted((a.figures | a.lead_figures) & (b.figures | b.lead_figures))
    actions = sorted(unit[2:] for unit in a.actions & b.actions)
    parts = (("names", names[:4]), ("figures", figures[:3]), ("action", actions[:3]))
    told = tuple(f"{label}: {', '.join(found)}" for label, found in parts if found)
    return (*told, f"wording: {100 * _cosine(a, b, 'title'):.0f} % of the titles")


def _is_anchored(a: View, b: View, figures: frozenset[str]) -> bool:
    """Return whether anything particular is shared: a name, a figure, a rare word, a place that a title names."""
    if any(not figure.startswith(("y:", "o:", "d:")) for figure in figures):
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
    runs = _runs(a.features.title, names)
    outside = len(names - a.title.keys())
    told = [unit for unit in shared - names - a.actions - b.actions if max(a.all[unit], b.all[unit]) >= _TELLING]
    measured = any(not figure.startswith(("y:", "o:", "d:")) for figure in figures)
    acted = bool(a.actions & b.actions & (a.title.keys() | b.title.keys()))
    placed = bool(frozenset(a.features.places) & frozenset(b.features.places) & (a.title.keys() | b.title.keys()))
    return min(2, runs + outside) + measured + acted + placed + min(2, len(told))


def _cosine(a: View, b: View, part: Literal["title", "all"]) -> float:
    """Return the cosine of titles or of all units; across languages, of those that can cross."""
    mine, theirs = (a.title, b.title) if part == "title" else (a.all, b.all)
    product = sum(mine[unit] * theirs[unit] for unit in mine.keys() & theirs.keys())
    if not product:
        return 0.0
    if a.features.language and b.features.language and a.features.language != b.features.language:
        names = a.names | b.names
        return product / (_crossing_norm(mine, theirs, names) * _crossing_norm(theirs, mine, names))
    norms = (a.title_norm, b.title_norm) if part == "title" else (a.all_norm, b.all_norm)
    return product / (norms[0] * norms[1])


def _crossing_norm(a: dict[str, float], b: dict[str, float], names: frozenset[str]) -> float:
    """Return the norm over units that have a form in the other language, and over half of the others."""
    return sqrt(
        sum(
            weight * weight * (1.0 if unit[:2] == "c:" or unit in names or unit in b else 0.25)
            for unit, weight in a.items()
        )
    )


def _cover(a: View, b: View, mine: dict[str, float], theirs: dict[str, float]) -> float:
    """Return how much of each (part of a) title the other text holds, on the mean."""
    return (_covered(mine, b.all) + _covered(theirs, a.all)) / 2


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


def _elsewhere(a: View, b: View) -> bool:
    """Return whether the title of ``a`` names places and the other text none of them."""
    places = frozenset(a.features.places) & a.title.keys()
    return bool(places) and not places & b.all.keys()


def _unknown_share(a: View, b: View) -> float:
    """Return which share of a title's weight are names that the other text does not hold."""
    total = sum(a.title.values())
    return (
        sum(weight for unit, weight in a.title.items() if unit in a.particulars and unit not in b.all) / total
        if total
        else 0.0
    )
