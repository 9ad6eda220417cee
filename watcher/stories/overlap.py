"""How much two entries share: cosine of their units, and how much of a title the other text holds.

Across languages a cosine counts what can cross: concepts, names, cognates in full, other words half.
"""

from math import sqrt
from typing import Literal

from watcher.stories.views import View


def cosine(a: View, b: View, part: Literal["title", "all"]) -> float:
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


def cover(a: View, b: View, mine: dict[str, float], theirs: dict[str, float]) -> float:
    """Return how much of each (part of a) title the other text holds, on the mean."""
    return (_covered(mine, b.all) + _covered(theirs, a.all)) / 2


def _covered(title: dict[str, float], text: dict[str, float]) -> float:
    """Return how much of a title's weight stands in the other text."""
    total = sum(title.values())
    return sum(weight for unit, weight in title.items() if unit in text) / total if total else 0.0
