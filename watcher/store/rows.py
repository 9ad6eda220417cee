"""How values of the model lie in columns: times, tuples of strings, and text that any database takes."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator

from watcher.model.edition import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware time as whole seconds since 1970 in UTC: one format, eight bytes, sorted as it reads."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Return seconds; a naive time is a mistake of the caller."""
        return None if value is None else (value - EPOCH) // timedelta(seconds=1)

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


def clean(text: str) -> str:
    """Return ``text`` without NUL and lone surrogates, which databases refuse or cut at."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def clean_or_none(text: str | None) -> str | None:
    """Return ``clean(text)``, None for None."""
    return None if text is None else clean(text)


def hash_text(*parts: str) -> str:
    """Return a short stable hash of a text: what annotation and edits are recognised by."""
    return blake2b("\0".join(parts).encode("utf-8", "ignore"), digest_size=16).hexdigest()


def hash_key(key: str) -> int:
    """Return a key of any length as a signed 64-bit integer, so that indexes stay small and bounded."""
    return int.from_bytes(blake2b(key.encode("utf-8", "ignore"), digest_size=8).digest(), signed=True)


def parse_week(text: str) -> Week:
    """Return the week written ``2026-W47``."""
    year, number = text.split("-W")
    return Week(year=int(year), number=int(number))
