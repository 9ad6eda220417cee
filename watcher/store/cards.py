"""Opportunity cards as JSON, with the last day that matters beside it for quick choice."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, or_, select

from watcher.model.opportunity import Card
from watcher.store.dialect import among, insert
from watcher.store.rows import clean
from watcher.store.schema import card


@cache
def _adapter() -> TypeAdapter[Card]:
    return TypeAdapter(Card)


def save_cards(c: Connection, cards: Iterable[Card]) -> None:
    """Store cards, replacing those with the same id."""
    rows = [
        {"id": one.id, "deadline": _last_day(one), "data": clean(_adapter().dump_json(one).decode())} for one in cards
    ]
    if rows:
        statement = insert(card)
        new = statement.excluded
        c.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"deadline": new.deadline, "data": new.data}),
            rows,
        )


def delete_cards(c: Connection, ids: Iterable[str]) -> None:
    """Delete cards that were merged into others."""
    c.execute(delete(card).where(among(card.c.id, list(ids))))


def list_cards(c: Connection, *, topic: str | None = None, open_on: date | None = None) -> tuple[Card, ...]:
    """Return cards by deadline, those without last: of a topic, and not yet over on ``open_on``."""
    query = select(card.c.data).order_by(card.c.deadline.is_(None), card.c.deadline, card.c.id)
    if open_on is not None:
        query = query.where(or_(card.c.deadline.is_(None), card.c.deadline >= open_on))
    found = (_adapter().validate_json(data) for data in c.scalars(query))
    return tuple(one for one in found if topic is None or topic in one.topics)


def _last_day(one: Card) -> date | None:
    return one.opportunity.deadline or one.opportunity.end or one.opportunity.start
