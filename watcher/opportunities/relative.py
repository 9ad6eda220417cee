"""Words that fix a day by the day of publication: ``demain``, ``vendredi prochain``, ``in three weeks``.

Only what names one day, or one month, is read: ``dans quinze jours`` and ``in two months`` are not.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from watcher.opportunities.day import MONTHS, WEEKDAYS, Day, make_day

_WORDS = "un une one a|deux two|trois three|quatre four|cinq five|six|sept seven|huit eight|neuf nine|dix ten"
_NUMBERS = {name: number for number, names in enumerate(_WORDS.split("|"), 1) for name in names.split()}
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(_NUMBERS) + ")"
_UNITS = {"jour": 1, "day": 1, "semaine": 7, "week": 7}
_WEEKDAY = "(?:" + "|".join(name for name in WEEKDAYS if len(name) > 3) + ")"
_MONTHS = "(?:" + "|".join(name for name in MONTHS if len(name) > 2) + r")\b"
_MONTH_SHIFT = {"le mois prochain": 1, "next month": 1, "a la fin du mois": 0, "end of the month": 0, "fin du mois": 0}
_RELATIVE = re.compile(
    rf"\b(?:(?P<tomorrow>demain|tomorrow)|(?P<today>aujourd'hui|ce jour|today|tonight|ce soir)|"
    rf"(?:dans|d'ici|in|within)\s{{1,2}}(?:les\s|the next\s)?{_COUNT}\s{{1,2}}(?P<unit>jour|day|semaine|week)s?"
    rf"(?!['’]? time to)|(?P<next>{_WEEKDAY})\s{{1,2}}prochain|next\s(?P<coming>{_WEEKDAY})|"
    rf"(?:ce|cette|this|on|le|by|until|before|jusqu'a|avant|closes)\s{{1,2}}(?P<weekday>{_WEEKDAY})"
    rf"(?:\s{{1,2}}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s?(?:h\b|:|am\b|pm\b)))?(?!,?\s{{1,2}}(?:\d|{_MONTHS}))|"
    rf"(?P<month>{'|'.join(_MONTH_SHIFT)}))(?!\w)"
)


def read_relative(flat: str, published: date) -> Iterator[Day]:
    """Yield the days that relative words of a folded text name."""
    for match in _RELATIVE.finditer(flat):
        if match["month"]:
            shifted = published.year * 12 + published.month - 1 + _MONTH_SHIFT[match["month"]]
            month = f"{shifted // 12}-{shifted % 12 + 1:02}"
            yield Day(start=match.start(), end=match.end(), month=month, is_relative=True)
        elif match[0].startswith("le ") and not match["day"]:
            continue  # "le samedi" is every Saturday
        elif (first := _first(match, published)) is not None:
            yield Day(start=match.start(), end=match.end(), first=first, is_relative=True)


def _first(match: re.Match[str], published: date) -> date | None:
    if match["tomorrow"]:
        return published + timedelta(days=1)
    if match["today"]:
        return published
    if match["unit"]:
        count = _NUMBERS.get(match["count"]) or int(match["count"])
        return published + timedelta(days=count * _UNITS[match["unit"]])
    if match["next"] or match["coming"]:
        return _next(WEEKDAYS[match["next"] or match["coming"]], published, least=1)
    weekday = WEEKDAYS[match["weekday"]]
    if match["day"]:
        return _numbered(weekday, int(match["day"]), published)
    return _next(weekday, published, least=0)  # "ce vendredi" on a Friday is that day


def _next(weekday: int, published: date, least: int) -> date:
    return published + timedelta(days=(weekday - published.weekday() - least) % 7 + least)


def _numbered(weekday: int, day: int, published: date) -> date | None:
    """Return the coming ``vendredi 12``: this month or the next, if its weekday agrees."""
    following = (published.replace(day=1) + timedelta(days=32)).replace(day=1)
    months = (published, following)
    made = (make_day(month.year, month.month, day) for month in months)
    return next((one for one in made if one and one >= published and one.weekday() == weekday), None)
