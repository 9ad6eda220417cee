"""Conditional requests (RFC 9110, 13) and what a server says about when to come back.

Validators travel byte for byte: they are opaque, so nothing is parsed, quoted or reformatted, and
none is invented. Times a server asks for are read with suspicion: nonsense is no wish at all, and no
wish counts beyond a week.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from watcher.model.feed import Validators

MAX_VALIDATOR = 1000  # bytes; a longer one is tracking or a fault, and would be sent at every request
MAX_WISH = 7 * 86400.0  # seconds that a Retry-After or a lifetime may count for
SANE_YEAR = 2026  # a server that says an earlier one has no clock
# Control characters are left out because the store cleans them away: a validator that comes back changed is none.
_PRINTABLE = re.compile(r"[\x20-\x7e\xa0-\xff]{1,1000}")
_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d+)")

Header = tuple[bytes, bytes]


def conditional_headers(validators: Validators) -> list[Header]:
    """Return the request headers that carry ``validators`` exactly as they were received."""
    headers: list[Header] = []
    if validators.etag:
        headers.append((b"If-None-Match", validators.etag.encode("latin-1", "ignore")))
    if validators.last_modified:
        headers.append((b"If-Modified-Since", validators.last_modified.encode("latin-1", "ignore")))
    return headers


def read_validators(headers: Sequence[Header]) -> Validators:
    """Return the validators of a response; missing, doubled and over-long ones are None."""
    return Validators(etag=_single(headers, b"etag"), last_modified=_single(headers, b"last-modified"))


def read_lifetime(headers: Sequence[Header], now: datetime) -> float | None:
    """Return for how many seconds the response calls itself fresh, at most a week, or None."""
    control = ",".join(_values(headers, b"cache-control")).lower()
    ages = [_bounded_seconds(age) for age in _MAX_AGE.findall(control)]
    if ages:
        return max(ages) or None
    if "no-cache" in control or "no-store" in control:
        return None
    expires = _first_date(headers, b"expires")
    if expires is None:
        return None
    seconds = (expires - (_first_date(headers, b"date") or now)).total_seconds()
    return min(seconds, MAX_WISH) if seconds > 0 else None


def read_retry_after(headers: Sequence[Header], now: datetime) -> datetime | None:
    """Return the time before which the server asks not to be asked, at most a week ahead, or None."""
    for value in _values(headers, b"retry-after"):
        text = value.strip()
        seconds = _bounded_seconds(text) if text.isdecimal() and text.isascii() else _seconds_until(text, now)
        if seconds > 0:
            return now + timedelta(seconds=min(seconds, MAX_WISH))
    return None


def read_server_time(headers: Sequence[Header]) -> datetime | None:
    """Return the time on the server's clock (Date, plus the Age of an answer out of a cache); nonsense is None."""
    date = _first_date(headers, b"date")
    if date is None or date.year < SANE_YEAR:
        return None
    age = next((value.strip() for value in _values(headers, b"age")), "")
    return date + timedelta(seconds=_bounded_seconds(age) if age.isdecimal() and age.isascii() else 0.0)


def _values(headers: Sequence[Header], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


def _single(headers: Sequence[Header], name: bytes) -> str | None:
    values = set(_values(headers, name))
    value = values.pop() if len(values) == 1 else ""
    return value if _PRINTABLE.fullmatch(value) else None


def _bounded_seconds(digits: str) -> float:
    """Return a number of seconds, however many digits it has, capped at a week."""
    return min(float(digits), MAX_WISH) if len(digits) < 10 else MAX_WISH


def _seconds_until(text: str, now: datetime) -> float:
    date = _parse_date(text)
    return 0.0 if date is None else (date - now).total_seconds()


def _first_date(headers: Sequence[Header], name: bytes) -> datetime | None:
    return next((date for value in _values(headers, name) if (date := _parse_date(value))), None)


def _parse_date(text: str) -> datetime | None:
    """Read an HTTP date, None for anything else."""
    if len(text) > 100:
        return None
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
