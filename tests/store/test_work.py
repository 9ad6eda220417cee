"""What is still to do, and that doing it twice changes nothing."""

from datetime import timedelta

from tests.make import NOW, make_parsed_entry
from watcher.model.entry import ParsedFeed
from watcher.model.mention import Annotation
from watcher.model.story import Assignment, Grouping
from watcher.model.topic import TopicMatch
from watcher.store.annotations import save_annotations
from watcher.store.database import Database
from watcher.store.entries import list_entries, save_entries
from watcher.store.stories import save_grouping
from watcher.store.work import (
    Backlog,
    count_all,
    count_backlog,
    get_matches,
    list_unannotated,
    list_ungrouped,
    list_unmatched,
    mark_matched,
    mark_unannotatable,
)

ON_DRONES = (TopicMatch(topic="drones", score=0.9, reasons=("title: drone",)),)


def test_entries_wait_until_they_are_matched(database: Database, ids: tuple[int, ...]) -> None:
    """New entries wait for matching, matched ones with a topic for a story, grouped ones for nothing."""
    with database.write() as c:
        assert list_unmatched(c, "r1", since=NOW) == ids
        mark_matched(c, "r1", [(ids[0], ON_DRONES), (ids[1], ())])
        mark_matched(c, "r1", [])
        assert list_unmatched(c, "r1", since=NOW) == ids[2:]
        assert list_ungrouped(c) == ids[:1]
        assert count_backlog(c) == Backlog(unmatched=2, ungrouped=1, failed=0)
        save_grouping(c, Grouping(assignments=(Assignment(entry_id=ids[0], story="s1"),)), NOW)
        assert list_ungrouped(c) == ()


def test_new_rules_reach_back_only_so_far(database: Database, feed_id: int) -> None:
    """Entries matched with other rules come again when they are recent enough, after those never matched."""
    entries = tuple(make_parsed_entry(str(day), published=NOW - timedelta(days=day)) for day in (1, 5, 9))
    with database.write() as c:
        new = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=entries), NOW).new
        mark_matched(c, "r1", [(one, ()) for one in new])
        later = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=(make_parsed_entry("later"),)), NOW).new
        assert list_unmatched(c, "r2", since=NOW - timedelta(days=6)) == (*later, new[1], new[0])
        assert list_unmatched(c, "r2", since=NOW - timedelta(days=6), limit=2) == (*later, new[1])


def test_matching_again_replaces(database: Database, ids: tuple[int, ...]) -> None:
    """The last rules decide alone; topics come best first with their reasons."""
    both = (TopicMatch(topic="optics", score=0.5), *ON_DRONES)
    with database.write() as c:
        mark_matched(c, "r1", [(ids[0], both)])
        assert get_matches(c, ids[:2]) == {ids[0]: (ON_DRONES[0], both[0]), ids[1]: ()}
        assert [one.id for one in list_entries(c, topic="optics")] == [ids[0]]
        mark_matched(c, "r2", [(ids[0], ())])
        assert get_matches(c, ids[:1]) == {ids[0]: ()}
        assert list_ungrouped(c) == ()


def test_an_edit_is_matched_again(database: Database, feed_id: int, ids: tuple[int, ...]) -> None:
    """Changed text goes through the pipeline again, unchanged neighbours do not."""
    with database.write() as c:
        mark_matched(c, "r1", [(one, ON_DRONES) for one in ids])
        edited = make_parsed_entry("One", summary="More to say")
        save_entries(c, feed_id, ParsedFeed(format="rss20", entries=(edited,)), NOW)
        assert list_unmatched(c, "r1", since=NOW) == ids[:1]


def test_an_entry_is_annotated_at_most_three_times(database: Database, ids: tuple[int, ...]) -> None:
    """After three failures, told by the caller or by the annotation, an entry is left to rules alone."""
    broken = Annotation(language=None, error="The text broke the pipeline.")
    with database.write() as c:
        mark_matched(c, "r1", [(one, ON_DRONES) for one in ids[:2]])
        save_annotations(c, [(ids[1], "h", Annotation(language="en", model="m"))])
        assert list_unannotated(c) == ids[:1]
        assert not mark_unannotatable(c, ids[0], "Killed.")
        save_annotations(c, [(ids[0], "h", broken)])
        assert list_unannotated(c) == ids[:1]
        assert mark_unannotatable(c, ids[0], "Killed.")
        assert list_unannotated(c) == ()
        assert count_backlog(c).failed == 1


def test_counts_of_everything(database: Database, ids: tuple[int, ...]) -> None:
    """Doctor's counts leave out inactive feeds and merged stories."""
    with database.write() as c:
        save_grouping(c, Grouping(assignments=tuple(Assignment(entry_id=one, story=f"s{one}") for one in ids)), NOW)
        save_grouping(c, Grouping(merged=((f"s{ids[0]}", f"s{ids[1]}"),)), NOW)
        assert count_all(c) == {"feeds": 1, "entries": 4, "stories": 3, "editions": 0}
