"""Small builders of model objects: plausible defaults, any field overridden by keyword.

Tests name only what they are about. Everything is fixed, clock included, so that results are too.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from watcher.model.catalogue import Catalogue, Cluster
from watcher.model.entry import Entry, ParsedEntry, ParsedFeed
from watcher.model.feed import Feed, FeedHealth, FeedState, Placement
from watcher.model.member import Member
from watcher.model.mention import Annotation, Entity, Kind, Mention, Name
from watcher.model.opportunity import Opportunity
from watcher.model.story import Score, ScorePart, Story
from watcher.model.topic import Match, Topic

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # a Monday morning, 2026-W48
FEED_URL = "https://www.example.org/feed/"


def make_feed(url: str = FEED_URL, *topics: str, **changes: Any) -> Feed:
    """Build a feed placed under ``topics`` (none: a shared feed)."""
    placements = tuple(Placement(topic=topic) for topic in topics)
    return replace(Feed(url=url, placements=placements), **changes)


def make_state(url: str = FEED_URL, **changes: Any) -> FeedState:
    """Build what is known of a feed before its first fetch."""
    return replace(FeedState(id=1, url=url), **changes)


def make_health(url: str = FEED_URL, **changes: Any) -> FeedHealth:
    """Build the health of a feed that is well."""
    return replace(FeedHealth(url=url, name="Example Daily", topics=("drones",), status="ok"), **changes)


def make_parsed_entry(title: str = "A drone flies", **changes: Any) -> ParsedEntry:
    """Build an item of a feed, its identity made from its title."""
    address = f"https://www.example.org/{'-'.join(title.lower().split())}"
    return replace(ParsedEntry(keys=(f"id:{address}",), title=title, url=address, published=NOW), **changes)


def make_parsed_feed(*titles: str, **changes: Any) -> ParsedFeed:
    """Build a feed document with an item for each title."""
    entries = tuple(make_parsed_entry(title) for title in titles)
    return replace(ParsedFeed(format="rss20", title="Example Daily", entries=entries), **changes)


def make_entry(id: int = 1, title: str = "A drone flies", summary: str = "", **changes: Any) -> Entry:  # noqa: A002 - the field's name
    """Build a stored entry, in English unless told otherwise."""
    entry = Entry(
        id=id,
        feed_url=FEED_URL,
        title=title,
        url=f"https://www.example.org/{id}",
        summary=summary,
        publisher="Example Daily",
        language="en",
        published=NOW,
        first_seen=NOW,
        digest_at=NOW,
    )
    return replace(entry, **changes)


def make_mention(entry: Entry, text: str, kind: Kind = "ORG", **changes: Any) -> Mention:
    """Build a mention of ``text`` where it first stands in the entry; it must stand there."""
    start = entry.text.index(text)
    key = "-".join(text.lower().split())
    return replace(Mention(kind=kind, text=text, start=start, end=start + len(text), entity=key), **changes)


def make_annotation(entry: Entry, *names: str, **changes: Any) -> Annotation:
    """Build an annotation that mentions each of ``names`` as an organisation."""
    mentions = tuple(make_mention(entry, name) for name in names)
    return replace(Annotation(language=entry.language, mentions=mentions, model="test"), **changes)


def make_entity(name: str = "Exail", kind: Kind = "ORG", **changes: Any) -> Entity:
    """Build an entity whose key is its name in small letters."""
    return replace(Entity(key="-".join(name.lower().split()), name=name, kind=kind), **changes)


def make_topic(key: str = "drones", *terms: str, **changes: Any) -> Topic:
    """Build a topic that matches any of ``terms`` (the key itself when there is none)."""
    return replace(Topic(key=key, match=Match(any=terms or (key,))), **changes)


def make_name(name: str = "Exail", *aliases: str, kind: Kind = "ORG") -> Name:
    """Build a name to recognise."""
    return Name(name=name, kind=kind, aliases=aliases)


def make_catalogue(*topics: Topic, feeds: tuple[Feed, ...] = (), **changes: Any) -> Catalogue:
    """Build a catalogue of ``topics`` (drones alone when there is none)."""
    cluster = Cluster(name="Pôle Exemple", url="https://www.example.org", contact="veille@cluster.example")
    return replace(Catalogue(cluster=cluster, topics=topics or (make_topic(),), feeds=feeds), **changes)


def make_member(name: str = "Exail", **changes: Any) -> Member:
    """Build a member with nothing but a name."""
    return replace(Member(slug="-".join(name.lower().split()), name=name), **changes)


def make_story(id: str = "s1", *members: int, **changes: Any) -> Story:  # noqa: A002 - the field's name
    """Build a story of the entries ``members``."""
    return replace(Story(id=id, members=members or (1,), first_at=NOW, last_at=NOW), **changes)


def make_score(**parts: float) -> Score:
    """Build a score of parts with weight 1."""
    return Score(parts=tuple(ScorePart(name=name, value=value, weight=1.0, why=name) for name, value in parts.items()))


def make_opportunity(**changes: Any) -> Opportunity:
    """Build a tender with nothing but a title."""
    return replace(Opportunity(kind="tender", title="Supply of drones"), **changes)
