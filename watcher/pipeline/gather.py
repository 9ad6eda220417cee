"""Read from the archive all that a topic's week holds, in no language yet.

Stories, memory, cards, trends and the health of feeds are gathered once; ``pipeline.material`` then chooses headlines,
summaries and reasons for each language. Only entries up to the end of the week count, so that an edition composed
again later is the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.digest.material import CardMaterial
from watcher.digest.period import week_bounds
from watcher.model.edition import Link, Week
from watcher.model.entry import Entry
from watcher.model.feed import FeedHealth
from watcher.model.member import MemberMention
from watcher.model.mention import Annotation, Entity
from watcher.model.story import Assignment, Score, Story, Trend
from watcher.model.topic import Topic, TopicMatch
from watcher.pipeline.affairs import Affair, find_affairs
from watcher.pipeline.cards import gather_cards
from watcher.pipeline.rising import find_links, find_trends
from watcher.pipeline.runtime import Runtime
from watcher.store.annotations import get_annotations, get_entity_names
from watcher.store.database import Connection
from watcher.store.editions import list_printed
from watcher.store.entries import get_entries
from watcher.store.feeds import list_feed_health
from watcher.store.reviews import get_note
from watcher.store.stories import get_assignments, get_features, list_stories
from watcher.store.work import get_matches
from watcher.stories.ranking import Facts, Ranked, diversify, family_of, rank_story

LANGUAGE = "en"  # of the reasons that `watcher stories` and `explain` show


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story of the week with everything known about it; ``fresh`` are its entries of this week.

    ``affair``: the story printed before that this one, another event, goes on from.
    """

    story: Story
    entries: tuple[Entry, ...]
    fresh: tuple[Entry, ...]
    matches: dict[int, tuple[TopicMatch, ...]]
    annotations: dict[int, Annotation]
    assignments: dict[int, Assignment]
    facts: Facts
    score: Score
    family: str | None
    last_printed: Week | None
    printed: frozenset[int]
    affair: Affair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a topic's week holds, best stories first."""

    topic: Topic
    week: Week
    stories: tuple[Told, ...]
    names: dict[str, Entity]
    cards: tuple[CardMaterial, ...]
    mentions: tuple[MemberMention, ...]
    trends: tuple[Trend, ...]
    links: tuple[Link, ...]
    health: tuple[FeedHealth, ...]
    notes: dict[str, str]


def gather(
    runtime: Runtime, topic_key: str, week: Week, now: datetime, *, health: tuple[FeedHealth, ...] = ()
) -> Gathered:
    """Read everything about one topic and week, in one view of the database.

    ``health`` is what the week's edition said of its feeds when it was first composed: later troubles are not its news.
    """
    topic = next(item for item in runtime.catalogue.topics if item.key == topic_key)
    zone = runtime.catalogue.timezone
    start, end = week_bounds(week, zone)
    with runtime.database.read() as connection:
        cards = gather_cards(connection, topic_key, start, end)
        announced = {entry.id: item.card.opportunity.kind for item in cards for entry in item.entries}
        stories = _stories(connection, runtime, topic, week, announced)
        keys = {m.entity for told in stories for a in told.annotations.values() for m in a.mentions}
        names = get_entity_names(connection, keys)
        return Gathered(
            topic=topic,
            week=week,
            stories=stories,
            names=names,
            cards=cards,
            mentions=_member_mentions(runtime, stories),
            trends=find_trends(connection, topic, week, zone),
            links=find_links([told.annotations.values() for told in stories], names),
            notes={one: get_note(connection, week, topic_key, one) for one in runtime.catalogue.languages},
            health=health or _health(connection, runtime, topic_key, min(now, end)),
        )


def _health(connection: Connection, runtime: Runtime, topic: str, as_of: datetime) -> tuple[FeedHealth, ...]:
    """Return the health of the topic's own feeds and of shared ones, without counts that grow with every edition."""
    known = {feed.url for feed in runtime.catalogue.feeds if not feed.placements}
    known |= {feed.url for feed in runtime.catalogue.feeds if any(p.topic == topic for p in feed.placements)}
    return tuple(
        replace(item, entries=0, printed=0, last_success=None, next_due=None)
        for item in list_feed_health(connection, as_of)
        if item.url in known
    )


def _stories(
    connection: Connection, runtime: Runtime, topic: Topic, week: Week, announced: Mapping[int, str]
) -> tuple[Told, ...]:
    """Return the stories with news this week, by rank."""
    start, end = week_bounds(week, runtime.catalogue.timezone)
    found = list_stories(connection, topic=topic.key, since=start, until=end)
    ids = tuple(member for story in found for member in story.members)
    entries = {entry.id: entry for entry in get_entries(connection, ids)}
    matches = get_matches(connection, ids)
    annotations = get_annotations(connection, ids)
    assignments = get_assignments(connection, ids)
    features = get_features(connection, ids)
    printed = list_printed(connection, topic.key, week, entries=ids)
    told = {}
    for story in found:
        own = tuple(entries[member] for member in story.members if member in entries)
        facts = _facts(runtime, topic, own, matches, annotations, assignments, announced, printed)
        told[story.id] = Told(
            story=story,
            entries=own,
            fresh=tuple(entry for entry in own if entry.digest_at >= start),
            matches={entry.id: matches[entry.id] for entry in own},
            annotations={entry.id: annotations[entry.id] for entry in own if entry.id in annotations},
            assignments={entry.id: assignments[entry.id] for entry in own if entry.id in assignments},
            facts=facts,
            score=rank_story(facts, end, LANGUAGE),
            family=family_of([features[entry.id] for entry in own if entry.id in features]),
            last_printed=max((printed[entry.id] for entry in own if entry.id in printed), default=None),
            printed=frozenset(entry.id for entry in own if entry.id in printed),
        )
    told |= _affairs(connection, topic, week, told)
    order = diversify([Ranked(story=item.story.id, score=item.score, family=item.family) for item in told.values()])
    return tuple(told[ranked.story] for ranked in order)


def _affairs(connection: Connection, topic: Topic, week: Week, told: Mapping[str, Told]) -> dict[str, Told]:
    """Return the stories never printed that go on from one that was, with the affair they belong to."""
    new = {
        key: tuple((entry, item.annotations.get(entry.id)) for entry in item.fresh)
        for key, item in told.items()
        if item.last_printed is None
    }
    found = find_affairs(connection, topic, week, new)
    return {key: replace(told[key], affair=affair, last_printed=affair.week) for key, affair in found.items()}


def _facts(
    runtime: Runtime,
    topic: Topic,
    entries: tuple[Entry, ...],
    matches: dict[int, tuple[TopicMatch, ...]],
    annotations: dict[int, Annotation],
    assignments: dict[int, Assignment],
    announced: Mapping[int, str],
    printed: dict[int, Week],
) -> Facts:
    ids = [entry.id for entry in entries]
    scores = [match.score for one in ids for match in matches[one] if match.topic == topic.key]
    named = {mention.entity for one in ids if one in annotations for mention in annotations[one].mentions}
    members = _named_members(runtime, entries, annotations)
    return Facts(
        entries=entries,
        relevance=max(scores, default=0.0),
        copies=frozenset(one for one in ids if one in assignments and assignments[one].copy_of),
        watched=tuple(name.name for name in topic.watch if runtime.entity_key(name.name) in named),
        members=members,
        opportunity=next((announced[one] for one in ids if one in announced), None),
        weight=max((_weight(runtime, entry, topic.key) for entry in entries), default=1.0),
        is_printed=any(one in printed for one in ids),
    )


def _weight(runtime: Runtime, entry: Entry, topic: str) -> float:
    feed = runtime.feeds.get(entry.feed_url)
    if feed is None:
        return 1.0
    return next((place.weight for place in feed.placements if place.topic == topic), feed.weight)


def _named_members(runtime: Runtime, entries: Iterable[Entry], annotations: dict[int, Annotation]) -> tuple[str, ...]:
    names = {member.slug: member.name for member in runtime.members}
    if not names:
        return ()
    found = (m.member for entry in entries for m in runtime.recogniser.find(entry, annotations.get(entry.id)))
    return tuple(dict.fromkeys(names[slug] for slug in found))


def _member_mentions(runtime: Runtime, stories: tuple[Told, ...]) -> tuple[MemberMention, ...]:
    """Return the first mention of each member in each story's fresh entries."""
    found: dict[tuple[str, str], MemberMention] = {}
    for told in stories if runtime.members else ():
        for entry in told.fresh:
            for mention in runtime.recogniser.find(entry, told.annotations.get(entry.id)):
                found.setdefault((mention.member, told.story.id), mention)
    return tuple(found.values())
