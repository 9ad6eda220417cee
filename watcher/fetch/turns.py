"""Turns: at most one request at a time to a host, and a gap between the end of one and the next.

The register outlives a round and is shared by all rounds of a fetcher, whatever event loop or
thread they run in; that is why it holds clock readings and no asyncio locks.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

_POLL = 0.02  # seconds between two looks at a host that is busy
_MANY = 20_000  # hosts remembered before those that are free again are forgotten


class Turns:
    """Gives each host's requests their turn, ``gap`` seconds apart."""

    def __init__(
        self,
        gap: float,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep ``gap`` seconds between two requests to one host, as ``clock`` counts them."""
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[str, float] = {}  # infinity: a request is under way
        self._lock = threading.Lock()

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """Wait until ``host`` may be asked, and hold it until the block ends."""
        host = host.lower().removesuffix(".")
        while (wait := self._take(host)) > 0:
            await self._sleep(wait)
        try:
            yield
        finally:
            self._free_at[host] = self._clock() + self._gap

    def _take(self, host: str) -> float:
        """Take the turn and return 0, or return how long to wait before asking again."""
        with self._lock:
            wait = self._free_at.get(host, 0.0) - self._clock()
            if wait > 0:
                return max(_POLL, min(wait, self._gap))
            if len(self._free_at) > _MANY:
                self._forget()
            self._free_at[host] = float("inf")
            return 0.0

    def _forget(self) -> None:
        now = self._clock()
        self._free_at = {host: at for host, at in self._free_at.items() if at > now}
