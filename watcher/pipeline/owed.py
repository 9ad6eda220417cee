"""Editions that fell due: written once, late if need be, and never of weeks that were not watched."""

from collections.abc import Callable
from datetime import datetime

from watcher.digest.period import week_bounds
from watcher.log import get_log
from watcher.model.edition import Week
from watcher.model.report import EditionReport
from watcher.pipeline.clock import CLOCK_STEP
from watcher.pipeline.final import is_final
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime
from watcher.store.editions import list_editions
from watcher.store.feeds import list_feed_states
from watcher.store.runs import get_last_run, mark_run


def publish_owed(
    runtime: Runtime, now: datetime, owed: Callable[[datetime], tuple[Week, ...]]
) -> tuple[EditionReport, ...]:
    """Write the editions that fell due since the last time; the first start only sets the mark.

    Weeks whose editions were written since they ended are left alone: down on Monday at seven, the edition is written
    at the next start, once. After a longer absence it waits until a feed answers: what was missed comes from there.
    """
    with runtime.database.read() as connection:
        last = get_last_run(connection, "digest", until=now + CLOCK_STEP)
    if last is None:
        _mark_digest(runtime, now, "waiting for the first edition")
        return ()
    weeks = owed(last.started)
    if len(weeks) > 1 and not _has_read_since(runtime, weeks[-1], now):
        return ()
    written: list[EditionReport] = []
    for week in weeks:
        topics = _topics_owing(runtime, week, now)
        if topics:
            written += publish(runtime, now, week=week, topics=topics)
            get_log("run").info("published", week=str(week), topics=list(topics))
    if weeks:
        _mark_digest(runtime, now, f"{len(written)} editions")
    return tuple(written)


def _has_read_since(runtime: Runtime, week: Week, now: datetime) -> bool:
    """Say whether a feed was read in ``week`` or later; without feeds there is none to wait for."""
    files = runtime.catalogue
    start = week_bounds(week, files.timezone)[0]
    with runtime.database.read() as connection:
        read = [state.last_success for state in list_feed_states(connection) if state.last_success]
    return not files.feeds or any(start <= moment <= now + CLOCK_STEP for moment in read)


def _topics_owing(runtime: Runtime, week: Week, now: datetime) -> tuple[str, ...]:
    files = runtime.catalogue
    with runtime.database.read() as connection:
        rows = list_editions(connection, week=week)
        whole = [row for row in rows if is_final(connection, row, files.timezone, now)]
    final = {(row.topic, row.language) for row in whole}
    return tuple(
        topic.key for topic in files.topics if not final >= {(topic.key, language) for language in files.languages}
    )


def _mark_digest(runtime: Runtime, now: datetime, detail: str) -> None:
    with runtime.database.write() as connection:
        mark_run(connection, "digest", now, now, ok=True, detail=detail)
