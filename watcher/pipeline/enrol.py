"""Edit ``feeds.yaml`` for people: find the feed behind an address, add and remove feeds and topics.

The file is edited as text, its comments and order kept, and checked before it replaces the old one.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from watcher import __version__
from watcher.config import edit
from watcher.config.catalogue import load_catalogue
from watcher.config.opml import parse_opml
from watcher.config.settings import Settings
from watcher.errors import ConfigError, StoreError, UsageError, WatcherError
from watcher.fetch.fetcher import HttpFetcher, make_user_agent
from watcher.model.catalogue import Catalogue
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Refused
from watcher.parse.discover import common_paths, find_feeds
from watcher.parse.pool import ParseJob, ParsePool
from watcher.pipeline.check import Probe, describe_answer, probe
from watcher.pipeline.known import require_known

Answer = tuple[FetchRequest, FetchResult]
MOST_CANDIDATES = 8  # links of a page that are tried; more is no longer looking but crawling


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What ``feeds add`` found and did."""

    found: tuple[Probe, ...]
    chosen: str | None
    topic: str | None
    written: bool
    message: str


def add_feed(settings: Settings, url: str, topic: str | None, now: datetime, *, dry_run: bool = False) -> Added:
    """Find the feed at or behind ``url`` and write the best one under ``topic`` (None: shared).

    Raise UsageError for an unknown topic, WatcherError when no feed is found.
    """
    catalogue, _ = load_catalogue(settings.config)
    _require_topic(catalogue, topic)
    answer, note = _ask(catalogue, url, now)
    found = find_candidates(catalogue, answer, now)
    good = tuple(item for item in found if item.outcome == "ok")
    if not good:
        reasons = "; ".join(f"{item.url}: {item.detail}" for item in found)
        raise WatcherError(f"No feed was found at {url}. {note}{reasons}")
    best = good[0]
    text = _read_text(settings.config)
    changed = edit.add_feed(text, topic, best.url, name=best.title)
    if changed == text:
        message = f"{note}{best.url} is there already."
        return Added(found=good, chosen=best.url, topic=topic, written=False, message=message)
    if not dry_run:
        _save(settings.config, changed)
    where = f"under '{topic}'" if topic else "as a shared feed"
    verb = "would be added" if dry_run else "added"
    message = f"{note}{best.url} {verb} {where}."
    return Added(found=good, chosen=best.url, topic=topic, written=not dry_run, message=message)


def _ask(catalogue: Catalogue, url: str, now: datetime) -> tuple[Answer, str]:
    """Ask ``url``, one without a scheme by https and, where nothing takes that, by http; say so if it was taken."""
    fetcher = HttpFetcher(catalogue.network, make_user_agent(catalogue.cluster, __version__))
    try:
        (answer,) = fetcher.fetch((FetchRequest(url=url if "://" in url else f"https://{url}"),), now)
        if "://" in url or not (reason := _unreached(answer[1])):
            return answer, ""
        (plain,) = fetcher.fetch((FetchRequest(url=f"http://{url}"),), now)
        if _unreached(plain[1]):
            return answer, ""
        return plain, f"There was no answer over https ({reason.rstrip('.')}), so http was taken. "
    finally:
        fetcher.close()


def _unreached(result: FetchResult) -> str | None:
    """Return why there is no connection; None when there is one, or when only its certificate is bad."""
    return result.error if isinstance(result, Failed) and result.is_unconnected else None


def find_candidates(catalogue: Catalogue, answer: Answer, now: datetime) -> tuple[Probe, ...]:
    """Return what is behind an address: the feed itself, feeds its page links to, else feeds at common paths."""
    url, result = answer[0].url, answer[1]
    itself = _read(url, result, now)
    if itself.outcome == "ok" or isinstance(result, Refused):
        return (itself,)
    links = find_feeds(result.body, result.url) if isinstance(result, Fetched) else ()
    linked = probe(catalogue, tuple(dict.fromkeys(link.url for link in links))[:MOST_CANDIDATES], now)
    if any(item.outcome == "ok" for item in linked) or isinstance(result, Failed):
        return (*linked, itself)
    guessed = probe(catalogue, tuple(link.url for link in common_paths(url))[:MOST_CANDIDATES], now)
    return (*guessed, *linked, itself)


def _read(url: str, result: FetchResult, now: datetime) -> Probe:
    if not isinstance(result, Fetched):
        return describe_answer(url, result, None)
    job = ParseJob(body=result.body, content_type=result.content_type, url=result.url, now=now)
    with ParsePool(workers=1) as pool:
        ((_, parsed),) = pool.parse_all([(url, job)])
    return describe_answer(url, result, parsed)


def remove_feed(settings: Settings, url: str) -> None:
    """Take ``url`` out of ``feeds.yaml``. Raise UsageError when it is not there."""
    text = _read_text(settings.config)
    changed = edit.remove_feed(text, url)
    if changed == text:
        raise UsageError(f"{url} is not in {settings.config}; `watcher feeds` lists the addresses.")
    _save(settings.config, changed)


def add_topic(settings: Settings, name: str, feeds: tuple[str, ...], terms: tuple[str, ...]) -> str:
    """Add a topic named ``name`` and return its key. Raise UsageError when it exists."""
    key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", key):
        raise UsageError(f"'{name}' gives no key: use letters and digits, e.g. hydrogen.")
    catalogue, _ = load_catalogue(settings.config)
    if any(topic.key == key for topic in catalogue.topics):
        raise UsageError(f"There is a topic '{key}' already in {settings.config}.")
    text = edit.add_topic(_read_text(settings.config), key, name=name if name != key else None, terms=terms)
    for url in feeds:
        text = edit.add_feed(text, key, url)
    _save(settings.config, text)
    return key


def import_opml(settings: Settings, file: Path, topic: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Add the feeds of an OPML file under ``topic``; return the addresses added and those known before."""
    catalogue, _ = load_catalogue(settings.config)
    _require_topic(catalogue, topic)
    text = _read_text(settings.config)
    added: list[str] = []
    known: list[str] = []
    with naming(file):
        feeds = parse_opml(read_bounded(file))
    for feed in feeds:
        changed = edit.add_feed(text, topic, feed.url, name=feed.name)
        (known if changed == text else added).append(feed.url)
        text = changed
    if added:
        _save(settings.config, text)
    return tuple(added), tuple(known)


@contextmanager
def naming(file: Path, *, keeps_lines: bool = True) -> Iterator[None]:
    """Raise what is wrong in a draft, or in bytes that have no name, as of the file that people know.

    Without ``keeps_lines`` its lines are those of a draft that nobody sees, and are not told.
    """
    try:
        yield
    except ConfigError as error:
        named = (replace(problem, file=str(file)) for problem in error.problems)
        if not keeps_lines:
            named = (replace(problem, line=None, column=None) for problem in named)
        raise ConfigError(tuple(named)) from error


def read_bounded(file: Path, limit: int = 10_000_000) -> bytes:
    """Return the bytes of a file people give us. Raise UsageError when it cannot be read or is too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}.") from error
    if len(data) > limit:
        raise UsageError(f"{file} is larger than {limit // 1_000_000} MB: split it.")
    return data


def _require_topic(catalogue: Catalogue, topic: str | None) -> None:
    if topic is not None:
        require_known("topic", topic, [item.key for item in catalogue.topics])


def _read_text(path: Path) -> str:
    """Return the text with its line ends as they are: an edit changes nothing else."""
    return path.read_bytes().decode("utf-8")


def _save(path: Path, text: str) -> None:
    """Check the new text, then put it in place in one step. Raise ConfigError, the old file untouched."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        with naming(path):
            load_catalogue(Path(name))
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)  # noqa: PTH101 - a path made by mkstemp
        os.replace(name, path)  # noqa: PTH105 - likewise
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        Path(name).unlink(missing_ok=True)
