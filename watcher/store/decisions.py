"""Decisions: an editor's acts, kept for ever and never changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from watcher.model.decision import Act, Decision
from watcher.store.dialect import allocate, among, insert
from watcher.store.rows import clean
from watcher.store.schema import decision, decision_entry


def save_decision(
    c: Connection,
    act: Act,
    entries: tuple[int, ...],
    now: datetime,
    *,
    topic: str | None = None,
    by: str = "",
    note: str = "",
) -> Decision:
    """Record an act and return it with its id."""
    made = Decision(
        id=allocate(c, decision, 1)[0], act=act, entries=entries, topic=topic, at=now, by=clean(by), note=clean(note)
    )
    c.execute(insert(decision).values(id=made.id, act=act, topic=topic, at=now, by=made.by, note=made.note))
    if entries:
        rows = [{"decision_id": made.id, "position": place, "entry_id": one} for place, one in enumerate(entries)]
        c.execute(insert(decision_entry), rows)
    return made


def list_decisions(
    c: Connection, *, entries: Iterable[int] | None = None, as_of: datetime | None = None
) -> tuple[Decision, ...]:
    """Return decisions oldest first: all, those that name any of ``entries``, those made until ``as_of``."""
    query = select(decision).order_by(decision.c.id)
    if entries is not None:
        query = query.where(
            decision.c.id.in_(
                select(decision_entry.c.decision_id).where(among(decision_entry.c.entry_id, list(entries)))
            )
        )
    if as_of is not None:
        query = query.where(decision.c.at <= as_of)
    rows = c.execute(query).all()
    named: dict[int, list[int]] = defaultdict(list)
    for row in c.execute(
        select(decision_entry)
        .where(among(decision_entry.c.decision_id, [row.id for row in rows]))
        .order_by(decision_entry.c.decision_id, decision_entry.c.position)
    ):
        named[row.decision_id].append(row.entry_id)
    return tuple(
        Decision(
            id=row.id, act=row.act, entries=tuple(named[row.id]), topic=row.topic, at=row.at, by=row.by, note=row.note
        )
        for row in rows
    )
