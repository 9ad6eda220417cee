"""Backup and restore: verified, atomic, nothing overwritten."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from watcher.errors import StoreError
from watcher.store.database import Database, restore_database


def add(database: Database, topic: str) -> None:
    """Write one row."""
    with database.write() as c:
        c.execute(text("INSERT INTO profile VALUES (:topic, '{}')"), {"topic": topic})


def topics(path: Path) -> list[str]:
    """Read the rows of a file without the store."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT topic FROM profile ORDER BY topic")]


def test_a_backup_holds_what_was_committed(database: Database, tmp_path: Path) -> None:
    """STO-07: a backup taken while a writer is at work holds all that was committed and is one plain file."""
    add(database, "drones")
    with database.write() as c:
        c.execute(text("INSERT INTO profile VALUES ('uncommitted', '{}')"))
        database.backup(tmp_path / "copies" / "backup.db")
    assert topics(tmp_path / "copies" / "backup.db") == ["drones"]
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["backup.db"]


def test_a_backup_replaces_an_older_one(database: Database, tmp_path: Path) -> None:
    """The same name may be used every night."""
    database.backup(tmp_path / "backup.db")
    add(database, "drones")
    database.backup(tmp_path / "backup.db")
    assert topics(tmp_path / "backup.db") == ["drones"]


def test_a_backup_spares_other_files(database: Database, tmp_path: Path) -> None:
    """A backup onto feeds.yaml, a folder or the database itself is refused."""
    (tmp_path / "feeds.yaml").write_text("topics: {}\n")
    for target, said in (
        (tmp_path / "feeds.yaml", "not a backup"),
        (tmp_path, "is a folder"),
        (database.path, "itself"),
    ):
        with pytest.raises(StoreError, match=said):
            database.backup(target)
    assert (tmp_path / "feeds.yaml").read_text() == "topics: {}\n"


def test_a_restore_keeps_what_it_replaces(database: Database, tmp_path: Path) -> None:
    """The former database stays beside the restored one, under a new number each time."""
    add(database, "drones")
    database.backup(tmp_path / "backup.db")
    add(database, "optics")
    kept = database.restore(tmp_path / "backup.db")
    assert topics(database.path) == ["drones"]
    assert kept is not None
    assert topics(kept) == ["drones", "optics"]
    assert database.restore(tmp_path / "backup.db") not in {None, kept}
    add(database, "wind")  # the open database goes on with the restored file
    assert topics(database.path) == ["drones", "wind"]


def test_a_restore_refuses_what_is_no_backup(database: Database, tmp_path: Path) -> None:
    """A missing file, another file, a foreign database and the database itself leave everything as it was."""
    add(database, "drones")
    (tmp_path / "text").write_text("text")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
    cases = (("missing", "does not exist"), ("text", "is no backup"), ("foreign.db", "not a database of watcher"))
    for name, said in cases:
        with pytest.raises(StoreError, match=said):
            database.restore(tmp_path / name)
    with pytest.raises(StoreError, match="itself"):
        database.restore(database.path)
    assert topics(database.path) == ["drones"]


def test_a_damaged_backup_is_refused(database: Database, tmp_path: Path) -> None:
    """A backup that does not pass the integrity check is not put in place."""
    for number in range(40):
        add(database, f"{number}" * 900)
    database.backup(tmp_path / "backup.db")
    body = bytearray((tmp_path / "backup.db").read_bytes())
    body[4096 * 20 :] = b"\xff" * (len(body) - 4096 * 20)
    (tmp_path / "backup.db").write_bytes(body)
    with pytest.raises(StoreError, match="damaged"):
        database.restore(tmp_path / "backup.db")
    assert len(topics(database.path)) == 40


def test_a_restore_waits_for_nobody(database: Database, tmp_path: Path) -> None:
    """While the scheduler runs, a restore is refused with its pid."""
    database.backup(tmp_path / "backup.db")
    with database.lock("run"), pytest.raises(StoreError, match="holds the lock 'run'"):
        restore_database(database.path, tmp_path / "backup.db")
