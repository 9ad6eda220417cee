"""A real HTTP server on loopback that publishes the sample weeks, as of a moment that can be moved on.

``watcher demo`` fetches from it with the product's own client, so everything a polite client relies
on is real: validators and 304, gzip, a permanent redirect, a page where a feed used to be. Each
connection carries one exchange and times out, so that closing the server never waits long.
"""

import gzip
import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import MappingProxyType
from typing import Any

from watcher.demo.articles import sample_articles
from watcher.demo.documents import CONTENT_TYPES, render_document
from watcher.demo.feeds import FEEDS, GONE_TITLE, SampleFeed

_GONE_PAGE = f"""<!DOCTYPE html><html lang="fr"><head><title>Page introuvable – {GONE_TITLE}</title></head>
<body><h1>Page introuvable</h1><p>La rédaction a pris le large.</p></body></html>
""".encode()
_EXCHANGE_SECONDS = 5.0  # a client that says nothing for so long is let go
_WITHOUT_ETAG = {"laser-courier", "meridienne"}  # older software that only knows Last-Modified


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    body: bytes
    content_type: str
    etag: str | None
    last_modified: str | None


class SampleServer:
    """The running server: ``base_url``, the feeds' ``urls`` by key, and the moment it publishes."""

    def __init__(self, now: datetime, port: int = 0) -> None:
        self._lock = Lock()
        self._documents = _render_all(now)
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.samples = self
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self.urls: Mapping[str, str] = MappingProxyType({feed.key: self.base_url + feed.path for feed in FEEDS})

    def move_to(self, now: datetime) -> None:
        """Publish what was out at ``now``; the addresses stay."""
        documents = _render_all(now)
        with self._lock:
            self._documents = documents

    def get_document(self, path: str) -> _Document | None:
        """Return what stands at ``path``, None when nothing does."""
        with self._lock:
            return self._documents.get(path)

    def serve(self) -> None:
        """Answer until closed."""
        self._http.serve_forever(poll_interval=0.05)

    def close(self) -> None:
        """Stop answering, wait for the exchanges under way, free the port."""
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def serve_samples(now: datetime, port: int = 0) -> Iterator[SampleServer]:
    """Serve the sample feeds as of ``now`` on 127.0.0.1 (any free port for 0) inside the block."""
    server = SampleServer(now, port)
    thread = Thread(target=server.serve, name="samples")
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def _render_all(now: datetime) -> dict[str, _Document]:
    return {feed.path: _document(feed, now) for feed in FEEDS}


def _document(feed: SampleFeed, now: datetime) -> _Document:
    articles = sample_articles()
    body = render_document(feed, articles, now)
    newest = max((article.at for article in articles if article.feed == feed and article.at <= now), default=None)
    etag = None if feed.key in _WITHOUT_ETAG else f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    modified = None if newest is None else format_datetime(newest.astimezone(UTC), usegmt=True)
    return _Document(body=body, content_type=CONTENT_TYPES[feed.form], etag=etag, last_modified=modified)


class _Http(ThreadingHTTPServer):
    samples: SampleServer
    daemon_threads = False  # server_close() joins the exchanges, each bounded by its timeout

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up (Ctrl-C ends the demo so); anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    timeout = _EXCHANGE_SECONDS
    server: _Http
    server_version = "watcher-samples"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        document = self.server.samples.get_document(path)
        if path in _MOVED:
            self._answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": _MOVED[path]})
        elif document is None:
            self._answer(HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, _GONE_PAGE)
        elif self._is_current(document):
            self._answer(HTTPStatus.NOT_MODIFIED, _validators(document))
        else:
            self._send(document)

    def _is_current(self, document: _Document) -> bool:
        """Compare validators; If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2)."""
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return document.etag is not None and document.etag in (tag.strip() for tag in asked.split(","))
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == document.last_modified

    def _send(self, document: _Document) -> None:
        headers = {"Content-Type": document.content_type, **_validators(document)}
        body = document.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
        self._answer(HTTPStatus.OK, headers, body)

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing: the client reports what it fetched."""


def _validators(document: _Document) -> dict[str, str]:
    pairs = {"ETag": document.etag, "Last-Modified": document.last_modified}
    return {name: value for name, value in pairs.items() if value is not None}


_MOVED = {feed.listed_path: feed.path for feed in FEEDS if "moved" in feed.quirks}
