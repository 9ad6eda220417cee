"""A date as an article writes it, and the calendar words of both languages."""

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "janvier january janv jan|fevrier february fevr fev feb|mars march mar|avril april avr apr|mai may|juin june|"
    "juillet july juil jul|aout august aug|septembre september sept sep|octobre october oct|novembre november nov|"
    "decembre december dec"
)
MONTHS = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
_WEEKDAYS = (
    "lundi monday mon|mardi tuesday tue|mercredi wednesday wed|jeudi thursday thu|vendredi friday fri|"
    "samedi saturday sat|dimanche sunday sun"
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS.split("|")) for name in names.split()}
RECENT = timedelta(days=62)  # up to two months back is "last March" in a report; older means the year to come …
AHEAD = timedelta(days=243)  # … unless that lies further ahead than anybody writes without a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date read at ``start:end``. ``first`` is None where only a ``month`` (``YYYY-MM``) was read.

    ``last`` ends a range. ``time`` is ``HH:MM`` where a time stands beside the date. ``is_relative`` marks words such
    as ``vendredi prochain`` or ``in three weeks``.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    month: str | None = None
    time: str | None = None
    is_relative: bool = False

    def is_coming(self, published: date) -> bool:
        """Say whether it lies after ``published``, wholly or in part."""
        if self.first is None:
            return (self.month or "") >= f"{published:%Y-%m}"
        return (self.last or self.first) > published or self.first >= published


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def resolve(month: int, day: int, published: date, weekday: int | None = None) -> date | None:
    """Return the day that a reader of ``published`` understands where the year is left out.

    A weekday written beside it chooses the year; where no year agrees, nothing was read.
    """
    years = (published.year - 1, published.year, published.year + 1)
    made = [one for year in years if (one := make_day(year, month, day))]
    likely = [
        one
        for one in made
        if published - RECENT <= one <= published + (AHEAD if weekday is None else RECENT * 6)
        and (weekday is None or one.weekday() == weekday)
    ]
    return min(likely, default=None, key=lambda one: abs(one - published))


def resolve_month(month: int, published: date) -> str:
    """Return ``YYYY-MM`` of the next such month, that of ``published`` included."""
    return f"{published.year + (month < published.month)}-{month:02}"
