"""The fetcher: many feeds at once, one host at a time, results as they come.

An asyncio loop runs in a thread of its own behind a bounded queue, so that the rest of the program
stays free of ``async`` and a slow consumer slows the fetching down instead of filling the memory.
"""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from watcher.fetch.agent import make_user_agent
from watcher.fetch.client import Client
from watcher.fetch.exchange import Tools
from watcher.fetch.guard import Guard
from watcher.fetch.places import affordable
from watcher.fetch.resolver import Resolver, resolve
from watcher.fetch.round import Round
from watcher.fetch.turns import Turns
from watcher.model.catalogue import Network
from watcher.model.fetch import FetchRequest, FetchResult

__all__ = ["HttpFetcher", "make_user_agent"]

CONCURRENCY = 200  # exchanges at once, each with another host: where answers take 50 to 100 ms, more gain nothing


class HttpFetcher:
    """Fetches over HTTP within the bounds of ``network``; the gaps between requests hold for its whole life."""

    def __init__(
        self, network: Network, user_agent: str, *, concurrency: int = CONCURRENCY, resolver: Resolver = resolve
    ) -> None:
        """Make a fetcher that opens nothing before the first ``fetch``."""
        client = Client(Guard(network.allow), user_agent, max_bytes=network.max_bytes, resolver=resolver)
        tools = Tools(
            client=client,
            turns=Turns(network.gap),
            timeout=network.timeout,
            concurrency=affordable(concurrency),
        )
        self._start = partial(Round, tools)
        self._rounds: set[Round] = set()

    def fetch(
        self, requests: Iterable[FetchRequest], now: datetime
    ) -> Generator[tuple[FetchRequest, FetchResult], None, None]:
        """Yield each request with its result, in the order in which answers come; never raises for a bad feed.

        An address that occurs twice is asked once. ``now`` dates every Retry-After. Closing the
        generator early cancels whatever is under way.
        """
        wanted: dict[str, list[FetchRequest]] = defaultdict(list)
        for request in requests:
            wanted[request.url.partition("#")[0]].append(request)
        current = self._start(tuple(same[0] for same in wanted.values()), now)
        self._rounds.add(current)
        try:
            for result in current.results():
                for request in wanted[result.url.partition("#")[0]]:
                    yield request, result if request.url == result.url else replace(result, url=request.url)
        finally:
            current.stop()
            self._rounds.discard(current)

    def close(self) -> None:
        """Stop every round that is still running."""
        for current in tuple(self._rounds):
            current.stop()
