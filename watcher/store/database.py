"""The database file: opened, created, migrated, locked, checked.

Promises: every error of SQLite or of the disk ends as a StoreError sentence; a file that is not ours,
empty, damaged or newer is refused and never overwritten; a new database appears under its name whole or
not at all; writers take the write lock first and wait for each other.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from watcher.errors import StoreError
from watcher.model.report import Check
from watcher.store import copies, dialect, lock
from watcher.store.migrate import create, is_empty, migrate, revision_of
from watcher.store.schema import HEAD

__all__ = ["Connection", "Database", "lock_path", "open_database", "restore_database", "side_file"]

MAGIC = b"SQLite format 3\0"
LOW_DISK = 200_000_000  # bytes: a few weeks of entries and one backup


class Database:
    """An open database. ``read()`` and ``write()`` yield connections; writes are all or nothing."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database for the whole block."""
        with _explained(self.path), self._engine.connect() as c:
            yield c

    @contextmanager
    def write(self, *, repeatable: bool = False) -> Iterator[Connection]:
        """Yield a connection that holds the write lock; commit at the end, roll back on any error.

        ``repeatable`` says that the work would be done again if a power cut took it: then the disk is not waited for.
        """
        options = {"write": True, "repeatable": repeatable}
        with _explained(self.path), self._engine.connect().execution_options(**options) as c, c.begin():
            yield c

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Be the only process that does ``name``; StoreError with the pid of the one that already is."""
        with lock.hold(lock_path(self.path, name), name):
            yield

    def backup(self, target: Path) -> None:
        """Copy the database to ``target`` while others use it: verified, and there whole or not at all."""
        with _explained(self.path):
            copies.back_up(self.path, target)

    def restore(self, source: Path) -> Path | None:
        """Put the backup ``source`` in place of this database; see ``restore_database``."""
        self._engine.dispose()
        return restore_database(self.path, source)

    def check(self) -> tuple[Check, ...]:
        """Return what `watcher doctor` tells of the database: integrity, schema, size and disk."""
        return (self._check_integrity(), self._check_schema(), self._check_disk())

    def _check_integrity(self) -> Check:
        try:
            with self.read() as c:
                found = [str(row[0]) for row in c.exec_driver_sql("PRAGMA integrity_check(5)")]
                found += [
                    f"{row[0]} row {row[1]} names a missing {row[2]}"
                    for row in c.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
                ]
        except StoreError as error:
            return Check(name="database", ok=False, detail=str(error))
        if found == ["ok"]:
            return Check(name="database", ok=True, detail=f"{self.path} is sound")
        faults = "; ".join(fault for fault in found if fault != "ok")
        return Check(
            name="database",
            ok=False,
            detail=f"{self.path} is damaged ({faults}): bring back a backup with `watcher restore FILE`.",
        )

    def _check_schema(self) -> Check:
        try:
            with self.read() as c:
                revision = revision_of(c)
        except StoreError as error:
            return Check(name="schema", ok=False, detail=str(error))
        return Check(name="schema", ok=revision == HEAD, detail=f"revision {revision}")

    def _check_disk(self) -> Check:
        try:
            free = shutil.disk_usage(self.path.parent).free
            size = sum(file.stat().st_size for file in (self.path, side_file(self.path, "-wal")) if file.exists())
        except OSError as error:
            return Check(name="disk", ok=False, detail=f"{self.path.parent} cannot be read ({error.strerror}).")
        detail = f"{size / 1e6:.1f} MB used, {free / 1e9:.1f} GB free"
        ok = free > max(LOW_DISK, 2 * size)
        return Check(
            name="disk", ok=ok, detail=detail if ok else f"{detail}: free some space on the disk of {self.path.parent}."
        )

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def open_database(path: Path | None, url: str | None = None) -> Database:
    """Open the database at ``path``, or create it; bring an older one up to date. StoreError when it cannot be used."""
    if url:
        path = _path_of(url)
    if path is None:
        raise StoreError("No database is named: give --data DIR or set WATCHER_DATABASE_URL.")
    path = _resolve(path)
    if not is_present(path):
        _create(path)
    engine = dialect.make_engine(path)
    try:
        with _explained(path):
            _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(path, engine)


def restore_database(path: Path, source: Path) -> Path | None:
    """Replace the database at ``path`` by the backup ``source``, checked first; return where the old one is kept.

    Needs no readable database at ``path``. StoreError while `watcher run` or a fetch uses it.
    """
    path = _resolve(path)
    with lock.hold(lock_path(path, "run"), "run"), lock.hold(lock_path(path, "fetch"), "fetch"), _explained(source):
        if not source.exists():
            raise StoreError(f"The backup {source} does not exist: name the file that `watcher backup` wrote.")
        return copies.restore(path, source, _upgrade)


def lock_path(path: Path, name: str) -> Path:
    """Return the lock file of ``name`` beside the database."""
    return side_file(path, f".{name}.lock")


def side_file(path: Path, suffix: str) -> Path:
    """Return the path of a file that belongs to the database."""
    return path.with_name(path.name + suffix)


def is_present(path: Path) -> bool:
    """Tell whether a SQLite file lies at ``path``; StoreError when something else does."""
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder where the database should be: move it away or choose another --data.")
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except FileNotFoundError:
        _refuse_orphan(path)
        return False
    except OSError as error:
        raise StoreError(f"The database {path} cannot be read ({error.strerror}): check its permissions.") from error
    if not head:
        raise StoreError(
            f"The database {path} is empty (0 bytes): bring back a backup with `watcher restore FILE`, "
            "or delete it to begin anew."
        )
    if head != MAGIC:
        raise StoreError(dialect.SENTENCES["SQLITE_NOTADB"].format(path=path))
    return True


def _refuse_orphan(path: Path) -> None:
    """Refuse to create a database beside the journal of a lost one: SQLite would play it into the new file."""
    journal = side_file(path, "-wal")
    if journal.exists() and journal.stat().st_size:
        raise StoreError(
            f"The database {path} is missing but its journal {journal.name} is there: put the file back, "
            "or move the journal away."
        )


def _path_of(url: str) -> Path:
    scheme, _, rest = url.partition(":///")
    if scheme == "sqlite" and rest:
        return Path(rest)
    raise StoreError(
        f"WATCHER_DATABASE_URL names a '{url.split(':', 1)[0]}' database, which this version cannot use: "
        "unset it to use SQLite."
    )


def _resolve(path: Path) -> Path:
    """Return the real path, its folder made: journals and locks lie beside the file and not beside a link to it."""
    try:
        path = path.expanduser().resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        is_file = isinstance(error, FileExistsError | NotADirectoryError)
        reason = "there is a file of that name" if is_file else getattr(error, "strerror", None) or error
        raise StoreError(f"The folder {path.parent} cannot be used ({reason}): name another with --data.") from error
    return path


def _create(path: Path) -> None:
    """Build a new database aside and rename it: a kill leaves none rather than half of one."""
    with lock.hold(lock_path(path, "create"), "create", wait=True):
        if is_present(path):
            return
        draft = side_file(path, ".new")
        copies.remove(draft)
        with _explained(path):
            _upgrade(draft)
        try:
            draft.replace(path)
            copies.sync_folder(path.parent)
        except OSError as error:
            raise StoreError(
                f"The database {path} cannot be created ({error.strerror}): check the folder and its permissions."
            ) from error


def _upgrade(path: Path) -> None:
    """Bring the file at ``path`` to our schema; closing the last connection empties its journal."""
    engine = dialect.make_engine(path)
    try:
        _bring_up_to_date(engine, path)
    finally:
        engine.dispose()


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.connect() as c:
        revision = revision_of(c)
        is_new = is_empty(c)
    if revision is None and not is_new:
        raise StoreError(
            f"The file {path} is a SQLite database of another program: move it away or choose another --data."
        )
    if revision is not None and revision > HEAD:
        raise StoreError(
            f"The database {path} was written by a newer watcher (revision {revision}, "
            f"this one knows {HEAD}): upgrade watcher."
        )
    if revision != HEAD:
        with engine.connect().execution_options(write=True) as c, c.begin():
            (create if is_new else migrate)(c)
    _use_journal(engine)


def _use_journal(engine: Engine) -> None:
    """Switch to WAL where it is not on: readers and the writer do not wait for each other."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()
    finally:
        raw.close()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn errors of the driver into a StoreError sentence."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(dialect.explain_error(error, path)) from error
    except (ValidationError, json.JSONDecodeError) as error:  # only we write the JSON in there
        raise StoreError(dialect.SENTENCES["SQLITE_CORRUPT"].format(path=path, error="unreadable JSON")) from error
    except UnicodeDecodeError as error:  # sqlite3 cannot even decode its own message on a damaged schema
        raise StoreError(dialect.SENTENCES["SQLITE_CORRUPT"].format(path=path, error="unreadable text")) from error
