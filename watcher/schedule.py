"""When things happen: APScheduler ticks, and what is due computed from the database.

A job is only a tick. Whether feeds or an edition are due is read from the record of earlier runs, so that
downtime, restarts, daylight saving and clock jumps need no code of their own: what was missed is done at the
next tick, once. Jobs run in the main thread, so that a signal ends them where they stand; every step can be
killed anywhere.
"""

import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from watcher.clock import utc_now
from watcher.digest.period import last_whole_week, next_week, week_bounds
from watcher.errors import ConfigError, StoreError, WatcherError
from watcher.fetch.agent import contact_warning
from watcher.log import get_log
from watcher.model.catalogue import Cron, Every, Weekly, When
from watcher.model.edition import Week
from watcher.pipeline.announce import announce
from watcher.pipeline.clock import trusted_now
from watcher.pipeline.deliver import deliver
from watcher.pipeline.owed import publish_owed
from watcher.pipeline.runtime import Runtime, load_files
from watcher.pipeline.steps import fetch_if_due

TICK = 30  # seconds
INSIST = 0.5  # seconds between two raisings of a stop
MOST_WEEKS = 8  # a longer absence is caught up this far; older weeks are named in the log
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def make_trigger(when: Weekly | Cron, zone: str) -> BaseTrigger:
    """Return the APScheduler trigger of a weekly time or a crontab line.

    Crontab counts weekdays from Sunday and joins a restricted day of month and day of week by *or*
    (crontab(5)); APScheduler does neither, so both are translated here.
    """
    if isinstance(when, Weekly):
        return CronTrigger(day_of_week=when.weekday, hour=when.hour, minute=when.minute, timezone=ZoneInfo(zone))
    minute, hour, day, month, weekday = when.line.split()

    def trigger(day: str, weekday: str) -> CronTrigger:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month.lower(), day_of_week=weekday, timezone=ZoneInfo(zone)
        )

    names = _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return trigger(day, names)
    return OrTrigger([trigger(day, "*"), trigger("*", names)])


def _weekdays(field: str) -> str:
    """Return a crontab day-of-week field as APScheduler's names, ranges written out."""
    chosen: set[int] = set()
    for item in field.lower().split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("-")
        start = 0 if first == "*" else _day(first)
        end = 6 if first == "*" or (step and not last) else _day(last or first)
        end += 7 if end < start else 0
        chosen.update(number % 7 for number in range(start, end + 1, int(step or 1)))
    return ",".join(DAYS[number] for number in sorted(chosen))


def _day(text: str) -> int:
    return DAYS.index(text) if text in DAYS else int(text)


def is_due(when: When, last: datetime | None, now: datetime, zone: str) -> bool:
    """Say whether a job that last began at ``last`` is due; one that never ran is."""
    if last is None or last > now + timedelta(hours=1):  # the clock was set back: the record says nothing
        return True
    if isinstance(when, Every):
        return now - last >= timedelta(seconds=when.seconds)
    following = make_trigger(when, zone).get_next_fire_time(None, last + timedelta(seconds=1))
    return following is not None and following <= now


def owed_weeks(when: When, last: datetime, now: datetime, zone: str) -> tuple[Week, ...]:
    """Return the weeks whose edition fell due after ``last`` and up to ``now``, oldest first.

    A week falls due once: at the first time of ``when`` at or after its end.
    """
    weeks = []
    week, newest = last_whole_week(last, zone), last_whole_week(now, zone)
    while week <= newest:
        if last < _falls_due(when, week, last, zone) <= now:
            weeks.append(week)
        week = next_week(week)
    return tuple(weeks)


def _falls_due(when: When, week: Week, last: datetime, zone: str) -> datetime:
    end = week_bounds(week, zone)[1]
    if isinstance(when, Every):
        return max(end, last + timedelta(seconds=when.seconds)) if end > last else last
    return make_trigger(when, zone).get_next_fire_time(None, end) or last


class Stop(BaseException):
    """Raised by the signal handler through whatever the main thread is doing."""


class Daemon:
    """`watcher run`: one tick after another until a signal."""

    def __init__(self, runtime: Runtime, clock: Callable[[], datetime] = utc_now) -> None:
        self.runtime = runtime
        self.clock = clock
        self._log = get_log("run")
        self._seen = self._fingerprint()
        self._missed: tuple[Week, ...] = ()  # what the log has told of

    def tick(self) -> None:
        """Do what is due: take up saved files, fetch, publish, deliver. Errors are logged; the next tick goes on."""
        now = self.clock()
        for step in (self.reload, self._fetch, self._publish, self._deliver):
            try:
                step(now)
            except StoreError as error:
                self._log.error("the database cannot be used now; the next tick tries again", reason=str(error))
                return
            except WatcherError as error:
                self._log.error("a step could not be done; the next tick tries again", reason=str(error))
            except Exception:  # noqa: BLE001 - a fault of ours must not end a watch that runs for years
                self._log.exception("a step failed in a way we did not expect; the next tick tries again")

    def reload(self, now: datetime) -> None:  # noqa: ARG002 - a step like the others
        """Take up a changed ``feeds.yaml`` or register; a broken one is reported and the last good one stays."""
        seen = self._fingerprint()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            catalogue, members, warnings = load_files(self.runtime.settings)
        except ConfigError as error:
            self._log.error("a saved file is broken; the last good one stays in force", problems=str(error))
            return
        self.runtime = self.runtime.with_files(catalogue, members, warnings)
        self._log.info("configuration taken up", feeds=len(catalogue.feeds), topics=len(catalogue.topics))

    def _fetch(self, now: datetime) -> None:
        files = self.runtime.catalogue
        fetch_if_due(self.runtime, now, lambda last: is_due(files.schedule.fetch, last, now, files.timezone))

    def _publish(self, now: datetime) -> None:
        files, now = self.runtime.catalogue, trusted_now(self.runtime, now)
        publish_owed(self.runtime, now, lambda last: self._owed(files.schedule.digest, last, now, files.timezone))

    def _deliver(self, now: datetime) -> None:
        now = trusted_now(self.runtime, now)
        if self.runtime.catalogue.mail and self.runtime.members:
            with self.runtime.database.lock("deliver"):
                report = deliver(self.runtime, now)
            if report.mails:
                sent = sum(mail.state == "sent" for mail in report.mails)
                self._log.info("delivered", sent=sent, tried=len(report.mails))
        announce(self.runtime, now)

    def _owed(self, when: When, last: datetime, now: datetime, zone: str) -> tuple[Week, ...]:
        weeks = owed_weeks(when, last, now, zone)
        if len(weeks) > 1 and weeks != self._missed:
            self._log.info("weeks were missed: they are written as soon as a feed answers", weeks=len(weeks))
        if len(weeks) > MOST_WEEKS and weeks != self._missed:
            left = [str(week) for week in weeks[:-MOST_WEEKS]]
            self._log.warning("too long away: these weeks can be written with `watcher digest --week`", weeks=left)
        self._missed = weeks
        return weeks[-MOST_WEEKS:]

    def _fingerprint(self) -> tuple[tuple[int, int] | None, ...]:
        settings = self.runtime.settings
        return tuple(_stat(path) for path in (settings.config, settings.members))


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def run_forever(daemon: Daemon) -> None:
    """Tick until SIGTERM or SIGINT; a step under way is interrupted and rolled back."""
    quiet = logging.getLogger("apscheduler")  # a stop may fall into its hands, and what fails we log ourselves
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    scheduler = BlockingScheduler(
        executors={"default": DebugExecutor()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=ZoneInfo("UTC"),
    )

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the handler's form
        # What a signal raises can fall where Python drops it (a finaliser, a callback): raised again until it holds.
        signal.setitimer(signal.ITIMER_REAL, INSIST)
        if scheduler.running:
            scheduler.shutdown(wait=False)
        raise Stop

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, stop)

    def tick() -> None:
        with suppress(Stop):
            daemon.tick()

    log = get_log("run")
    scheduler.add_job(tick, "interval", seconds=TICK, next_run_time=utc_now(), id="tick")
    with suppress(Stop, JobLookupError):  # a stop within a tick takes the job from under the scheduler's hands
        catalogue = daemon.runtime.catalogue
        if warning := contact_warning(catalogue.cluster):
            log.warning(warning)
        log.info("running", feeds=len(catalogue.feeds), topics=len(catalogue.topics))
        scheduler.start()
    signal.setitimer(signal.ITIMER_REAL, 0)
    log.info("stopped")
