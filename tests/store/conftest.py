"""A database of its own for each test, and what fills it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import NOW, make_feed, make_parsed_feed
from watcher.store.database import Database, open_database
from watcher.store.entries import save_entries
from watcher.store.feeds import list_feed_states, sync_feeds


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open an empty database."""
    opened = open_database(tmp_path / "var" / "watcher.db")
    yield opened
    opened.close()


@pytest.fixture
def feed_id(database: Database) -> int:
    """Add one feed, placed on drones."""
    with database.write() as c:
        sync_feeds(c, (make_feed("https://www.example.org/feed/", "drones"),), NOW)
        return list_feed_states(c)[0].id


@pytest.fixture
def ids(database: Database, feed_id: int) -> tuple[int, ...]:
    """Store four entries."""
    with database.write() as c:
        return save_entries(c, feed_id, make_parsed_feed("One", "Two", "Three", "Four"), NOW).new
