"""From an address to the last answer of its chain: each hop is judged like the first address."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from watcher.fetch.client import Response
from watcher.fetch.conditional import Header, conditional_headers
from watcher.fetch.failures import ExchangeError, ForbiddenError
from watcher.model.feed import Validators
from watcher.urls import resolve_url, url_problem

MAX_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})

Get = Callable[[str, Sequence[Header]], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The last response of a chain of redirects; ``moved_to`` is how far it was permanent."""

    url: str
    status: int
    headers: Sequence[Header]
    body: bytes
    moved_to: str | None = None
    warning: str | None = None


async def ask(get: Get, url: str, validators: Validators) -> Answer:
    """Get ``url`` and follow redirects, ``get`` asking each host in its turn.

    Raises ForbiddenError when a hop may not be asked, ExchangeError when there is no usable answer.
    """
    headers = conditional_headers(validators)
    chain = [url]
    moved_to: str | None = None
    is_permanent = True
    warning: str | None = None
    while True:
        response = await get(chain[-1], headers)
        if response.status_code not in _REDIRECTS:
            return Answer(
                url=chain[-1],
                status=response.status_code,
                headers=response.headers.raw,
                body=response.content,
                moved_to=moved_to,
                warning=warning,
            )
        there = _next(chain, response)
        warning = warning or _downgrade(chain[-1], there)
        is_permanent = is_permanent and response.status_code in _PERMANENT and warning is None
        moved_to = there if is_permanent else moved_to
        chain.append(there)


def _next(chain: list[str], response: Response) -> str:
    """Return where a redirect leads; raises when it leads nowhere, in circles, or too far."""
    locations = [value for name, value in response.headers.raw if name == b"location"]
    if len(locations) != 1 or not locations[0].strip():
        count = "no address" if len(locations) <= 1 else f"{len(locations)} addresses"
        raise ExchangeError(f"The server redirects (status {response.status_code}) to {count}: tell the publisher.")
    text = _decoded(locations[0])
    target = resolve_url(chain[-1], text)
    if target is None:
        raise ForbiddenError(f"The server redirects to an address that is not fetched: {_why(chain[-1], text)}")
    target = target.partition("#")[0]
    if target in chain:
        raise ExchangeError(f"The server redirects in a circle ({_shown([*chain, target])}): tell the publisher.")
    if len(chain) > MAX_HOPS:
        raise ExchangeError(f"The server redirects more than {MAX_HOPS} times ({_shown(chain)}): tell the publisher.")
    return target


def _decoded(location: bytes) -> str:
    """Read a Location header, which ought to be ASCII and is UTF-8 when it is not."""
    try:
        return location.decode("utf-8").strip()
    except UnicodeDecodeError:
        return location.decode("latin-1").strip()


def _why(base: str, text: str) -> str:
    try:
        joined = urljoin(base, text)
    except ValueError:
        joined = text
    return url_problem(joined) or "It cannot be read: tell the publisher."


def _downgrade(origin: str, target: str) -> str | None:
    """Return a warning when a redirect leaves encryption behind."""
    if origin.lower().startswith("https:") and target.lower().startswith("http:"):
        return "The server redirects from https to http, so this feed travels unencrypted: tell the publisher."
    return None


def _shown(chain: list[str]) -> str:
    """Return a chain of addresses, each cut to what fits in a sentence."""
    return " → ".join(url if len(url) <= 100 else f"{url[:99]}…" for url in chain)
