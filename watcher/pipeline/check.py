"""Check the files people edit, and try every feed once with the product's own client."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher import __version__
from watcher.config.settings import Settings
from watcher.fetch.fetcher import HttpFetcher, make_user_agent
from watcher.model.catalogue import Catalogue
from watcher.model.entry import ParsedFeed, Unreadable
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Gone, Refused
from watcher.model.member import Member
from watcher.model.progress import Progress, no_progress
from watcher.model.report import Problem
from watcher.parse.pool import ParseJob, ParsePool
from watcher.pipeline.runtime import load_files
from watcher.store.database import open_database
from watcher.store.entries import list_entries
from watcher.topics.matching import count_matches

LOOK_BACK = timedelta(weeks=4)
MOST_READ, FEWEST_READ = 1_000, 100  # entries; fewer prove nothing
UNASKED = "It was not asked: the round was cut short; try again."
TOO_MANY = 0.6  # share of everything that a topic of a watch cannot sensibly take


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Files that can be used, with what is legal but surely unmeant."""

    catalogue: Catalogue
    members: tuple[Member, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one feed answered when tried."""

    url: str
    outcome: str
    detail: str
    title: str | None = None
    entries: int = 0
    latest: datetime | None = None


def check_files(settings: Settings) -> Checked:
    """Return both files, read and checked. Raise ConfigError with every mistake."""
    catalogue, members, warnings = load_files(settings)
    return Checked(catalogue=catalogue, members=members, warnings=warnings)


def judge_rules(settings: Settings, catalogue: Catalogue, now: datetime) -> tuple[Problem, ...]:
    """Return warnings about topics whose rules take nothing, or nearly everything, of what the archive holds."""
    if settings.database_url or not settings.database_path.exists():
        return ()
    database = open_database(settings.database_path)
    try:
        with database.read() as connection:
            entries = list_entries(connection, since=now - LOOK_BACK, until=now, limit=MOST_READ)
    finally:
        database.close()
    if len(entries) < FEWEST_READ:
        return ()
    counted = ((topic, count_matches(topic, entries)) for topic in catalogue.topics if topic.match.any)
    return tuple(
        Problem(
            file=str(settings.config),
            line=None,
            column=None,
            path=f"topics.{topic.key}.match",
            message=f"The rules take {count} of the {len(entries)} newest articles of the last four weeks.",
            hint="they are too narrow, or misspelt" if count == 0 else "they are too wide: add `all` or `none` terms",
        )
        for topic, count in counted
        if count == 0 or count > TOO_MANY * len(entries)
    )


def probe_feeds(catalogue: Catalogue, now: datetime, *, progress: Progress = no_progress) -> tuple[Probe, ...]:
    """Ask every feed once and say what it answered, in the order of ``feeds.yaml``; nothing is stored."""
    urls = tuple(feed.url for feed in catalogue.feeds)
    return probe(catalogue, urls, now, progress=progress)


def probe(
    catalogue: Catalogue,
    urls: tuple[str, ...],
    now: datetime,
    *,
    fetcher: HttpFetcher | None = None,
    progress: Progress = no_progress,
) -> tuple[Probe, ...]:
    """Ask ``urls`` once each, politely and in parallel, and describe the answers in the order of ``urls``."""
    requests = tuple(FetchRequest(url=url) for url in urls)
    fetcher = fetcher or HttpFetcher(catalogue.network, make_user_agent(catalogue.cluster, __version__))
    found: dict[str, Probe] = {}
    try:
        with ParsePool() as pool:
            answers = ((answer, _job(answer[1], now)) for answer in fetcher.fetch(requests, now))
            for (request, result), parsed in pool.parse_all(answers):
                found[request.url] = describe_answer(request.url, result, parsed)
                progress("Trying feeds", len(found), len(urls))
    finally:
        fetcher.close()
    return tuple(found.get(url) or Probe(url=url, outcome="failed", detail=UNASKED) for url in urls)


def _job(result: FetchResult, now: datetime) -> ParseJob | None:
    if not isinstance(result, Fetched):
        return None
    return ParseJob(body=result.body, content_type=result.content_type, url=result.url, now=now)


def describe_answer(url: str, result: FetchResult, parsed: ParsedFeed | Unreadable | None) -> Probe:
    """Return what an answer means for someone who wants to use this feed."""
    match result, parsed:
        case Fetched(), ParsedFeed() as feed:
            return _describe_feed(url, result, feed)
        case Fetched(), Unreadable(error=error, feeds=feeds):
            offers = f" It links to: {', '.join(feeds[:5])}." if feeds else ""
            return Probe(url=url, outcome="failed", detail=error + offers)
        case (Failed() | Refused()) as bad, _:
            return Probe(url=url, outcome="refused" if isinstance(bad, Refused) else "failed", detail=bad.error)
        case Gone(), _:
            return Probe(url=url, outcome="gone", detail="The publisher has ended this feed (410): remove it.")
        case _:
            return Probe(url=url, outcome="failed", detail="The server sent no document on a first request.")


def _describe_feed(url: str, result: Fetched, feed: ParsedFeed) -> Probe:
    dates = [entry.published for entry in feed.entries if entry.published]
    latest = max(dates, default=None)
    parts = [f"{len(feed.entries)} entries", feed.format]
    parts.append(f"latest {latest:%Y-%m-%d}" if latest else "no dates")
    if result.moved_to:
        parts.append(f"moved for good to {result.moved_to}: write that address")
    parts += [note for note in (feed.warning, result.warning) if note]
    return Probe(
        url=url, outcome="ok", detail="; ".join(parts), title=feed.title, entries=len(feed.entries), latest=latest
    )
