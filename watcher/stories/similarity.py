"""How far two entries tell of one event: a score in 0..1, with reasons in words, or a veto.

Wording (cosine of titles and of all units, and how much of each title the other text holds) is weighed with
what makes an event: names, figures, action, day. What contradicts takes away or forbids. French against English is
compared on the units that can cross: concepts, names, figures and cognates. ``docs/ranking.md`` has the formula.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from watcher.stories.apart import is_elsewhere, share_strangers, weigh_contradiction, weigh_other_deed
from watcher.stories.figures import VAGUE, is_measure
from watcher.stories.overlap import cosine, cover
from watcher.stories.views import View

WINDOW = timedelta(days=8)
COPY_WINDOW = timedelta(days=30)
COPY = 0.6  # share of the sketch from which a text is a copy, its title being as like
_SURE_COPY = 0.85  # the same whatever the titles
_MOULD = 0.12  # share of both titles that are names unknown to the other, from which like texts are no copies
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
_HELD = 0.3  # the most for two deeds of one actor, two parts of one programme
_HINT = 0.38  # weight up to which a word of the trade only hints
_SAME_WORDS = 0.85  # likeness of titles that are evidence whatever they share
_ONE_DAY = timedelta(hours=20)
_TELLING = 0.5  # weight from which a word that is no name counts as evidence


def compare(a: View, b: View) -> Likeness:
    """Compare two entries; symmetric."""
    gap = abs(a.features.at - b.features.at)
    if gap > COPY_WINDOW:
        return _APART
    if _is_page_again(a, b):
        return _COPY
    if _is_text_again(a, b):
        return _VETO if share_strangers(a, b) > _MOULD else _COPY
    if gap > WINDOW:
        return _APART
    contradiction = weigh_contradiction(a, b)
    if contradiction is None:
        return _VETO
    return _weigh(a, b, gap, contradiction)


def _is_page_again(a: View, b: View) -> bool:
    """Return whether two entries are of one page, or have one title within a week."""
    if (
        a.features.url
        and a.features.url == b.features.url
        and (a.title.keys() & b.title.keys() or a.figures & b.figures)
    ):
        return True
    return _have_one_title(a, b) and abs(a.features.at - b.features.at) <= WINDOW


def _have_one_title(a: View, b: View) -> bool:
    """Return whether two titles say the same; weeks apart they are a column's, or another step of an affair."""
    return a.features.title == b.features.title and len(a.title) >= _TITLE_COPY and a.figures == b.figures


def _is_text_again(a: View, b: View) -> bool:
    """Return whether two texts are nearly the same words: one is the other's copy, or both fill in one form."""
    if min(len(a.sketch), len(b.sketch)) < 8 or a.figures != b.figures or _have_one_title(a, b):
        return False
    smallest = sorted(a.sketch | b.sketch)[: max(len(a.sketch), len(b.sketch))]
    share = sum(value in a.sketch and value in b.sketch for value in smallest) / len(smallest)
    if share < COPY:
        return False
    return share >= _SURE_COPY or cosine(a, b, "title") >= COPY


def _weigh(a: View, b: View, gap: timedelta, contradiction: float) -> Likeness:
    """Return the score of two entries that nothing forbids to be one event."""
    covered = cover(a, b, a.title, b.title)
    if not covered:
        return _APART
    names = a.names & b.names
    figures = (a.figures | a.lead_figures) & (b.figures | b.lead_figures)
    titles = 0.34 * cosine(a, b, "title") + 0.30 * covered
    after = _cover_after_opening(a, b)
    if after is not None:
        titles *= min(1.0, _OPENING + after / _SAME_AFTER)
    score = titles * (_ONE_WORD if _share_one_name(a, b) else 1) + 0.26 * cosine(a, b, "all")
    score += min(0.24, 0.09 * sum(min(a.all.get(name, 0.0), b.all.get(name, 0.0)) for name in names))
    score += min(0.18, sum(0.12 if figure[:2] not in VAGUE else 0.04 for figure in figures))
    score += min(0.08, 0.04 * len(a.actions & b.actions))
    score -= contradiction + _STRANGE * share_strangers(a, b) + _PER_DAY * max(0.0, gap / timedelta(days=1) - 1)
    mine, theirs = a.actions & a.title.keys(), b.actions & b.title.keys()
    if mine and theirs and not mine & b.actions and not theirs & a.actions:
        score -= _OTHER_DEED
    if len(a.all) == len(a.title) and len(b.all) == len(b.title):
        score -= _BARE
    if is_elsewhere(a, b) and is_elsewhere(b, a):
        score -= _OTHER_PLACE
    if a.features.publisher == b.features.publisher and gap > timedelta(hours=20):
        score -= _SERIES
    if not _is_anchored(a, b, figures):
        score -= _ADRIFT
    if _kinds_of_evidence(a, b, figures) < 2 and not _say_the_same(a, b, gap):
        score = min(score, _LONE)
    if score > _HELD:
        taken = weigh_other_deed(a, b, gap, figures)
        score = _HELD if taken is None else score - taken
    return Likeness(max(0.0, min(1.0, score)))


def _say_the_same(a: View, b: View, gap: timedelta) -> bool:
    """Return whether two titles of one day have nearly the same words, which is evidence without any name."""
    is_said = min(len(a.title), len(b.title)) >= _TITLE_COPY and cosine(a, b, "title") >= _SAME_WORDS
    return is_said and gap < _ONE_DAY


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
    if any(figure[:2] not in VAGUE for figure in a.figures & b.figures):
        return None
    mine, theirs = a.features.title, b.features.title
    same = next((place for place, (x, y) in enumerate(zip(mine, theirs, strict=False)) if x != y), None)
    if not same:
        return None
    rests = [{unit: view.title[unit] for unit in view.features.title[same:] if unit in view.title} for view in (a, b)]
    return cover(a, b, *rests) if all(rests) else None


def explain_likeness(a: View, b: View, likeness: Likeness) -> tuple[str, ...]:
    """Return what two entries share, in words."""
    if likeness.is_copy:
        return ("same text",)
    names = sorted(a.names & b.names, key=lambda name: (-min(a.all.get(name, 0.0), b.all.get(name, 0.0)), name))
    figures = sorted((a.figures | a.lead_figures) & (b.figures | b.lead_figures))
    actions = sorted(unit[2:] for unit in a.actions & b.actions)
    parts = (("names", names[:4]), ("figures", figures[:3]), ("action", actions[:3]))
    told = tuple(f"{label}: {', '.join(found)}" for label, found in parts if found)
    return (*told, f"wording: {100 * cosine(a, b, 'title'):.0f} % of the titles")


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
    measured = int(any(not figure.startswith(("y:", "o:", "d:")) for figure in figures))
    measured += any(map(is_measure, a.figures & b.figures))  # both titles give it
    acted = bool(a.actions & b.actions & (a.title.keys() | b.title.keys()))
    placed = bool(frozenset(a.features.places) & frozenset(b.features.places) & (a.title.keys() | b.title.keys()))
    return min(2, runs + outside) + measured + acted + placed + min(2, len(told))
