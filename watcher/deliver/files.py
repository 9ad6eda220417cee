"""Editions on disk: a reader sees an old file or a new one, never a part of one, and no set half written.

All files go to temporary names in their own folders, each is synced, and only then are they
renamed one after the other, the archive's index last; folders are synced after that. A full or
read-only disk therefore costs nothing that was there. Paths are checked, and every folder is
opened without following links, so that neither a topic's name nor a planted link writes elsewhere.
"""

import errno
import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from watcher.errors import DeliveryError
from watcher.model.edition import Rendered

INDEX = "index.html"
PATIENCE = 30.0  # seconds to wait for another process that writes the same folder
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}(\.[A-Za-z0-9][A-Za-z0-9-]{0,15}){0,4}")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_REASONS = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "the disk quota is used up: free some space",
    errno.EROFS: "it is read-only: mount it writable or choose another with --digests",
    errno.EACCES: "writing there is not permitted: change its owner or choose another with --digests",
    errno.EPERM: "writing there is not permitted: change its owner or choose another with --digests",
    errno.ELOOP: "a link stands where a folder should be: remove the link",
    errno.EEXIST: "there is a file of that name: move it away",
    errno.ENOTDIR: "a file or a link stands where a folder should be: move it away",
    errno.EISDIR: "a folder stands where a file should be: move it away",
}


def write_all(folder: Path, rendered: tuple[Rendered, ...]) -> None:
    """Write all files under ``folder``, or none of them; leave files that would not change untouched.

    Raises DeliveryError with one sentence when a path is not ours to write or the disk refuses.
    """
    for one in rendered:
        check_path(one.path)
    if len({one.path for one in rendered}) < len(rendered):
        raise DeliveryError(f"Two files want one name under {folder}: give every topic its own key.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            _write_in(stack, folder.resolve(strict=True), rendered)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"the system says '{error.strerror or error}': mend that")
        raise DeliveryError(
            f"The editions could not be written to {folder}: {reason}, then run the digest again."
        ) from error


def check_path(path: str) -> None:
    """Raise DeliveryError unless ``path`` is a file's name, or a folder's and a file's, of safe characters."""
    parts = path.split("/")
    if len(parts) > 2 or not all(_PART.fullmatch(part) for part in parts):
        raise DeliveryError(f"The name {path[:120]!r} cannot be written under the digests folder: rename the topic.")


def _write_in(stack: ExitStack, folder: Path, rendered: tuple[Rendered, ...]) -> None:
    root = stack.enter_context(_opened(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)))
    _lock(root, folder)
    folders = {"": root}
    for name in sorted({_split(one.path)[0] for one in rendered} - {""}):
        folders[name] = stack.enter_context(_opened(_open_folder(root, name)))
    for descriptor in folders.values():
        _sweep(descriptor)
    changed = [one for one in rendered if not _is_same(folders[_split(one.path)[0]], one)]
    _swap(changed, folders)


def _swap(changed: list[Rendered], folders: dict[str, int]) -> None:
    """Write everything under temporary names, then let all of it appear, the index last."""
    try:
        for one in changed:
            _write_temporary(folders[_split(one.path)[0]], one)
        for one in sorted(changed, key=lambda one: one.path == INDEX):
            name, descriptor = _split(one.path)[1], folders[_split(one.path)[0]]
            os.rename(_temporary(name), name, src_dir_fd=descriptor, dst_dir_fd=descriptor)
    finally:
        for descriptor in folders.values():
            _sweep(descriptor)
    if changed:
        for descriptor in folders.values():
            os.fsync(descriptor)


def _split(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _temporary(name: str) -> str:
    return f".{name}.tmp"


@contextmanager
def _opened(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(root: int, folder: Path) -> None:
    """Keep other writers out until the folder is closed, so that temporary names are ours alone."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(root, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise DeliveryError(
                    f"Another process has been writing to {folder} for long: wait for it or stop it."
                ) from error
            time.sleep(0.02)


def _open_folder(root: int, name: str) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=root)
    return os.open(name, _FOLDER, dir_fd=root)


def _sweep(descriptor: int) -> None:
    """Remove temporary files, ours or those of a run that was killed."""
    for name in os.listdir(descriptor):
        if name.startswith(".") and name.endswith(".tmp"):
            with suppress(OSError):
                os.unlink(name, dir_fd=descriptor)


def _is_same(descriptor: int, one: Rendered) -> bool:
    """Say whether the file is there as it should be; a link in its place is not."""
    try:
        found = os.open(
            _split(one.path)[1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=descriptor
        )
    except OSError:
        return False
    with os.fdopen(found, "rb") as file:
        return os.fstat(found).st_size == len(one.content) and file.read(len(one.content) + 1) == one.content


def _write_temporary(descriptor: int, one: Rendered) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    made = os.open(_temporary(_split(one.path)[1]), flags, 0o644, dir_fd=descriptor)
    with os.fdopen(made, "wb") as file:
        file.write(one.content)
        file.flush()
        os.fsync(made)
