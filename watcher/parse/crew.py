"""The threads of one call to a pool: each pulls a document, has it parsed, and puts what came of it.

One whose document turns out to be slow is replaced, and goes on with it when the others have no more work, so that a
few documents that cost seconds of processor time hold up no other. What waits is bounded by ``ready.ROOM``, what is
parsed at once by the number of workers and MOST_SLOW.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from watcher.model.entry import Unreadable
from watcher.parse.job import ParseJob
from watcher.parse.ready import Ready

MOST_SLOW = 4  # documents that others do not wait for
LULL = 1.0  # seconds without a document after which the slow ones go on
T = TypeVar("T")
F = TypeVar("F")


class Crew(Generic[T, F]):
    """Threads that work as soon as it is made, until ``items`` or ``ready`` end."""

    def __init__(
        self,
        workers: int,
        items: Iterable[tuple[T, ParseJob | None]],
        parse: Callable[[ParseJob, Callable[[], None]], tuple[F | Unreadable, int]],
    ) -> None:
        """Take ``parse(job, when_slow)``, which returns the answer and how many bytes wait with it."""
        self.ready: Ready[tuple[T, F | Unreadable | None]] = Ready(workers)
        self._source = iter(items)
        self._parse = parse
        self._turn = threading.Lock()
        self._places = threading.Semaphore(MOST_SLOW)
        self._is_calm = threading.Event()
        self._last_pull = time.monotonic()
        for _ in range(workers):
            self._start()

    def _start(self) -> None:
        threading.Thread(target=self._work, name="parse", daemon=True).start()

    def _work(self) -> None:
        error: BaseException | None = None
        try:
            while not self.ready.is_closed and self._do_next():
                pass
        except BaseException as raised:  # noqa: BLE001 - it is raised again by whoever takes the results
            error = raised
        finally:
            self.ready.leave(error)

    def _do_next(self) -> bool:
        """Do the next document; False when there is none, or when another thread has taken this one's place."""
        item = self._pull()
        if item is None or self.ready.is_closed:
            return False
        tag, job = item
        is_replaced = False

        def when_slow() -> None:
            nonlocal is_replaced
            is_replaced = self._places.acquire(blocking=False)
            if is_replaced:
                self.ready.join()
                self._start()
                self._wait_for_lull()

        try:
            answer, size = self._parse(job, when_slow) if job else (None, 0)
        finally:
            if is_replaced:
                self._places.release()
        self.ready.put((tag, answer), size)
        return not is_replaced

    def _pull(self) -> tuple[T, ParseJob | None] | None:
        with self._turn:
            item = next(self._source, None)
        self._last_pull = time.monotonic()
        if item is None:
            self._is_calm.set()
        return item

    def _wait_for_lull(self) -> None:
        """Wait until the source has ended or gives nothing for a while."""
        while not self.ready.is_closed and time.monotonic() - self._last_pull < LULL:
            if self._is_calm.wait(LULL / 2):
                return
