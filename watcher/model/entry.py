"""Entries: the items of a feed (RFC 4287), as parsed and as stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DateQuality = Literal["given", "missing", "unreadable", "future"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One item of a feed document, cleaned: plain text, absolute http(s) link, UTC dates.

    ``keys`` are its identities, strongest first; two entries of one feed that share
    any key are the same entry. ``content`` is the full text where the feed carries one.
    """

    keys: tuple[str, ...]
    title: str
    url: str | None
    summary: str = ""
    content: str = ""
    author: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    date_quality: DateQuality = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed document that could be read, wholly or in part (then ``warning`` says so)."""

    format: str  # e.g. "rss20", "atom10", "json11"
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
    truncated: int = 0
    ttl: float | None = None  # seconds between fetches the feed asks for (ttl, sy:updatePeriod)
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()  # 0 is Monday
    warning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A body that is no feed; ``error`` is one sentence, ``feeds`` are links it offers instead."""

    error: str
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A stored entry with the article text behind it.

    ``text`` is what annotation offsets count in. ``digest_at`` decides its week: when it was
    first seen, except for the backlog of a feed's first import, which keeps its own dates.
    """

    id: int
    feed_url: str
    title: str
    url: str | None
    summary: str = ""
    content: str = ""
    author: str | None = None
    publisher: str = ""  # the feed's name: what a reader is told
    language: str | None = None  # detected; None while unknown
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    first_seen: datetime
    digest_at: datetime
    date_quality: DateQuality = "given"

    @property
    def text(self) -> str:
        """Return title and summary as one text, the space that mention offsets count in."""
        return f"{self.title}\n{self.summary}"

    @property
    def at(self) -> datetime:
        """Return when it happened as far as we know: its own date, else when we saw it."""
        return self.published or self.first_seen
