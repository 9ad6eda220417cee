"""What each feed brings: stories it alone told, how often it was first and by how much, copies, what was printed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, select

from watcher.store.names import publisher_of
from watcher.store.schema import entry, entry_match, feed, printed, story_member


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReturn:
    """A feed's return over a period, counted in stories on any topic.

    ``lead_hours`` is the median head start on the next publisher where it was first; ``sole_topics`` are topics that
    got half or more of their stories from this feed alone: should it fall silent, they go blind.
    """

    url: str
    name: str
    stories: int
    alone: int
    first: int
    lead_hours: float | None
    copies: int
    printed_share: float
    sole_topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sighting:
    feed_id: int
    at: datetime
    is_copy: bool
    is_printed: bool


def list_feed_returns(c: Connection, *, since: datetime, until: datetime) -> tuple[FeedReturn, ...]:
    """Return the return of every feed that brought a story in [since, until), those with most of their own first."""
    names = {row.id: row for row in c.execute(select(feed.c.id, feed.c.url, feed.c.name, feed.c.title))}
    stories = _sightings(c, since, until)
    topics = _topics(c, since, until)
    returns = [
        _measure(feed_id, row.url, publisher_of(row.name, row.title, row.url), stories, topics)
        for feed_id, row in names.items()
    ]
    return tuple(sorted((one for one in returns if one.stories), key=lambda one: (-one.alone, -one.stories, one.url)))


def _sightings(c: Connection, since: datetime, until: datetime) -> dict[str, list[_Sighting]]:
    in_print = select(printed.c.entry_id).where(printed.c.entry_id == entry.c.id).exists()
    query = (
        select(entry.c.story, entry.c.feed_id, entry.c.at, story_member.c.copy_of, in_print.label("is_printed"))
        .join(story_member, (story_member.c.entry_id == entry.c.id) & story_member.c.ended_at.is_(None))
        .where(entry.c.story.is_not(None), entry.c.digest_at >= since, entry.c.digest_at < until)
        .order_by(entry.c.at, entry.c.id)
    )
    stories: dict[str, list[_Sighting]] = defaultdict(list)
    for row in c.execute(query):
        stories[row.story].append(_Sighting(row.feed_id, row.at, row.copy_of is not None, row.is_printed))
    return stories


def _topics(c: Connection, since: datetime, until: datetime) -> dict[str, dict[str, set[int]]]:
    """Return topic -> story -> feeds that told it."""
    query = (
        select(entry_match.c.topic, entry.c.story, entry.c.feed_id)
        .join(entry, entry.c.id == entry_match.c.entry_id)
        .where(entry.c.story.is_not(None), entry.c.digest_at >= since, entry.c.digest_at < until)
    )
    topics: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in c.execute(query):
        topics[row.topic][row.story].add(row.feed_id)
    return topics


def _measure(
    feed_id: int, url: str, name: str, stories: dict[str, list[_Sighting]], topics: dict[str, dict[str, set[int]]]
) -> FeedReturn:
    told = [members for members in stories.values() if any(one.feed_id == feed_id for one in members)]
    own = [one for members in told for one in members if one.feed_id == feed_id]
    leads = [lead for members in told if (lead := _lead(members, feed_id)) is not None]
    sole = [
        topic
        for topic, by_story in topics.items()
        if 2 * sum(feeds == {feed_id} for feeds in by_story.values()) >= len(by_story)
    ]
    return FeedReturn(
        url=url,
        name=name,
        stories=len(told),
        alone=sum({one.feed_id for one in members} == {feed_id} for members in told),
        first=len(leads),
        lead_hours=round(median(leads), 1) if leads else None,
        copies=sum(one.is_copy for one in own),
        printed_share=round(sum(one.is_printed for one in own) / len(own), 3) if own else 0.0,
        sole_topics=tuple(sorted(sole)),
    )


def _lead(members: list[_Sighting], feed_id: int) -> float | None:
    """Return by how many hours a feed was first among several, None when it was not."""
    others = [one.at for one in members if one.feed_id != feed_id]
    if not others or members[0].feed_id != feed_id:
        return None
    return (min(others) - members[0].at).total_seconds() / 3600
