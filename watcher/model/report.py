"""Reports: what a step did, for doors to print."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from watcher.model.edition import Week  # with all that an edition is made of, which a fetch does without

Outcome = Literal["fetched", "unchanged", "not_due", "gone", "failed", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What one fetch of one feed came to."""

    url: str
    topics: tuple[str, ...]
    outcome: Outcome
    status: int | None = None
    new: int = 0
    updated: int = 0
    error: str | None = None
    seconds: float = 0.0
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchReport:
    """What one round came to."""

    feeds: tuple[FeedReport, ...]
    new: int
    updated: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionReport:
    """One edition written."""

    topic: str
    week: "Week"
    language: str
    files: tuple[str, ...]
    stories: int
    articles: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file people edit: where, what, and what to do."""

    file: str
    line: int | None
    column: int | None
    path: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of `watcher doctor`."""

    name: str
    ok: bool
    detail: str
