"""What each topic has learnt, as JSON."""

from collections.abc import Iterable
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from watcher.model.topic import TopicProfile
from watcher.store.dialect import insert
from watcher.store.schema import profile


@cache
def _adapter() -> TypeAdapter[TopicProfile]:
    return TypeAdapter(TopicProfile)


def save_profiles(c: Connection, profiles: Iterable[TopicProfile]) -> None:
    """Store profiles, replacing those of the same topics."""
    rows = [{"topic": one.topic, "data": _adapter().dump_json(one).decode()} for one in profiles]
    if rows:
        statement = insert(profile)
        c.execute(
            statement.on_conflict_do_update(index_elements=["topic"], set_={"data": statement.excluded.data}), rows
        )


def list_profiles(c: Connection) -> tuple[TopicProfile, ...]:
    """Return all profiles by topic."""
    return tuple(_adapter().validate_json(data) for data in c.scalars(select(profile.c.data).order_by(profile.c.topic)))
