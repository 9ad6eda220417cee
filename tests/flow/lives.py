"""A watch that is killed again and again over the sample weeks, and an audit of what it leaves behind.

The work is done by processes of its own (``python -m tests.flow.lives``): the product's steps in their order, each
announced on standard output as it begins. The reader kills the whole process group a drawn moment after the
announcement of a drawn step, audits folder and outbox with no code of the product's, and starts the work again.
A life that nobody disturbs says what each week must come to, byte for byte.
"""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from watcher.demo.catalogue import sample_feeds_yaml, sample_members_yaml
from watcher.demo.server import SampleServer, serve_samples

MONDAYS = tuple(datetime(2026, 10, 19, 6, tzinfo=UTC) + timedelta(weeks=week) for week in range(6))
STEPS = ("open", "fetch", "annotate", "group", "publish", "queue", "send")
ROOT = Path(__file__).parents[2]
LONGEST = 120.0  # seconds a process may take before it counts as hung
AGAIN = timedelta(minutes=10)  # between two starts, on the mails' clock: longer than an outbox lease
Copies = Counter[tuple[str, str]]  # (Message-ID, recipient)


@dataclass
class Tally:
    """What happened over all rounds; ``faults`` holds every broken promise in words."""

    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    half_swapped: int = 0  # sets of files seen between two renames: not yet announced, mended by the next run
    doubled: int = 0  # mails that arrived twice because the sender died under way
    doubted: int = 0  # mails given up because two senders died under way
    missing: int = 0  # of those, mails that had not arrived
    faults: list[str] = field(default_factory=list)


class Sink:
    """Takes every mail and counts the copies of each."""

    def __init__(self) -> None:
        self.copies: Copies = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Count a mail and accept it."""
        head = (envelope.original_content or b"").partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
        (name,) = (line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("Message-ID:"))
        self.copies.update((name, address) for address in envelope.rcpt_tos)
        return "250 OK"


@dataclass(frozen=True)
class Stage:
    """What a life is played on: servers of feeds and mail that stay where they are."""

    feeds: SampleServer
    sink: Sink
    mail_port: int

    def prepare(self, folder: Path) -> None:
        """Write the files people edit into an empty folder."""
        folder.mkdir(parents=True)
        mail = f"mail: {{sender: veille@pole.example, host: 127.0.0.1, port: {self.mail_port}, security: none}}\n"
        (folder / "feeds.yaml").write_text(sample_feeds_yaml(self.feeds.base_url) + mail, "utf-8")
        (folder / "members.yaml").write_text(sample_members_yaml(), "utf-8")
        self.sink.copies.clear()


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Serve the samples and take mail on loopback inside the block."""
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mail = Controller(sink, hostname="127.0.0.1", port=port)
    with serve_samples(MONDAYS[0]) as feeds:
        mail.start()
        try:
            yield Stage(feeds, sink, port)
        finally:
            mail.stop()


def start(folder: Path, week: int, attempt: int) -> "subprocess.Popen[str]":
    """Start the work of a week in a process group of its own."""
    command = [sys.executable, "-m", "tests.flow.lives", str(folder), str(week), str(attempt)]
    with (folder / "stderr").open("w") as errors:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )


def run_whole(folder: Path, week: int, attempt: int) -> dict[str, float]:
    """Do the work of a week undisturbed; return how long each step took."""
    spans: dict[str, float] = {}
    with start(folder, week, attempt) as process:
        assert process.stdout is not None
        name, since = "", time.monotonic()
        for line in process.stdout:
            if name:
                spans[name] = time.monotonic() - since
            name, since = line.strip(), time.monotonic()
        if process.wait(LONGEST):
            raise AssertionError((folder / "stderr").read_text("utf-8")[-2000:])
    return spans


def run_until_killed(folder: Path, week: int, attempt: int, step: str, delay: float) -> str:
    """Do the work of a week, killed ``delay`` seconds after ``step`` began; return the last step that had begun."""
    last = "start"
    with start(folder, week, attempt) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = line.strip()
            if last == step:
                time.sleep(delay)
                break
        children = list_children(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        begun = [line.strip() for line in process.stdout]
        if process.wait(LONGEST) not in {-signal.SIGKILL, 0}:
            raise AssertionError((folder / "stderr").read_text("utf-8")[-2000:])
    await_end(children)
    return (begun or [last])[-1]


def list_children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started and that still run."""
    try:
        return [int(one) for file in Path(f"/proc/{pid}/task").glob("*/children") for one in file.read_text().split()]
    except OSError:
        return []


def await_end(pids: list[int]) -> None:
    """Wait until orphans have noticed that nobody waits for them. Raise AssertionError when they do not."""
    until = time.monotonic() + LONGEST
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > until:
            raise AssertionError(f"processes {pids} outlive the one that started them")
        time.sleep(0.01)


@dataclass(frozen=True)
class Memory:
    """What a round left behind: nothing of it may be missing after a later one."""

    entries: frozenset[tuple[int, str, str]] = frozenset()
    printed: frozenset[tuple[str, int, str]] = frozenset()
    sent: frozenset[str] = frozenset()


def audit(folder: Path, before: Memory, tally: Tally, where: str) -> Memory:
    """Judge database and files after a kill; return what was there."""
    path = folder / "var" / "watcher.db"
    if not path.exists():
        if before.entries:
            tally.faults.append(f"{where}: the database is gone")
        return before
    with closing(sqlite3.connect(path)) as database:
        for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found = database.execute(f"PRAGMA {pragma}").fetchall()
            if found != sound:
                tally.faults.append(f"{where}: {pragma} says {found[:3]}")
        rows = database.execute("SELECT id, title, feed_id || ' ' || coalesce(url, title) FROM entry").fetchall()
        now = Memory(
            entries=frozenset(rows),
            printed=frozenset(database.execute("SELECT topic, entry_id, week FROM printed")),
            sent=frozenset(row[0] for row in database.execute("SELECT message_id FROM delivery WHERE state = 'sent'")),
        )
        editions = database.execute("SELECT files, sha256, state FROM edition").fetchall()
    for name in ("entries", "printed", "sent"):
        lost = getattr(before, name) - getattr(now, name)
        tally.faults += [f"{where}: {len(lost)} {name} lost, e.g. {sorted(lost)[:2]}"] * bool(lost)
    twice = [place for place, number in Counter(row[1:] for row in rows).items() if number > 1]
    tally.faults += [f"{where}: {len(twice)} entries twice, e.g. {twice[:2]}"] * bool(twice)
    _audit_files(folder / "digests", editions, tally, where)
    return now


def _audit_files(folder: Path, editions: list[tuple[str, str, str]], tally: Tally, where: str) -> None:
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file() and not path.name.startswith(".") and not is_whole(path):
            tally.faults.append(f"{where}: {path.name} is not whole")
    index = (folder / "index.html").read_text("utf-8") if (folder / "index.html").exists() else ""
    for files, digest, state in editions:
        paths = [folder / name for name in json.loads(files)]
        there = [path for path in paths if path.exists()]
        as_recorded = len(there) == len(paths) and sha256(b"".join(map(Path.read_bytes, paths))).hexdigest() == digest
        if state == "written" and not as_recorded:
            tally.faults.append(f"{where}: {paths[0].stem} is on record as written and is not on the disk")
        if 0 < len(there) < len(paths):
            tally.half_swapped += 1
            if any(path.name in index for path in paths):
                tally.faults.append(f"{where}: {paths[0].stem} stands in the index and misses a format")


def is_whole(path: Path) -> bool:
    """Say whether a file ends as its format ends."""
    data = path.read_bytes()
    match path.suffix:
        case ".json":
            return isinstance(json.loads(data), dict)
        case ".xml":
            return ET.fromstring(data) is not None  # noqa: S314 - our own file
        case ".html":
            return data.rstrip().endswith(b"</html>")
        case ".ics":
            return data.rstrip().endswith(b"END:VCALENDAR")
        case _:
            return data.endswith(b"\n")


def audit_week(folder: Path, expected: "Week", stage: Stage, tally: Tally, where: str, settled: set[str]) -> None:
    """Judge a finished week: the same entries and pages as undisturbed, one mail for everyone.

    ``settled`` holds the mails counted in earlier weeks of this life.
    """
    found = take_week(folder)
    for name in ("entries", "pages"):
        strange = set(getattr(found, name).items()) ^ set(getattr(expected, name).items())
        tally.faults += [f"{where}: {name} differ, e.g. {sorted(map(str, strange))[:2]}"] * bool(strange)
    with closing(sqlite3.connect(folder / "var" / "watcher.db")) as database:
        mails = database.execute("SELECT message_id, address, state, doubts FROM delivery").fetchall()
    if len(mails) != expected.mails:
        tally.faults.append(f"{where}: {len(mails)} mails on record, {expected.mails} expected")
    for name, address, state, doubts in mails:
        copies = stage.sink.copies[name, address]
        if name not in settled:
            settled.add(name)
            tally.doubled += copies == 2
            tally.doubted += state == "unknown"
            tally.missing += copies == 0
        if copies > 1 + min(doubts, 1) or (copies == 0 and doubts < 2) or (state != "sent" and doubts < 2):
            tally.faults.append(f"{where}: a mail is {state}, arrived {copies} times, was in doubt {doubts} times")


@dataclass(frozen=True)
class Week:
    """What a week comes to: entries by feed and title, all files, the text of the editions, mails queued so far.

    Other formats name entries by number, in the order in which answers came, so only their names are compared.
    """

    entries: Counter[tuple[str, str]]
    pages: dict[str, str]
    mails: int


def take_week(folder: Path) -> Week:
    """Return what stands in a folder after a week's work."""
    with closing(sqlite3.connect(folder / "var" / "watcher.db")) as database:
        rows = database.execute("SELECT feed.url, entry.title FROM entry JOIN feed ON feed.id = entry.feed_id")
        entries = Counter(rows.fetchall())
        (mails,) = database.execute("SELECT count(*) FROM delivery").fetchone()
    root = folder / "digests"
    pages = {str(p.relative_to(root)): p.read_text("utf-8") * (p.suffix == ".md") for p in root.rglob("*.*")}
    return Week(entries=entries, pages=pages, mails=mails)


def live_undisturbed(folder: Path, stage: Stage, weeks: range) -> tuple[list[Week], dict[str, float]]:
    """Live some weeks without a kill; return what each came to and the longest span of each step."""
    stage.prepare(folder)
    came_to, longest = [], dict.fromkeys(STEPS, 0.05)
    for week in weeks:
        stage.feeds.move_to(MONDAYS[week])
        spans = run_whole(folder, week, 0)
        longest = {step: max(longest[step], spans.get(step, 0.0)) for step in STEPS}
        came_to.append(take_week(folder))
    return came_to, longest


def live_killed(
    folder: Path, stage: Stage, weeks: range, calm: tuple[list[Week], dict[str, float]], seed: int, tally: Tally
) -> None:
    """Live the same weeks with a kill in each step of each week; audit after every kill and every week."""
    stage.prepare(folder)
    draw = random.Random(seed)  # noqa: S311 - which moments does not matter, that they stay the same does
    memory, (expected, spans), settled = Memory(), calm, set[str]()
    for week, whole in zip(weeks, expected, strict=True):
        stage.feeds.move_to(MONDAYS[week])
        for attempt, step in enumerate(STEPS):
            last = run_until_killed(folder, week, attempt, step, draw.uniform(0, spans[step]))
            tally.rounds += 1
            tally.killed[last] += 1
            memory = audit(folder, memory, tally, f"seed {seed}, week {week}, {step}")
        run_whole(folder, week, len(STEPS))
        memory = audit(folder, memory, tally, f"seed {seed}, week {week}, done")
        audit_week(folder, whole, stage, tally, f"seed {seed}, week {week}, done", settled)


def work(folder: Path, week: int, attempt: int) -> None:
    """Do the whole job of a week, announcing each step as it begins."""
    from tests.flow.test_weeks import make_runtime  # noqa: PLC0415 - heavy, and the reader needs none of it
    from watcher.digest.period import last_whole_week  # noqa: PLC0415
    from watcher.pipeline.annotate import annotate_new  # noqa: PLC0415
    from watcher.pipeline.deliver import deliver, queue_week  # noqa: PLC0415
    from watcher.pipeline.fetch import fetch_feeds  # noqa: PLC0415
    from watcher.pipeline.group import group_new  # noqa: PLC0415
    from watcher.pipeline.publish import publish  # noqa: PLC0415

    def say(step: str) -> None:
        sys.stdout.write(step + "\n")
        sys.stdout.flush()

    now = MONDAYS[week]
    last = last_whole_week(now, "Europe/Paris")
    say("open")
    runtime = make_runtime(folder)
    say("fetch")
    fetch_feeds(runtime, now, force=True)
    say("annotate")
    annotate_new(runtime, now)
    say("group")
    group_new(runtime, now)
    say("publish")
    publish(runtime, now, week=last)
    say("queue")
    queue_week(runtime, last, now)
    say("send")
    for later in (timedelta(0), AGAIN, timedelta(hours=25)):
        deliver(runtime, now + attempt * AGAIN + later)
    say("done")


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
