"""Stories and candidates: memberships with their dates, merges that lead on, rare keys before common ones."""

from datetime import timedelta

import pytest

from tests.make import NOW, make_parsed_entry
from watcher.model.entry import ParsedFeed
from watcher.model.story import Assignment, Features, Grouping, Story
from watcher.model.topic import TopicMatch
from watcher.store.database import Connection, Database
from watcher.store.decisions import list_decisions, save_decision
from watcher.store.entries import save_entries
from watcher.store.stories import (
    find_candidates,
    get_assignments,
    get_features,
    get_stories,
    get_story_of,
    list_features_before,
    list_stories,
    save_features,
    save_grouping,
)
from watcher.store.work import mark_matched

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


def assign(c: Connection, story: str, *entries: int, hours: int = 0) -> None:
    """Put entries into a story some hours after now."""
    assignments = tuple(Assignment(entry_id=one, story=story, reasons=("same names",)) for one in entries)
    save_grouping(c, Grouping(assignments=assignments), NOW + hours * HOUR)


def members(stories: tuple[Story, ...]) -> dict[str, tuple[int, ...]]:
    """Return members by story."""
    return {one.id: one.members for one in stories}


def test_assignments_come_back_with_their_reasons(database: Database, ids: tuple[int, ...]) -> None:
    """Entry, story, reasons and the original of a copy are kept; saying it again changes nothing."""
    copy = Assignment(entry_id=ids[1], story="s1", reasons=("same text",), copy_of=ids[0])
    with database.write() as c:
        assign(c, "s1", ids[0])
        save_grouping(c, Grouping(assignments=(copy,)), NOW)
        save_grouping(c, Grouping(assignments=(copy,)), NOW + HOUR)
        assert get_assignments(c, ids)[ids[1]] == copy
        assert get_story_of(c, ids) == {ids[0]: "s1", ids[1]: "s1"}
        assert len(list_stories(c, as_of=NOW)) == 1


def test_a_merged_story_leads_to_the_one_that_goes_on(database: Database, ids: tuple[int, ...]) -> None:
    """Merges may chain, in one batch or over several; every old id answers with the last story."""
    with database.write() as c:
        for number, one in enumerate(ids):
            assign(c, f"s{number}", one)
        save_grouping(c, Grouping(merged=(("s0", "s1"), ("s1", "s2"))), NOW + HOUR)
        save_grouping(c, Grouping(merged=(("s2", "s3"),)), NOW + 2 * HOUR)
        assert members(get_stories(c, ("s0", "s2", "s3", "unknown"))) == {"s3": ids}
        assert set(get_story_of(c, ids).values()) == {"s3"}


def test_a_new_entry_that_bridges_two_stories(database: Database, ids: tuple[int, ...]) -> None:
    """An assignment to a story that ends in the same batch lands in the one that goes on."""
    with database.write() as c:
        assign(c, "s1", ids[0])
        assign(c, "s2", ids[1])
        bridge = Assignment(entry_id=ids[2], story="s2")
        save_grouping(c, Grouping(assignments=(bridge,), merged=(("s2", "s1"),)), NOW + HOUR)
        assert members(list_stories(c)) == {"s1": ids[:3]}


def test_the_past_can_be_asked_for(database: Database, ids: tuple[int, ...]) -> None:
    """Memberships of an earlier moment come back after merges, splits and pins."""
    with database.write() as c:
        assign(c, "s1", *ids[:2])
        assign(c, "s2", ids[2], hours=2)
        save_grouping(c, Grouping(merged=(("s2", "s1"),)), NOW + 4 * HOUR)
        assign(c, "s3", ids[0], hours=6)
        save_decision(c, "pin", (ids[1],), NOW + 6 * HOUR)
        found = [members(list_stories(c, as_of=NOW + hours * HOUR)) for hours in (1, 3, 5, 7)]
        pinned = [list_stories(c, as_of=NOW + hours * HOUR)[-1].pinned for hours in (5, 7)]
    assert found[0] == {"s1": ids[:2]}
    assert found[1] == {"s1": ids[:2], "s2": ids[2:3]}
    assert found[2] == {"s1": ids[:3]}
    assert found[3] == {"s1": ids[1:3], "s3": ids[:1]}
    assert pinned == [False, True]


def test_a_week_holds_what_it_knew(database: Database, feed_id: int) -> None:
    """Stories of a week have a member in it, bring earlier members along, and none of the weeks after."""
    entries = tuple(make_parsed_entry(str(weeks), published=NOW - weeks * WEEK) for weeks in (3, 2, 1))
    with database.write() as c:
        old, middle, late = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=entries), NOW).new
        mark_matched(c, "r", [(middle, (TopicMatch(topic="drones", score=1.0),))])
        assign(c, "s1", old, middle, late)
        week = {"since": NOW - 2 * WEEK, "until": NOW - WEEK}
        found = list_stories(c, topic="drones", **week)
        assert members(found) == {"s1": (old, middle)}
        assert (found[0].first_at, found[0].last_at) == (NOW - 3 * WEEK, NOW - 2 * WEEK)
        assert list_stories(c, topic="optics", **week) == ()
        assert list_stories(c, topic="drones", since=NOW - WEEK) == ()
        assert members(list_stories(c, since=NOW - WEEK)) == {"s1": (old, middle, late)}


@pytest.mark.parametrize(
    ("acts", "pinned", "hidden"),
    [
        ((), False, False),
        (("pin",), True, False),
        (("pin", "unpin"), False, False),
        (("hide", "pin"), True, True),
        (("hide", "unhide"), False, False),
    ],
)
def test_pins_and_hides_follow_the_last_decision(
    database: Database, ids: tuple[int, ...], acts: tuple[str, ...], pinned: bool, hidden: bool
) -> None:
    """Decisions name entries, so they hold whatever story these are in."""
    with database.write() as c:
        assign(c, "s1", *ids[:2])
        for act in acts:
            save_decision(c, act, (ids[1],), NOW)  # type: ignore[arg-type] # acts of this test
        assign(c, "s2", *ids[:2], hours=1)
        found = get_stories(c, ("s2",))[0]
    assert (found.pinned, found.hidden) == (pinned, hidden)


def test_a_decision_on_one_topic_leaves_others_alone(database: Database, ids: tuple[int, ...]) -> None:
    """A story hidden on drones is shown on optics."""
    with database.write() as c:
        both = tuple(TopicMatch(topic=topic, score=1.0) for topic in ("drones", "optics"))
        mark_matched(c, "r", [(ids[0], both)])
        assign(c, "s1", ids[0])
        save_decision(c, "hide", ids[:1], NOW, topic="drones", by="officer", note="Seen.")
        assert [list_stories(c, topic=topic)[0].hidden for topic in ("drones", "optics")] == [True, False]
        made = list_decisions(c, entries=ids)[0]
        assert (made.act, made.entries, made.by, made.note, made.at) == ("hide", ids[:1], "officer", "Seen.", NOW)
        assert list_decisions(c, entries=ids[1:]) == list_decisions(c, as_of=NOW - HOUR) == ()


def features(entry_id: int, *keys: str, days: float = 0) -> Features:
    """Return features with every field filled."""
    return Features(
        entry_id=entry_id,
        at=NOW - timedelta(days=days),
        language="fr",
        publisher="A",
        url="https://a.example/",
        keys=keys,
        title=("éolien", "mer"),
        terms=(("éolien", 0.5),),
        entities=("rte",),
        places=("brest",),
        figures=("15 MW",),
        actions=("award",),
        shingles=(0, 2**63),
    )


def test_features_come_back_whole_with_their_story(database: Database, ids: tuple[int, ...]) -> None:
    """Candidates are what was saved, and know the story their entry is in now."""
    with database.write() as c:
        save_features(c, (features(ids[0], "a"),))
        assert find_candidates(c, ("a",), NOW, NOW) == (features(ids[0], "a"),)
        assign(c, "s1", ids[0])
        assert get_features(c, ids)[ids[0]].story == "s1"


def test_candidates_share_a_key_within_the_window(database: Database, ids: tuple[int, ...]) -> None:
    """Other keys and other times are left out, rare keys come first, and features saved again replace the old."""
    with database.write() as c:
        save_features(
            c, (features(ids[0], "a", "b"), features(ids[1], "a"), features(ids[2], "c"), features(ids[3], "a", days=9))
        )
        found = find_candidates(c, ("a", "b", "zzz"), NOW - timedelta(days=3), NOW)
        assert [one.entry_id for one in found] == list(ids[:2])
        assert len(find_candidates(c, ("a", "b"), NOW - timedelta(days=3), NOW, limit=1)) == 1
        save_features(c, (features(ids[0], "d"),))
        assert find_candidates(c, ("b",), NOW, NOW) == find_candidates(c, (), NOW, NOW) == ()


def test_what_came_before_is_read_from_grouped_entries(database: Database, ids: tuple[int, ...]) -> None:
    """The latest grouped entries come back whatever their keys, bounded; those in no story yet do not."""
    with database.write() as c:
        save_features(c, [features(one, "a") for one in ids])
        assign(c, "s1", ids[0])
    with database.read() as c:
        assert [one.entry_id for one in list_features_before(c, NOW + timedelta(days=9), 5)] == [ids[0]]
        assert list_features_before(c, NOW - timedelta(days=900), 5) == ()
        assert list_features_before(c, NOW + timedelta(days=9), 0) == ()


def test_too_common_keys_are_skipped(database: Database, feed_id: int) -> None:
    """A key that hundreds of entries of the window share finds nobody; a rare one of the same entries still does."""
    entries = tuple(make_parsed_entry(str(number)) for number in range(320))
    with database.write() as c:
        new = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=entries), NOW).new
        save_features(c, tuple(features(one, "common", f"own {one}", days=one % 2) for one in new))
        day = timedelta(hours=12)
        assert find_candidates(c, ("common",), NOW - 2 * day, NOW) == ()
        assert len(find_candidates(c, ("common", "x"), NOW - day, NOW)) == 160
        assert len(find_candidates(c, ("common", f"own {new[0]}"), NOW - 2 * day, NOW)) == 1
