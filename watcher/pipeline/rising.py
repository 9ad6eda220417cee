"""What rises on a topic: entities and terms of this week's stories against the eight weeks before."""

from collections.abc import Iterable
from datetime import datetime

from watcher.digest.period import next_week, week_bounds
from watcher.model.edition import Link, Week
from watcher.model.entry import Entry
from watcher.model.mention import Annotation, Entity
from watcher.model.story import Trend
from watcher.model.topic import Topic
from watcher.store.annotations import get_annotations, get_entity_names
from watcher.store.database import Connection
from watcher.store.entries import list_entries
from watcher.store.stories import get_story_of
from watcher.store.trends import count_stories_by_week
from watcher.trends import WEEKS, Sighting, link_entities, rank_trends, tally, terms_of

READ = 300  # newest entries of each week: enough to count what rises, and a bound on the time of an edition
KINDS = ("ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT")
LINKED = ("ORG", "PRODUCT", "PROJECT", "EVENT")


def find_trends(connection: Connection, topic: Topic, week: Week, zone: str) -> tuple[Trend, ...]:
    """Return what rises in ``week``, strongest first."""
    bounds = tuple(week_bounds(next_week(week, -ago), zone) for ago in range(WEEKS, -1, -1))
    sightings: list[Sighting] = []
    for ago, (start, end) in enumerate(reversed(bounds)):
        sightings += _sightings(connection, topic.key, start, end, ago)
    totals = count_stories_by_week(connection, topic.key, bounds)
    own = (*topic.match.any, *topic.match.all, *(name for _, name in topic.names))
    return rank_trends(tally(sightings), totals[-1], totals[:-1], own=own)


def _sightings(connection: Connection, topic: str, start: datetime, end: datetime, ago: int) -> Iterable[Sighting]:
    entries = list_entries(connection, topic=topic, since=start, until=end, limit=READ)
    ids = tuple(entry.id for entry in entries)
    annotations, stories = get_annotations(connection, ids), get_story_of(connection, ids)
    names = get_entity_names(connection, {m.entity for a in annotations.values() for m in a.mentions})
    for entry in entries:
        story = stories.get(entry.id, f"entry {entry.id}")
        for key, name, kind in _things(entry, annotations.get(entry.id), names):
            yield Sighting(key=key, name=name, kind=kind, story=story, publisher=entry.publisher, weeks_ago=ago)


def _things(entry: Entry, annotation: Annotation | None, names: dict[str, Entity]) -> Iterable[tuple[str, str, str]]:
    """Yield the entities that an entry names, then the terms of its title."""
    seen = {mention.entity for mention in (annotation.mentions if annotation else ()) if mention.kind in KINDS}
    for key in sorted(seen):
        if key in names:
            yield key, names[key].name, names[key].kind
    for key, printed in terms_of(entry.title):
        yield f"term {key}", printed, "term"


def find_links(stories: Iterable[Iterable[Annotation]], names: dict[str, Entity]) -> tuple[Link, ...]:
    """Return the names that occur together in the week's stories."""
    rows = []
    for annotations in stories:
        keys = dict.fromkeys(m.entity for a in annotations for m in a.mentions if m.kind in LINKED)
        rows.append([names[key].name for key in keys if key in names])
    return link_entities(rows)
