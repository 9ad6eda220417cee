"""Feeds: where entries come from, and the state of our conversation with each of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Keep = Literal["all", "matching"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A feed's place under one topic: ``keep="all"`` trusts it to be on topic."""

    topic: str
    keep: Keep = "all"
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of ``feeds.yaml``; ``placements`` is empty for a shared feed.

    ``excerpt`` bounds what a digest may quote of an entry, in characters
    (0: the title only, None: as much as the digest likes).
    """

    url: str
    name: str | None = None
    language: str | None = None
    weight: float = 1.0
    excerpt: int | None = 240
    placements: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified exactly as the server sent them (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we know of a feed from earlier fetches; ``url`` is the address of ``feeds.yaml``."""

    id: int
    url: str
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
    validators: Validators = Validators()
    body_hash: str | None = None
    interval: float = 3600.0  # seconds between two scheduled fetches
    asked_interval: float = 0.0  # seconds the last document asked for (ttl), which a 304 cannot repeat
    skip_hours: tuple[int, ...] = ()  # hours (UTC) in which it asks not to be fetched
    skip_days: tuple[int, ...] = ()  # 0 is Monday
    next_due: datetime | None = None
    retry_after: datetime | None = None  # no request before, whoever asks
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0  # in a row
    error: str | None = None  # a sentence: what went wrong and what to do
    error_since: datetime | None = None
    recovered_at: datetime | None = None
    gone_at: datetime | None = None  # 410: never asked again by the schedule
    moved_to: str | None = None  # target of a permanent redirect
    moved_count: int = 0  # identical permanent answers in a row
    moved_since: datetime | None = None
    truncated: int = 0  # entries left out of the last document by the cap
    warning: str | None = None  # readable but odd: said in `watcher feeds`

    @property
    def proposed_move(self) -> str | None:
        """Return the address to propose for ``feeds.yaml``: three identical permanent redirects over at least a day."""
        if self.moved_count < 3 or self.moved_since is None or self.last_attempt is None:
            return None
        return self.moved_to if self.last_attempt - self.moved_since >= timedelta(days=1) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """A feed as `watcher feeds` and a digest's *Sources* section show it."""

    url: str
    name: str
    topics: tuple[str, ...]
    status: Literal["ok", "new", "failing", "silent", "gone", "inactive"]
    since: datetime | None = None
    detail: str | None = None  # one sentence in words
    last_success: datetime | None = None
    last_new: datetime | None = None
    next_due: datetime | None = None
    rhythm_days: float | None = None  # median days between two entries
    entries: int = 0
    printed: int = 0  # entries that reached an edition
    moved_to: str | None = None
