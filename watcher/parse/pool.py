"""Parsing in children that can be killed: a document may cost its feed the answer, never the round.

Children are plain subprocesses on a socket pair, started when the first job comes (a round of 304s starts none) and
replaced when one dies. Each holds one job, so memory is bounded by ``workers`` documents and an idle child is
always there to read what it is sent. A killed child is that feed's ``Unreadable``; no sibling notices.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.job import CPU_SECONDS, WALL_SECONDS, ParseJob

__all__ = ["ParseJob", "ParsePool"]

_ROOT = Path(__file__).parents[2]
T = TypeVar("T")


class ParsePool:
    """Parses documents in ``workers`` children; use it as a context manager."""

    def __init__(self, workers: int = 2, *, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS) -> None:
        self._workers = max(1, workers)
        self._cpu, self._wall = cpu_seconds, wall_seconds
        self._idle: list[_Child] = []
        self._busy: dict[Connection, _Child] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all children at once; a later job starts new ones."""
        for child in (*self._idle, *self._busy.values()):
            child.end()
        self._idle.clear()
        self._busy.clear()

    def parse_all(
        self, items: Iterable[tuple[T, ParseJob | None]]
    ) -> Iterator[tuple[T, ParsedFeed | Unreadable | None]]:
        """Parse each job and yield its tag with the result, in order of completion; a tag without a job passes through.

        ``items`` is pulled one at a time, when a child is free. Closing the generator early is fine.
        """
        source = iter(items)
        tags: dict[Connection, T] = {}
        has_more = True
        try:
            while has_more or tags:
                is_full = len(tags) >= self._workers
                for connection, result in self._collect(tags, may_wait=is_full or not has_more):
                    yield tags.pop(connection), result
                if not has_more or len(tags) >= self._workers:
                    continue
                item = next(source, None)
                if item is None:
                    has_more = False
                elif item[1] is None:
                    yield item[0], None
                else:
                    tags[self._start(item[1])] = item[0]
        finally:
            for connection in tags:
                self._busy.pop(connection).end()

    def _start(self, job: ParseJob) -> Connection:
        """Give a job to an idle child, or to a new one when there is none or it has died."""
        while self._idle:
            child = self._idle.pop()
            if child.send(job, self._wall):
                break
            child.end()
        else:
            child = _Child(self._cpu)
            child.send(job, self._wall)
        self._busy[child.connection] = child
        return child.connection

    def _collect(
        self, connections: Iterable[Connection], *, may_wait: bool
    ) -> Iterator[tuple[Connection, ParsedFeed | Unreadable]]:
        """Yield what has been answered, waiting for an answer or the next deadline when there is nothing else to do."""
        waiting = list(connections)
        if not waiting:
            return
        patience = min(self._busy[connection].deadline for connection in waiting) - time.monotonic()
        ready = wait(waiting, timeout=max(0.0, patience) if may_wait else 0.0)
        for connection in waiting:
            child = self._busy[connection]
            if connection not in ready and time.monotonic() < child.deadline:
                continue
            del self._busy[connection]
            result = child.receive() if connection in ready else None
            if result is None:
                result = Unreadable(error=child.explain())
            else:
                self._idle.append(child)
            yield connection, result


class _Child:
    """One parser process and our end of its socket pair."""

    def __init__(self, cpu_seconds: int) -> None:
        self._cpu = cpu_seconds
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-s", "-P", "-m", "watcher.parse.worker", str(theirs.fileno()), str(cpu_seconds)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,  # Ctrl-C is the parent's business
            )
        self.connection = Connection(ours.detach())
        self.deadline = 0.0

    def send(self, job: ParseJob, seconds: float) -> bool:
        """Send a job, to be answered within ``seconds``; False when the child is no longer there."""
        self.deadline = time.monotonic() + seconds
        try:
            self.connection.send(job)
        except OSError:
            return False
        return True

    def receive(self) -> ParsedFeed | Unreadable | None:
        """Return the answer, or None when the child has ended without one."""
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            return None
        return answer if isinstance(answer, ParsedFeed | Unreadable) else None

    def end(self) -> int:
        """Kill the process at once, leave no zombie, and return its exit code."""
        self.connection.close()
        self._process.kill()
        return self._process.wait()

    def explain(self) -> str:
        """End a child that gave no answer, and return why there is none, as a sentence."""
        if time.monotonic() >= self.deadline:
            self.end()
            return "Parsing the document takes too long: it is tried again at the next fetch."
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)  # its socket is closed, so it is ending already
        code = self.end()
        if code == -signal.SIGXCPU:
            return f"Parsing the document takes over {self._cpu} s of processor time: its publisher must mend it."
        return f"The document ended the parser (exit code {code}): please report its address."
