"""Say whether two announcements are of one opportunity.

Titles are compared by stems that French and English share, rare words (names, places, figures) counting most; dates
decide what titles leave open. Two dates that differ mean two opportunities, unless one announcement moves the date.
"""

import re
from functools import lru_cache

from watcher.model.opportunity import Opportunity
from watcher.words.folding import keys
from watcher.words.frequency import UNKNOWN, zipf
from watcher.words.stems import is_content, stem

_ORDINAL = re.compile(  # years, editions and rounds
    r"\b(20\d\d|\d{1,2}(?=(?:e|ème|eme|er|ère|re|nd|rd|th|st)\b)|(?<=AO)\d{1,2}|(?<=round )\d{1,2})", re.IGNORECASE
)
_LEAST = 2  # stems in common, whatever else agrees
_RARE = 2.0  # weight of a stem that is in no list of common words
_PROCEDURES = frozenset({"tender", "call", "grant"})


def likeness(known: Opportunity, other: Opportunity) -> float:
    """Return how surely ``other`` tells of ``known`` again, 0 (not at all) to 1."""
    if not _may_be_one(known, other):
        return 0.0
    mine, theirs = _stems(known.title), _stems(other.title)
    common = mine & theirs
    share = _weight(common) / max(1.0, min(_weight(mine), _weight(theirs)))
    organiser = _same_name(known.organiser, other.organiser)
    if known.title == other.title and not _differ(known, other):
        return 1.0
    if _same_day(known, other):
        rare = any(zipf(one) <= UNKNOWN for one in common)
        return share if share >= 0.5 or organiser or (rare and share >= 0.2) or len(common) > _LEAST else 0.0
    if _differ(known, other) and not moves(other):
        return 0.0
    floor = 0.4 if organiser or other.status == "closed" else 0.6
    return share if share >= floor and len(common) >= _LEAST else 0.0


def moves(opportunity: Opportunity) -> bool:
    """Say whether an announcement replaces a date, prolongs or closes."""
    return opportunity.status != "open" or any(one.field == "replaced" for one in opportunity.evidence)


def _may_be_one(known: Opportunity, other: Opportunity) -> bool:
    if known.kind != other.kind and not {known.kind, other.kind} <= _PROCEDURES:
        return False
    if known.organiser and other.organiser and not _same_name(known.organiser, other.organiser):
        return _same_day(known, other)
    mine, theirs = set(_ORDINAL.findall(known.title)), set(_ORDINAL.findall(other.title))
    return not mine or not theirs or bool(mine & theirs)


def _same_day(known: Opportunity, other: Opportunity) -> bool:
    return bool(_days(known)) and _days(known) == _days(other)


def _differ(known: Opportunity, other: Opportunity) -> bool:
    """Say whether both have a date and these disagree; a day agrees with its month."""
    mine, theirs = _days(known), _days(other)
    return bool(mine and theirs) and not mine.startswith(theirs) and not theirs.startswith(mine)


def _days(opportunity: Opportunity) -> str:
    day = opportunity.start if opportunity.kind == "event" else opportunity.deadline
    return str(day or opportunity.month or "")


@lru_cache(maxsize=4096)
def _stems(title: str) -> frozenset[str]:
    return frozenset(stem(key) for key in keys(title) if is_content(key))


def _weight(stems: frozenset[str]) -> float:
    return sum(_RARE if zipf(one) <= UNKNOWN else 1.0 for one in stems)


def _same_name(one: str | None, other: str | None) -> bool:
    return bool(one and other) and _stems(one or "") & _stems(other or "") != frozenset()
