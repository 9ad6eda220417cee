"""The one place that speaks HTTP: httpx2's client and models over a transport of our own.

httpx2 gives the client, the request, response and URL models and the seam between them and the wire; its own transport
costs several times as much and has neither a total deadline nor a size cap. Ours resolves, judges and dials the address
that was judged (``guard``, ``connection``), reads within bounds (``wire``) and inflates within bounds (``inflate``):
what enters httpx2 is safe already.
"""

import ssl
from collections.abc import Sequence

import httpx2

from watcher.fetch.conditional import Header
from watcher.fetch.connection import converse
from watcher.fetch.failures import ForbiddenError
from watcher.fetch.guard import Guard
from watcher.fetch.inflate import inflate
from watcher.fetch.resolver import Resolver, resolve
from watcher.fetch.wire import ResponseReader, get_all
from watcher.urls import escape_url, url_problem

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
# Told apart here and never handed on: framing that is undone, and cookies, which are not kept.
_DROPPED = frozenset({b"content-encoding", b"transfer-encoding", b"content-length", b"set-cookie", b"set-cookie2"})

Request = httpx2.Request
Response = httpx2.Response


class GuardedTransport(httpx2.AsyncBaseTransport):
    """An httpx2 transport that dials judged addresses only and reads within bounds; it keeps no connection open."""

    def __init__(self, guard: Guard, *, max_bytes: int, resolver: Resolver = resolve) -> None:
        """Bound bodies by ``max_bytes``, as they travel and once more when inflated."""
        self._guard = guard
        self._max_bytes = max_bytes
        self._resolver = resolver
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: Request) -> Response:
        """Send ``request`` and return its whole response; raises ForbiddenError or ExchangeError."""
        url = request.url
        is_tls = url.scheme == "https"
        host, port = url.raw_host.decode("ascii").removesuffix("."), url.port or (443 if is_tls else 80)
        addresses = await self._resolver(host)
        if problem := self._guard.problem(host, port, addresses):
            raise ForbiddenError(problem)
        reader = ResponseReader(self._max_bytes)
        await converse(addresses, port, host, self._tls_context() if is_tls else None, _head(request), reader)
        body = reader.body
        if body:
            encoding = b",".join(get_all(reader.headers, b"content-encoding")).decode("latin-1")
            body = inflate(body, encoding, self._max_bytes)
        kept = [header for header in reader.headers if header[0] not in _DROPPED]
        return Response(reader.status, headers=kept, content=body)

    def _tls_context(self) -> ssl.SSLContext:
        """Make the verifying context at its first use: loading the certificates takes a while."""
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


class Client:
    """Sends what a polite feed reader sends and nothing else, to addresses that ``guard`` lets through."""

    def __init__(self, guard: Guard, user_agent: str, *, max_bytes: int, resolver: Resolver = resolve) -> None:
        """Make a client that opens nothing before its first request, and nothing that would have to be closed."""
        headers = {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
        transport = GuardedTransport(guard, max_bytes=max_bytes, resolver=resolver)
        self._http = httpx2.AsyncClient(transport=transport, headers=headers, trust_env=False, timeout=None)

    def prepare(self, url: str, headers: Sequence[Header]) -> Request:
        """Return the request for ``url``, with ``headers`` added to our own.

        Raises ForbiddenError for an address that may not be asked.
        """
        if problem := url_problem(url):
            raise ForbiddenError(problem)
        try:
            return Request("GET", escape_url(url), headers=[*self._http.headers.raw, *headers])
        except httpx2.InvalidURL as error:
            raise ForbiddenError(f"The address cannot be used ({error}): check its spelling.") from error

    async def send(self, request: Request) -> Response:
        """Return the whole answer to ``request``, no redirect followed; raises ForbiddenError or ExchangeError."""
        return await self._http.send(request)


def _head(request: Request) -> bytes:
    """Return the head of a GET request as it goes over the wire."""
    lines = [b"GET %s HTTP/1.1" % request.url.raw_path, *(b"%s: %s" % header for header in request.headers.raw)]
    return b"\r\n".join(lines) + b"\r\n\r\n"
