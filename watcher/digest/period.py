"""Weeks: when an edition begins and ends.

A week is an ISO week counted in the configured zone, so it lasts 167 or 169 hours where clocks
change. Bounds are UTC instants, the start belongs to the week and the end to the next.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from watcher.errors import UsageError
from watcher.model.edition import Week


def week_of(moment: datetime, zone: str) -> Week:
    """Return the ISO week in which an aware ``moment`` falls for people in ``zone``."""
    year, number, _ = moment.astimezone(ZoneInfo(zone)).date().isocalendar()
    return Week(year=year, number=number)


def week_days(week: Week) -> tuple[date, date]:
    """Return Monday and Sunday of a week."""
    monday = date.fromisocalendar(week.year, week.number, 1)
    return monday, monday + timedelta(days=6)


def week_bounds(week: Week, zone: str) -> tuple[datetime, datetime]:
    """Return the UTC instants at which a week starts (included) and ends (excluded)."""
    monday, sunday = week_days(week)
    return _midnight(monday, zone), _midnight(sunday + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def next_week(week: Week, step: int = 1) -> Week:
    """Return the week ``step`` weeks later (earlier when negative)."""
    year, number, _ = (week_days(week)[0] + timedelta(weeks=step)).isocalendar()
    return Week(year=year, number=number)


def last_whole_week(now: datetime, zone: str) -> Week:
    """Return the last week that is over at ``now``."""
    return next_week(week_of(now, zone), -1)


def parse_week(text: str) -> Week:
    """Read ``2026-W47``; raise UsageError with a sentence for anything else."""
    found = re.fullmatch(r"([0-9]{4})-?[Ww]([0-9]{1,2})", text.strip())
    if not found:
        raise UsageError(f"'{text}' is not a week: write the year and the ISO week number, like 2026-W47.")
    week = Week(year=int(found[1]), number=int(found[2]))
    try:
        week_days(week)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"There is no week {week.number} in {week.year}: {_last_week_hint(week.year)}") from error
    return week


def _last_week_hint(year: int) -> str:
    if not 1 < year < 9999:
        return "write a year of our time, like 2026-W47."
    return f"its weeks go from 1 to {date(year, 12, 28).isocalendar().week}."
