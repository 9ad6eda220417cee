"""One address asked once: resolved, judged, dialled, read and inflated, each within bounds.

The address that is judged (``guard``) is the one that is dialled (``connection``), which no general client lets us
decide, and nothing that an answer brings may grow beyond its bound (``wire``, ``inflate``). httpx2 is imported when
there is something that only it knows: where each system keeps its certificates, and names beyond ASCII (IDNA 2008).
Loading it costs more than a hundred answers of 304.
"""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from watcher.fetch.conditional import Header
from watcher.fetch.connection import converse
from watcher.fetch.failures import ForbiddenError
from watcher.fetch.guard import Guard
from watcher.fetch.inflate import inflate
from watcher.fetch.resolver import Resolver, resolve
from watcher.fetch.wire import ResponseReader, get_all
from watcher.urls import escape_url, url_problem, without_dots

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: ``host`` in ASCII as it is resolved and certified, ``path`` with its query."""

    is_tls: bool
    host: str
    port: int
    authority: str  # the Host header
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A whole answer; names of headers are in lower case, ``body`` is inflated."""

    status: int
    headers: Sequence[Header]
    body: bytes


class Client:
    """Sends what a polite feed reader sends and nothing else, to addresses that ``guard`` lets through."""

    def __init__(self, guard: Guard, user_agent: str, *, max_bytes: int, resolver: Resolver = resolve) -> None:
        """Bound bodies by ``max_bytes``, as they travel and once more when inflated."""
        self._guard = guard
        self._max_bytes = max_bytes
        self._resolver = resolver
        self._headers = (
            f"User-Agent: {user_agent}\r\nAccept: {ACCEPT}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"
        )
        self._tls: ssl.SSLContext | None = None

    async def get(self, target: Target, headers: Sequence[Header]) -> Response:
        """Ask ``target`` with ``headers`` added to our own; raises ForbiddenError or ExchangeError."""
        addresses = await self._resolver(target.host)
        if problem := self._guard.problem(target.host, target.port, addresses):
            raise ForbiddenError(problem)
        reader = ResponseReader(self._max_bytes)
        tls = self._tls_context() if target.is_tls else None
        await converse(addresses, target.port, target.host, tls, self._request(target, headers), reader)
        body = reader.body
        if body:
            encoding = b",".join(get_all(reader.headers, b"content-encoding")).decode("latin-1")
            body = inflate(body, encoding, self._max_bytes)
        return Response(status=reader.status, headers=reader.headers, body=body)

    def _request(self, target: Target, headers: Sequence[Header]) -> bytes:
        """Return the head of a GET request as it goes over the wire."""
        head = f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\n{self._headers}".encode("ascii")
        return head + b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n"

    def _tls_context(self) -> ssl.SSLContext:
        """Make the verifying context at its first use: loading the certificates takes a while."""
        if self._tls is None:
            import httpx2  # noqa: PLC0415 - see the top of the file

            self._tls = httpx2.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


def aim(url: str) -> Target:
    """Return where a request for ``url`` goes; raises ForbiddenError for an address that may not be asked."""
    if problem := url_problem(url):
        raise ForbiddenError(problem)
    parts = urlsplit(escape_url(url))
    name = (parts.hostname or "").removesuffix(".") if parts.netloc.isascii() else _name_on_the_wire(url)
    default = _PORTS[parts.scheme]
    port = parts.port or default
    shown = f"[{name}]" if ":" in name else name
    return Target(
        is_tls=parts.scheme == "https",
        host=name,
        port=port,
        authority=shown if port == default else f"{shown}:{port}",
        path=(without_dots(parts.path) or "/") + (f"?{parts.query}" if parts.query else ""),
    )


def _name_on_the_wire(url: str) -> str:
    import httpx2  # noqa: PLC0415 - see the top of the file

    try:
        return httpx2.URL(escape_url(url)).raw_host.decode("ascii")
    except httpx2.InvalidURL as error:
        raise ForbiddenError(f"The address cannot be used ({error}): check its spelling.") from error
