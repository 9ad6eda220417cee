"""How values of the model lie in columns: times, tuples of strings, and text that any database takes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator

from watcher.model.edition import Week
from watcher.store.plain import EPOCH, clean, clean_or_none, hash_key, hash_text, seconds

__all__ = [
    "EPOCH",
    "LONG_AGO",
    "Strings",
    "UtcTime",
    "clean",
    "clean_or_none",
    "hash_key",
    "hash_text",
    "parse_week",
]

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware time as whole seconds since 1970 in UTC: one format, eight bytes, sorted as it reads."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Return seconds; a naive time is a mistake of the caller."""
        return None if value is None else seconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Return an aware time."""
        return None if value is None else EPOCH + timedelta(seconds=value)


class Strings(TypeDecorator[tuple[str, ...]]):
    """A short tuple of strings as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy calls it so
        """Return the JSON text."""
        return json.dumps(value or (), ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002 - SQLAlchemy calls it so
        """Return the tuple."""
        return tuple(json.loads(value)) if value else ()


def parse_week(text: str) -> Week:
    """Return the week written ``2026-W47``."""
    year, number = text.split("-W")
    return Week(year=int(year), number=int(number))
