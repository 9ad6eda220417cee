"""What is ready and not yet taken: the bounded place between the threads that parse and whoever stores."""

import threading
from typing import Generic, TypeVar

R = TypeVar("R")
ROOM = 8_000_000  # bytes of documents and answers that may wait: what bounds the memory of a slow consumer


class Ready(Generic[R]):
    """Results of ``workers`` threads, taken in batches by one other thread."""

    def __init__(self, workers: int) -> None:
        self.is_closed = False
        self._workers = workers
        self._changed = threading.Condition()
        self._results: list[tuple[R, int]] = []
        self._bytes = 0
        self._wanted = 1  # results that are worth waking the consumer for
        self._error: BaseException | None = None

    def put(self, result: R, size: int) -> None:
        """Add a result of ``size`` bytes, waiting for room first."""
        with self._changed:
            self._changed.wait_for(lambda: self._bytes < ROOM or self.is_closed)
            self._results.append((result, size))
            self._bytes += size
            if self._is_worth_taking():
                self._changed.notify_all()

    def join(self) -> None:
        """Tell that one more thread will put results."""
        with self._changed:
            self._workers += 1

    def leave(self, error: BaseException | None = None) -> None:
        """Tell that one thread has ended, with the error that ended it."""
        with self._changed:
            self._workers -= 1
            self._error = self._error or error
            self._changed.notify_all()

    def take(self, size: int, patience: float) -> list[R]:
        """Return at most ``size`` results, none that waited longer than ``patience`` seconds; nothing at the end.

        Raise the error that ended a thread.
        """
        with self._changed:
            for self._wanted, seconds in ((1, None), (size, patience)):
                self._changed.wait_for(self._is_worth_taking, seconds)
            if self._error:
                raise self._error
            batch = self._results[:size]
            del self._results[:size]
            self._bytes -= sum(taken for _, taken in batch)
            self._changed.notify_all()
            return [result for result, _ in batch]

    def close(self) -> None:
        """Let nobody wait any more: what is put from now on is lost."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def _is_worth_taking(self) -> bool:
        return len(self._results) >= self._wanted or self._bytes >= ROOM or not self._workers or bool(self._error)
