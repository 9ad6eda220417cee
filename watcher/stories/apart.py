"""What speaks against two entries being one event: figures that differ, strangers, other places, other deeds.

Whoever is in the news does several things a week, and a paper's programme has many parts: the same names are no event.
"""

from datetime import timedelta

from watcher.stories.figures import head_of, is_measure
from watcher.stories.overlap import cosine, cover
from watcher.stories.views import View

_NEXT_DAY = timedelta(hours=20)  # from which a publisher's second article may be a column's next part
_NO_TITLE = 0.1  # likeness of titles below which one publisher's two are two parts of a programme
_SAME_DEED = 0.15  # cover of what titles say beside names that one publisher's two need
_LIKE_DEED = 0.4  # the same from which the next day costs nothing
_OTHER_DEED = 0.7  # times what is missing to it


def weigh_contradiction(a: View, b: View) -> float | None:
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
        if head == "d" and in_titles and a.features.publisher == b.features.publisher:
            return None  # a column's days: one publisher dates what comes back
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


def weigh_other_deed(a: View, b: View, gap: timedelta, figures: frozenset[str]) -> float | None:
    """Return what is taken away from two texts of one language that share who, and little of what happened.

    None holds them apart: two parts of one publisher's programme, two columns. A measured figure in ``figures``, which
    both hold, settles that it is one event. One publisher does not tell an event twice in other words; two publishers
    may on one day, and on the next whoever is in the news has done something else.
    """
    if a.features.language != b.features.language:
        return 0.0
    is_one_publisher = a.features.publisher == b.features.publisher
    if is_one_publisher and cosine(a, b, "title") < _NO_TITLE:
        return None
    if any(map(is_measure, figures)):
        return 0.0
    deeds = cover(a, b, _deed(a, b), _deed(b, a))
    if is_one_publisher and deeds < _SAME_DEED:
        return None
    if gap < _NEXT_DAY:
        return 0.0
    places = frozenset(a.features.places) & frozenset(b.features.places) & (a.title.keys() | b.title.keys())
    if is_one_publisher and not (places or a.names & b.names):
        return None
    return _OTHER_DEED * max(0.0, _LIKE_DEED - deeds)


def _deed(a: View, b: View) -> dict[str, float]:
    """Return the title of ``a`` without names and places."""
    named = a.particulars | b.particulars
    return {unit: weight for unit, weight in a.title.items() if unit not in named}


def share_strangers(a: View, b: View) -> float:
    """Return which share of each title, the smaller, names somebody of whom the other text says nothing.

    Two titles of one mould (*X orders turbines for Y*) differ in their names only, and these are what counts.
    """
    return min(_unknown_share(a, b), _unknown_share(b, a))


def is_elsewhere(a: View, b: View) -> bool:
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
