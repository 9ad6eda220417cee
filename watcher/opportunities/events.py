"""Find the fair, conference or webinar to come that a reader could attend, and its day.

A name of an event is everywhere in the news; it counts with a date still to come and a verb that holds it, or with an
announcement of its own. Reports, and meetings that nobody can attend (summits, press conferences), are none.
"""

import re
from dataclasses import dataclass, replace

from watcher.opportunities.cues import find_all, is_closed, says
from watcher.opportunities.day import Day
from watcher.opportunities.deadlines import is_deadline
from watcher.opportunities.reading import Sentence, Text

_LEAD = 3  # sentences of a text in which an event is announced
_TO_DATE = re.compile(r"(?:(?:^|[\s,(–-])(?:du|des|les?|from|for|on)|[,:–(-])\s?$")

_AHEAD_OF = re.compile(r"\b(?:ahead of|before|avant|en amont d\S*|in the run-up to)(?: \w+){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event name that stands, its sentence, and its day if one was read."""

    sentence: Sentence
    start: int
    end: int
    day: Day | None
    is_closed: bool = False
    is_moved: bool = False

    @property
    def in_title(self) -> bool:
        """Say whether the title names it."""
        return self.sentence.index == 0


def find_event(text: Text, days: tuple[Day, ...]) -> Event | None:
    """Return the event that a text announces, or None; ``days`` are those not replaced."""
    lead = text.sentences[: _LEAD + 1]
    if says("event over", lead[0].flat) or any(_is_diplomatic(one) for one in lead[:2]):
        return None
    for sentence in lead:
        for match in find_all("event name", sentence.flat, text.whole[sentence.start : sentence.end]):
            found = _judge(text, days, sentence, match)
            if found:
                return found
    return _announced(text, days, lead)


def _is_diplomatic(sentence: Sentence) -> bool:
    """Say whether a sentence is about meetings of states or matches; being held ahead of one is no matter."""
    return says("event diplomatic", _AHEAD_OF.sub("", sentence.flat))


def _judge(text: Text, days: tuple[Day, ...], sentence: Sentence, match: re.Match[str]) -> Event | None:
    found = Event(sentence=sentence, start=match.start(), end=match.end(), day=None)
    if is_closed(sentence.flat) and sentence.index == 0:
        return replace(found, is_closed=True)
    is_summit = match[0].startswith("summit") and says("event diplomatic", sentence.flat)
    if is_summit or says("event over", sentence.flat):
        return None
    day = _day_of(text, days, sentence)
    if day is None:
        return None
    is_moved = says("any extended", sentence.flat) or says("any extended", text.sentences[0].flat)
    return replace(found, day=day, is_moved=is_moved)


def _day_of(text: Text, days: tuple[Day, ...], sentence: Sentence) -> Day | None:
    """Return the event's day: told beside its name, in the title, or for a title in the text that follows."""
    following = tuple(one for one in text.sentences if one.index == sentence.index + 1)
    reach = text.sentences[: _LEAD + 2] if sentence.index == 0 else (text.sentences[0], sentence, *following)
    for one in reach:
        if says("event over", one.flat):
            continue
        for day in days:
            if one.start <= day.start < one.end and _holds(text, day, one, sentence):
                return day
    return None


def _holds(text: Text, day: Day, one: Sentence, named: Sentence) -> bool:
    """Say whether ``day`` is the event's: to come, no deadline, and held by a verb, a sign-up or a "from … to"."""
    if not _is_ahead(text, day) or is_deadline(text, day) or (day.first is None and one is not named):
        return False
    lead = text.flat[max(one.start, day.start - 12) : day.start]
    held = says("event held", one.flat) or (one is not named and says("event held", named.flat))
    signs = any(says("event register", sentence.flat) for sentence in text.sentences[: _LEAD + 2])
    if day.is_relative:
        return signs or (one is named and says("event announced", one.flat))
    return held or signs or (day.last is not None and one.index <= 1 and bool(_TO_DATE.search(lead)))


def _is_ahead(text: Text, day: Day) -> bool:
    """Say whether a day lies after publication; what ends on that very day is over when it is read."""
    if day.first is None:
        return (day.month or "") > f"{text.published:%Y-%m}"
    return (day.last or day.first) > text.published


def _announced(text: Text, days: tuple[Day, ...], lead: tuple[Sentence, ...]) -> Event | None:
    """Return an event that the title announces by verb and noun, whose day is told nowhere."""
    title = lead[0]
    match = next(find_all("event announced", title.flat), None)
    if match is None or any(says("event over", one.flat) for one in lead):
        return None
    if days and all(not _is_ahead(text, day) for day in days):
        return None
    return Event(sentence=title, start=match.start(), end=match.end(), day=None)
