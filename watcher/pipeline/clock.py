"""Whether this machine's clock may be believed: what the servers of a round say of the time.

A clock that runs ahead would have editions written of weeks that have not ended. Feeds come from many sites whose
clocks are set by others: where those of a round agree that it is earlier, editions and mails go by theirs until the
clocks agree again. What was recorded under the wrong time lies in the future then, and says nothing.
"""

from datetime import datetime, timedelta

from watcher.log import get_log
from watcher.model.report import FeedReport
from watcher.pipeline.runtime import Runtime
from watcher.store.runs import get_last_run, mark_run
from watcher.urls import site

CLOCK_STEP = timedelta(hours=1)  # a record further ahead is of a clock that was wrong: it says nothing
FEWEST = 3  # sites: one or two may be wrong themselves


def compare_clocks(runtime: Runtime, reports: tuple[FeedReport, ...], now: datetime) -> None:
    """Record what the servers of a round say of the time, where enough sites do, and warn when ours is ahead."""
    times = {site(report.url): report.server_time for report in reports if report.server_time}
    if len(times) < FEWEST:
        return
    theirs = sorted(times.values())[len(times) // 2]
    ahead = now - theirs
    is_right = ahead <= CLOCK_STEP
    detail = f"as {len(times)} sites say" if is_right else f"{_span(ahead)} ahead of {len(times)} sites"
    with runtime.database.write() as connection:
        mark_run(connection, "clock", now, theirs, ok=is_right, detail=detail)
    if not is_right:
        get_log("clock").warning(
            "this machine's clock is ahead of the servers' clocks: set it; editions and mails go by theirs",
            ahead=_span(ahead),
            sites=len(times),
        )


def trusted_now(runtime: Runtime, now: datetime) -> datetime:
    """Return the time that editions and mails go by: ``now``, or the servers' time while our clock is ahead of it."""
    with runtime.database.read() as connection:
        last = get_last_run(connection, "clock", until=now + CLOCK_STEP)
    return now if last is None or last.ok else now - (last.started - last.finished)


def _span(ahead: timedelta) -> str:
    return f"{ahead.days} days" if ahead.days else f"{ahead.total_seconds() / 3600:.0f} hours"
