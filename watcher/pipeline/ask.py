"""Questions people ask of the archive: search, feed health, topics, ranked stories."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from watcher.digest.period import parse_week, week_of
from watcher.errors import UsageError
from watcher.model.feed import FeedHealth
from watcher.model.story import ScorePart
from watcher.pipeline.gather import gather
from watcher.pipeline.known import require_known
from watcher.pipeline.runtime import Runtime
from watcher.store.entries import count_entries
from watcher.store.feeds import list_feed_health, sync_feeds
from watcher.store.returns import FeedReturn, list_feed_returns
from watcher.store.search import search_entries
from watcher.stories.headline import choose_headline

REACH = timedelta(weeks=12)  # what `feeds --return` looks back on


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """One hit as the contract prints it."""

    id: int
    title: str
    url: str | None
    feed: str
    published: datetime | None
    topics: tuple[str, ...]
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hits and how many there are in all."""

    hits: tuple[FoundEntry, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicOverview:
    """A topic and what the archive holds for it."""

    key: str
    name: str
    feeds: int
    entries: int
    entries_last_week: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedStory:
    """A story of a week at its rank."""

    id: str
    topic: str
    headline: str
    score: float
    parts: tuple[ScorePart, ...]
    members: tuple[int, ...]
    publishers: int
    pinned: bool
    hidden: bool


def search_archive(
    runtime: Runtime,
    query: str,
    *,
    topic: str | None = None,
    entity: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
) -> Found:
    """Return entries that match ``query``; days are those of the configured zone. UsageError for a bad day or topic."""
    if topic is not None:
        require_known("topic", topic, [one.key for one in runtime.catalogue.topics])
    first, end = _days(since, until, runtime.catalogue.timezone)
    with runtime.database.read() as connection:
        found = search_entries(
            connection,
            query,
            topic=topic,
            entity=runtime.entity_key(entity) if entity else None,
            since=first,
            until=end,
            limit=limit,
        )
    hits = tuple(
        FoundEntry(
            id=hit.entry.id,
            title=hit.entry.title,
            url=hit.entry.url,
            feed=hit.entry.publisher,
            published=hit.entry.published,
            topics=hit.topics,
            snippet=hit.snippet,
        )
        for hit in found.hits
    )
    return Found(hits=hits, total=found.total)


def _days(since: str | None, until: str | None, zone: str) -> tuple[datetime | None, datetime | None]:
    """Return the UTC bounds of days, the end excluded."""
    first, end = _day(since, zone, "--since"), _day(until, zone, "--until", after=1)
    if first and end and first >= end:
        raise UsageError(f"--since {since} is after --until {until}: exchange the two.")
    return first, end


def _day(text: str | None, zone: str, option: str, after: int = 0) -> datetime | None:
    """Return the UTC start of a day (or of the day ``after`` it)."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d.*", text) else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise UsageError(f"{option}: '{text}' is not a day; write it as 2026-11-01.")
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(days=after)
    return start.astimezone(UTC)


def feed_health(runtime: Runtime, now: datetime) -> tuple[FeedHealth, ...]:
    """Return the health of every feed of ``feeds.yaml``, fetched or not, and of those that left it."""
    with runtime.database.write() as connection:
        sync_feeds(connection, runtime.catalogue.feeds, now)
    with runtime.database.read() as connection:
        return list_feed_health(connection, now)


def topic_overview(runtime: Runtime, now: datetime) -> tuple[TopicOverview, ...]:
    """Return every topic with its feeds and entries."""
    overview = []
    with runtime.database.read() as connection:
        for topic in runtime.catalogue.topics:
            feeds = sum(any(p.topic == topic.key for p in feed.placements) for feed in runtime.catalogue.feeds)
            recent = count_entries(connection, topic=topic.key, since=now - timedelta(days=7))
            overview.append(
                TopicOverview(
                    key=topic.key,
                    name=topic.name(runtime.catalogue.languages[0]),
                    feeds=feeds,
                    entries=count_entries(connection, topic=topic.key),
                    entries_last_week=recent,
                    terms=topic.match.any,
                )
            )
    return tuple(overview)


def list_ranked(
    runtime: Runtime, now: datetime, *, topic: str | None = None, week: str | None = None
) -> tuple[RankedStory, ...]:
    """Return the stories of a week (default: the one under way) by topic and rank. Raise UsageError."""
    known = [one.key for one in runtime.catalogue.topics]
    if topic is not None:
        require_known("topic", topic, known)
    chosen = parse_week(week) if week else week_of(now, runtime.catalogue.timezone)
    return tuple(
        RankedStory(
            id=told.story.id,
            topic=key,
            headline=choose_headline(told.entries, runtime.catalogue.languages[0]).title,
            score=told.score.total,
            parts=told.score.parts,
            members=told.story.members,
            publishers=len({entry.publisher for entry in told.entries}),
            pinned=told.story.pinned,
            hidden=told.story.hidden,
        )
        for key in ((topic,) if topic else known)
        for told in gather(runtime, key, chosen, now).stories
    )


def feed_returns(runtime: Runtime, now: datetime) -> tuple[FeedReturn, ...]:
    """Return what each feed has brought over the last twelve weeks, best first."""
    with runtime.database.read() as connection:
        return list_feed_returns(connection, since=now - REACH, until=now)
