"""Steps joined as doors use them: fetch with what follows, and the ticks of the scheduler.

What a step needs is imported when it runs: a round that finds nothing new must not load what only editions need.
"""

from collections.abc import Callable
from datetime import datetime

from watcher.log import get_log
from watcher.model.progress import Progress, no_progress
from watcher.model.report import FetchReport
from watcher.pipeline.clock import CLOCK_STEP, compare_clocks
from watcher.pipeline.fetch import fetch_feeds
from watcher.pipeline.runtime import Runtime
from watcher.store.runs import get_last_run, mark_run


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
    compare_clocks(runtime, report.feeds, now)
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
