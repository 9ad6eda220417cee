"""Counts of entities by week, on stories and not on articles."""

from datetime import timedelta

from tests.make import NOW, make_parsed_entry
from watcher.model.entry import ParsedFeed
from watcher.model.mention import Annotation, Mention
from watcher.model.story import Assignment, Grouping
from watcher.model.topic import TopicMatch
from watcher.store.annotations import save_annotations
from watcher.store.database import Database
from watcher.store.entries import save_entries
from watcher.store.stories import save_grouping
from watcher.store.trends import EntityCount, count_entities_by_week, count_stories_by_week
from watcher.store.work import mark_matched

WEEK = timedelta(weeks=1)
WEEKS = ((NOW - 2 * WEEK, NOW - WEEK), (NOW - WEEK, NOW))


def test_an_event_told_often_counts_once(database: Database, feed_id: int) -> None:
    """Three articles of one story count one, an article without a story counts for itself, figures do not count."""
    days = (1, 2, 3, 4, 8, 20)
    entries = tuple(make_parsed_entry(str(day), published=NOW - timedelta(days=day)) for day in days)
    named = Mention(kind="ORG", text="Exail", start=0, end=5, entity="exail")
    figure = Mention(kind="QUANTITY", text="15 MW", start=0, end=5, entity="15 mw")
    with database.write() as c:
        new = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=entries), NOW).new
        mark_matched(c, "r", [(one, (TopicMatch(topic="drones", score=1.0),)) for one in new])
        save_annotations(
            c, [(one, str(one), Annotation(language="fr", mentions=(named, named, figure), model="m")) for one in new]
        )
        save_grouping(c, Grouping(assignments=tuple(Assignment(entry_id=one, story="s1") for one in new[:3])), NOW)
        assert count_entities_by_week(c, "drones", WEEKS) == (
            EntityCount(key="exail", name="Exail", kind="ORG", counts=(1, 2)),
        )
        assert count_stories_by_week(c, "drones", WEEKS) == (1, 2)
        assert count_entities_by_week(c, "optics", WEEKS) == ()
