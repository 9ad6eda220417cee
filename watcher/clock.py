"""The only place that asks what time it is; every step takes ``now`` as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the current time, aware, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
