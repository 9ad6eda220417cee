"""What changed in a story since it was last printed, in words; nothing when later articles only repeat it.

A change is a figure or an actor that no earlier article had. One that a single new article drops in passing is no
change: it must stand in a title, or in two new articles.
"""

import re
from collections import Counter
from collections.abc import Sequence

from watcher.model.entry import Entry
from watcher.model.mention import Annotation
from watcher.stories.figures import head_of, read_figures
from watcher.stories.wording import say
from watcher.words.folding import fold, keys

Told = tuple[Entry, Annotation | None]
_ACTORS = frozenset({"ORG", "PERSON", "PRODUCT", "PROJECT"})
_FIGURES = frozenset({"MONEY", "QUANTITY"})
_MOST = 3
_SURFACE = re.compile(
    r"(?:US\$|[$€£])\s?\d[\d.,\u00a0\u202f ]*(?:\s?(?:million|billion|milliards?|millions|bn|m|k)\b)?"
    r"|\d[\d.,\u00a0\u202f ]*\s?(?:%|€|\$|£|(?:k|M|G|T)W(?:h|c)?\b|(?:G|T)bps\b|km\b"
    r"|(?:million|milliard)s?(?: d[e’'])?\s?(?:euros|dollars|€|\$|£))"
)


def describe_changes(before: Sequence[Told], after: Sequence[Told], language: str = "fr") -> tuple[str, ...]:
    """Return what ``after`` (articles since the last edition) adds to ``before``, named, in ``language``."""
    figures = _new_figures(before, after)
    actors = _new_actors(before, after)
    changes = []
    if figures:
        changes.append(
            say("figures" if len(figures) == 1 else "figures_many", language, facts=", ".join(figures[:_MOST]))
        )
    if actors:
        changes.append(say("actor" if len(actors) == 1 else "actors", language, facts=", ".join(actors[:_MOST])))
    return tuple(changes)


def _new_figures(before: Sequence[Told], after: Sequence[Told]) -> list[str]:
    """Return measured figures, as written, that no earlier article had."""
    known = {figure for entry, _ in before for figure in read_figures(entry.text)}
    votes: Counter[str] = Counter()
    written: dict[str, str] = {}
    for entry, _ in after:
        seen = set()
        for place, match in ((match.start(), match) for match in _SURFACE.finditer(entry.text)):
            for figure in read_figures(match[0]):
                if figure in known or figure in seen or head_of(figure) in {"n", "y", "o", "m"}:
                    continue
                seen.add(figure)
                votes[figure] += 2 if place < len(entry.title) else 1
                written.setdefault(figure, " ".join(match[0].split()))
    return [
        written[figure] for figure, count in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])) if count >= 2
    ]


def _new_actors(before: Sequence[Told], after: Sequence[Told]) -> list[str]:
    """Return names of actors that no earlier article held."""
    known = {mention.entity for _, annotation in before if annotation for mention in annotation.mentions}
    told = {key for entry, _ in before for key in keys(entry.text)}
    votes: Counter[str] = Counter()
    written: dict[str, str] = {}
    for entry, annotation in after:
        seen = set()
        for mention in annotation.mentions if annotation else ():
            if mention.kind not in _ACTORS or mention.entity in known or mention.entity in seen:
                continue
            if all(key in told for key in keys(mention.text)) or fold(mention.text) == fold(entry.publisher):
                continue
            seen.add(mention.entity)
            votes[mention.entity] += 2 if mention.start < len(entry.title) else 1
            written.setdefault(mention.entity, mention.text)
    return [written[key] for key, count in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])) if count >= 2]
