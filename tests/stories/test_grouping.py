"""One event, one story: incremental, free of order, and bound by what an editor decided."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import NOW, make_entry
from tests.stories.told import TOLD, told_entries, told_features
from watcher.model.decision import Act, Decision
from watcher.model.story import Features, Grouping
from watcher.stories.candidates import NEIGHBOURS, pair_candidates
from watcher.stories.features import make_features
from watcher.stories.grouping import group

ALL = told_features()


def partition(grouping: Grouping) -> set[frozenset[int]]:
    """Return which entries are together."""
    stories: dict[str, set[int]] = defaultdict(set)
    for assignment in grouping.assignments:
        stories[assignment.story].add(assignment.entry_id)
    return {frozenset(members) for members in stories.values()}


def expected() -> set[frozenset[int]]:
    """Return the partition that the articles were written for."""
    events: dict[str, set[int]] = defaultdict(set)
    for number, told in enumerate(TOLD, 1):
        events[told[0]].add(number)
    return {frozenset(members) for members in events.values()}


def archived(features: tuple[Features, ...]) -> tuple[Features, ...]:
    """Return features with the story that grouping gave them."""
    stories = {item.entry_id: item.story for item in group(features, ()).assignments}
    return tuple(replace(item, story=stories[item.entry_id]) for item in features)


def decide(act: Act, *entries: int, id: int = 1) -> Decision:  # noqa: A002 - the field's name
    """Make a decision."""
    return Decision(id=id, act=act, entries=entries, at=NOW)


def test_one_event_is_one_story_and_lookalikes_stay_apart() -> None:
    """French and English meet; another order, wind farm or package is another event."""
    assert partition(group(ALL, ())) == expected()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_a_batch_does_not_matter(batch: list[Features]) -> None:
    """Any order gives the same assignments, byte for byte."""
    assert group(tuple(batch), ()) == group(ALL, ())


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sets(st.sampled_from(ALL), min_size=1))
def test_every_new_entry_gets_one_story(batch: set[Features]) -> None:
    """Grouping is a partition of the new entries, whatever is in the archive."""
    archive = archived(tuple(item for item in ALL if item not in batch))
    assigned = [item.entry_id for item in group(tuple(batch), archive).assignments]
    assert sorted(assigned) == sorted(item.entry_id for item in batch)


def test_a_new_entry_joins_the_story_of_the_archive() -> None:
    """The archive's id goes on, and the reason says what is shared."""
    archive = archived(ALL[:2])
    (joined,) = group((ALL[2],), archive).assignments
    assert joined.story == "s1"
    assert any("altara" in reason for reason in joined.reasons)


def test_an_id_is_the_smallest_entry_and_never_changes() -> None:
    """A story keeps its id when an entry with a smaller id joins it later."""
    archive = archived(ALL[1:3])
    assert {item.story for item in archive} == {"s2"}
    assert group((ALL[0],), archive).assignments[0].story == "s2"


def test_a_new_entry_bridges_two_stories() -> None:
    """Two stories of the archive that tell of one event merge; the older goes on."""
    twins = tuple(replace(ALL[index], entry_id=index + 1, story=f"s{index + 1}") for index in (0, 2))
    bridge = replace(ALL[2], entry_id=50)
    grouping = group((bridge,), twins)
    assert grouping.merged == (("s3", "s1"),)
    assert grouping.assignments[0].story == "s1"


def test_the_archive_is_not_taken_apart() -> None:
    """Entries that were together stay so, though they are unlike; only new entries are assigned."""
    archive = tuple(replace(item, story="s4") for item in (ALL[3], ALL[6]))
    assert group((), archive) == Grouping()


def test_merge_binds() -> None:
    """What an editor merged is one story in every later run."""
    merged = partition(group(ALL, (), (decide("merge", 4, 6),)))
    assert any({4, 6} <= members for members in merged)


def test_split_binds() -> None:
    """What an editor split stays apart, and nothing joins them again by another way."""
    apart = partition(group(ALL, (), (decide("split", 1, 3),)))
    assert not any({1, 3} <= members for members in apart)


def test_the_later_decision_has_the_last_word() -> None:
    """A merge after a split undoes it, and the other way round."""
    split, merge = decide("split", 1, 3, id=1), decide("merge", 1, 3, id=2)
    assert any({1, 3} <= members for members in partition(group(ALL, (), (merge, split))))
    later = replace(split, at=NOW + timedelta(hours=1))
    assert not any({1, 3} <= members for members in partition(group(ALL, (), (later, merge))))


def test_a_split_in_the_archive_moves_the_later_entry() -> None:
    """The oldest entry keeps the story, the other gets one of its own."""
    archive = archived(ALL[:3])
    grouping = group((), archive, (decide("split", 1, 2),))
    moved = {item.entry_id: item.story for item in grouping.assignments}
    assert moved[2] not in {"s1", None}
    assert 1 not in moved


def test_a_merge_in_the_archive_ends_a_story() -> None:
    """Two archived stories merged by an editor are one, the older id goes on."""
    archive = archived((ALL[3], ALL[5]))
    assert group((), archive, (decide("merge", 4, 6),)).merged == (("s6", "s4"),)


def test_copies_are_known_as_copies() -> None:
    """A syndicated text points at the earliest of its copies."""
    entry = told_entries()[3]
    copy = replace(entry, id=90, publisher="Agency", url="https://www.example.org/90", published=NOW)
    grouping = group((make_features(entry, None), make_features(copy, None)), ())
    assert {item.entry_id: item.copy_of for item in grouping.assignments} == {4: None, 90: 4}


def test_events_far_apart_in_time_stay_apart() -> None:
    """The same words three weeks later are another event, unless the text is the same."""
    later = replace(told_entries()[2], id=70, published=NOW + timedelta(days=20))
    assert len(partition(group((ALL[0], make_features(later, None)), ()))) == 2


@pytest.mark.parametrize("title", ["", "Drone", "无人机在城市上空飞行", "🚁🚁🚁", "!!!", "a" * 5000, "12 34 56"])
def test_strange_entries_neither_break_nor_gather(title: str) -> None:
    """No text, one word, an unknown script: each stands for itself unless it is a copy."""
    entries = [make_entry(number, title=title, url=f"https://www.example.org/{number}") for number in (1, 2)]
    grouping = group(tuple(make_features(entry, None) for entry in entries), ())
    assert len(grouping.assignments) == 2


def test_thousands_of_copies_stay_cheap() -> None:
    """Copies are compared with their neighbours only, and make one story."""
    entry = told_entries()[3]
    copies = tuple(
        make_features(replace(entry, id=number, url=f"https://www.example.org/{number}"), None)
        for number in range(1, 1501)
    )
    pairs = pair_candidates(copies, ())
    assert len(pairs) <= NEIGHBOURS * len(copies)
    assert len(partition(group(copies, ()))) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Energy outlook, part four: storage on the grid", "Energy outlook, part eleven: storage at home"),
        ("La Matinale des mers, lundi 29 janvier", "La Matinale des mers, mardi 30 janvier"),
        ("Turbiona picks jack-up vessel", "Turbiona secures Vietnamese orders"),
        ("Baltic Wind: Halden Bank survey starts", "Baltic Wind: ministers meet fishermen in Esbjerg"),
    ],
)
def test_what_only_opens_alike_stays_apart(a: str, b: str) -> None:
    """Parts of a series, daily columns, one company's news and headings bring no two events together."""
    entries = [
        make_entry(number, title=title, url=f"https://www.example.org/{number}", publisher=f"Paper {number % 2}")
        for number, title in enumerate((a, b), 1)
    ]
    assert len(partition(group(tuple(make_features(entry, None) for entry in entries), ()))) == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(min_value=1, max_value=len(ALL)))
def test_small_batches_find_what_one_big_one_finds(size: int) -> None:
    """Fed a few at a time in time order, with what came before as background, articles come together all the same."""
    ordered = sorted(ALL, key=lambda item: item.at)
    archive: tuple[Features, ...] = ()
    for start in range(0, len(ordered), size):
        batch = tuple(ordered[start : start + size])
        grouping = group(batch, archive, background=archive)
        stories = {item.entry_id: item.story for item in grouping.assignments}
        ends = dict(grouping.merged)
        kept = tuple(replace(item, story=ends.get(item.story or "", item.story)) for item in archive)
        archive = (*kept, *(replace(item, story=stories[item.entry_id]) for item in batch))
    together = defaultdict(set)
    for item in archive:
        together[item.story].add(item.entry_id)
    assert {frozenset(members) for members in together.values()} == expected()


def test_a_split_binds_whatever_the_background() -> None:
    """Entries that show what is common are never grouped, and no decision is lost over them."""
    grouping = group(ALL[:3], (), (decide("split", 1, 3),), background=ALL)
    assert sorted(item.entry_id for item in grouping.assignments) == [1, 2, 3]
    assert not any({1, 3} <= members for members in partition(grouping))
