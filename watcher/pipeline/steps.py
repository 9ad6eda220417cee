"""Steps joined as doors use them: fetch with what follows, and the ticks of the scheduler.

What a step needs is imported when it runs: a round that finds nothing new must not load what only editions need.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from watcher.log import get_log
from watcher.model.edition import Week
from watcher.model.progress import Progress, no_progress
from watcher.model.report import EditionReport, FetchReport
from watcher.pipeline.fetch import fetch_feeds
from watcher.pipeline.final import is_final
from watcher.pipeline.runtime import Runtime
from watcher.store.editions import list_editions
from watcher.store.runs import get_last_run, mark_run

CLOCK_STEP = timedelta(hours=1)  # a record further ahead is of a clock that was wrong: it says nothing


def take_in(runtime: Runtime, now: datetime, *, progress: Progress = no_progress) -> None:
    """Annotate, match, group and read opportunities in what is stored and not yet worked on."""
    from watcher.pipeline.annotate import annotate_new
    from watcher.pipeline.group import group_new
    from watcher.pipeline.learn import learn_profiles

    annotate_new(runtime, now, progress=progress)
    if learn_profiles(runtime, now):
        annotate_new(runtime, now, progress=progress)
    group_new(runtime, now, progress=progress)


def fetch_and_take_in(
    runtime: Runtime,
    now: datetime,
    *,
    topics: tuple[str, ...] = (),
    urls: tuple[str, ...] = (),
    force: bool = False,
    fresh: bool = False,
    annotate: bool = True,
    progress: Progress = no_progress,
) -> FetchReport:
    """Fetch what is due (see ``fetch_feeds``), then work on what is new unless ``annotate`` is false."""
    report = fetch_feeds(runtime, now, topics=topics, urls=urls, force=force, fresh=fresh, progress=progress)
    if annotate:
        take_in(runtime, now, progress=progress)
    return report


def fetch_if_due(runtime: Runtime, now: datetime, is_due: Callable[[datetime | None], bool]) -> FetchReport | None:
    """Fetch when ``is_due`` says so of the start of the last round; record the round."""
    with runtime.database.read() as connection:
        last = get_last_run(connection, "fetch", until=now + CLOCK_STEP)
    if not is_due(last.started if last else None):
        return None
    report = fetch_and_take_in(runtime, now)
    failed = sum(1 for feed in report.feeds if feed.outcome in {"failed", "refused"})
    detail = f"{report.new} new, {report.updated} updated, {failed} of {len(report.feeds)} feeds failed"
    with runtime.database.write() as connection:
        mark_run(connection, "fetch", now, now, ok=True, detail=detail)
    get_log("run").info("fetched", new=report.new, updated=report.updated, failed=failed, seconds=report.seconds)
    return report


def publish_owed(
    runtime: Runtime, now: datetime, owed: Callable[[datetime], tuple[Week, ...]]
) -> tuple[EditionReport, ...]:
    """Write the editions that fell due since the last time; the first start only sets the mark.

    Weeks whose editions were written since they ended are left alone: down on Monday at seven, the edition is written
    at the next start, once.
    """
    from watcher.pipeline.publish import publish

    with runtime.database.read() as connection:
        last = get_last_run(connection, "digest", until=now + CLOCK_STEP)
    if last is None:
        _mark_digest(runtime, now, "waiting for the first edition")
        return ()
    written: list[EditionReport] = []
    for week in owed(last.started):
        topics = _topics_owing(runtime, week)
        if topics:
            written += publish(runtime, now, week=week, topics=topics)
            get_log("run").info("published", week=str(week), topics=list(topics))
    if owed(last.started):
        _mark_digest(runtime, now, f"{len(written)} editions")
    return tuple(written)


def _topics_owing(runtime: Runtime, week: Week) -> tuple[str, ...]:
    files = runtime.catalogue
    with runtime.database.read() as connection:
        rows = list_editions(connection, week=week)
    final = {(row.topic, row.language) for row in rows if is_final(row, files.timezone)}
    return tuple(
        topic.key for topic in files.topics if not final >= {(topic.key, language) for language in files.languages}
    )


def _mark_digest(runtime: Runtime, now: datetime, detail: str) -> None:
    with runtime.database.write() as connection:
        mark_run(connection, "digest", now, now, ok=True, detail=detail)
