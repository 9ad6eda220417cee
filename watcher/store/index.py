"""Putting entries into the full-text index and taking them out."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from watcher.store.stems import guess_language, join_stems, words

LONGEST_BODY = 50_000  # characters of an article that are searchable: a long read, not a book

_INSERT = text("INSERT INTO entry_search (rowid, title, body) VALUES (:id, :title, :body)")
_DELETE = text("DELETE FROM entry_search WHERE rowid = :id")


def index_entries(c: Connection, rows: Iterable[tuple[int, str, str, str, str | None]]) -> None:
    """Index (id, title, summary, content, language prior) rows."""
    ready = []
    for entry_id, title, summary, content, prior in rows:
        head, body = words(title), words(f"{summary}\n{content}"[:LONGEST_BODY])
        language = guess_language(head + body[:200], prior)
        ready.append({"id": entry_id, "title": join_stems(head, language), "body": join_stems(body, language)})
    if ready:
        c.execute(_INSERT, ready)


def unindex_entries(c: Connection, ids: Iterable[int]) -> None:
    """Take entries out of the index."""
    rows = [{"id": entry_id} for entry_id in ids]
    if rows:
        c.execute(_DELETE, rows)
