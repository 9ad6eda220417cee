"""Find of which earlier printed story a new one is the sequel."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from watcher.digest.period import next_week
from watcher.model.edition import Week
from watcher.model.topic import Topic
from watcher.store.annotations import get_annotations
from watcher.store.database import Connection
from watcher.store.editions import get_printed
from watcher.store.entries import get_entries
from watcher.stories.affairs import closeness, common_things, continues, turns_on
from watcher.stories.changes import Told

WEEKS = 8  # an affair that rested longer is told from its beginning again


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """What was printed of an affair: its last story and the week of it."""

    week: Week
    told: tuple[Told, ...]


def find_affairs(
    connection: Connection, topic: Topic, week: Week, stories: Mapping[str, tuple[Told, ...]]
) -> dict[str, Affair]:
    """Return for each of ``stories`` (none printed yet) the printed story that it goes on from, if any.

    One that shares more than the name comes first, then the latest.
    """
    printed = _printed(connection, topic.key, week)
    terms = (*topic.match.any, *topic.match.all)
    turns = [turns_on(affair.told, terms) for affair in printed]
    common = common_things(turns)
    found = {}
    for story, told in stories.items():
        later = turns_on(told, terms)
        near = [
            (closeness(later, earlier), affair)
            for affair, earlier in zip(printed, turns, strict=True)
            if continues(later, earlier, common) is not None
        ]
        if near:
            found[story] = max(near, key=lambda pair: (pair[0][0], pair[1].week, pair[0][1]))[1]
    return found


def _printed(connection: Connection, topic: str, week: Week) -> list[Affair]:
    """Return the stories of the last editions, newest first."""
    found = []
    for number in range(1, WEEKS + 1):
        before = next_week(week, -number)
        stories: dict[str, list[int]] = defaultdict(list)
        for entry, story in get_printed(connection, topic, before).items():
            stories[story].append(entry)
        ids = tuple(entry for entries in stories.values() for entry in entries)
        entries = {entry.id: entry for entry in get_entries(connection, ids)}
        annotations = get_annotations(connection, ids)
        found += [
            Affair(week=before, told=tuple((entries[one], annotations.get(one)) for one in members if one in entries))
            for _, members in sorted(stories.items())
        ]
    return found
