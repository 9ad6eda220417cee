"""Parsing in children that can be killed: a document may cost its feed the answer, never the round.

Children are plain subprocesses on a socket pair, started when the first job comes (a round of 304s starts none) or when
told to, and replaced when one dies. Each has a thread that asks it one document at a time (see ``crew``), so neither a
source that has nothing to give nor a document that takes seconds holds up another's answer. A killed child is that
feed's ``Unreadable``; no sibling notices.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar, overload

from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.child import Child
from watcher.parse.crew import Crew
from watcher.parse.job import CPU_SECONDS, WALL_SECONDS, ParseJob

__all__ = ["ParseJob", "ParsePool"]

T = TypeVar("T")
F = TypeVar("F")


def as_parsed(parsed: ParsedFeed) -> ParsedFeed:
    """Return what was parsed: a pool's ``finish`` when nothing else is to be done in its children."""
    return parsed


class ParsePool(Generic[F]):
    """Parses documents in ``workers`` children; use it as a context manager.

    ``finish`` is done there too: a function of a module, that takes the ParsedFeed and returns what is wanted of it.
    """

    @overload
    def __init__(
        self: "ParsePool[ParsedFeed]", workers: int = 2, *, cpu_seconds: int = ..., wall_seconds: float = ...
    ) -> None: ...

    @overload
    def __init__(
        self,
        workers: int = 2,
        *,
        finish: Callable[[ParsedFeed], F],
        cpu_seconds: int = ...,
        wall_seconds: float = ...,
    ) -> None: ...

    def __init__(
        self,
        workers: int = 2,
        *,
        finish: Callable[[ParsedFeed], object] = as_parsed,
        cpu_seconds: int = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self._workers = max(1, workers)
        self._finish = finish
        self._cpu, self._wall = cpu_seconds, wall_seconds
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._freed = threading.Condition()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start the children now, where documents are sure to come: each takes a fifth of a second to be ready."""
        with self._freed:
            self._idle += [Child(self._finish, self._cpu) for _ in range(self._workers - len(self._idle))]

    def close(self) -> None:
        """End all children at once; a later job starts new ones."""
        with self._freed:
            self._kill_busy()
            for child in self._idle:
                child.end()
            self._idle.clear()

    def parse_all(self, items: Iterable[tuple[T, ParseJob | None]]) -> Iterator[tuple[T, F | Unreadable | None]]:
        """Parse each job and yield its tag with the result, in order of completion; a tag without a job passes through.

        ``items`` is pulled when a child is free, in threads. Closing the generator early is fine.
        """
        for batch in self.parse_batches(items, size=1, patience=0.0):
            yield from batch

    def parse_batches(
        self, items: Iterable[tuple[T, ParseJob | None]], *, size: int, patience: float
    ) -> Iterator[list[tuple[T, F | Unreadable | None]]]:
        """Do as ``parse_all``, in lists of at most ``size``, no result held back longer than ``patience`` seconds."""
        crew = Crew(self._workers, items, self._parse)
        try:
            while batch := crew.ready.take(size, patience):
                yield batch
        finally:
            crew.ready.close()
            with self._freed:
                self._kill_busy()

    def _parse(self, job: ParseJob, when_slow: Callable[[], None]) -> tuple[F | Unreadable, int]:
        """Return the answer to a job and how many bytes wait with it."""
        with self._freed:
            child = self._idle.pop() if self._idle else None
            if child and not child.is_alive:
                child.end()
                child = None
            child = child or Child(self._finish, self._cpu)
            self._busy.add(child)
        try:
            answer, size = child.ask(job, self._wall, when_slow)
        finally:
            with self._freed:
                self._busy.discard(child)
                if child.is_alive:
                    self._idle.append(child)
                self._freed.notify_all()
        return answer, size + len(job.body)  # type: ignore[return-value]  # what ``finish`` returned in the child

    def _kill_busy(self) -> None:
        """Kill the children that are at work, and wait until their threads have seen it; holds ``_freed``."""
        for child in self._busy:
            child.kill()
        self._freed.wait_for(lambda: not self._busy, timeout=2.0)
