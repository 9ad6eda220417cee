"""One parser process and our end of its socket pair: asked one document at a time, killed at its limits."""

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.job import SLOW_SECONDS, STARTED, ParseJob

_ROOT = Path(__file__).parents[2]


class Child:
    """A child that parses, and does ``finish`` to what it parsed; used by one thread at a time."""

    def __init__(self, finish: Callable[[ParsedFeed], object], cpu_seconds: int) -> None:
        self._cpu = cpu_seconds
        self._is_ready = False
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-s", "-P", "-m", "watcher.parse.worker", str(theirs.fileno()), str(cpu_seconds)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                process_group=0,  # Ctrl-C is the parent's; in its session, so that the end of one ends a paused other
            )
        self._connection = Connection(ours.detach())
        with suppress(OSError):  # it has ended already, as the first answer will tell
            self._connection.send(finish)

    @property
    def is_alive(self) -> bool:
        """Say whether the process can be asked."""
        return self._process.poll() is None

    def ask(self, job: ParseJob, seconds: float, when_slow: Callable[[], None]) -> tuple[object, int]:
        """Return the answer and its size in bytes; ``Unreadable`` and an ended child when there is none in time.

        A child whose document turns out to be slow pauses until ``when_slow`` returns.
        """
        try:
            self._connection.send(job)
            self._is_ready = self._is_ready or self._has_started(seconds)
            first = min(SLOW_SECONDS, seconds)
            if not self._connection.poll(first):
                self._pause(when_slow)
            if self._connection.poll(seconds - first):
                answer = self._connection.recv_bytes()
                return pickle.loads(answer), len(answer)  # noqa: S301 - our own child, which opens nothing
        except (EOFError, OSError):
            return Unreadable(error=self._explain_end()), 0
        self.end()
        return Unreadable(error="Parsing the document takes too long: it is tried again at the next fetch."), 0

    def _has_started(self, seconds: float) -> bool:
        """Wait for the word that a child sends first, so that a slow start is no slow document."""
        return self._connection.poll(seconds) and self._connection.recv_bytes() == STARTED

    def _pause(self, until: Callable[[], None]) -> None:
        self._process.send_signal(signal.SIGSTOP)
        try:
            until()
        finally:
            self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill the process at once, from any thread; the one that waits for it ends it."""
        self._process.kill()

    def end(self) -> int:
        """Kill the process at once, leave no zombie, and return its exit code."""
        self._connection.close()
        self._process.kill()
        return self._process.wait()

    def _explain_end(self) -> str:
        """End a child that hung up, and return why, as a sentence."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)  # its socket is closed, so it is ending already
        code = self.end()
        if code == -signal.SIGXCPU:
            return f"Parsing the document takes over {self._cpu} s of processor time: its publisher must mend it."
        return f"The document ended the parser (exit code {code}): please report its address."
