"""One document on its way into the store: who is new, who is known, who was edited. Indexing is left to the caller.

Known entries are recognised by any key, so changed guids, tokenised links and http/https flips make no
duplicate; an item that stands several times in a document, even with different texts, is one entry.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, literal, select

from watcher.store.annotations import forget_annotations
from watcher.store.dialect import allocate, among, driver_of, insert, insert_rows
from watcher.store.index import unindex_entries
from watcher.store.plain import seconds
from watcher.store.prepare import Draft
from watcher.store.rows import UtcTime
from watcher.store.schema import entry, entry_content, entry_key, entry_revision

UNDATED_FIRST = 10  # undated entries of a first import that count as fresh: about one page of a site
MOST_KEYS = 24  # keys learnt for one entry: a guid that changes at each fetch must not grow the database for ever
MOST_REVISIONS = 20  # likewise for a title that flaps

_TEXTS = ("hash", "title", "summary", "url", "author", "tags", "updated")
_COLUMNS = ("id", "feed_id", "first_seen", "at", "digest_at", "published", "date_quality", *_TEXTS)
_SET = ", ".join(f"{name} = ?" for name in _TEXTS)
_UPDATE = f"UPDATE entry SET rules = NULL, attempts = 0, error = NULL, {_SET} WHERE id = ?"  # noqa: S608 - our own columns


@dataclass(slots=True)
class _Item:
    """One entry of the document with all its forms; the first is the one to store."""

    id: int | None
    forms: list[Draft] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)  # those no other entry has


class Import:
    """Sorts a document's entries into new and known ones and writes them."""

    def __init__(
        self, c: Connection, feed_id: int, drafts: tuple[Draft, ...], now: datetime, *, backlog_days: int
    ) -> None:
        self._c, self._feed_id, self._moment = c, feed_id, now
        self._now = seconds(now)
        self._undated_at = seconds(now - timedelta(days=backlog_days))
        known = driver_of(c).execute("SELECT 1 FROM entry WHERE feed_id = ? LIMIT 1", (feed_id,))
        self._is_first = known.fetchone() is None
        items = self._sort(drafts)
        self._new = [item for item in items if item.id is None]
        self._known = {item.id: item for item in items if item.id is not None}

    def _sort(self, drafts: tuple[Draft, ...]) -> list[_Item]:
        owners = {} if self._is_first else self._find_known({key for draft in drafts for key in draft.keys})
        known: dict[int, _Item] = {}
        items: list[_Item] = []
        seen: dict[int, _Item] = {}
        for draft in drafts:
            item = next(filter(None, map(seen.get, draft.keys)), None)
            if item is None:
                entry_id = next((owners[key] for key in draft.keys if key in owners), None) if owners else None
                item = known.get(entry_id) if entry_id is not None else None
            if item is None:
                item = _Item(entry_id)
                items.append(item)
                if entry_id is not None:
                    known[entry_id] = item
            item.forms.append(draft)
            for key in draft.keys:
                if key not in seen:
                    seen[key] = item
                    if key not in owners:
                        item.keys.append(key)
        return items

    def _find_known(self, keys: set[int]) -> dict[int, int]:
        query = select(entry_key.c.key, entry_key.c.entry_id).where(
            entry_key.c.feed_id == self._feed_id, among(entry_key.c.key, sorted(keys))
        )
        return {row.key: row.entry_id for row in self._c.execute(query)}

    def insert_new(self) -> tuple[int, ...]:
        """Store the items nobody knew; return their ids in the document's order."""
        items = self._new
        if not items:
            return ()
        undated = 0
        rows = []
        for entry_id, item in zip(allocate(self._c, entry, len(items)), items, strict=True):
            item.id = entry_id
            undated += item.forms[0].published is None
            rows.append(self._new_row(entry_id, item.forms[0], is_late=undated > UNDATED_FIRST))
        insert_rows(self._c, "entry", _COLUMNS, rows)
        self._write_contents(items)
        self._learn_keys(items)
        return tuple(item.id for item in items if item.id is not None)

    def _new_row(self, entry_id: int, form: Draft, *, is_late: bool) -> tuple[Any, ...]:
        """Return the row of a new entry; its own date is never after now: it would stay on top of everything."""
        published, quality = form.published, form.quality
        if published is not None and published > self._now:
            published, quality = self._now, "future"
        at = self._now if published is None else published
        digest_at = self._now
        if self._is_first:
            digest_at = self._undated_at if published is None and is_late else at
        return (entry_id, self._feed_id, self._now, at, digest_at, published, quality, *_texts(form))

    def _write_contents(self, items: list[_Item]) -> None:
        contents = [(item.id, item.forms[0].content) for item in items if item.forms[0].content]
        insert_rows(self._c, "entry_content", ("entry_id", "content"), contents)

    def _learn_keys(self, items: list[_Item]) -> None:
        rows = [(self._feed_id, key, item.id) for item in items for key in item.keys[:MOST_KEYS]]
        insert_rows(self._c, "entry_key", ("feed_id", "key", "entry_id"), rows, ignore=True)

    def update_changed(self) -> tuple[int, ...]:
        """Store edits of known items, keeping what they replace; return the ids that changed."""
        known = self._known
        if not known:
            return ()
        self._learn_more([item for item in known.values() if item.keys])
        stored = self._c.execute(select(entry.c.id, entry.c.hash).where(among(entry.c.id, list(known))))
        changed = [known[row.id] for row in stored if all(form.hash != row.hash for form in known[row.id].forms)]
        if changed:
            ids = [item.id for item in changed if item.id is not None]
            self._keep_revisions(ids)
            forget_annotations(self._c, ids)
            unindex_entries(self._c, ids)
            self._c.execute(delete(entry_content).where(among(entry_content.c.entry_id, ids)))
            rows = [(*_texts(item.forms[0]), item.id) for item in changed]
            self._c.exec_driver_sql(_UPDATE, rows)
            self._write_contents(changed)
        return tuple(item.id for item in changed if item.id is not None)

    def _learn_more(self, items: list[_Item]) -> None:
        """Add keys to known entries, as far as each may have more."""
        if not items:
            return
        query = (
            select(entry_key.c.entry_id, func.count())
            .where(among(entry_key.c.entry_id, [item.id or 0 for item in items]))
            .group_by(entry_key.c.entry_id)
        )
        counts = {row[0]: row[1] for row in self._c.execute(query)}
        for item in items:
            item.keys = item.keys[: max(0, MOST_KEYS - counts.get(item.id or 0, 0))]
        self._learn_keys(items)

    def _keep_revisions(self, ids: list[int]) -> None:
        old = (
            select(
                entry.c.id,
                literal(self._moment, UtcTime()),
                entry.c.title,
                entry.c.summary,
                func.coalesce(entry_content.c.content, ""),
            )
            .outerjoin(entry_content, entry_content.c.entry_id == entry.c.id)
            .where(among(entry.c.id, ids))
        )
        self._c.execute(
            insert(entry_revision).from_select(["entry_id", "replaced_at", "title", "summary", "content"], old)
        )
        age = func.row_number().over(partition_by=entry_revision.c.entry_id, order_by=entry_revision.c.id.desc())
        aged = select(entry_revision.c.id, age.label("age")).where(among(entry_revision.c.entry_id, ids)).subquery()
        oldest = select(aged.c.id).where(aged.c.age > MOST_REVISIONS)
        self._c.execute(delete(entry_revision).where(entry_revision.c.id.in_(oldest)))


def _texts(form: Draft) -> tuple[Any, ...]:
    """Return the values of the columns _TEXTS."""
    return (form.hash, form.title, form.summary, form.url, form.author, form.tags, form.updated)
