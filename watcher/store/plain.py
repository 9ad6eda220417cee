"""Texts, times and keys as columns hold them, without any database: children of the parser use this too."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def seconds(moment: datetime) -> int:
    """Return whole seconds since 1970; a naive time is a mistake of the caller."""
    return (moment - EPOCH) // _SECOND


def clean(text: str) -> str:
    """Return ``text`` without NUL and lone surrogates, which databases refuse or cut at."""
    text = text.replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")


def clean_or_none(text: str | None) -> str | None:
    """Return ``clean(text)``, None for None."""
    return None if text is None else clean(text)


def hash_text(*parts: str) -> str:
    """Return a short stable hash of a text: what annotation and edits are recognised by."""
    return blake2b("\0".join(parts).encode("utf-8", "ignore"), digest_size=16).hexdigest()


def hash_key(key: str) -> int:
    """Return a key of any length as a signed 64-bit integer, so that indexes stay small and bounded."""
    return int.from_bytes(blake2b(key.encode("utf-8", "ignore"), digest_size=8).digest(), signed=True)
