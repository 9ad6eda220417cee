"""What each feed brings, counted in stories."""

from datetime import timedelta

from tests.make import NOW, make_feed, make_parsed_entry
from watcher.model.edition import Week
from watcher.model.entry import ParsedFeed
from watcher.model.story import Assignment, Grouping
from watcher.model.topic import TopicMatch
from watcher.store.database import Database
from watcher.store.editions import forget_editions, get_printed, mark_printed
from watcher.store.entries import save_entries
from watcher.store.feeds import list_feed_states, sync_feeds
from watcher.store.returns import list_feed_returns
from watcher.store.stories import save_grouping
from watcher.store.work import mark_matched

WEEK = Week(year=2026, number=47)


def test_a_feed_is_measured_by_its_stories(database: Database) -> None:
    """First with one story by six hours, alone with another, copied once; the other feed was never first."""
    with database.write() as c:
        sync_feeds(c, (make_feed("https://a.example/"), make_feed("https://b.example/")), NOW)
        first, second = (state.id for state in list_feed_states(c))
        early = make_parsed_entry("Event", published=NOW - timedelta(hours=9))
        alone = make_parsed_entry("Alone", published=NOW - timedelta(hours=8))
        late = make_parsed_entry("Event", published=NOW - timedelta(hours=3))
        a1, a2 = save_entries(c, first, ParsedFeed(format="rss20", entries=(early, alone)), NOW).new
        (b1,) = save_entries(c, second, ParsedFeed(format="rss20", entries=(late,)), NOW).new
        mark_matched(c, "r", [(one, (TopicMatch(topic="drones", score=1.0),)) for one in (a1, a2, b1)])
        places = ((a1, "s1", None), (b1, "s1", a1), (a2, "s2", None))
        placed = tuple(Assignment(entry_id=one, story=story, copy_of=copy) for one, story, copy in places)
        save_grouping(c, Grouping(assignments=placed), NOW)
        mark_printed(c, "drones", WEEK, [(a1, "s1")])
        best, other = list_feed_returns(c, since=NOW - timedelta(days=7), until=NOW + timedelta(days=1))
        assert (best.stories, best.alone, best.first, best.lead_hours, best.printed_share) == (2, 1, 1, 6.0, 0.5)
        assert (other.stories, other.alone, other.first, other.copies, other.sole_topics) == (1, 0, 0, 1, ())
        assert best.sole_topics == ("drones",)
        forget_editions(c, [WEEK])
        assert get_printed(c, "drones", WEEK) == {}
