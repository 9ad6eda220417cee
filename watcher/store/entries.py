"""Entries: each item of a feed once, whatever its publisher does to ids, links and dates.

Two parsed entries of one feed that share any key are one entry. An edit keeps what it replaced and sends
the entry through the pipeline again; it never changes the week an entry belongs to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.sql import ColumnElement

from watcher.model.entry import Entry, ParsedFeed
from watcher.store.dialect import among
from watcher.store.importing import Import
from watcher.store.index import index_entries
from watcher.store.names import publisher_of
from watcher.store.prepare import Prepared, prepare
from watcher.store.schema import entry, entry_content, entry_revision, feed
from watcher.store.work import is_on

__all__ = [
    "Revision",
    "Saved",
    "count_entries",
    "get_entries",
    "list_entries",
    "list_revisions",
    "publisher_of",
    "save_documents",
    "save_entries",
]

_COLUMNS = (
    entry.c.id,
    entry.c.title,
    entry.c.url,
    entry.c.summary,
    entry_content.c.content,
    entry.c.author,
    entry.c.language,
    entry.c.tags,
    entry.c.published,
    entry.c.first_seen,
    entry.c.digest_at,
    entry.c.date_quality,
    feed.c.url.label("feed_url"),
    feed.c.name,
    feed.c.title.label("feed_title"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Ids of entries that one document brought or changed."""

    new: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an entry said before an edit."""

    replaced_at: datetime
    title: str
    summary: str
    content: str


def save_entries(
    c: Connection, feed_id: int, parsed: ParsedFeed | Prepared, now: datetime, *, backlog_days: int = 7
) -> Saved:
    """Store the entries of one document and return what is new and what was edited; see ``save_documents``."""
    prepared = parsed if isinstance(parsed, Prepared) else prepare(parsed)
    return save_documents(c, {feed_id: prepared}, now, backlog_days=backlog_days)[feed_id]


def save_documents(
    c: Connection, documents: Mapping[int, Prepared], now: datetime, *, backlog_days: int = 7
) -> dict[int, Saved]:
    """Store the entries of each feed's document and return by feed what is new and what was edited.

    On a feed's first import each entry belongs to the week of its own date, and undated ones beyond the first
    ten to ``backlog_days`` ago: a backlog must not flood the first digest. Later ones belong to ``now``.
    """
    saved = {}
    for feed_id, document in documents.items():
        one = Import(c, feed_id, document.drafts, now, backlog_days=backlog_days)
        saved[feed_id] = Saved(new=one.insert_new(), updated=one.update_changed())
    index_entries(c, [entry_id for one in saved.values() for entry_id in (*one.new, *one.updated)])
    return saved


def get_entries(c: Connection, ids: Iterable[int]) -> tuple[Entry, ...]:
    """Return the entries with ``ids`` in that order, leaving out unknown ones."""
    wanted = list(ids)
    found = {row.id: _to_entry(row) for row in c.execute(_entries().where(among(entry.c.id, wanted)))}
    return tuple(found[one] for one in wanted if one in found)


def list_entries(
    c: Connection,
    *,
    topic: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 1000,
) -> tuple[Entry, ...]:
    """Return entries whose ``digest_at`` lies in [since, until), newest first."""
    query = (
        _entries()
        .where(*_within(topic, since, until))
        .order_by(entry.c.digest_at.desc(), entry.c.id.desc())
        .limit(limit)
    )
    return tuple(_to_entry(row) for row in c.execute(query))


def count_entries(
    c: Connection, *, topic: str | None = None, since: datetime | None = None, until: datetime | None = None
) -> int:
    """Return how many entries ``list_entries`` would find without a limit."""
    return c.scalar(select(func.count()).select_from(entry).where(*_within(topic, since, until))) or 0


def list_revisions(c: Connection, entry_id: int) -> tuple[Revision, ...]:
    """Return what an entry said before, oldest first."""
    query = select(entry_revision).where(entry_revision.c.entry_id == entry_id).order_by(entry_revision.c.id)
    return tuple(
        Revision(replaced_at=row.replaced_at, title=row.title, summary=row.summary, content=row.content)
        for row in c.execute(query)
    )


def _entries() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(feed, feed.c.id == entry.c.feed_id)
        .outerjoin(entry_content, entry_content.c.entry_id == entry.c.id)
    )


def _within(topic: str | None, since: datetime | None, until: datetime | None) -> Sequence[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if topic is not None:
        wanted.append(is_on(topic))
    if since is not None:
        wanted.append(entry.c.digest_at >= since)
    if until is not None:
        wanted.append(entry.c.digest_at < until)
    return wanted


def _to_entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        feed_url=row.feed_url,
        title=row.title,
        url=row.url,
        summary=row.summary,
        content=row.content or "",
        author=row.author,
        publisher=publisher_of(row.name, row.feed_title, row.feed_url),
        language=row.language,
        tags=row.tags,
        published=row.published,
        first_seen=row.first_seen,
        digest_at=row.digest_at,
        date_quality=row.date_quality,
    )
