"""Killed at any moment: what was acknowledged is there, nothing is twice, the file is sound."""

import random
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from watcher.store.database import Database, open_database

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from watcher.model.entry import ParsedEntry, ParsedFeed
from watcher.model.topic import TopicMatch
from watcher.store.database import open_database
from watcher.store.entries import save_entries
from watcher.store.feeds import list_feed_states, sync_feeds
from watcher.store.outbox import Letter, queue_deliveries
from watcher.store.work import mark_matched
from watcher.model.feed import Feed

now = datetime(2026, 11, 23, tzinfo=UTC)
database = open_database(Path(sys.argv[1]))
with database.write() as c:
    sync_feeds(c, (Feed(url="https://a.example/"),), now)
    feed_id = list_feed_states(c)[0].id
for number in range(int(sys.argv[2]), 10_000):
    entry = ParsedEntry(keys=(f"k{number}",), title=f"Entry {number}", url=None, summary="word " * 200)
    with database.write() as c:
        saved = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=(entry,)), now)
        mark_matched(c, "r", [(one, (TopicMatch(topic="t", score=1.0),)) for one in saved.new])
        queue_deliveries(c, [Letter(edition="e", address="a@x.example", message_id=f"<{number}>")], now)
    print(number, flush=True)
"""

CREATOR = """
import sys
from pathlib import Path
from watcher.store.database import open_database

print(1, flush=True)
open_database(Path(sys.argv[1]))
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start ``code`` in an interpreter of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code


def write_until_killed(path: Path, begin: int, lines: int) -> int:
    """Run the writer, kill it after ``lines`` acknowledged entries, and return how many it acknowledged in all."""
    with start(WRITER, str(path), str(begin)) as writer:
        assert writer.stdout is not None
        last = begin - 1
        for _ in range(lines):
            last = int(writer.stdout.readline())
        writer.kill()
        rest = [line for line in writer.stdout.read().splitlines(keepends=False) if line.isdigit()]
    return int(rest[-1]) + 1 if rest else last + 1


def count(database: Database, table: str) -> int:
    """Count the rows of a table."""
    with database.read() as c:
        return int(c.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - names of this file


def test_a_killed_writer_loses_nothing(tmp_path: Path) -> None:
    """STO-01: after each of several kills all acknowledged entries are there once, and tables agree with each other."""
    path = tmp_path / "watcher.db"
    moments = random.Random(5)  # noqa: S311 - which moments does not matter, that they stay the same does
    acknowledged = 0
    for _ in range(6):
        acknowledged = write_until_killed(path, acknowledged, moments.randrange(1, 40))
        database = open_database(path)
        counts = {
            count(database, table)
            for table in ("entry", "entry_key", "entry_match", "entry_search_docsize", "delivery")
        }
        assert len(counts) == 1
        stored = counts.pop()
        assert acknowledged <= stored <= acknowledged + 1  # the last commit may have been killed before its word
        assert all(check.ok for check in database.check())
        database.close()
        acknowledged = stored


def test_a_kill_while_creating_leaves_a_usable_folder(tmp_path: Path) -> None:
    """STO-08: killed at any point of its creation, the database is either absent or whole at the next start."""
    for number in range(4):
        path = tmp_path / str(number) / "watcher.db"
        with start(CREATOR, str(path)) as creator:
            assert creator.stdout is not None
            creator.stdout.readline()
            while not path.parent.exists() and creator.poll() is None:
                pass
            for _ in range(number * 2000):
                path.with_name("watcher.db.new").exists()
            creator.kill()
        opened = open_database(path)
        assert all(check.ok for check in opened.check())
        opened.close()


def test_two_processes_store_one_document(tmp_path: Path) -> None:
    """ENT-04: two rounds over the same entries at once make no duplicate and show no error."""
    path = tmp_path / "watcher.db"
    code = WRITER.replace("10_000", "40")
    started = [start(code, str(path), "0") for _ in range(2)]
    for process in started:
        process.communicate(timeout=60)
    assert [process.returncode for process in started] == [0, 0]
    database = open_database(path)
    assert [count(database, table) for table in ("entry", "delivery", "entry_match")] == [40, 40, 40]
    database.close()
