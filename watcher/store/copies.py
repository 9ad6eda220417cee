"""Backups of the database file and their way back: verified, atomic, nothing overwritten.

``os.fsync`` before each rename, so that the name never points at bytes that a power cut could take.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from watcher.errors import StoreError

SUFFIXES = ("", "-wal", "-shm", "-journal")


def back_up(path: Path, target: Path) -> None:
    """Write a consistent copy of the live database ``path`` to ``target``."""
    draft = target.parent / f"{target.name}.{os.getpid()}.tmp"
    try:
        _refuse_target(path, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.touch()  # a place that cannot be written is told as such, and not as a fault of the database
        _copy(path, draft)
        sync(draft)
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(
            f"The backup {target} cannot be written ({error.strerror}): check the folder, its permissions and the disk."
        ) from error
    finally:
        remove(draft)


def restore(path: Path, source: Path, upgrade: Callable[[Path], None]) -> Path | None:
    """Put a checked, up-to-date copy of ``source`` at ``path``; return where the old file is kept."""
    draft = path.with_name(path.name + ".restoring")
    try:
        if path.exists() and source.samefile(path):
            raise StoreError(f"{source} is the database itself: name a file that `watcher backup` wrote.")
        if not _is_database(source):
            raise StoreError(f"{source} is no backup: name a file that `watcher backup` wrote.")
        remove(draft)
        _copy(source, draft)
        upgrade(draft)
        sync(draft)
        kept = _keep(path)
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            f"The backup {source} cannot be restored to {path} ({error.strerror}): check both folders and the disk."
        ) from error
    finally:
        remove(draft)
    return kept


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite, journal included, and prove the copy sound."""
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=10)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=2000, sleep=0.01)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
        found = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if not new.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise StoreError(f"{source} is not a database of watcher: name a file that `watcher backup` wrote.")
    if found != "ok":
        raise StoreError(f"The database {source} is damaged ({found}): its copy was not kept; use an earlier backup.")


def _refuse_target(path: Path, target: Path) -> None:
    """Refuse to overwrite anything but an earlier backup."""
    if target.is_dir():
        raise StoreError(f"{target} is a folder: name a file for the backup.")
    if not target.exists():
        return
    if target.samefile(path):
        raise StoreError(f"{target} is the database itself: name another file for the backup.")
    if not _is_database(target):
        raise StoreError(f"{target} exists and is not a backup: name another file.")


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6) == b"SQLite"


def _keep(path: Path) -> Path | None:
    """Move the old database and its journals aside; the first free number names them."""
    present = [suffix for suffix in SUFFIXES if path.with_name(path.name + suffix).exists()]
    if not present:
        return None
    number = 1
    while (aside := path.with_name(f"{path.name}.before-restore-{number}")).exists():
        number += 1
    for suffix in present:
        path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


def remove(path: Path) -> None:
    """Delete a draft and what SQLite put beside it."""
    for suffix in SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
