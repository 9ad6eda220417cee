"""The database file: opened, refused, locked, and what is said about it."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from watcher.errors import StoreError
from watcher.store.database import Database, open_database, restore_database

NEEDS_NO_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


IMPORTS = "import sys, time; from pathlib import Path; from watcher.store.database import open_database\n"


def start(code: str, path: Path) -> subprocess.Popen[str]:
    """Start ``code`` with the store at hand in an interpreter of its own."""
    command = [sys.executable, "-c", IMPORTS + code, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code


def test_a_new_database_is_durable_and_checks_keys(database: Database) -> None:
    """WAL, full sync and foreign keys are on in every connection."""
    with database.read() as c:
        settings = [
            c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["wal", 2, 1]


def test_creating_leaves_no_draft(database: Database) -> None:
    """The file appears under its name whole; no draft stays beside it."""
    assert not list(database.path.parent.glob("*.new*"))


def test_a_failed_write_leaves_nothing(database: Database) -> None:
    """An error inside the block rolls all of it back and reaches the caller unchanged."""

    def write() -> None:
        with database.write() as c:
            c.execute(text("INSERT INTO profile VALUES ('drones', '{}')"))
            raise KeyError

    with pytest.raises(KeyError):
        write()
    with database.read() as c:
        assert c.scalar(text("SELECT count(*) FROM profile")) == 0


def test_a_reader_sees_one_state(database: Database) -> None:
    """What is written meanwhile does not show inside a block that reads."""
    with database.read() as c:
        before = c.scalar(text("SELECT count(*) FROM profile"))
        with database.write() as other:
            other.execute(text("INSERT INTO profile VALUES ('drones', '{}')"))
        assert c.scalar(text("SELECT count(*) FROM profile")) == before == 0


def test_two_threads_write_in_turn(database: Database) -> None:
    """Writers wait for each other instead of failing; nothing of either is lost."""

    def write(name: str) -> None:
        for number in range(25):
            with database.write() as c:
                c.execute(text("INSERT INTO profile VALUES (:topic, '{}')"), {"topic": f"{name}{number}"})

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.read() as c:
        assert c.scalar(text("SELECT count(*) FROM profile")) == 50


def test_a_writer_waits_for_another_process(database: Database) -> None:
    """A lock held longer than one wait of SQLite is waited out."""
    holder = closing(sqlite3.connect(database.path, isolation_level=None, check_same_thread=False))
    with holder as other:
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(1.2, other.rollback).start()
        with database.write() as c:
            c.execute(text("INSERT INTO profile VALUES ('drones', '{}')"))


def test_errors_of_sqlite_become_sentences(database: Database) -> None:
    """A broken rule of the schema ends as a StoreError and not as a traceback of the driver."""

    def write() -> None:
        with database.write() as c:
            c.execute(text("INSERT INTO entry_content VALUES (99, 'no such entry')"))

    with pytest.raises(StoreError, match="refused an operation"):
        write()


def test_a_full_disk_is_told(database: Database) -> None:
    """SQLite's own size limit stands for a full disk: the write is rolled back, and the next one works again."""

    def fill(pages: int) -> None:
        with database.write() as c:
            c.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            c.execute(text("INSERT INTO profile VALUES ('drones', :data)"), {"data": "x" * 2_000_000})

    with pytest.raises(StoreError, match=r"disk .* is full: free some space"):
        fill(1)
    fill(1_000_000)
    assert all(check.ok for check in database.check())


def test_the_second_holder_of_a_lock_learns_who_has_it(database: Database) -> None:
    """A lock names the process that holds it, and is free afterwards."""

    def take() -> None:
        with database.lock("fetch"):
            return

    with database.lock("fetch"), database.lock("run"), pytest.raises(StoreError, match=rf"pid {os.getpid()}\)"):
        take()
    take()


def test_a_lock_of_another_process_ends_with_it(database: Database) -> None:
    """A second process is refused with the pid of the first; killing the first frees the lock."""
    code = "with open_database(Path(sys.argv[1])).lock('run'):\n    print('held', flush=True); time.sleep(60)"
    with start(code, database.path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=rf"pid {other.pid}\)"), database.lock("run"):
            pass
        other.kill()
    with database.lock("run"):
        pass


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """STO-06: a folder is named as such."""
    (tmp_path / "watcher.db").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        open_database(tmp_path / "watcher.db")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (b"topics:\n", "not a SQLite database"),
        (b"SQLite format 3\0" + b"\xff" * 4080, "SQLite database|damaged"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes, said: str) -> None:
    """STO-05: zero bytes, another file and a broken header are told apart, and not a byte is changed."""
    path = tmp_path / "watcher.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=said):
        open_database(path)
    assert path.read_bytes() == content


def test_a_journal_without_its_database_is_refused(tmp_path: Path) -> None:
    """A new database is never created beside the journal of a lost one, which SQLite would play into it."""
    (tmp_path / "watcher.db-wal").write_bytes(b"x" * 100)
    with pytest.raises(StoreError, match=r"journal watcher\.db-wal is there"):
        open_database(tmp_path / "watcher.db")


def test_a_newer_database_is_refused(database: Database) -> None:
    """STO-08: a schema that this program does not know is left alone."""
    with database.write() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"newer watcher \(revision 9999"):
        open_database(database.path)


def test_damaged_pages_are_told_and_restored(database: Database, tmp_path: Path) -> None:
    """STO-05: damage is found by the check, and a backup brings the data back while the damaged file is kept."""
    with database.write() as c:
        for number in range(50):
            c.execute(text("INSERT INTO profile VALUES (:topic, :data)"), {"topic": str(number), "data": "x" * 3000})
    database.backup(tmp_path / "backup.db")
    database.close()
    body = bytearray(database.path.read_bytes())
    body[-4096 * 30 :] = b"\xff" * (4096 * 30)
    database.path.write_bytes(body)
    damaged = open_database(database.path)
    faults = [check for check in damaged.check() if not check.ok]
    damaged.close()
    assert "damaged" in faults[0].detail
    kept = restore_database(database.path, tmp_path / "backup.db")
    assert kept is not None
    assert kept.read_bytes() == bytes(body)
    restored = open_database(database.path)
    with restored.read() as c:
        assert c.scalar(text("SELECT count(*) FROM profile")) == 50
    restored.close()


@NEEDS_NO_ROOT
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    """STO-06: permissions are named."""
    path = tmp_path / "watcher.db"
    path.write_bytes(b"SQLite format 3\0")
    path.chmod(stat.S_IWUSR)
    with pytest.raises(StoreError, match="cannot be read"):
        open_database(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the data folder should be ends as a sentence."""
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(tmp_path / "var" / "watcher.db")


def test_a_loop_of_links_is_told(tmp_path: Path) -> None:
    """STO-06: a link to itself ends as a sentence."""
    (tmp_path / "watcher.db").symlink_to(tmp_path / "watcher.db")
    with pytest.raises(StoreError):
        open_database(tmp_path / "watcher.db")


def test_a_link_is_followed(database: Database, tmp_path: Path) -> None:
    """A link to the database works, and locks lie beside the real file."""
    (tmp_path / "link.db").symlink_to(database.path)
    linked = open_database(tmp_path / "link.db")
    assert linked.path == database.path
    linked.close()


def test_other_databases_are_refused_without_their_password() -> None:
    """A PostgreSQL address is refused in words that do not repeat its credentials."""
    with pytest.raises(StoreError, match="'postgresql'") as caught:
        open_database(None, "postgresql://watcher:secret@db.example/watcher")
    assert "secret" not in str(caught.value)


def test_a_sqlite_address_is_a_path(tmp_path: Path) -> None:
    """The environment may name a SQLite file as well."""
    opened = open_database(None, f"sqlite:///{tmp_path / 'other.db'}")
    assert opened.path == (tmp_path / "other.db").resolve()
    opened.close()


def test_two_processes_create_one_database(tmp_path: Path) -> None:
    """Starting twice at once on nothing makes one sound database and no error."""
    started = [start("open_database(Path(sys.argv[1])).close()", tmp_path / "watcher.db") for _ in range(3)]
    for process in started:
        process.communicate(timeout=30)
    assert [process.returncode for process in started] == [0, 0, 0]
    opened = open_database(tmp_path / "watcher.db")
    assert all(check.ok for check in opened.check())
    opened.close()
