"""Weeks: ISO years, zones and the nights when clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.digest.period import last_whole_week, next_week, parse_week, week_bounds, week_days, week_of
from watcher.errors import UsageError
from watcher.model.edition import Week

PARIS = "Europe/Paris"
ZONES = (PARIS, "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana", "Pacific/Apia")


@pytest.mark.parametrize(
    ("moment", "zone", "week"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), PARIS, "2026-W47"),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), PARIS, "2026-W48"),
        (datetime(2027, 1, 3, 12, 0, tzinfo=UTC), PARIS, "2026-W53"),
        (datetime(2027, 1, 4, 12, 0, tzinfo=UTC), PARIS, "2027-W01"),
        (datetime(2024, 12, 30, 12, 0, tzinfo=UTC), PARIS, "2025-W01"),
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), "America/New_York", "2026-W47"),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), "Pacific/Auckland", "2026-W48"),
    ],
)
def test_a_moment_falls_in_the_week_of_its_readers(moment: datetime, zone: str, week: str) -> None:
    """Years with 53 weeks, days of January that belong to last year, and zones are minded."""
    assert str(week_of(moment, zone)) == week


@pytest.mark.parametrize(
    ("week", "hours"),
    [(Week(year=2026, number=13), 167), (Week(year=2026, number=43), 169), (Week(year=2026, number=47), 168)],
)
def test_clock_changes_make_weeks_shorter_or_longer(week: Week, hours: int) -> None:
    """A week runs from midnight to midnight on the wall."""
    start, end = week_bounds(week, PARIS)
    assert end - start == timedelta(hours=hours)
    assert start.tzinfo is UTC


@given(st.datetimes(datetime(1980, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))  # noqa: DTZ001 - Hypothesis adds the zone
def test_every_moment_lies_in_exactly_its_week(moment: datetime, zone: str) -> None:
    """Weeks touch and do not overlap, whatever a zone's clocks do at midnight."""
    week = week_of(moment, zone)
    start, end = week_bounds(week, zone)
    assert start <= moment < end
    assert week_bounds(next_week(week), zone)[0] == end
    assert next_week(next_week(week), -1) == week
    assert last_whole_week(moment, zone) == next_week(week, -1)
    assert parse_week(str(week)) == week


def test_days_go_from_monday_to_sunday() -> None:
    """The printed days are the ISO week's."""
    assert week_days(Week(year=2026, number=53)) == (date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize("text", ["2026-W47", " 2026-w47 ", "2026W47"])
def test_a_week_is_read_as_people_write_it(text: str) -> None:
    """Case, spaces and the hyphen do not matter."""
    assert parse_week(text) == Week(year=2026, number=47)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("47", "like 2026-W47"),
        ("", "like 2026-W47"),
        ("2026-47", "like 2026-W47"),
        ("2026-W٤٧", "like 2026-W47"),
        ("2026-W00", "from 1 to 53"),
        ("2026-W54", "from 1 to 53"),
        ("2025-W53", "from 1 to 52"),
        ("0000-W01", "a year of our time"),
        ("9999-W99", "a year of our time"),
    ],
)
def test_what_is_no_week_is_refused_with_a_hint(text: str, hint: str) -> None:
    """The sentence says what to write instead."""
    with pytest.raises(UsageError, match=hint):
        parse_week(text)
