"""``feeds.yaml`` to the Catalogue that the rest of the program sees.

An address that stands in several places becomes one Feed with several placements, so that it is
asked once. Where two places differ in name, language or excerpt, the first that says something holds.
"""

from dataclasses import replace
from pathlib import Path

from watcher.config.addresses import reach_problem
from watcher.config.document import name_problems, read_document
from watcher.config.models import DEFAULT_EXCERPT, CatalogueModel, ChannelModel, FeedModel, MailModel, TopicModel
from watcher.config.spelling import suggest
from watcher.config.tree import Fault, Listing, Mapping, Node, Scalar, fault_at, locate
from watcher.config.unmeant import feed_nodes, find_unmeant
from watcher.config.when import parse_when
from watcher.model.catalogue import Catalogue, Channel, Cluster, Mail, Network, Schedule
from watcher.model.feed import Feed, Placement
from watcher.model.mention import Name
from watcher.model.report import Problem
from watcher.model.topic import Match, Topic
from watcher.urls import canonical_url


def load_catalogue(path: Path) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read and check ``feeds.yaml``; return it with its warnings.

    Raises ConfigError that holds every problem of the file, each with line, column, path and hint.
    """
    content, root = read_document(path, CatalogueModel, (_unreachable_feeds, _unknown_topics))
    return build_catalogue(content), name_problems(path, find_unmeant(root, content))


def build_catalogue(content: CatalogueModel) -> Catalogue:
    """Return the model object of a validated file."""
    schedule, network = content.schedule, content.network
    return Catalogue(
        cluster=Cluster(name=content.cluster.name, url=content.cluster.url, contact=content.cluster.contact),
        timezone=content.timezone,
        languages=tuple(dict.fromkeys(content.languages)),
        schedule=Schedule(fetch=parse_when(schedule.fetch), digest=parse_when(schedule.digest)),
        network=Network(
            allow=tuple(network.allow), timeout=network.timeout, gap=network.gap, max_bytes=network.max_bytes
        ),
        feeds=_build_feeds(content),
        topics=tuple(_build_topic(key, topic) for key, topic in content.topics.items()),
        review=content.review,
        mail=_build_mail(content.mail),
        channels=tuple(_build_channel(channel) for channel in content.channels),
    )


def _build_feeds(content: CatalogueModel) -> tuple[Feed, ...]:
    feeds: dict[str, Feed] = {}
    for model in content.feeds:
        _place(feeds, model, ())
    shared = frozenset(feeds)
    for key, topic in content.topics.items():
        for model in topic.feeds:
            _place(feeds, model, (Placement(topic=key, keep=model.keep or "all", weight=model.weight),))
    return tuple(_reach_all(feed, content) if key in shared else feed for key, feed in feeds.items())


def _place(feeds: dict[str, Feed], model: FeedModel, placements: tuple[Placement, ...]) -> None:
    key = canonical_url(model.url)
    known = feeds.get(key)
    new = Feed(
        url=model.url,
        name=model.name,
        language=model.language,
        weight=model.weight,
        excerpt=_excerpt(model),
        placements=placements,
    )
    if known is None:
        feeds[key] = new
        return
    fresh = tuple(place for place in placements if place.topic not in {old.topic for old in known.placements})
    feeds[key] = replace(
        known,
        name=known.name or new.name,
        language=known.language or new.language,
        excerpt=known.excerpt if known.excerpt != DEFAULT_EXCERPT else new.excerpt,
        placements=(*known.placements, *fresh),
    )


def _reach_all(feed: Feed, content: CatalogueModel) -> Feed:
    # A shared feed that is also under a topic: to have both, every other topic gets it by its rules.
    if not feed.placements:
        return feed
    placed = {place.topic for place in feed.placements}
    others = tuple(
        Placement(topic=key, keep="matching", weight=feed.weight) for key in content.topics if key not in placed
    )
    return replace(feed, placements=(*feed.placements, *others))


def _excerpt(model: FeedModel) -> int | None:
    if isinstance(model.excerpt, int):
        return model.excerpt
    return {"title-only": 0, "full": None}[model.excerpt]


def _build_topic(key: str, topic: TopicModel) -> Topic:
    names = topic.name.model_dump(exclude_none=True) if topic.name else {}
    match = topic.match
    return Topic(
        key=key,
        names=tuple(names.items()),
        match=Match(any=tuple(match.any), all=tuple(match.all), none=tuple(match.none)),
        watch=tuple(Name(name=name.name, kind=name.kind, aliases=tuple(name.aliases)) for name in topic.watch),
    )


def _build_mail(mail: MailModel | None) -> Mail | None:
    return Mail(**mail.model_dump()) if mail else None


def _build_channel(channel: ChannelModel) -> Channel:
    return Channel(env=channel.env, topics=tuple(channel.topics), language=channel.language)


def _unreachable_feeds(root: Node) -> tuple[Fault, ...]:
    listing, found = locate(root, ("network", "allow"))
    items = listing.items if found and isinstance(listing, Listing) else ()
    allow = tuple(item.text for item in items if isinstance(item, Scalar))
    return tuple(
        fault_at(address, (*path, "url"), problem, "add its range to network.allow if the feed really lives there")
        for path, address in feed_nodes(root)
        if (problem := reach_problem(address.text, allow))
    )


def _unknown_topics(root: Node) -> tuple[Fault, ...]:
    topics, found = locate(root, ("topics",))
    known = tuple(key.text for key, _ in topics.pairs) if found and isinstance(topics, Mapping) else ()
    channels, found = locate(root, ("channels",))
    faults = []
    for number, channel in enumerate(channels.items if found and isinstance(channels, Listing) else ()):
        listing = channel.get("topics") if isinstance(channel, Mapping) else None
        for index, item in enumerate(listing.items if isinstance(listing, Listing) else ()):
            if isinstance(item, Scalar) and item.text not in known:
                faults.append(unknown_topic(item, ("channels", number, "topics", index), known))
    return tuple(faults)


def unknown_topic(item: Scalar, path: tuple[str | int, ...], known: tuple[str, ...]) -> Fault:
    """Return the fault of a topic that is named and not defined."""
    meant = suggest(item.text, known)
    hint = f"did you mean '{meant}'?" if meant else f"the topics are: {', '.join(known)[:200]}"
    return fault_at(item, path, "There is no topic of that key in feeds.yaml.", hint)
