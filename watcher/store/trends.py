"""How often each entity was in the news of a topic, week by week: what trends are ranked from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Text, cast, func, literal, select
from sqlalchemy.sql import ColumnElement

from watcher.store.annotations import get_entity_names
from watcher.store.schema import entry, mention
from watcher.store.work import is_on

COUNTED = ("ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCount:
    """In how many stories of each week an entity was named; ``counts`` follow the weeks asked for."""

    key: str
    name: str
    kind: str
    counts: tuple[int, ...]


def count_entities_by_week(
    c: Connection, topic: str, weeks: tuple[tuple[datetime, datetime], ...], *, kinds: Iterable[str] = COUNTED
) -> tuple[EntityCount, ...]:
    """Return counts per entity over [start, end) weeks, by key; an entry without a story counts as one of its own."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    chosen = tuple(kinds)
    for place, (start, end) in enumerate(weeks):
        for entity, number in _count(c, topic, start, end, chosen):
            counts[entity][place] = number
    names = get_entity_names(c, counts)
    return tuple(
        EntityCount(key=key, name=names[key].name, kind=names[key].kind, counts=tuple(numbers))
        for key, numbers in sorted(counts.items())
        if key in names
    )


def count_stories_by_week(c: Connection, topic: str, weeks: tuple[tuple[datetime, datetime], ...]) -> tuple[int, ...]:
    """Return how many stories of ``topic`` each week had: what the counts of entities are shares of."""
    query = select(func.count(_story().distinct())).where(is_on(topic))
    return tuple(
        c.scalar(query.where(entry.c.digest_at >= start, entry.c.digest_at < end)) or 0 for start, end in weeks
    )


def _story() -> ColumnElement[str]:
    return func.coalesce(entry.c.story, literal("entry ").concat(cast(entry.c.id, Text)))


def _count(c: Connection, topic: str, start: datetime, end: datetime, kinds: tuple[str, ...]) -> list[tuple[str, int]]:
    query = (
        select(mention.c.entity, func.count(_story().distinct()))
        .select_from(entry)
        .join(mention, mention.c.entry_id == entry.c.id)
        .where(is_on(topic), entry.c.digest_at >= start, entry.c.digest_at < end, mention.c.kind.in_(kinds))
        .group_by(mention.c.entity)
    )
    return [(row[0], row[1]) for row in c.execute(query)]
