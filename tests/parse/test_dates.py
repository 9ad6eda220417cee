"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.dates import read_date

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 16 Nov 2026 12:00:00 GMT", NOON),
        ("Mon, 16 Nov 26 12:00:00 GMT", NOON),
        ("16 Nov 2026 12:00 +0000", NOON),
        ("Mon, 16 Nov 2026\n12:00:00 GMT", NOON),
        ("Mon, 16 Nov 2026 07:00:00 EST", NOON),
        ("Mon, 16 Nov 2026 14:00:00 CEST", NOON),
        ("Mon, 16 Nov 2026 12:00:00 XYZ", NOON),
        ("Mon, 16 Nov 2026 12:00:00 +9999", NOON),
        ("Mon, 16 Nov 2026 24:00:00 GMT", datetime(2026, 11, 17, tzinfo=UTC)),
        ("Mon, 16 Nov 2026 11:59:60 GMT", datetime(2026, 11, 16, 11, 59, 59, tzinfo=UTC)),
        ("2026-11-16T13:00:00+01:00", NOON),
        ("2026-11-16T12:00:00.123456789Z", NOON),
        ("2026-11-16 12:00:00", NOON),
        ("20261116T120000Z", NOON),
        ("2026-11-16T12:00:00-00:00", NOON),
        ("2026-W47-1", MIDNIGHT),
        ("2026-320", MIDNIGHT),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("٢٠٢٦-١١-١٦", MIDNIGHT),
        ("16/11/2026", MIDNIGHT),
        ("11/16/2026", MIDNIGHT),
        ("2026/11/16 12:00", NOON),
        ("16.11.2026 12:00", NOON),
        ("2026年11月16日", MIDNIGHT),
        ("lun., 16 nov. 2026 13:00:00 +0100", NOON),
        ("lundi 16 novembre 2026 à 12h00", NOON),
        ("1er août 2026", datetime(2026, 8, 1, tzinfo=UTC)),
        ("Montag, 16. November 2026", MIDNIGHT),
        ("Nov 16, 2026 12:00 PM", NOON),
        ("Nov 16, 2026 12:30 AM", datetime(2026, 11, 16, 0, 30, tzinfo=UTC)),
        ("Mon Nov 16 13:00:00 +0100 2026", NOON),
        ("Mon, 16 Nov 2026 13:00:00 Europe/Paris", NOON),
        ("Mon, 16 Nov 2026 12:00:00 Nowhere/Atall", NOON),
        ("1794830400", NOON),
        ("1794830400000", NOON),
        ("Mon, 16 Nov 2026 12:00:00 GMT" + " " * 10_000, NOON),
    ],
)
def test_reads_what_a_person_can_read(text: str, expected: datetime) -> None:
    """Variants of RFC 822 and ISO 8601, month names in several languages and epochs all give the time they say."""
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "   ", "yesterday", "NaN", "-1", "1e308", "99999999999999999999", "maybe in may", "2026-W60-1", "2026-399",
     "0" * 100_000, " " * 100_000 + "x", "1:" * 50_000, "Mon, " * 20_000, "Mon, 30 Feb 2026 12:00:00 GMT",
     "Fri, 31 Dec 9999 23:59:59 GMT", "Sat, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
     "2026-13-45T99:99:99Z", "+12026-11-16", "-999999999-01-01", "10000-01-01T00:00:00Z"],
)  # fmt: skip
def test_says_none_for_what_is_no_date(text: str) -> None:
    """Nonsense, impossible days and years that no article has are unreadable, however long they are."""
    assert read_date(text) is None


@given(
    st.text(max_size=60)
    | st.from_regex(r"[0-9:/ .TZ+\-]{0,40}")
    | st.from_regex(r"[a-z]{3,9}[ ,.]\d{1,4} \d{1,4}.{0,20}")
)
def test_never_raises_and_returns_utc(text: str) -> None:
    """Any text gives an aware UTC time within bounds, or None."""
    found = read_date(text)
    assert found is None or (found.tzinfo is UTC and 1970 <= found.year <= 2100)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 12, 31)))  # noqa: DTZ001 - the zone is added
def test_reads_back_what_standards_write(moment: datetime) -> None:
    """ISO 8601 and RFC 822 forms of any time are read exactly."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert read_date(moment.isoformat()) == moment
    assert read_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == moment
