"""The SQL that differs between databases, and nothing else does.

SQLite is the one dialect so far; a second one is added here, so that no other file has to know.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ColumnElement

__all__ = ["allocate", "among", "driver_of", "explain_error", "insert", "insert_rows", "make_engine", "values_of"]

PATIENCE = 30.0  # seconds a writer waits for another: longer than any batch of ours, shorter than a user's
LEAST_ROOM = 100_000  # bytes: SQLite needs a third of it to read beside a journal
WAIT_MS = 500  # one wait inside SQLite, which Ctrl-C cannot interrupt

LOCKED = "The database {path} is locked by another process: wait until it has finished, then run the command again."
SENTENCES = {
    "SQLITE_FULL": "The disk that holds {path} is full: free some space and run the command again; "
    "nothing stored is lost.",
    "SQLITE_READONLY": "The database {path} cannot be written: give this user write access to the file and its folder.",
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_CORRUPT": "The database {path} is damaged ({error}): bring back a backup with `watcher restore FILE`; "
    "the damaged file is kept.",
    "SQLITE_NOTADB": "The file {path} is not a SQLite database: move it away, "
    "or bring back a backup with `watcher restore FILE`.",
    "SQLITE_CANTOPEN": "The database {path} cannot be opened: check that its folder exists and that this user "
    "may read and write both.",
    "SQLITE_PERM": "The database {path} cannot be opened: this user may not read and write it.",
    "SQLITE_IOERR": "The disk that holds {path} fails ({error}): check the disk, then run `watcher doctor`.",
}


def explain_error(error: BaseException, path: Path) -> str:
    """Return one sentence for an error of the driver: what, where and what to do."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    name = getattr(original, "sqlite_errorname", None) or ""
    if "Could not decode" in str(original):
        name = "SQLITE_CORRUPT"  # bytes that are no UTF-8 where only we wrote
    if name.startswith("SQLITE_IOERR") and _is_full(path):
        name = "SQLITE_FULL"  # a reader's share of the journal did not fit
    for prefix, sentence in SENTENCES.items():
        if name.startswith(prefix):
            return sentence.format(path=path, error=original)
    return f"The database {path} refused an operation ({original}): run `watcher doctor`."


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def make_engine(path: Path) -> Engine:
    """Return an engine on the SQLite file ``path`` that is durable, checks foreign keys and waits for writers."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_MS / 1000, "isolation_level": None})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _record: Any) -> None:
    """Set what SQLite forgets between connections.

    FULL: in WAL mode only this makes a commit survive a power cut. A journal of 4,000 pages is written into the file
    at once, since during a round most pages are written again and again.
    """
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "synchronous=FULL",
        "cache_size=-32000",
        "wal_autocheckpoint=4000",
        "journal_size_limit=67108864",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """Take the write lock, or the state to be read, at once: taken later, either could fail half-way through.

    With NORMAL a commit may be lost to a power cut, but none before it that was FULL, and the file stays sound.
    """
    options = connection.get_execution_options()
    if options.get("write"):
        connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get('repeatable') else 'FULL'}")
        _insist(connection, "BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
        _insist(connection, "SELECT 1 FROM sqlite_master LIMIT 1")


def _insist(connection: Connection, statement: str) -> None:
    """Execute ``statement`` as soon as other processes allow it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.exec_driver_sql(statement).close()
        except DBAPIError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
        else:
            return


def is_busy(error: DBAPIError) -> bool:
    """Tell whether another process holds the lock."""
    return isinstance(error.orig, sqlite3.Error) and (error.orig.sqlite_errorname or "").startswith("SQLITE_BUSY")


def values_of(values: Iterable[int] | Iterable[str]) -> Any:
    """Return ``values`` as a one-column table called ``value``: one parameter, however many they are."""
    return func.json_each(json.dumps(list(values))).table_valued("value")


def among(column: ColumnElement[Any], values: Iterable[int] | Iterable[str]) -> ColumnElement[bool]:
    """Return ``column IN values`` for any number of values, with one cached statement."""
    return column.in_(select(values_of(values).c.value))


def allocate(c: Connection, table: Table, count: int) -> range:
    """Return ``count`` fresh ids for ``table``; safe because the caller holds the only write lock."""
    query = f"SELECT coalesce(max(id), 0) + 1 FROM {table.name}"  # noqa: S608 - our own table
    first = driver_of(c).execute(query).fetchone()[0]
    return range(first, first + count)


def insert_rows(
    c: Connection, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, ignore: bool = False
) -> None:
    """Insert ``rows`` of values as the driver takes them (see ``plain``); ``ignore`` passes over those already there.

    A fraction of the price of an insert that SQLAlchemy prepares, which counts where thousands of rows come at once.
    """
    if rows:
        driver_of(c).executemany(_insert_sql(table, columns, ignore), rows).close()


def driver_of(c: Connection) -> sqlite3.Connection:
    """Return the driver's connection in the transaction of ``c``, for statements of which a round has thousands."""
    driver = c.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"The driver's connection is {type(driver).__name__} and not one of sqlite3.")
    return driver


@cache
def _insert_sql(table: str, columns: tuple[str, ...], ignore: bool) -> str:  # noqa: FBT001 - the key of a cache
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    conflict = " ON CONFLICT DO NOTHING" if ignore else ""
    return f"INSERT INTO {table} ({names}) VALUES ({places}){conflict}"  # noqa: S608 - names of our own tables
