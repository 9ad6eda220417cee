"""Fetch what is due, parse it, store it.

Requests, parsing and storing overlap: the fetcher runs its own loop, children parse and prepare the rows, and this
thread writes, in batches. A result, its validators, its entries and the next due time enter in one transaction, so
that a kill or a power cut loses at most answers that will be asked for again.
"""

import random
import time
from datetime import datetime

from watcher.errors import UsageError
from watcher.fetch.politeness import describe_retry, hash_body, is_due, next_state
from watcher.model.entry import Unreadable
from watcher.model.feed import Feed, FeedState, Validators
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Gone, NotModified, Refused
from watcher.model.progress import Progress, no_progress
from watcher.model.report import FeedReport, FetchReport, Outcome
from watcher.parse.pool import ParseJob, ParsePool
from watcher.pipeline.known import require_known
from watcher.pipeline.runtime import Runtime
from watcher.store.database import Connection
from watcher.store.entries import Saved, save_documents
from watcher.store.feeds import get_rhythm, list_feed_states, save_feed_states, sync_feeds
from watcher.store.prepare import Prepared, prepare

BATCH = 50  # answers a transaction: few enough to lose little, many enough to pay for it
PATIENCE = 0.3  # seconds an answer may wait for its batch to fill

Parsed = Prepared | Unreadable | None
Answer = tuple[FetchRequest, FetchResult]


def fetch_feeds(
    runtime: Runtime,
    now: datetime,
    *,
    topics: tuple[str, ...] = (),
    urls: tuple[str, ...] = (),
    force: bool = False,
    fresh: bool = False,
    progress: Progress = no_progress,
) -> FetchReport:
    """Fetch the feeds that are due (``force``: all chosen ones) and store what they hold.

    ``fresh`` drops the validators. A running Retry-After holds in every case.
    Raise UsageError for a topic or feed that ``feeds.yaml`` does not know, StoreError when a round is under way.
    """
    started = time.monotonic()
    chosen = choose_feeds(runtime.catalogue.feeds, topics, urls, known={t.key for t in runtime.catalogue.topics})
    with runtime.database.lock("fetch"):
        with runtime.database.write() as connection:
            sync_feeds(connection, runtime.catalogue.feeds, now)
            states = {state.url: state for state in list_feed_states(connection)}
        due = {feed.url: states[feed.url] for feed in chosen if is_due(states[feed.url], now, force=force or fresh)}
        waiting = [_not_due(feed, states[feed.url], now) for feed in chosen if feed.url not in due]
        fetched = _run_round(runtime, due, now, fresh=fresh, progress=progress)
    reports = {report.url: report for report in (*waiting, *fetched)}
    return FetchReport(
        feeds=tuple(reports[feed.url] for feed in chosen if feed.url in reports),  # a round that was closed is short
        new=sum(report.new for report in fetched),
        updated=sum(report.updated for report in fetched),
        seconds=round(time.monotonic() - started, 3),
    )


def choose_feeds(
    feeds: tuple[Feed, ...], topics: tuple[str, ...], urls: tuple[str, ...], *, known: set[str]
) -> tuple[Feed, ...]:
    """Return the feeds of ``topics`` and ``urls``, or all. Raise UsageError for what is not there."""
    for topic in topics:
        require_known("topic", topic, known)
    present = {feed.url for feed in feeds}
    for url in urls:
        if url not in present:
            raise UsageError(f"There is no feed {url} in feeds.yaml; `watcher feeds` lists them.")
    if not topics and not urls:
        return feeds
    return tuple(feed for feed in feeds if feed.url in urls or any(p.topic in topics for p in feed.placements))


def _run_round(
    runtime: Runtime, due: dict[str, FeedState], now: datetime, *, fresh: bool, progress: Progress
) -> tuple[FeedReport, ...]:
    requests = [
        FetchRequest(url=url, validators=Validators() if fresh else state.validators) for url, state in due.items()
    ]
    reports: list[FeedReport] = []
    if not requests:
        return ()
    with ParsePool(finish=prepare) as pool:
        if any(state.last_success is None for state in due.values()):
            pool.warm_up()
        answers = runtime.fetcher.fetch(requests, now)
        jobs = ((answer, _job(answer, due, now, fresh=fresh)) for answer in answers)
        for batch in pool.parse_batches(jobs, size=BATCH, patience=PATIENCE):
            with runtime.database.write(repeatable=True) as connection:
                documents = {due[answer[0].url].id: one for answer, one in batch if isinstance(one, Prepared)}
                saved = save_documents(connection, documents, now)
                recorded = [_record(connection, runtime, due, answer, one, saved, now) for answer, one in batch]
                save_feed_states(connection, [state for state, _ in recorded])
            reports += [report for _, report in recorded]
            progress("Fetching", len(reports), len(requests))
    return tuple(reports)


def _job(answer: Answer, due: dict[str, FeedState], now: datetime, *, fresh: bool) -> ParseJob | None:
    """Return the work for a child, or None where there is no body or the body is the one we parsed last time."""
    request, result = answer
    if not isinstance(result, Fetched):
        return None
    if not fresh and hash_body(result.body) == due[request.url].body_hash:
        return None
    return ParseJob(body=result.body, content_type=result.content_type, url=result.url, now=now)


def _record(
    connection: Connection,
    runtime: Runtime,
    due: dict[str, FeedState],
    answer: Answer,
    parsed: Parsed,
    saved: dict[int, Saved],
    now: datetime,
) -> tuple[FeedState, FeedReport]:
    """Return what is known of a feed after one answer, still to be saved, and the report."""
    request, result = answer
    state = due[request.url]
    own = saved.get(state.id, Saved())
    new, updated = len(own.new), len(own.updated)
    rhythm = get_rhythm(connection, state.id, now) if state.id in saved else None
    after = next_state(
        state,
        result,
        parsed=parsed.feed if isinstance(parsed, Prepared) else parsed,
        new=new,
        rhythm=rhythm,
        now=now,
        jitter=random.random(),  # noqa: S311 - spread, no secret
    )
    outcome = _outcome(result, parsed)
    report = FeedReport(
        url=request.url,
        topics=tuple(placement.topic for placement in runtime.placements(request.url)),
        outcome=outcome,
        status=None if isinstance(result, Refused) else result.status,
        new=new,
        updated=updated,
        error=after.error if outcome in {"failed", "refused", "gone"} else None,
        seconds=round(result.seconds, 3),
        server_time=None if isinstance(result, Refused) else result.server_time,
    )
    return after, report


def _outcome(result: FetchResult, parsed: Parsed) -> Outcome:
    match result:
        case Fetched():
            if isinstance(parsed, Unreadable):
                return "failed"
            return "unchanged" if parsed is None else "fetched"
        case NotModified():
            return "unchanged"
        case Gone():
            return "gone"
        case Failed():
            return "failed"
        case Refused():
            return "refused"


def _not_due(feed: Feed, state: FeedState, now: datetime) -> FeedReport:
    topics = tuple(placement.topic for placement in feed.placements)
    if state.gone_at:
        return FeedReport(url=feed.url, topics=topics, outcome="gone", error=state.error)
    return FeedReport(url=feed.url, topics=topics, outcome="not_due", error=describe_retry(state, now))
