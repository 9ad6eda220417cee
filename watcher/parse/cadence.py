"""How often a feed asks to be fetched: ``ttl``, ``skipHours``, ``skipDays``, ``sy:updatePeriod``.

Read from the head of the document with patterns: feedparser keeps only the last hour of a list, and both readers
need the same answer. Values are the feed's wish; whoever schedules bounds them.
"""

import re
from dataclasses import dataclass
from typing import Final

_HEAD: Final = 20_000  # characters in which they stand, before the first item
_FIRST_ITEM: Final = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TTL: Final = re.compile(r"<ttl>\s*(\d{1,7})\s*</ttl>", re.IGNORECASE)
_PERIOD: Final = re.compile(r"<\w{1,20}:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</", re.IGNORECASE)
_FREQUENCY: Final = re.compile(r"<\w{1,20}:updateFrequency>\s*(\d{1,4})\s*</", re.IGNORECASE)
_HOUR: Final = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY: Final = re.compile(r"<day>\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\s*</day>", re.IGNORECASE)
_SECONDS: Final = {"hourly": 3600, "daily": 86400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Cadence:
    """``ttl`` in seconds; hours 0-23 (GMT) and days (0 is Monday) in which the feed asks not to be fetched."""

    ttl: float | None
    skip_hours: tuple[int, ...]
    skip_days: tuple[int, ...]


def read_cadence(text: str) -> Cadence:
    """Return what the head of a feed document says about fetching it."""
    head = text[:_HEAD]
    first = _FIRST_ITEM.search(head)
    head = head[: first.start()] if first else head
    hours = sorted({int(hour) % 24 for hour in _HOUR.findall(head) if int(hour) <= 24})
    days = sorted({_DAYS.index(day.lower()) for day in _DAY.findall(head)})
    return Cadence(_ttl(head), tuple(hours), tuple(days))


def _ttl(head: str) -> float | None:
    minutes = [int(found) for found in _TTL.findall(head) if int(found) > 0]
    if minutes:
        return minutes[0] * 60.0
    period = _PERIOD.search(head)
    if not period:
        return None
    frequency = _FREQUENCY.search(head)
    return _SECONDS[period[1].lower()] / max(1, int(frequency[1]) if frequency else 1)
