"""Feeds: what ``feeds.yaml`` says of them and what we learnt while fetching.

A feed that leaves ``feeds.yaml`` becomes inactive and keeps its entries and history until it returns.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from watcher.model.feed import Feed, FeedState
from watcher.store.dialect import among, driver_of, insert
from watcher.store.feed_state import dump_state, load_state
from watcher.store.health import RHYTHM_DAYS, list_feed_health, median_gap
from watcher.store.plain import clean_or_none, seconds
from watcher.store.schema import feed

__all__ = [
    "get_feed_state",
    "get_rhythm",
    "list_feed_health",
    "list_feed_states",
    "reactivate_feed",
    "save_feed_state",
    "save_feed_states",
    "sync_feeds",
]


def sync_feeds(c: Connection, feeds: tuple[Feed, ...], now: datetime) -> None:
    """Make the active feeds those of ``feeds.yaml``; one that returns keeps its history and is asked again."""
    rows = [
        {
            "url": one.url,
            "name": one.name,
            "configured_language": one.language,
            "topics": tuple(place.topic for place in one.placements),
            "added_at": now,
        }
        for one in feeds
    ]
    if rows:
        statement = insert(feed)
        new = statement.excluded
        c.execute(
            statement.on_conflict_do_update(
                index_elements=[feed.c.url],
                set_={"name": new.name, "configured_language": new.configured_language, "topics": new.topics},
            ),
            rows,
        )
    listed = among(feed.c.url, [one.url for one in feeds])
    c.execute(update(feed).where(feed.c.inactive_since.is_(None), ~listed).values(inactive_since=now))
    back = list(c.scalars(select(feed.c.url).where(feed.c.inactive_since.is_not(None), listed)))
    c.execute(update(feed).where(among(feed.c.url, back)).values(inactive_since=None))
    for url in back:
        reactivate_feed(c, url)


def reactivate_feed(c: Connection, url: str) -> bool:
    """Let a feed that was gone or failing be asked again at once; False when no such feed is known."""
    state = get_feed_state(c, url)
    if state is None:
        return False
    save_feed_state(c, replace(state, gone_at=None, next_due=None, failures=0, error=None, error_since=None))
    return True


def list_feed_states(c: Connection, *, inactive: bool = False) -> tuple[FeedState, ...]:
    """Return the state of every active feed in the order they were added, with inactive ones on demand."""
    query = select(feed).order_by(feed.c.id)
    if not inactive:
        query = query.where(feed.c.inactive_since.is_(None))
    return tuple(load_state(row) for row in c.execute(query))


def get_feed_state(c: Connection, url: str) -> FeedState | None:
    """Return the state of the feed at ``url``, active or not."""
    row = c.execute(select(feed).where(feed.c.url == url)).first()
    return load_state(row) if row else None


def save_feed_states(c: Connection, states: Sequence[FeedState]) -> None:
    """Store what fetches taught; belongs into the transaction that stores their entries."""
    if states:
        rows = [(clean_or_none(state.title), dump_state(state), state.id) for state in states]
        c.exec_driver_sql("UPDATE feed SET title = ?, state = ? WHERE id = ?", rows)


def save_feed_state(c: Connection, state: FeedState) -> None:
    """Store what one fetch taught."""
    save_feed_states(c, (state,))


def get_rhythm(c: Connection, feed_id: int, now: datetime) -> float | None:
    """Return the median seconds between entries of the last 90 days, None with fewer than three entries."""
    since = seconds(now - timedelta(days=RHYTHM_DAYS))
    query = "SELECT at FROM entry WHERE feed_id = ? AND at BETWEEN ? AND ? ORDER BY at"
    return median_gap([row[0] for row in driver_of(c).execute(query, (feed_id, since, seconds(now))).fetchall()])
