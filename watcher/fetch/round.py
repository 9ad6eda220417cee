"""One round: an event loop in a thread that asks every host in turn and hands results over a bounded queue.

The queue is bounded by bytes: a slow consumer slows the fetching down instead of filling the memory.
Stopping cancels what is under way, so that Ctrl-C never waits for a server.
"""

import asyncio
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from watcher.fetch.exchange import Tools, fetch_one
from watcher.fetch.places import Places
from watcher.model.fetch import Fetched, FetchRequest, FetchResult
from watcher.urls import host

_HOSTS = 1000  # asked or waited for at once: what bounds the memory of a round of very many
_QUEUE_BYTES = 16_000_000  # of documents that wait to be consumed
_REPORTED = 1_000_000  # bytes taken from the queue before the loop is told, because each call wakes it up
_SMALLEST = 4_096  # what any result counts for in the queue
_PAUSE = 0.02  # seconds in which results are gathered, because each handing over wakes another thread up


class Round:
    """Fetches ``requests`` (each address once) and ends with them."""

    def __init__(self, tools: Tools, requests: tuple[FetchRequest, ...], now: datetime) -> None:
        """Prepare the round; ``results`` starts it."""
        self._tools = tools
        self._requests = requests
        self._now = now
        self._results: queue.SimpleQueue[list[FetchResult] | None] = queue.SimpleQueue()
        self._gathered: list[FetchResult] = []
        self._runner = asyncio.Runner()
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
        self._main_task: asyncio.Task[None] | None = None
        self._is_stopped = False

    def results(self) -> Iterator[FetchResult]:
        """Start, and yield each result as it comes."""
        self._loop = self._runner.get_loop()
        self._thread.start()
        taken = 0
        while (results := self._results.get()) is not None:
            for result in results:
                taken += _weight(result)
                if taken >= _REPORTED:
                    self._call(self._count, -taken)
                    taken = 0
                yield result

    def stop(self) -> None:
        """Cancel what is under way and wait for the thread, which takes no longer than closing its sockets."""
        if self._thread.ident is None:
            return
        self._call(self._cancel)
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        try:
            with self._runner, suppress(asyncio.CancelledError):
                self._runner.run(self._main())
        finally:
            self._hand_over()
            self._results.put(None)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(function, *arguments)

    def _cancel(self) -> None:
        self._is_stopped = True
        if self._main_task is not None:
            self._main_task.cancel()

    async def _main(self) -> None:
        """Ask the hosts side by side, those with most feeds first, and the feeds of each one after the other."""
        self._main_task = asyncio.current_task()
        if self._is_stopped:
            return
        self._places = Places(self._tools.concurrency)
        self._waiting = 0  # weight of the results in the queue
        by_host: dict[str, list[FetchRequest]] = defaultdict(list)
        for request in self._requests:
            by_host[host(request.url)].append(request)
        hosts = asyncio.Semaphore(_HOSTS)
        async with asyncio.TaskGroup() as group:
            for requests in sorted(by_host.values(), key=len, reverse=True):
                await hosts.acquire()
                group.create_task(self._ask_host(requests)).add_done_callback(lambda _: hosts.release())

    async def _ask_host(self, requests: list[FetchRequest]) -> None:
        for request in requests:
            result = await fetch_one(self._tools, self._places, request, self._now)
            if not self._gathered:
                self._loop.call_later(_PAUSE, self._hand_over)
            self._gathered.append(result)
            self._count(_weight(result))

    def _hand_over(self) -> None:
        self._results.put(self._gathered)
        self._gathered = []

    def _count(self, weight: int) -> None:
        """Count what waits to be consumed, and let no exchange begin while it is too much."""
        self._waiting += weight
        if self._waiting < _QUEUE_BYTES:
            self._places.has_room.set()
        else:
            self._places.has_room.clear()


def _weight(result: FetchResult) -> int:
    return max(len(result.body), _SMALLEST) if isinstance(result, Fetched) else _SMALLEST
