"""One holder at a time, over processes and threads, gone with the process that held it.

POSIX record locks, because flock would live on in forked children of a killed parent. They do not
tell threads of one process apart, so a set does.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watcher.errors import StoreError

_held: set[Path] = set()
_guard = threading.Lock()


@contextmanager
def hold(path: Path, what: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file ``path`` for the block; StoreError names the process that has it."""
    with _guard:
        if path in _held:
            raise StoreError(_refusal(what, os.getpid(), path))
        _held.add(path)
    try:
        yield from _hold(path, what, wait=wait)
    finally:
        with _guard:
            _held.discard(path)


def _hold(path: Path, what: str, *, wait: bool) -> Iterator[None]:
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"The lock file {path} cannot be opened ({error.strerror}): check the folder and its permissions."
        ) from error
    try:
        _take(fd, path, what, wait=wait)
        yield
    finally:
        os.close(fd)


def _take(fd: int, path: Path, what: str, *, wait: bool) -> None:
    try:
        fcntl.lockf(fd, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise StoreError(
            _refusal(what, os.read(fd, 20).decode("ascii", "replace").strip() or "unknown", path)
        ) from error
    except OSError as error:
        raise StoreError(f"The lock file {path} cannot be locked ({error.strerror}): use a local disk.") from error
    try:
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
    except OSError:
        return  # a full disk costs the name of the holder, not the lock


def _refusal(what: str, pid: int | str, path: Path) -> str:
    held = f"Another process (pid {pid}) holds the lock '{what}' ({path}): "
    return f"{held}wait until it has finished or stop it, then try again."
