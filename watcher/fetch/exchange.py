"""One feed, from its request to its result: turn, place, deadline, and every failure as a value.

The deadline counts the exchange, all redirects included, and not the wait for a turn, which is our
own politeness. It works by cancellation, so no server can stretch it byte by byte.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from watcher.fetch.client import Client, Response
from watcher.fetch.conditional import Header
from watcher.fetch.failures import ExchangeError, ForbiddenError, UnconnectedError
from watcher.fetch.outcome import judge
from watcher.fetch.places import Places
from watcher.fetch.redirects import ask
from watcher.fetch.turns import Turns
from watcher.model.fetch import Failed, FetchRequest, FetchResult, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What all exchanges of a fetcher share; ``timeout`` in seconds."""

    client: Client
    turns: Turns
    timeout: float
    concurrency: int


class _Exchange:
    """The conversation over one feed, which may take several hosts their turn."""

    def __init__(self, tools: Tools, places: Places) -> None:
        self.seconds = 0.0
        self._tools = tools
        self._places = places

    async def get(self, url: str, headers: Sequence[Header]) -> Response:
        """Wait for the turn of the host and for a place, then ask within what is left of the deadline."""
        request = self._tools.client.prepare(url, headers)
        async with self._tools.turns.of(request.url.host), self._places.one():
            started = monotonic()
            try:
                async with asyncio.timeout(max(self._tools.timeout - self.seconds, 0.0)):
                    return await self._tools.client.send(request)
            finally:
                self.seconds += monotonic() - started


async def fetch_one(tools: Tools, places: Places, request: FetchRequest, now: datetime) -> FetchResult:
    """Return what came of ``request``; only cancellation gets out of here as an exception."""
    exchange = _Exchange(tools, places)
    try:
        answer = await ask(exchange.get, request.url, request.validators)
    except ForbiddenError as error:
        return Refused(url=request.url, error=str(error), seconds=exchange.seconds)
    except ExchangeError as error:
        is_unconnected = isinstance(error, UnconnectedError)
        return Failed(url=request.url, error=str(error), seconds=exchange.seconds, is_unconnected=is_unconnected)
    except TimeoutError:
        error_text = f"The server did not answer in full within {tools.timeout:g} seconds: it is tried again later."
        return Failed(url=request.url, error=error_text, seconds=exchange.seconds)
    except Exception as error:  # noqa: BLE001 - whatever one server provokes must not cost its siblings
        error_text = f"The answer could not be read ({type(error).__name__}: {error}): please report this feed."
        return Failed(url=request.url, error=error_text[:500], seconds=exchange.seconds)
    return judge(request, answer, now, exchange.seconds)
