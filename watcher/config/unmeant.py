"""What is legal in ``feeds.yaml`` but surely not meant, each at its line.

A warning never stops anything, so each of these is something a watch officer would want to know
and nothing else: noise here would teach people not to read.
"""

from collections.abc import Iterator

from watcher.config.addresses import opens_everything, opens_metadata
from watcher.config.models import CatalogueModel, FeedModel
from watcher.config.names import find_name_clashes
from watcher.config.scalars import ambiguity
from watcher.config.spelling import printable
from watcher.config.tree import Fault, Listing, Mapping, Node, Path, Scalar, fault_at, locate, locate_key, walk
from watcher.config.when import parse_when, shortest_gap
from watcher.urls import canonical_url

# Device names that Windows keeps for itself, with any extension.
_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10)}
)
SHORTEST_FETCH = 900  # seconds; the floor of polite polling, so a shorter look finds nothing due
SHORTEST_DIGEST = 86_400


def find_unmeant(root: Mapping, content: CatalogueModel) -> tuple[Fault, ...]:
    """Return every warning about a valid catalogue."""
    return (
        *find_misread(root),
        *_topics(root, content),
        *_repeated_feeds(root),
        *_shared_feeds(root),
        *_languages(root),
        *_network(root, content),
        *_weights(root, content),
        *_schedule(root, content),
        *_terms(root),
        *find_name_clashes(watch_nodes(root)),
    )


def find_misread(root: Mapping) -> Iterator[Fault]:
    """Yield values that are missing after their colon or that readers of YAML take differently."""
    for path, node in walk(root):
        if isinstance(node, Mapping):
            for key, value in node.pairs:
                yield from _misread_pair(key, value, (*path, key.text))
        elif isinstance(node, Listing):
            for number, item in enumerate(node.items):
                yield from _misread_value(item, (*path, number))


def _misread_pair(key: Scalar, value: Node, path: Path) -> Iterator[Fault]:
    reason = None if key.quoted else ambiguity(key.text)
    if reason or not (key.quoted or isinstance(key.value, str)):
        message = f"The key '{printable(key.text)}' {reason or 'is a number or truth value for readers of YAML'}."
        yield fault_at(key, path, message, f'put it in quotes: "{printable(key.text)}"')
    if isinstance(value, Scalar) and value.value is None:
        message = f"Nothing stands after '{printable(key.text)}:', so it is read as if the line were not there."
        yield fault_at(
            key, path, message, "write a value or list, check the indent of what follows, or delete the line"
        )
    yield from _misread_value(value, path)


def _misread_value(node: Node, path: Path) -> Iterator[Fault]:
    if isinstance(node, Scalar) and not node.quoted and (reason := ambiguity(node.text)):
        text = printable(node.text)
        is_number = isinstance(node.value, int)
        hint = f"write {node.value}" if is_number else f'put the text in quotes: "{text}"'
        yield fault_at(node, path, f"The unquoted value '{text}' {reason}.", hint)


def _topics(root: Mapping, content: CatalogueModel) -> Iterator[Fault]:
    if not content.topics:
        yield fault_at(locate_key(root, ("topics",)), ("topics",), "There is no topic under topics:.", "add one")
    for key, topic in content.topics.items():
        path = ("topics", key)
        has_rules = bool(topic.match.any or topic.match.all or topic.watch)
        trusted = any(feed.keep != "matching" for feed in topic.feeds)
        by_rules = bool(content.feeds or topic.feeds) and has_rules
        if not trusted and not by_rules:
            message = f"No article can reach the topic '{key}': no feed is trusted to be on it and no rule matches."
            hint = "add feeds under it, or shared feeds and match terms"
            yield fault_at(locate_key(root, path), path, message, hint)
        if key in _WINDOWS:
            message = f"The topic key '{key}' is a name reserved by Windows: its digests cannot be saved there."
            yield fault_at(locate_key(root, path), path, message, "choose another key")


def feed_nodes(root: Node) -> Iterator[tuple[Path, Scalar]]:
    """Yield the address of every feed that can be read, shared ones first, with its path."""
    lists: list[Path] = [("feeds",)]
    topics, found = locate(root, ("topics",))
    if found and isinstance(topics, Mapping):
        lists += [("topics", key.text, "feeds") for key, _ in topics.pairs]
    for path in lists:
        listing, found = locate(root, path)
        items = listing.items if found and isinstance(listing, Listing) else ()
        for number, item in enumerate(items):
            address = item.get("url") if isinstance(item, Mapping) else item
            if isinstance(address, Scalar) and isinstance(address.value, str):
                yield (*path, number), address


def watch_nodes(root: Node) -> Iterator[tuple[Path, Node]]:
    """Yield every entry of every ``watch`` with its path."""
    topics, found = locate(root, ("topics",))
    pairs = topics.pairs if found and isinstance(topics, Mapping) else ()
    for key, topic in pairs:
        listing = topic.get("watch") if isinstance(topic, Mapping) else None
        if isinstance(listing, Listing):
            yield from (((("topics", key.text, "watch", number)), item) for number, item in enumerate(listing.items))


def _repeated_feeds(root: Mapping) -> Iterator[Fault]:
    first: dict[tuple[Path, str], int] = {}
    shared: dict[str, int] = {}
    for path, address in feed_nodes(root):
        key = canonical_url(address.text)
        place = (path[:-1], key)
        if place in first:
            message = f"The same feed stands twice in this list: it is already on line {first[place]}."
            yield fault_at(address, path, message, "delete one of the two")
        elif key in shared:
            message = f"This feed is also a shared feed (line {shared[key]}): its articles go to other topics too."
            yield fault_at(address, path, message, "keep it in one of the two places")
        first.setdefault(place, address.line)
        if path[0] == "feeds":
            shared.setdefault(key, address.line)


def _shared_feeds(root: Mapping) -> Iterator[Fault]:
    shared = root.get("feeds")
    for number, item in enumerate(shared.items if isinstance(shared, Listing) else ()):
        keep = item.get("keep") if isinstance(item, Mapping) else None
        if isinstance(keep, Scalar) and keep.value == "all":
            message = "keep: all means nothing on a shared feed: its articles always go where the rules match."
            yield fault_at(keep, ("feeds", number, "keep"), message, "delete it, or put the feed under its topic")


def _languages(root: Mapping) -> Iterator[Fault]:
    listing = root.get("languages")
    seen: set[str] = set()
    for number, item in enumerate(listing.items if isinstance(listing, Listing) else ()):
        if isinstance(item, Scalar) and item.text in seen:
            message = f"The language {printable(item.text)} stands twice."
            yield fault_at(item, ("languages", number), message, "delete one of the two")
        seen.add(item.text if isinstance(item, Scalar) else "")


def _network(root: Mapping, content: CatalogueModel) -> Iterator[Fault]:
    for number, value in enumerate(content.network.allow):
        path: Path = ("network", "allow", number)
        if opens_everything(value):
            message = f"{value} allows every address, or nearly: feeds could then read from inside your network."
        elif opens_metadata(value):
            message = f"{value} allows addresses where clouds keep their metadata and credentials (169.254.169.254)."
        else:
            continue
        yield fault_at(locate(root, path)[0], path, message, "allow only the range that your feeds live on")
    if content.network.timeout < 1:
        yield _at(
            root, ("network", "timeout"), "A timeout under one second makes most feeds fail.", "write seconds: 20"
        )
    if content.network.max_bytes < 10_000:
        yield _at(root, ("network", "max_bytes"), "A max_bytes under 10,000 cuts off most feeds.", "write 10_000_000")


def _weights(root: Mapping, content: CatalogueModel) -> Iterator[Fault]:
    lists: list[tuple[Path, list[FeedModel]]] = [(("feeds",), content.feeds)]
    lists += [(("topics", key, "feeds"), topic.feeds) for key, topic in content.topics.items()]
    for path, feed in (((*path, number), feed) for path, feeds in lists for number, feed in enumerate(feeds)):
        if feed.weight == 0 or feed.weight > 10:
            message = (
                f"A weight of {feed.weight:g} puts this feed {'last' if feed.weight == 0 else 'before all others'}."
            )
            yield _at(root, (*path, "weight"), message, "usual weights lie between 0.5 and 2")


def _schedule(root: Mapping, content: CatalogueModel) -> Iterator[Fault]:
    for key, text, least in (
        ("fetch", content.schedule.fetch, SHORTEST_FETCH),
        ("digest", content.schedule.digest, SHORTEST_DIGEST),
    ):
        gap = shortest_gap(parse_when(text))
        if gap is None:
            yield _at(root, ("schedule", key), "This cron line never comes: no month has that day.", "change the day")
        elif gap < least:
            message = f"This schedule runs the {key} every {gap // 60} minutes, which is too often."
            hint = "feeds are asked at most every 15 minutes" if key == "fetch" else "a digest is about one week"
            yield _at(root, ("schedule", key), message, hint)


def _terms(root: Mapping) -> Iterator[Fault]:
    topics = root.get("topics")
    for key, topic in topics.pairs if isinstance(topics, Mapping) else ():
        match = topic.get("match") if isinstance(topic, Mapping) else None
        seen: dict[str, str] = {}
        for rule, listing in match.pairs if isinstance(match, Mapping) else ():
            for number, term in enumerate(listing.items if isinstance(listing, Listing) else ()):
                if isinstance(term, Scalar):
                    yield from _term(term, ("topics", key.text, "match", rule.text, number), seen)


def _term(term: Scalar, path: Path, seen: dict[str, str]) -> Iterator[Fault]:
    word = term.text.strip().casefold()
    rule = str(path[-2])
    if len(word.rstrip("*")) < 2:
        yield fault_at(term, path, "A term of one letter or digit is too broad: it matches by chance.", "write a word")
    if word in seen:
        message = f"This term stands twice: it is already under {seen[word]}."
        yield fault_at(term, path, message, "delete one of the two")
    seen.setdefault(word, rule)


def _at(root: Mapping, path: Path, message: str, hint: str) -> Fault:
    return fault_at(locate(root, path)[0], path, message, hint)
