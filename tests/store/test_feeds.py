"""Feeds: in and out of feeds.yaml, their state, and how they fare."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.make import NOW, make_feed, make_parsed_entry
from watcher.model.edition import Week
from watcher.model.entry import ParsedFeed
from watcher.model.feed import FeedHealth, FeedState, Validators
from watcher.store.database import Database
from watcher.store.editions import mark_printed
from watcher.store.entries import count_entries, save_entries
from watcher.store.feeds import (
    get_feed_state,
    get_rhythm,
    list_feed_health,
    list_feed_states,
    reactivate_feed,
    save_feed_state,
    sync_feeds,
)

URL = "https://www.example.org/feed/"


def state_of(database: Database, feed_id: int) -> FeedState:
    """Return the state of a feed by id."""
    with database.read() as c:
        return next(state for state in list_feed_states(c, inactive=True) if state.id == feed_id)


def learn(database: Database, feed_id: int, **changes: object) -> None:
    """Change the state of a feed."""
    with database.write() as c:
        save_feed_state(c, replace(state_of(database, feed_id), **changes))  # type: ignore[arg-type] # any field


def publish(database: Database, feed_id: int, *days: float) -> tuple[int, ...]:
    """Store an entry for each number of days before now."""
    entries = tuple(make_parsed_entry(f"{day} days ago", published=NOW - timedelta(days=day)) for day in days)
    with database.write() as c:
        return save_entries(c, feed_id, ParsedFeed(format="rss20", entries=entries), NOW).new


def health_of(database: Database) -> FeedHealth:
    """Return the health of the only feed."""
    with database.read() as c:
        return list_feed_health(c, NOW)[0]


def test_a_state_comes_back_whole(database: Database, feed_id: int) -> None:
    """Validators are kept exactly as sent, times and counts survive."""
    kept = replace(
        FeedState(id=feed_id, url=URL),
        title="Éolien \N{WIND BLOWING FACE}",
        validators=Validators(etag='W/"a,b"', last_modified="Mon, 23 Nov 2026 06:00:00 GMT"),
        next_due=NOW,
        failures=3,
        error="Timeout.",
        interval=7200.5,
    )
    with database.write() as c:
        save_feed_state(c, kept)
    assert state_of(database, feed_id) == kept


def test_a_removed_feed_keeps_entries_and_returns_with_its_history(database: Database, feed_id: int) -> None:
    """Out of feeds.yaml a feed is inactive; back in, it has its id, its validators and its entries."""
    publish(database, feed_id, 1, 2)
    learn(database, feed_id, validators=Validators(etag="x"), gone_at=NOW)
    with database.write() as c:
        sync_feeds(c, (make_feed("https://other.example/"),), NOW)
        assert [state.url for state in list_feed_states(c)] == ["https://other.example/"]
        assert count_entries(c) == 2
        assert list_feed_health(c, NOW)[-1].status == "inactive"
        sync_feeds(c, (make_feed(URL),), NOW)
        back = list_feed_states(c)[0]
    assert (back.id, back.validators.etag, back.gone_at) == (feed_id, "x", None)


def test_syncing_again_changes_nothing(database: Database, feed_id: int) -> None:
    """A reload of the same file leaves states alone."""
    learn(database, feed_id, next_due=NOW, failures=2)
    before = state_of(database, feed_id)
    with database.write() as c:
        sync_feeds(c, (make_feed(URL, "drones"),), NOW)
    assert state_of(database, feed_id) == before


def test_an_empty_file_makes_all_feeds_inactive(database: Database, feed_id: int) -> None:
    """No feed at all is a valid state of feeds.yaml."""
    with database.write() as c:
        sync_feeds(c, (), NOW)
        assert list_feed_states(c) == ()


def test_a_gone_feed_can_be_asked_again(database: Database, feed_id: int) -> None:
    """Reactivating clears 410, failures and the waiting time; an unknown address is told."""
    learn(database, feed_id, gone_at=NOW, failures=4, error="Gone.", next_due=NOW)
    with database.write() as c:
        assert reactivate_feed(c, URL)
        assert not reactivate_feed(c, "https://unknown.example/")
        state = get_feed_state(c, URL)
    assert state == FeedState(id=feed_id, url=URL)


@pytest.mark.parametrize(("days", "rhythm"), [((1, 2), None), ((1, 2, 4), 1.5), ((1, 2, 3, 200), 1.0)])
def test_rhythm_is_the_median_pause(
    database: Database, feed_id: int, days: tuple[float, ...], rhythm: float | None
) -> None:
    """Only the last ninety days count, and fewer than three entries make no rhythm."""
    publish(database, feed_id, *days)
    with database.read() as c:
        found = get_rhythm(c, feed_id, NOW)
    assert found == (None if rhythm is None else rhythm * 86400)


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (range(1, 30), "ok"),
        (range(13, 40), "ok"),  # daily, quiet for less than two weeks
        (range(15, 40), "silent"),
        (range(20, 120, 7), "ok"),  # weekly, under four weeks
        (range(29, 120, 7), "silent"),
        (range(100, 900, 90), "ok"),  # quarterly
        ((20, 21, 22, 23, 40, 41, 42), "ok"),  # paused for 17 days once
        ((*range(29, 120, 7), 2500), "silent"),  # an old page that stayed in the feed
        ((80, 90), "ok"),  # too few to have a rhythm
        ((100, 110), "silent"),
    ],
)
def test_silence_is_judged_by_the_feeds_own_rhythm(database: Database, feed_id: int, days: range, status: str) -> None:
    """A feed is silent after two weeks, four usual pauses and one and a half of its longest, not before."""
    publish(database, feed_id, *days)
    learn(database, feed_id, last_success=NOW)
    found = health_of(database)
    assert found.status == status
    if status == "silent":
        assert found.since == NOW - timedelta(days=min(days))
        assert str(min(days)) in (found.detail or "")


def test_statuses_in_words(database: Database, feed_id: int) -> None:
    """New, failing, gone and odd feeds say so, the most serious first."""
    assert health_of(database).status == "new"
    learn(database, feed_id, last_success=NOW, warning="No dates.")
    assert (health_of(database).status, health_of(database).detail) == ("ok", "No dates.")
    learn(database, feed_id, failures=2, error="It answers 500.", error_since=NOW - timedelta(days=2))
    failing = health_of(database)
    assert (failing.status, failing.detail, failing.since) == ("failing", "It answers 500.", NOW - timedelta(days=2))
    learn(database, feed_id, gone_at=NOW)
    assert health_of(database).status == "gone"
    assert "410" in (health_of(database).detail or "")


def test_health_counts_what_reached_print(database: Database, feed_id: int) -> None:
    """Entries and printed entries are counted per feed, each entry once over topics and weeks."""
    ids = publish(database, feed_id, 1, 2, 3)
    with database.write() as c:
        for topic, number in (("drones", 46), ("drones", 47), ("optics", 47)):
            mark_printed(c, topic, Week(year=2026, number=number), [(ids[0], "s1")])
        mark_printed(c, "drones", Week(year=2026, number=48), [(ids[1], "s2")])
    found = health_of(database)
    assert (found.entries, found.printed, found.topics, found.rhythm_days) == (3, 2, ("drones",), 1.0)
