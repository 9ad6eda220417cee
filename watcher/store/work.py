"""What is still to do for each entry: match, annotate, group. A step asks here, so it can be killed anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, literal_column, select, update
from sqlalchemy.sql import ColumnElement

from watcher.model.topic import TopicMatch
from watcher.store.dialect import among, insert
from watcher.store.schema import edition, entry, entry_match, feed, story

MOST_ATTEMPTS = 3  # an entry that kills its annotator so often is matched by rules alone

# Written out, so that the partial indexes apply.
_UNMATCHED: ColumnElement[bool] = literal_column("entry.rules IS NULL")
_UNGROUPED: ColumnElement[bool] = literal_column("entry.on_topic = 1 AND entry.story IS NULL")
_UNANNOTATED: ColumnElement[bool] = literal_column("entry.on_topic = 1 AND entry.annotated = 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many entries wait for which step; ``failed`` ones could not be annotated."""

    unmatched: int
    ungrouped: int
    failed: int


def list_unmatched(c: Connection, rules: str, *, since: datetime, limit: int = 1000) -> tuple[int, ...]:
    """Return entries never matched, then those since ``since`` that were matched with other rules."""
    fresh = list(c.scalars(select(entry.c.id).where(_UNMATCHED).order_by(entry.c.id).limit(limit)))
    outdated = (
        select(entry.c.id)
        .where(entry.c.digest_at >= since, entry.c.rules != rules)
        .order_by(entry.c.digest_at, entry.c.id)
    )
    return tuple(fresh + list(c.scalars(outdated.limit(limit - len(fresh)))))


def mark_matched(c: Connection, rules: str, rows: Iterable[tuple[int, tuple[TopicMatch, ...]]]) -> None:
    """Store the topics of entries, replacing earlier ones, and that these rules found them."""
    found = dict(rows)
    if not found:
        return
    c.execute(delete(entry_match).where(among(entry_match.c.entry_id, list(found))))
    matches = [
        {"entry_id": entry_id, "topic": one.topic, "score": one.score, "reasons": one.reasons}
        for entry_id, topics in found.items()
        for one in topics
    ]
    if matches:
        c.execute(insert(entry_match), matches)
    for on_topic in (True, False):
        ids = [entry_id for entry_id, topics in found.items() if bool(topics) is on_topic]
        if ids:
            c.execute(update(entry).where(among(entry.c.id, ids)).values(rules=rules, on_topic=on_topic))


def list_ungrouped(c: Connection, limit: int = 1000) -> tuple[int, ...]:
    """Return entries on at least one topic that are in no story yet, oldest first: a batch lies close in time."""
    return tuple(c.scalars(select(entry.c.id).where(_UNGROUPED).order_by(entry.c.at, entry.c.id).limit(limit)))


def list_unannotated(c: Connection, limit: int = 1000) -> tuple[int, ...]:
    """Return entries on a topic that were matched without an annotation, unless annotating them fails every time."""
    query = select(entry.c.id).where(_UNANNOTATED, entry.c.attempts < MOST_ATTEMPTS).order_by(entry.c.id)
    return tuple(c.scalars(query.limit(limit)))


def is_on(topic: str) -> ColumnElement[bool]:
    """Return the condition that an entry is on ``topic``; as a subquery, so that a week is read by its dates first."""
    found = select(entry_match.c.entry_id).where(entry_match.c.entry_id == entry.c.id, entry_match.c.topic == topic)
    return found.correlate(entry).exists()


def get_matches(c: Connection, ids: Iterable[int]) -> dict[int, tuple[TopicMatch, ...]]:
    """Return the topics of each entry, best first; an entry on none has an empty tuple."""
    wanted = list(ids)
    found: dict[int, list[TopicMatch]] = {one: [] for one in wanted}
    query = select(entry_match).where(among(entry_match.c.entry_id, wanted))
    for row in c.execute(query.order_by(entry_match.c.entry_id, entry_match.c.score.desc(), entry_match.c.topic)):
        found[row.entry_id].append(TopicMatch(topic=row.topic, score=row.score, reasons=row.reasons))
    return {one: tuple(matches) for one, matches in found.items()}


def mark_unannotatable(c: Connection, entry_id: int, error: str) -> bool:
    """Note that annotating an entry failed; True when it has failed three times and should be matched without."""
    c.execute(update(entry).where(entry.c.id == entry_id).values(attempts=entry.c.attempts + 1, error=error))
    return (c.scalar(select(entry.c.attempts).where(entry.c.id == entry_id)) or 0) >= MOST_ATTEMPTS


def count_backlog(c: Connection) -> Backlog:
    """Return how much is still to do."""
    return Backlog(
        unmatched=c.scalar(select(func.count()).select_from(entry).where(_UNMATCHED)) or 0,
        ungrouped=c.scalar(select(func.count()).select_from(entry).where(_UNGROUPED)) or 0,
        failed=c.scalar(select(func.count()).select_from(entry).where(entry.c.attempts >= MOST_ATTEMPTS)) or 0,
    )


def count_all(c: Connection) -> dict[str, int]:
    """Return how many active feeds, entries, stories that go on, and editions there are."""
    queries = {
        "feeds": select(func.count()).select_from(feed).where(feed.c.inactive_since.is_(None)),
        "entries": select(func.count()).select_from(entry),
        "stories": select(func.count()).select_from(story).where(story.c.merged_into.is_(None)),
        "editions": select(func.count()).select_from(edition),
    }
    return {name: c.scalar(query) or 0 for name, query in queries.items()}
