"""The time of day written beside a date: ``à midi``, ``avant 17 h 30``, ``5pm``, ``by noon on``."""

import re
from dataclasses import replace

from watcher.opportunities.day import Day

_TIME = (
    r"(?:(?P<noon>midi|12 noon|noon|midday)|(?P<midnight>minuit|midnight)|"
    r"(?P<hour>[0-2]?\d)\s?(?:h\b|h(?=\d)|:|heures?)\s?(?P<minute>[0-5]\d)?\s?(?P<half>am|pm|a\.m|p\.m)?|"
    r"(?P<clock>1?\d)\s?(?P<noted>am|pm|a\.m|p\.m))"
)
_AFTER = re.compile(
    rf"[\s,(]{{0,3}}(?:inclus|compris|included)?[\s,(]{{0,3}}(?:a|at|by|before|avant|-|–|—)?\s?(?:precises\s)?{_TIME}(?!\w)"
)
_BEFORE = re.compile(
    rf"(?<!\w){_TIME}\.?\s?(?:\(?(?:cet|cest|gmt|bst|utc|et|est|edt|brussels time|local time|heure de paris)\)?)?"
    r"(?:,?\s(?:on|le|du|of))?,?\s(?:the\s)?$"
)
_REACH = 45  # characters before a date in which its time may stand


def read_clock(day: Day, flat: str) -> Day:
    """Return ``day`` with the time written after or before it, and its end moved behind that time."""
    if day.first is None:
        return day
    after = _AFTER.match(flat, day.end)
    if after:
        time = _read(after)
        return replace(day, time=time, end=after.end()) if time else day
    before = _BEFORE.search(flat[max(0, day.start - _REACH) : day.start])
    return replace(day, time=_read(before)) if before else day


def without_clock(before: str) -> str:
    """Return what stands before a date without the time written there, so that other words lead to the date."""
    match = _BEFORE.search(before[-_REACH:])
    return before[: len(before) - len(match[0])] + " " if match else before


def _read(match: re.Match[str]) -> str | None:
    """Return ``HH:MM``, or None for an hour that no clock shows. Midnight ends its day."""
    if match["noon"]:
        return "12:00"
    if match["midnight"]:
        return "23:59"
    hour = int(match["hour"] or match["clock"])
    half = (match["half"] or match["noted"] or "")[:1]
    hour += 12 if half == "p" and hour < 12 else -12 if half == "a" and hour == 12 else 0
    if hour == 24:
        return "23:59"
    return f"{hour:02}:{match['minute'] or '00'}" if hour < 24 else None
