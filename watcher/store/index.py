"""Putting entries into the full-text index and taking them out."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from watcher.store.dialect import insert_rows

_DELETE = text("DELETE FROM entry_search WHERE rowid = :id")


def index_entries(c: Connection, rows: list[tuple[int, str, str]]) -> None:
    """Index (id, stems of the title, stems of the text) rows."""
    insert_rows(c, "entry_search", ("rowid", "title", "body"), rows)


def unindex_entries(c: Connection, ids: Iterable[int]) -> None:
    """Take entries out of the index."""
    rows = [{"id": entry_id} for entry_id in ids]
    if rows:
        c.execute(_DELETE, rows)
