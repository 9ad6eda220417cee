"""How high a story stands: a sum of named parts, each with its reason in words. See ``docs/ranking.md``.

Every part has a value in 0..1 and a weight; weights of what lifts a story sum to one. Bargain posts and lists of
products are on topic and yet nobody's news: they cost, by a part of negative weight.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Literal

from watcher.model.entry import Entry
from watcher.model.story import Features, Score, ScorePart
from watcher.stories.phrasing import has_phrase
from watcher.stories.wording import say
from watcher.urls import site
from watcher.words.folding import fold

_WEIGHTS = {
    "relevance": 0.30,
    "publishers": 0.24,
    "novelty": 0.10,
    "names": 0.14,
    "opportunity": 0.06,
    "recency": 0.08,
    "feed": 0.08,
    "bargain": -0.35,
    "list": -0.15,
}
_FULL_PUBLISHERS = 8  # independent publishers that make the whole part
_FULL_NAMES = 2  # watched names or members that make the whole part
_HALF_LIFE = timedelta(days=3)
_SEEN_NOVELTY = 0.35  # of a story printed before
_FULL_WEIGHT = 2.0  # feed weight that makes the whole part
_PERCENT_OFF = re.compile(
    r"\b\d{1,2} ?% (?:off|de reduction|de remise)|-\d{2} ?%|\bsave \$?£?€?\d|\bpour moins de \d+ ?(?:€|euros)"
)
_COUNTED = re.compile(
    r"^(?:the |top |best |les )*\d{1,2} "
    r"(?:best |meilleur|raisons|choses|things|reasons|ways|tips|astuces|conseils|questions)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ranking a story on one topic asks for.

    ``entries``: its members in the edition's scope; ``copies``: ids of syndicated ones; ``relevance``: best topic
    score; ``watched`` and ``members``: names met; ``weight``: highest weight of the feeds that brought it.
    """

    entries: tuple[Entry, ...]
    relevance: float
    copies: frozenset[int] = frozenset()
    watched: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    opportunity: str | None = None  # kind, when it announces one
    weight: float = 1.0
    is_printed: bool = False  # in an earlier edition


def rank_story(facts: Facts, now: datetime, language: str = "fr") -> Score:
    """Return the score of a story at ``now`` (the end of its week), reasons in ``language``."""
    parts = [
        _part("relevance", facts.relevance, say("relevance", language, percent=round(100 * facts.relevance))),
        _publishers(facts, language),
        _part(
            "novelty", _SEEN_NOVELTY if facts.is_printed else 1.0, say("seen" if facts.is_printed else "new", language)
        ),
        _names(facts, language),
        _opportunity(facts, language),
        _recency(facts, now, language),
        _part(
            "feed", min(1.0, max(0.0, facts.weight / _FULL_WEIGHT)), say("feed", language, weight=f"{facts.weight:g}")
        ),
        *_faults(facts, language),
    ]
    return Score(parts=tuple(parts))


def _part(name: str, value: float, why: str) -> ScorePart:
    """Make a part with its weight."""
    return ScorePart(name=name, value=round(value, 4), weight=_WEIGHTS[name], why=why)


def independent_publishers(facts: Facts) -> int:
    """Return how many publishers tell the story in their own words: copies and sister pages count once."""
    own = [entry for entry in facts.entries if entry.id not in facts.copies] or list(facts.entries[:1])
    return len({fold(entry.publisher) or (site(entry.url) if entry.url else entry.feed_url) for entry in own})


def _publishers(facts: Facts, language: str) -> ScorePart:
    """Value the number of independent publishers: each doubling counts the same."""
    count = independent_publishers(facts)
    value = min(1.0, log2(max(1, count)) / log2(_FULL_PUBLISHERS))
    return _part("publishers", value, say("publishers" if count > 1 else "publisher", language, count=count))


def _names(facts: Facts, language: str) -> ScorePart:
    """Value watched names and members that the story names."""
    names = tuple(dict.fromkeys((*facts.members, *facts.watched)))
    why = say("names", language, names=", ".join(names[:3])) if names else say("no_names", language)
    return _part("names", min(1.0, len(names) / _FULL_NAMES), why)


def _opportunity(facts: Facts, language: str) -> ScorePart:
    """Value something to bid for, apply to or attend."""
    key = f"opportunity_{facts.opportunity}" if facts.opportunity else "no_opportunity"
    return _part("opportunity", 1.0 if facts.opportunity else 0.0, say(key, language))


def _recency(facts: Facts, now: datetime, language: str) -> ScorePart:
    """Value how lately the last article came, halved every three days."""
    age = max(timedelta(0), now - max(entry.at for entry in facts.entries))
    value = 0.5 ** (age / _HALF_LIFE)
    return _part("recency", value, say("recency", language, days=age.days))


def _faults(facts: Facts, language: str) -> list[ScorePart]:
    """Return the parts that push down: most of its titles are a bargain, or a list of products."""
    titles = [entry.title for entry in facts.entries]
    kinds: dict[Literal["bargain", "list"], re.Pattern[str]] = {"bargain": _PERCENT_OFF, "list": _COUNTED}
    return [
        _part(kind, 1.0, say(kind, language))
        for kind, pattern in kinds.items()
        if 2 * sum(bool(has_phrase(kind, title) or pattern.search(fold(title))) for title in titles) >= len(titles)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A story in its order; ``family`` is the name its event turns on (see `family_of`)."""

    story: str
    score: Score
    family: str | None = None


def family_of(features: Sequence[Features]) -> str | None:
    """Return the name that most titles of a story share and that says most; None when they share none."""
    votes: dict[str, float] = {}
    for item in features:
        weights = dict(item.terms)
        for name in frozenset(item.title) & frozenset(item.entities):
            votes[name] = votes.get(name, 0.0) + weights.get(name, 0.0)
    best = min(votes, key=lambda name: (-votes[name], name), default=None)
    return best if best and 2 * sum(best in item.title for item in features) >= len(features) else None


def diversify(ranked: Sequence[Ranked], top: int = 5, most: int = 2) -> tuple[Ranked, ...]:
    """Return stories by falling score, at most ``most`` of one family among the first ``top``.

    Those held back follow right after the top, in their order; ties go by story id.
    """
    ordered = sorted(ranked, key=lambda item: (-item.score.total, item.story))
    chosen: list[Ranked] = []
    counts: dict[str, int] = {}
    for item in ordered:
        if len(chosen) == top:
            break
        if item.family is not None and counts.get(item.family, 0) >= most:
            continue
        chosen.append(item)
        if item.family is not None:
            counts[item.family] = counts.get(item.family, 0) + 1
    return (*chosen, *(item for item in ordered if item not in chosen))
