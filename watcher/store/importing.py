"""One document on its way into the store: who is new, who is known, who was edited.

Known entries are recognised by any key, so changed guids, tokenised links and http/https flips make no
duplicate; an item that stands several times in a document, even with different texts, is one entry.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, literal, select, update

from watcher.model.entry import DateQuality, ParsedEntry, ParsedFeed
from watcher.store.annotations import forget_annotations
from watcher.store.dialect import allocate, among, insert
from watcher.store.index import index_entries, unindex_entries
from watcher.store.rows import UtcTime, clean, clean_or_none, hash_key, hash_text
from watcher.store.schema import entry, entry_content, entry_key, entry_revision

UNDATED_FIRST = 10  # undated entries of a first import that count as fresh: about one page of a site
MOST_KEYS = 24  # keys learnt for one entry: a guid that changes at each fetch must not grow the database for ever
MOST_REVISIONS = 20  # likewise for a title that flaps


@dataclass(slots=True)
class _Item:
    """One entry of the document with all its forms; the first is the one to store."""

    id: int | None
    forms: list[tuple[str, ParsedEntry]] = field(default_factory=list)  # (hash, form)
    keys: list[int] = field(default_factory=list)  # those no other entry has


class Import:
    """Sorts a document's entries into new and known ones and writes them."""

    def __init__(self, c: Connection, feed_id: int, parsed: ParsedFeed, now: datetime, *, backlog_days: int) -> None:
        self._c, self._feed_id, self._now = c, feed_id, now
        self._language = parsed.language
        self._undated_at = now - timedelta(days=backlog_days)
        items = self._sort(parsed.entries)
        self._new = [item for item in items if item.id is None]
        self._known = {item.id: item for item in items if item.id is not None}

    def _sort(self, entries: tuple[ParsedEntry, ...]) -> list[_Item]:
        keyed = [(hash_text(one.title, one.summary, one.content), one) for one in entries]
        hashed = [[hash_key(key) for key in one.keys or (f"text:{text_hash}",)] for text_hash, one in keyed]
        owners = self._find_known({key for keys in hashed for key in keys})
        known: dict[int, _Item] = {}
        items: list[_Item] = []
        seen: dict[int, _Item] = {}
        for keys, form in zip(hashed, keyed, strict=True):
            entry_id = next((owners[key] for key in keys if key in owners), None)
            item = next((seen[key] for key in keys if key in seen), None) or (
                known.get(entry_id) if entry_id is not None else None
            )
            if item is None:
                item = _Item(entry_id)
                items.append(item)
            if item.id is not None:
                known[item.id] = item
            item.forms.append(form)
            fresh = [key for key in dict.fromkeys(keys) if key not in seen]
            seen.update(dict.fromkeys(fresh, item))
            item.keys += [key for key in fresh if key not in owners]
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
        is_first = self._c.scalar(select(entry.c.id).where(entry.c.feed_id == self._feed_id).limit(1)) is None
        undated = 0
        rows = []
        for entry_id, item in zip(allocate(self._c, entry, len(items)), items, strict=True):
            item.id = entry_id
            undated += item.forms[0][1].published is None
            rows.append(self._new_row(item, is_first=is_first, is_late=undated > UNDATED_FIRST))
        self._c.execute(insert(entry), rows)
        self._write_texts(items)
        self._learn_keys(items)
        return tuple(item.id for item in items if item.id is not None)

    def _new_row(self, item: _Item, *, is_first: bool, is_late: bool) -> dict[str, object]:
        form = item.forms[0][1]
        published, quality = self._clamp(form)
        digest_at = self._now
        if is_first:
            digest_at = published or (self._undated_at if is_late else self._now)
        return {
            "id": item.id,
            "feed_id": self._feed_id,
            "at": published or self._now,
            "digest_at": digest_at,
            "first_seen": self._now,
            "published": published,
            "date_quality": quality,
            **_texts(item),
        }

    def _clamp(self, form: ParsedEntry) -> tuple[datetime | None, DateQuality]:
        """Return the entry's own date, never after now: a future one would stay on top of everything."""
        if form.published is not None and form.published > self._now:
            return self._now, "future"
        return form.published, form.date_quality

    def _write_texts(self, items: list[_Item]) -> None:
        contents = [
            {"entry_id": item.id, "content": clean(item.forms[0][1].content)}
            for item in items
            if item.forms[0][1].content
        ]
        if contents:
            self._c.execute(insert(entry_content), contents)
        index_entries(
            self._c,
            [
                (item.id or 0, form.title, form.summary, form.content, form.language or self._language)
                for item in items
                for _, form in item.forms[:1]
            ],
        )

    def _learn_keys(self, items: list[_Item]) -> None:
        rows = [
            {"feed_id": self._feed_id, "key": key, "entry_id": item.id}
            for item in items
            for key in item.keys[:MOST_KEYS]
        ]
        if rows:
            self._c.execute(insert(entry_key).on_conflict_do_nothing(), rows)

    def update_changed(self) -> tuple[int, ...]:
        """Store edits of known items, keeping what they replace; return the ids that changed."""
        known = self._known
        if not known:
            return ()
        self._learn_more([item for item in known.values() if item.keys])
        stored = self._c.execute(select(entry.c.id, entry.c.hash).where(among(entry.c.id, list(known))))
        changed = [
            known[row.id] for row in stored if all(text_hash != row.hash for text_hash, _ in known[row.id].forms)
        ]
        if changed:
            ids = [item.id for item in changed if item.id is not None]
            self._keep_revisions(ids)
            forget_annotations(self._c, ids)
            unindex_entries(self._c, ids)
            self._c.execute(delete(entry_content).where(among(entry_content.c.entry_id, ids)))
            for item in changed:
                self._c.execute(
                    update(entry)
                    .where(entry.c.id == item.id)
                    .values(rules=None, attempts=0, error=None, **_texts(item))
                )
            self._write_texts(changed)
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
                literal(self._now, UtcTime()),
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


def _texts(item: _Item) -> dict[str, object]:
    text_hash, form = item.forms[0]
    return {
        "hash": text_hash,
        "title": clean(form.title),
        "summary": clean(form.summary),
        "url": clean_or_none(form.url),
        "author": clean_or_none(form.author),
        "tags": tuple(clean(tag) for tag in form.tags),
        "updated": form.updated,
    }
