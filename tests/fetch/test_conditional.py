"""Validators, lifetimes and Retry-After."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.conditional import (
    MAX_WISH,
    conditional_headers,
    read_lifetime,
    read_retry_after,
    read_validators,
)
from watcher.model.feed import Validators

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WEEK = timedelta(seconds=MAX_WISH)


@pytest.mark.parametrize(
    "etag", [b'"abc-123"', b'W/"x/y+z=="', b"abc123", b'"5f-gzip"', b'"a,b\\c; d"', b'"\xc3\xa9\xff"']
)
def test_validators_travel_byte_for_byte(etag: bytes) -> None:
    """Whatever a server called its version comes back unchanged, quotes, weakness and odd bytes included."""
    odd_date = b"Wed, 21 Oct 2015 07:28:00 +0000"
    validators = read_validators([(b"etag", etag), (b"Last-Modified", odd_date)])
    assert conditional_headers(validators) == [(b"If-None-Match", etag), (b"If-Modified-Since", odd_date)]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"etag", b"")],
        [(b"etag", b'"' + b"e" * 20_000 + b'"')],
        [(b"etag", b'"a"'), (b"etag", b'"b"')],
        [(b"etag", b"a\tb")],
        [(b"date", b"Wed, 21 Oct 2015 07:28:00 GMT")],
    ],
)
def test_no_validator_is_invented_or_kept_when_unusable(headers: list[tuple[bytes, bytes]]) -> None:
    """Missing, empty, doubled, over-long and unprintable ones leave the next request unconditional."""
    assert read_validators(headers) == Validators()
    assert conditional_headers(Validators()) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"3600", timedelta(hours=1)),
        (b" 120 ", timedelta(minutes=2)),
        (b"Mon, 23 Nov 2026 14:00:00 GMT", timedelta(hours=2)),
        (b"Mon, 16 Nov 2099 14:00:00 GMT", WEEK),
        (b"315360000", WEEK),
        (b"1" + b"0" * 30, WEEK),
        (b"-10", None),
        (b"0", None),
        (b"soon, maybe", None),
        (b"", None),
        (b"Mon, 23 Nov 2020 14:00:00 GMT", None),
        (b"Mon, 99 Nov 99999 99:00:00 GMT", None),
        (b"9" * 5000, WEEK),
        ("٣٦٠٠".encode(), None),
    ],
)
def test_retry_after_is_read_and_capped(value: bytes, expected: timedelta | None) -> None:
    """Seconds, dates, nonsense and ten years: honoured up to a week, ignored when meaningless."""
    due = read_retry_after([(b"retry-after", value)], NOW)
    assert due == (NOW + expected if expected else None)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "public, max-age=7200"}, 7200.0),
        ({"cache-control": "max-age=60, s-maxage=600"}, 600.0),
        ({"cache-control": "max-age=31536000"}, MAX_WISH),
        ({"cache-control": "max-age=0", "expires": "Mon, 23 Nov 2026 14:00:00 GMT"}, None),
        ({"cache-control": "no-cache", "expires": "Mon, 23 Nov 2026 14:00:00 GMT"}, None),
        ({"cache-control": "max-age=-1, max-age=zz", "expires": "0", "age": "9" * 30}, None),
        ({"expires": "Mon, 23 Nov 2026 14:00:00 GMT"}, 7200.0),
        ({"expires": "Mon, 23 Nov 2026 14:00:00 GMT", "date": "Mon, 23 Nov 2026 13:00:00 GMT"}, 3600.0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_lifetimes_are_read_and_capped(headers: dict[str, str], expected: float | None) -> None:
    """Cache-Control goes before Expires, nonsense is no wish, nothing counts beyond a week."""
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert read_lifetime(raw, NOW) == expected


@given(st.binary(max_size=60))
def test_any_bytes_in_time_headers_are_harmless(value: bytes) -> None:
    """Whatever a server writes there, the answer is nothing or within a week."""
    headers = [(b"retry-after", value), (b"expires", value), (b"cache-control", b"max-age=" + value), (b"date", value)]
    due, lifetime = read_retry_after(headers, NOW), read_lifetime(headers, NOW)
    assert due is None or NOW < due <= NOW + WEEK
    assert lifetime is None or 0 < lifetime <= MAX_WISH
