"""When things are due: crontab lines, downtime, daylight saving, clock jumps, signals, saved files."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.fakes import SilentAnnotator
from tests.fetch.site import FEED, serving
from watcher.config.settings import Settings
from watcher.digest.period import parse_week
from watcher.model.catalogue import Cron, Every, Weekly, When
from watcher.model.edition import Week
from watcher.model.report import FeedReport
from watcher.pipeline.clock import compare_clocks
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime, load_files
from watcher.schedule import Daemon, is_due, make_trigger, owed_weeks
from watcher.store.database import open_database
from watcher.store.editions import list_editions
from watcher.store.runs import list_runs

PARIS = "Europe/Paris"
MONDAY = Weekly(weekday=0, hour=7, minute=0)


def local(zone: str, *parts: int) -> datetime:
    """Return a local time of ``zone`` in UTC."""
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type,misc]  # year, month, day, ...


def fires(line: str, after: datetime, zone: str = PARIS) -> datetime | None:
    """Return when a crontab line fires next, in local time."""
    following: datetime | None = make_trigger(Cron(line=line), zone).get_next_fire_time(None, after)
    return following


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 7 * * 1", "2026-11-23 07:00"),
        ("0 7 * * 0", "2026-11-22 07:00"),
        ("0 7 * * 7", "2026-11-22 07:00"),
        ("30 6 * * mon-fri", "2026-11-18 06:30"),
        ("0 7 * * 5-7", "2026-11-20 07:00"),
        ("*/15 * * * *", "2026-11-17 12:15"),
        ("0 7 1 * *", "2026-12-01 07:00"),
        ("0 7 20 * 1", "2026-11-20 07:00"),
    ],
)
def test_crontab_lines_mean_what_crontab_says(line: str, expected: str) -> None:
    """Weekdays count from Sunday, and a day of month with a day of week means either."""
    tuesday_noon = datetime(2026, 11, 17, 12, 1, tzinfo=ZoneInfo(PARIS))
    following = fires(line, tuesday_noon)
    assert following is not None
    assert f"{following:%Y-%m-%d %H:%M}" == expected


def test_an_interval_is_due_when_it_is_over() -> None:
    """A job that never ran is due; one that ran is due after its interval, whatever happened between."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    hourly = Every(seconds=3600)
    assert is_due(hourly, None, now, PARIS)
    assert not is_due(hourly, now - timedelta(minutes=59), now, PARIS)
    assert is_due(hourly, now - timedelta(days=3), now, PARIS)


def test_a_clock_set_back_makes_no_storm_and_no_silence() -> None:
    """A record from the future says nothing; a jump of a minute changes nothing."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert is_due(Every(seconds=3600), now + timedelta(days=1), now, PARIS)
    assert not is_due(Every(seconds=3600), now + timedelta(minutes=1), now, PARIS)


@pytest.mark.parametrize("zone", [PARIS, "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", [2, 7])
@pytest.mark.parametrize("when", [MONDAY, Cron(line="30 2 * * 0")])
def test_each_week_is_owed_once_over_a_year_of_ticks(zone: str, hour: int, when: When) -> None:
    """Over a year with both clock changes, ticks owe every week exactly once, in order."""
    chosen: When = (
        Weekly(weekday=0, hour=hour, minute=30) if isinstance(when, Weekly) else Cron(line=f"30 {hour} * * 0")
    )
    now = local(zone, 2026, 1, 7, 12, 0)
    last = now
    owed: list[Week] = []
    for _ in range(2 * 7 * 53):
        now += timedelta(hours=12)
        weeks = owed_weeks(chosen, last, now, zone)
        if weeks:
            owed += weeks
            last = now
    assert len(owed) == len(set(owed)) == 53
    assert owed == sorted(owed)


@pytest.mark.parametrize(("down", "weeks"), [(timedelta(hours=1), 1), (timedelta(days=3), 1), (timedelta(weeks=3), 3)])
def test_downtime_loses_no_week(down: timedelta, weeks: int) -> None:
    """Down over Monday at seven for an hour, three days or three weeks: what fell due is owed at the next start."""
    before = local(PARIS, 2026, 11, 23, 6, 30)
    owed = owed_weeks(MONDAY, before, before + timedelta(minutes=15) + down, PARIS)
    assert len(owed) == weeks
    assert owed[0] == Week(year=2026, number=47)
    assert owed_weeks(MONDAY, before, before + timedelta(minutes=15), PARIS) == ()


def test_week_53_is_a_week() -> None:
    """The last week of 2026 is W53, and the Monday after owes it."""
    assert owed_weeks(MONDAY, local(PARIS, 2026, 12, 30, 7), local(PARIS, 2027, 1, 4, 8), PARIS) == (
        Week(year=2026, number=53),
    )


FILE = "timezone: Europe/Paris\nlanguages: [fr]\ntopics:\n  hydrogen:\n    match: {any: [hydrogen]}\n"


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A Wednesday noon."""
    return Clock(local(PARIS, 2026, 11, 18, 12, 0))


@pytest.fixture
def daemon(tmp_path: Path, clock: Clock) -> Iterator[Daemon]:
    """A daemon on a topic without feeds."""
    (tmp_path / "feeds.yaml").write_text(FILE, "utf-8")
    settings = Settings(config=tmp_path / "feeds.yaml", data=tmp_path / "var", digests=tmp_path / "digests")
    catalogue, members, warnings = load_files(settings)
    database = open_database(settings.database_path)
    runtime = Runtime(settings, catalogue, database, members=members, warnings=warnings, annotator=SilentAnnotator())
    yield Daemon(runtime, clock)
    database.close()


def weeks_on_record(daemon: Daemon) -> list[str]:
    """Return the weeks of which there is an edition."""
    with daemon.runtime.database.read() as connection:
        return sorted(str(row.week) for row in list_editions(connection))


def test_an_edition_is_written_once_however_often_it_ticks(daemon: Daemon, clock: Clock) -> None:
    """The first start writes nothing; Monday's edition is written once; after three weeks away, each missed one."""
    daemon.tick()
    assert weeks_on_record(daemon) == []
    clock.now = local(PARIS, 2026, 11, 23, 7, 0) + timedelta(seconds=5)
    daemon.tick()
    daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47"]
    clock.now = local(PARIS, 2026, 12, 16, 9, 0)
    daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47", "2026-W48", "2026-W49", "2026-W50"]


def test_fetches_follow_the_schedule_over_restarts(daemon: Daemon, clock: Clock) -> None:
    """Rounds are two hours apart by the record, whoever starts the program in between."""
    daemon.tick()
    clock.now += timedelta(minutes=30)
    Daemon(daemon.runtime, clock).tick()
    clock.now += timedelta(minutes=95)
    daemon.tick()
    with daemon.runtime.database.read() as connection:
        assert len(list_runs(connection, job="fetch")) == 2


def test_a_saved_file_is_taken_up_and_a_broken_one_is_not(daemon: Daemon, tmp_path: Path) -> None:
    """A changed feeds.yaml is in force at the next tick; one with a mistake leaves the last good one in force."""
    file = tmp_path / "feeds.yaml"
    file.write_text(FILE.replace("hydrogen:", "helium:", 1), "utf-8")
    daemon.tick()
    assert [topic.key for topic in daemon.runtime.catalogue.topics] == ["helium"]
    file.write_text("topics: [", "utf-8")
    daemon.tick()
    assert [topic.key for topic in daemon.runtime.catalogue.topics] == ["helium"]
    file.write_text(FILE, "utf-8")
    daemon.tick()
    assert [topic.key for topic in daemon.runtime.catalogue.topics] == ["hydrogen"]


def test_a_signal_ends_the_daemon(tmp_path: Path) -> None:
    """SIGTERM ends `watcher run` well within ten seconds, with exit code 0."""
    (tmp_path / "feeds.yaml").write_text(FILE, "utf-8")
    command = [sys.executable, "-m", "watcher", "run", "--config", str(tmp_path / "feeds.yaml")]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [*command, "--data", str(tmp_path / "var")], stderr=subprocess.PIPE, cwd=tmp_path, env=dict(os.environ)
    )
    assert process.stderr is not None
    for line in process.stderr:
        if b"running" in line:
            break
    process.send_signal(signal.SIGTERM)
    process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=10) == 0


def test_a_preview_is_written_again_when_its_week_is_over(daemon: Daemon, clock: Clock) -> None:
    """An edition that an officer wrote on Thursday is not Monday's: the schedule writes the whole week."""
    daemon.tick()
    thursday = local(PARIS, 2026, 11, 19, 9, 0)
    publish(daemon.runtime, thursday, week=parse_week("2026-W47"))
    clock.now = local(PARIS, 2026, 11, 23, 7, 0) + timedelta(seconds=5)
    daemon.tick()
    with daemon.runtime.database.read() as connection:
        assert {row.written_at for row in list_editions(connection)} == {clock.now}


def test_a_signal_within_a_tick_ends_the_daemon(tmp_path: Path) -> None:
    """SIGTERM and Ctrl-C while a feed hangs end `watcher run` with exit code 0 and no word of a fault."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        text = (
            f"network: {{allow: ['{address}'], timeout: 60}}\ntopics: {{hydrogen: {{feeds: ['http://{address}/']}}}}\n"
        )
        (tmp_path / "feeds.yaml").write_text(text, "utf-8")
        for number in (signal.SIGTERM, signal.SIGINT):
            process = subprocess.Popen(
                [sys.executable, "-m", "watcher", "run"], stderr=subprocess.PIPE, cwd=tmp_path, env=dict(os.environ)
            )
            silent.settimeout(30)
            with silent.accept()[0]:
                process.send_signal(number)
                _, errors = process.communicate(timeout=10)
            assert process.returncode == 0, errors
            assert b"fault" not in errors
            shutil.rmtree(tmp_path / "var")


def test_a_year_ahead_and_back_loses_no_week(daemon: Daemon, clock: Clock) -> None:
    """TIM-03: after a clock that ran a year ahead is put right, rounds keep their gap and each Monday its edition."""
    daemon.tick()
    right = clock.now
    clock.now = right + timedelta(days=365)
    daemon.tick()
    for minutes in (1, 2, 3):
        clock.now = right + timedelta(minutes=minutes)
        daemon.tick()
    with daemon.runtime.database.read() as connection:
        assert len(list_runs(connection, job="fetch")) == 2
    clock.now = local(PARIS, 2026, 11, 23, 7, 1)
    daemon.tick()
    assert "2026-W47" in weeks_on_record(daemon)


def hear(daemon: Daemon, clock: Clock, theirs: datetime) -> None:
    """Record that three sites said ``theirs`` when this machine's clock stood where it stands."""
    answers = tuple(
        FeedReport(url=f"https://site{number}.test/rss", topics=(), outcome="fetched", server_time=theirs)
        for number in range(3)
    )
    compare_clocks(daemon.runtime, answers, clock.now)


def test_a_clock_ahead_of_the_servers_writes_no_week_to_come(daemon: Daemon, clock: Clock) -> None:
    """A year ahead, editions go by the servers' time: none of a week that has not ended, and Monday's on Monday."""
    daemon.tick()
    right, year = clock.now, timedelta(days=365)
    clock.now = right + year
    hear(daemon, clock, right)
    daemon.tick()
    assert weeks_on_record(daemon) == []
    clock.now = local(PARIS, 2026, 11, 23, 7, 1) + year
    daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47"]
    clock.now = local(PARIS, 2026, 11, 30, 7, 1)
    daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47", "2026-W48"]


def test_an_edition_from_the_future_blocks_nothing(daemon: Daemon, clock: Clock, tmp_path: Path) -> None:
    """Editions that a wrong clock wrote, where nobody could tell, are written again when their weeks have come."""
    daemon.tick()
    right = clock.now
    clock.now = right + timedelta(days=28)
    daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47", "2026-W48", "2026-W49", "2026-W50"]
    clock.now = right
    daemon.tick()
    for day, week in ((23, "2026-W47"), (30, "2026-W48")):
        clock.now = local(PARIS, 2026, 11, day, 7, 1)
        daemon.tick()
        with daemon.runtime.database.read() as connection:
            assert {row.written_at for row in list_editions(connection, week=parse_week(week))} == {clock.now}
        index = (tmp_path / "digests" / "index.html").read_text("utf-8")
        assert week[-3:] in index
        assert "W50" not in index


def test_missed_weeks_wait_until_a_feed_answers(daemon: Daemon, clock: Clock, tmp_path: Path) -> None:
    """Back after three weeks without a network, editions are written when the news that were missed can be read."""
    with serving({"/a": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED}) as site:
        feed = f"    feeds: ['{site.url('/a')}']\n"
        (tmp_path / "feeds.yaml").write_text(f"network: {{allow: [127.0.0.0/8], gap: 0}}\n{FILE}{feed}", "utf-8")
        daemon.tick()
    clock.now += timedelta(weeks=3)
    daemon.tick()
    assert weeks_on_record(daemon) == []
    with serving({"/a": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED}) as site:
        feed = f"    feeds: ['{site.url('/a')}']\n"
        (tmp_path / "feeds.yaml").write_text(f"network: {{allow: [127.0.0.0/8], gap: 0}}\n{FILE}{feed}", "utf-8")
        clock.now += timedelta(hours=3)
        daemon.tick()
    assert weeks_on_record(daemon) == ["2026-W47", "2026-W48", "2026-W49"]


def test_a_zone_moved_west_writes_no_week_again(daemon: Daemon, clock: Clock, tmp_path: Path) -> None:
    """An edition whose week was over where it was written is not Monday's preview of another zone."""
    daemon.tick()
    written = clock.now = local(PARIS, 2026, 11, 23, 7, 0)
    daemon.tick()
    (tmp_path / "feeds.yaml").write_text(FILE.replace(PARIS, "America/Los_Angeles"), "utf-8")
    for hours in (1, 8, 12, 20):
        clock.now = written + timedelta(hours=hours)
        daemon.tick()
    with daemon.runtime.database.read() as connection:
        assert {(str(row.week), row.written_at) for row in list_editions(connection)} == {("2026-W47", written)}
