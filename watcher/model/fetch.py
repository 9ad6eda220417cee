"""Requests for a feed document and everything a server may answer, as values."""

from dataclasses import dataclass
from datetime import datetime

from watcher.model.feed import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """Ask for one document; ``url`` as written in ``feeds.yaml``."""

    url: str
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body to parse, decoded and within bounds.

    ``moved_to`` is the last address reached through permanent redirects only.
    ``fresh_for`` is what Cache-Control or Expires asked for, in seconds. ``server_time`` is what a clock that is not
    ours said, here as in other answers.
    """

    url: str
    status: int
    body: bytes
    content_type: str | None
    validators: Validators
    moved_to: str | None = None
    fresh_for: float | None = None
    seconds: float = 0.0
    server_time: datetime | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: what we have is current."""

    url: str
    status: int = 304
    moved_to: str | None = None
    fresh_for: float | None = None
    seconds: float = 0.0
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """410: the publisher has ended this feed."""

    url: str
    status: int = 410
    seconds: float = 0.0
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable answer this time; ``error`` is one sentence with cause and remedy.

    ``is_unconnected`` says that nothing there takes such a connection; a bad certificate is another matter.
    """

    url: str
    error: str
    status: int | None = None
    retry_after: datetime | None = None
    seconds: float = 0.0
    server_time: datetime | None = None
    is_unconnected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """We would not ask: scheme, port, user info or an address that is not public."""

    url: str
    error: str
    seconds: float = 0.0


FetchResult = Fetched | NotModified | Gone | Failed | Refused
