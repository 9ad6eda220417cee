"""The state of each feed as JSON: fields that the fetch room adds need no migration, they have defaults."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from watcher.model.feed import FeedState
from watcher.store.rows import clean


@cache
def _adapter() -> TypeAdapter[FeedState]:
    return TypeAdapter(FeedState)


def dump_state(state: FeedState) -> str:
    """Return the JSON of a state, without what is at its default."""
    return clean(_adapter().dump_json(state, exclude_defaults=True).decode())


def load_state(row: Row[Any]) -> FeedState:
    """Return the state of a feed's row; the row's own id and address hold."""
    if not row.state:
        return FeedState(id=row.id, url=row.url)
    return _adapter().validate_json(row.state)
