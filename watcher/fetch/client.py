"""The one place that speaks HTTP: httpx2's client and models over a transport of our own.

httpx2 gives the request, response and URL models and the seam; its own transport costs twice as
much and has neither a total deadline nor a size cap. Ours resolves, judges and dials (``guard``),
reads within bounds (``wire``) and inflates within bounds (``inflate``): what enters httpx2 is safe
already. Redirects are walked here, each hop judged like the first address.
"""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2

from watcher.fetch.conditional import Header, conditional_headers
from watcher.fetch.connection import converse
from watcher.fetch.failures import ExchangeError, ForbiddenError
from watcher.fetch.guard import Guard
from watcher.fetch.inflate import inflate
from watcher.fetch.resolver import Resolver, resolve
from watcher.fetch.wire import ResponseReader, get_all
from watcher.model.feed import Validators
from watcher.urls import escape_url, resolve_url, url_problem

MAX_HOPS = 5
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
# Told apart here and never handed on: framing that is undone, and cookies, which are not kept.
_DROPPED = frozenset({b"content-encoding", b"transfer-encoding", b"content-length", b"set-cookie", b"set-cookie2"})

Client = httpx2.AsyncClient
Turn = Callable[[str], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The last response of a chain of redirects; ``moved_to`` is how far it was permanent."""

    url: str
    status: int
    headers: list[Header]
    body: bytes
    moved_to: str | None = None
    warning: str | None = None


class GuardedTransport(httpx2.AsyncBaseTransport):
    """An httpx2 transport that dials judged addresses only and reads within bounds."""

    def __init__(self, guard: Guard, *, max_bytes: int, resolver: Resolver = resolve) -> None:
        """Bound bodies by ``max_bytes``, as they travel and once more when inflated."""
        self._guard = guard
        self._max_bytes = max_bytes
        self._resolver = resolver
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` and return its whole response; raises ForbiddenError or ExchangeError."""
        url = request.url
        is_tls = url.scheme == "https"
        host, port = url.raw_host.decode("ascii"), url.port or (443 if is_tls else 80)
        addresses = await self._resolver(host)
        if problem := self._guard.problem(host, port, addresses):
            raise ForbiddenError(problem)
        reader = ResponseReader(self._max_bytes)
        await converse(addresses, port, host, self._tls_context() if is_tls else None, _request_bytes(request), reader)
        encoding = b",".join(get_all(reader.headers, b"content-encoding")).decode("latin-1")
        body = inflate(reader.body, encoding, self._max_bytes) if reader.body else b""
        kept = [(name, value) for name, value in reader.headers if name not in _DROPPED]
        return httpx2.Response(reader.status, headers=kept, content=body)

    def _tls_context(self) -> ssl.SSLContext:
        """Make the verifying context at its first use: loading the certificates takes a while."""
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


@asynccontextmanager
async def open_client(transport: httpx2.AsyncBaseTransport, user_agent: str) -> AsyncIterator[Client]:
    """Open a client that sends what a polite feed reader sends and nothing else."""
    headers = {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
    async with httpx2.AsyncClient(transport=transport, headers=headers, trust_env=False, timeout=None) as client:
        yield client


async def ask(client: Client, url: str, validators: Validators, turn: Turn) -> Answer:
    """Get ``url`` and follow redirects, waiting for the ``turn`` of each host before each request.

    Raises ForbiddenError when a hop may not be asked, ExchangeError when there is no usable answer.
    """
    headers = conditional_headers(validators)
    chain = [url]
    moved_to: str | None = None
    is_permanent = True
    warning: str | None = None
    while True:
        response = await _get(client, chain[-1], headers, turn)
        if response.status_code not in _REDIRECTS:
            return Answer(
                url=chain[-1],
                status=response.status_code,
                headers=response.headers.raw,
                body=response.content,
                moved_to=moved_to,
                warning=warning,
            )
        target = _target(chain, response)
        warning = warning or _downgrade(chain[-1], target)
        is_permanent = is_permanent and response.status_code in _PERMANENT and warning is None
        moved_to = target if is_permanent else moved_to
        chain.append(target)


async def _get(client: Client, url: str, headers: list[Header], turn: Turn) -> httpx2.Response:
    """Ask one address once, judging its text first."""
    if problem := url_problem(url):
        raise ForbiddenError(problem)
    try:
        request = httpx2.Request("GET", escape_url(url), headers=[*client.headers.raw, *headers])
    except httpx2.InvalidURL as error:
        raise ForbiddenError(f"The address cannot be used ({error}): check its spelling.") from error
    async with turn(request.url.host):
        return await client.send(request)


def _target(chain: list[str], response: httpx2.Response) -> str:
    """Return where a redirect leads; raises when it leads nowhere, in circles, or too far."""
    locations = [value for name, value in response.headers.raw if name.lower() == b"location"]
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


def _request_bytes(request: httpx2.Request) -> bytes:
    """Return the head of a GET request as it goes over the wire."""
    lines = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)]
    lines += [b"%s: %s" % (name, value) for name, value in request.headers.raw]
    return b"\r\n".join(lines) + b"\r\n\r\n"
