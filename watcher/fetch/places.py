"""Places: how many exchanges run at once, without hung servers taking them all.

An exchange that keeps us waiting gives its place to the next one after two seconds and goes on
beside it until its deadline, up to twice as many as there are places. None begins while the
results that nobody has taken yet fill their room. Each has a descriptor, and those are few on some systems.
"""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 2.0  # seconds
_SLOW_SHARE = 2  # open exchanges, the slow ones included, as a multiple of the places
_RESERVED = 64  # descriptors left to the database, the parsing children and look-ups of names


def affordable(count: int) -> int:
    """Return how many places of ``count`` there are descriptors for, at least one."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return count if most == resource.RLIM_INFINITY else min(count, max(1, (most - _RESERVED) // _SLOW_SHARE))


class Places:
    """Bounds the exchanges of one event loop."""

    def __init__(self, count: int, patience: float = PATIENCE) -> None:
        """Let ``count`` exchanges run, each counted for at most ``patience`` seconds."""
        self._quick = asyncio.Semaphore(count)
        self._open = asyncio.Semaphore(count * _SLOW_SHARE)
        self._patience = patience
        self.has_room = asyncio.Event()
        self.has_room.set()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a place while the block runs, or as long as patience lasts."""
        async with self._open:
            await self._quick.acquire()
            await self._wait_for_room()
            timer = asyncio.get_running_loop().call_later(self._patience, self._quick.release)
            try:
                yield
            finally:
                if not timer.cancelled() and timer.when() > asyncio.get_running_loop().time():
                    timer.cancel()
                    self._quick.release()

    async def _wait_for_room(self) -> None:
        """Wait while ``has_room`` is cleared; a place that is cancelled meanwhile is given back."""
        try:
            await self.has_room.wait()
        except BaseException:
            self._quick.release()
            raise
