"""Schedules as people write them: an interval, a weekday with a time, or a crontab line.

The crontab grammar is that of cron(5): five fields, lists, ranges, steps, English month and day
names, 0 and 7 for Sunday. It is checked here because a scheduler library numbers weekdays
otherwise and accepts words that mean nothing.
"""

import calendar
import itertools
import re

from watcher.model.catalogue import Cron, Every, Weekly, When

DAYS = (
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
)  # fmt: skip
FORMS = "write 'every 2 hours', 'monday 07:00', or five crontab fields such as '0 7 * * 1'"
LONGEST = 366 * 86_400  # seconds; a longer interval is a slip of the pen
MAX_LENGTH = 200

_UNITS = {"minute": 60, "hour": 3_600, "day": 86_400}
_EVERY = re.compile(r"every ([0-9]{1,9}) (minute|hour|day)s?")
_WEEKLY = re.compile(r"([^\W\d_]+) ([0-9]{1,2}):([0-9]{2})")
_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAY_NAMES = {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, _MONTH_NAMES),
    ("weekday", 0, 7, _DAY_NAMES),
)


def parse_when(text: str) -> When:
    """Return the schedule that ``text`` says; raises ValueError with a sentence."""
    words = " ".join(text.split()).lower()
    if len(words) > MAX_LENGTH:
        raise ValueError("This schedule is too long to be one.")
    if every := _EVERY.fullmatch(words):
        return _every(int(every[1]), every[2])
    if weekly := _WEEKLY.fullmatch(words):
        return _weekly(weekly[1], int(weekly[2]), int(weekly[3]))
    fields = words.split()
    if len(fields) == len(_FIELDS):
        for field, (name, low, high, names) in zip(fields, _FIELDS, strict=True):
            _expand(field, name, low, high, names)
        return Cron(line=words)
    raise ValueError("This is no schedule: neither an interval, nor a weekday with an hour, nor five cron fields.")


def weekday_names() -> tuple[str, ...]:
    """Return every day name that is understood."""
    return tuple(name for names in DAYS for name in names)


def shortest_gap(when: When) -> int | None:
    """Return about how many seconds lie between two runs at the closest; None: it never runs."""
    if isinstance(when, Every):
        return when.seconds
    if isinstance(when, Weekly):
        return 7 * 86_400
    minutes, hours, days, months, _ = (
        _expand(field, *spec) for field, spec in zip(when.line.split(), _FIELDS, strict=True)
    )
    if not _has_day(when, days, months):
        return None
    if len(minutes) > 1:
        return min(after - before for before, after in itertools.pairwise(minutes)) * 60
    return 3_600 if len(hours) > 1 else 86_400


def _has_day(when: Cron, days: list[int], months: list[int]) -> bool:
    # Where the weekday is restricted too, crontab runs on either, so a day always comes.
    if when.line.split()[4] != "*":
        return True
    return any(day <= calendar.monthrange(2024, month)[1] for day in days for month in months)  # 2024: a leap year


def _every(count: int, unit: str) -> Every:
    seconds = count * _UNITS[unit]
    if not 60 <= seconds <= LONGEST:
        raise ValueError("An interval lies between one minute and a year.")
    return Every(seconds=seconds)


def _weekly(day: str, hour: int, minute: int) -> Weekly:
    number = next((index for index, names in enumerate(DAYS) if day in names), None)
    if number is None:
        raise ValueError("There is no such day of the week: write monday … sunday or lundi … dimanche.")
    if hour > 23 or minute > 59:
        raise ValueError("There is no such time: an hour goes from 00 to 23, a minute from 00 to 59.")
    return Weekly(weekday=number, hour=hour, minute=minute)


def _expand(field: str, name: str, low: int, high: int, names: dict[str, int]) -> list[int]:
    values: set[int] = set()
    for part in field.split(","):
        span, slash, step_text = part.partition("/")
        step = int(step_text) if step_text.isascii() and step_text.isdigit() and len(step_text) < 4 else 0
        if slash and step == 0:
            raise ValueError(f"The {name} of the cron line has no valid step after '/'.")
        first, last = _span(span, name, low, high, names)
        end = high if slash and span.isalnum() else last
        values.update(range(first, end + 1, step or 1))
    return sorted(values)


def _span(span: str, name: str, low: int, high: int, names: dict[str, int]) -> tuple[int, int]:
    if span == "*":
        return low, high
    first_text, dash, last_text = span.partition("-")
    first = _number(first_text, name, low, high, names)
    last = _number(last_text, name, low, high, names) if dash else first
    # fri-sun is Friday to Sunday: names put Sunday first, crontab allows it last.
    if dash and last == 0 and last_text in names and first > 0:
        last = 7
    if last < first:
        raise ValueError(f"The {name} of the cron line has a range that ends before it begins.")
    return first, last


def _number(text: str, name: str, low: int, high: int, names: dict[str, int]) -> int:
    if text in names:
        return names[text]
    if not (text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high):
        hint = f" or {', '.join(names)}" if names else ""
        raise ValueError(f"The {name} of the cron line must be {low} to {high}{hint}.")
    return int(text)
