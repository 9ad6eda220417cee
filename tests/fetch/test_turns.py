"""Turns of hosts and places of exchanges, on a clock that the test moves."""

import asyncio
import resource

from watcher.fetch.places import Places, affordable
from watcher.fetch.turns import Turns


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Read the clock."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Move the clock, and let others run."""
        self.now += seconds
        await asyncio.sleep(0)


def test_two_requests_to_a_host_are_a_gap_apart() -> None:
    """The next turn begins a gap after the last one ended, in a later event loop as well."""
    clock = Clock()
    turns = Turns(1.0, clock, clock.sleep)
    begun: list[float] = []

    async def ask(seconds: float) -> None:
        async with turns.of("Feeds.test."):
            begun.append(clock.now)
            clock.now += seconds

    asyncio.run(ask(5.0))
    asyncio.run(ask(0.0))
    asyncio.run(ask(0.0))
    assert begun == [100.0, 106.0, 107.0]


def test_a_host_is_asked_by_one_at_a_time_and_others_meanwhile() -> None:
    """Whoever holds a host excludes everybody from it and nobody from another."""
    clock = Clock()
    turns = Turns(0.5, clock, clock.sleep)
    held: list[str] = []

    async def ask(host: str) -> None:
        async with turns.of(host):
            assert host not in held
            held.append(host)
            await asyncio.sleep(0)
            held.remove(host)

    async def everybody() -> None:
        await asyncio.gather(*(ask(host) for host in ("a", "b", "a", "b", "a")))

    asyncio.run(everybody())
    assert clock.now >= 101.0


def test_slow_exchanges_give_their_place_away() -> None:
    """Two hung exchanges in two places let a third one run."""

    async def scene() -> bool:
        places = Places(2, patience=0.01)
        hung = asyncio.Event()

        async def hang() -> None:
            async with places.one():
                await hung.wait()

        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            for _ in range(2):
                group.create_task(hang())
            await asyncio.sleep(0)
            async with places.one():
                hung.set()
        return hung.is_set()

    assert asyncio.run(scene())


def test_quick_exchanges_give_their_place_back_once() -> None:
    """After many quick turns there are as many places as before."""

    async def scene() -> int:
        places = Places(1, patience=5.0)
        for _ in range(10):
            async with places.one():
                pass
        most = running = 0

        async def count() -> None:
            nonlocal most, running
            async with places.one():
                running += 1
                most = max(most, running)
                await asyncio.sleep(0)
                running -= 1

        await asyncio.gather(*(count() for _ in range(5)))
        return most

    assert asyncio.run(scene()) == 1


def test_there_are_as_many_places_as_descriptors_allow() -> None:
    """Where a system gives few descriptors, fewer exchanges run at once instead of failing."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    found = []
    try:
        for most in (1024, 256, 70, 30):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
            found.append(affordable(200))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert found == [200, 96, 3, 1]
