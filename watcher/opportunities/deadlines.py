"""Which of the dates of a text is the day to bid or apply by.

A date is a deadline when deadline words lead to it, or when ``until``, ``avant`` and the like do and the sentence is
about applying, not about building or delivering. A corrected or prolonged notice names two dates: the one that is
replaced never counts.
"""

from collections.abc import Iterable
from dataclasses import replace

from watcher.opportunities.clock import without_clock
from watcher.opportunities.cues import leads, says
from watcher.opportunities.day import Day
from watcher.opportunities.days import with_last_only
from watcher.opportunities.reading import Sentence, Text

_REACH = 90  # characters before a date in which a deadline word may stand
_BESIDE = 45  # characters before a date in which a word says that it is about building
_TAIL = 24  # characters behind a date in which "(deadline)" may stand


def drop_replaced(text: Text, days: tuple[Day, ...]) -> tuple[Day, ...]:
    """Return the dates without those that a correction or a postponement replaces."""
    kept = []
    for number, day in enumerate(days):
        before = _before(text, day)
        following = days[number + 1] if number + 1 < len(days) else None
        is_planned = following is not None and _is_moved(text, day, following) and leads("planned", before)
        if is_planned or leads("replaced", before) or (following and _gives_way(text, day, following)):
            continue
        kept.append(with_last_only(day) if leads("shifted", before) and _is_one_day(text, day) else day)
    return tuple(kept)


def _is_moved(text: Text, day: Day, following: Day) -> bool:
    """Say whether what was planned for a date is held on the next, or title or sentence tell that it moved."""
    between = text.flat[day.end : following.start]
    if "." not in between and says("event held", between):
        return True
    return any(says("any extended", one.flat) for one in (text.sentences[0], text.sentence_at(day.start)))


def _gives_way(text: Text, day: Day, following: Day) -> bool:
    """Say whether words between two dates replace the first by the second."""
    between = text.flat[day.end : following.start]
    return len(between) < _REACH and not {".", "\n"} & set(between) and says("date moves", between)


def _is_one_day(text: Text, day: Day) -> bool:
    """Say whether ``du 3 au 10 mars`` moves a day: a fair that moves names its days without "from … to"."""
    sentence = text.sentence_at(day.start)
    return not says("event name", sentence.flat)


def find_deadline(text: Text, days: Iterable[Day], among: Iterable[Sentence]) -> Day | None:
    """Return the deadline told in some of the sentences, one to come if there is any; days are not replaced ones."""
    within = tuple(among)
    chosen = [day for day in days if any(one.start <= day.start < one.end for one in within)]
    found = [made for day in chosen if (made := _as_deadline(text, day)) is not None]
    coming = [day for day in found if day.is_coming(text.published)]
    if coming and any(says("any extended", one.flat) for one in within):
        return max(coming, key=lambda day: f"{day.first or day.month}")
    return next(iter(coming or found), None)


def _as_deadline(text: Text, day: Day) -> Day | None:
    before, sentence = _before(text, day), text.sentence_at(day.start)
    if day.last:
        return replace(day, first=day.last, last=None) if _is_window(before, sentence) else None
    after = text.flat[day.start : min(day.end + _TAIL, sentence.end)]
    if leads("deadline", before) or leads("moved", before) or says("date limit", after.split(",")[0]):
        return day
    is_about_building = says("any elsewhere", before[-_BESIDE:])
    if leads("until", before) and says("any submission", sentence.flat) and not is_about_building:
        return day
    return None


def _is_window(before: str, sentence: Sentence) -> bool:
    return (
        leads("window", before) and not says("event held", before[-_BESIDE:]) and not says("event name", sentence.flat)
    )


def is_deadline(text: Text, day: Day) -> bool:
    """Say whether words make a date a deadline. A fair that moves to a date has no deadline there."""
    return not leads("moved", _before(text, day)) and _as_deadline(text, day) is not None


def _before(text: Text, day: Day) -> str:
    """Return what leads to a date within its sentence, a time of day left out."""
    return without_clock(text.flat[max(text.sentence_at(day.start).start, day.start - _REACH) : day.start])
