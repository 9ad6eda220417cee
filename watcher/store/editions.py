"""Editions, and the memory of what was printed: an article appears in one week's edition of a topic only.

An edition is stored before its files are: one whose state is "to be written" is written at the next start.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, select, update

from watcher.model.edition import Week
from watcher.store.dialect import among, insert
from watcher.store.rows import clean, parse_week
from watcher.store.schema import edition, printed

State = Literal["to be written", "written"]
_LISTED = tuple(column for column in edition.c if column.name not in {"edition", "inputs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """What is known of an edition without its content; ``files`` are relative to the digests folder."""

    topic: str
    week: Week
    language: str
    state: State
    sha256: str
    files: tuple[str, ...]
    composed_at: datetime
    written_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEdition:
    """An edition with its content and the manifest of what it was composed from, both as JSON text."""

    row: EditionRow
    edition_json: str
    inputs_json: str


def save_edition(  # noqa: PLR0913 - an edition has a key of three and five facts
    c: Connection,
    topic: str,
    week: Week,
    language: str,
    *,
    edition_json: str,
    inputs_json: str,
    files: tuple[str, ...],
    sha256: str,
    now: datetime,
) -> None:
    """Store an edition as "to be written", replacing an earlier run of the week; one that is the same stays written."""
    before = get_edition(c, topic, week, language)
    if (
        before
        and before.row.state == "written"
        and (before.row.sha256, before.row.files) == (sha256, files)
        and before.edition_json == edition_json
    ):
        return
    key = {"topic": topic, "week": str(week), "language": language}
    values: dict[str, object] = {
        "edition": clean(edition_json),
        "inputs": clean(inputs_json),
        "files": files,
        "sha256": sha256,
    }
    values |= {"state": "to be written", "composed_at": now, "written_at": None}
    c.execute(insert(edition).values(**key, **values).on_conflict_do_update(index_elements=list(key), set_=values))


def mark_edition_written(c: Connection, topic: str, week: Week, language: str, now: datetime) -> None:
    """Note that all files of an edition are on the disk."""
    c.execute(update(edition).where(*_is(topic, week, language)).values(state="written", written_at=now))


def get_edition(c: Connection, topic: str, week: Week, language: str) -> StoredEdition | None:
    """Return one edition with its content."""
    row = c.execute(select(edition).where(*_is(topic, week, language))).first()
    return StoredEdition(row=_to_row(row), edition_json=row.edition, inputs_json=row.inputs) if row else None


def list_editions(
    c: Connection, *, topic: str | None = None, week: Week | None = None, state: State | None = None
) -> tuple[EditionRow, ...]:
    """Return editions, newest week first."""
    query = select(*_LISTED).order_by(edition.c.week.desc(), edition.c.topic, edition.c.language)
    if topic is not None:
        query = query.where(edition.c.topic == topic)
    if week is not None:
        query = query.where(edition.c.week == str(week))
    if state is not None:
        query = query.where(edition.c.state == state)
    return tuple(_to_row(row) for row in c.execute(query))


def forget_editions(c: Connection, weeks: Iterable[Week]) -> None:
    """Forget that these weeks were ever composed or printed (a replay does this to its copy)."""
    names = [str(week) for week in weeks]
    c.execute(delete(edition).where(edition.c.week.in_(names)))
    c.execute(delete(printed).where(printed.c.week.in_(names)))


def mark_printed(c: Connection, topic: str, week: Week, rows: Iterable[tuple[int, str]]) -> None:
    """Remember the (entry, story) pairs of a topic's edition, replacing those of an earlier run of the same week."""
    c.execute(delete(printed).where(printed.c.topic == topic, printed.c.week == str(week)))
    ready = [
        {"topic": topic, "week": str(week), "entry_id": entry_id, "story": story}
        for entry_id, story in dict(rows).items()
    ]
    if ready:
        c.execute(insert(printed), ready)


def list_printed(c: Connection, topic: str, before: Week, *, entries: Iterable[int] | None = None) -> dict[int, Week]:
    """Return in which week before ``before`` each entry was last printed on ``topic``: of ``entries``, or of all."""
    query = select(printed.c.entry_id, func.max(printed.c.week)).where(
        printed.c.topic == topic, printed.c.week < str(before)
    )
    if entries is not None:
        query = query.where(among(printed.c.entry_id, list(entries)))
    return {row[0]: parse_week(row[1]) for row in c.execute(query.group_by(printed.c.entry_id))}


def get_printed(c: Connection, topic: str, week: Week) -> dict[int, str]:
    """Return the entries printed in one edition with the story each was printed under."""
    query = select(printed.c.entry_id, printed.c.story).where(printed.c.topic == topic, printed.c.week == str(week))
    return {row.entry_id: row.story for row in c.execute(query.order_by(printed.c.entry_id))}


def _is(topic: str, week: Week, language: str) -> tuple[Any, ...]:
    return edition.c.topic == topic, edition.c.week == str(week), edition.c.language == language


def _to_row(row: Row[Any]) -> EditionRow:
    return EditionRow(
        topic=row.topic,
        week=parse_week(row.week),
        language=row.language,
        state=row.state,
        sha256=row.sha256,
        files=row.files,
        composed_at=row.composed_at,
        written_at=row.written_at,
    )
