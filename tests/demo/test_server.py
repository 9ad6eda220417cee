"""The sample server over real sockets: validators, gzip, redirect, error page, and a clean end."""

import gzip
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage
from threading import enumerate as threads
from urllib.parse import urlsplit

import pytest

from watcher.demo.feeds import FEEDS, GONE_PATH, SampleFeed
from watcher.demo.server import SampleServer, serve_samples

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SECONDS = 5.0


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    """Serve the samples as of the demo's clock."""
    with serve_samples(NOW) as running:
        yield running


def get(server: SampleServer, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, HTTPMessage, bytes]:
    """Return status, headers and body of one exchange."""
    connection = HTTPConnection(urlsplit(server.base_url).netloc, timeout=SECONDS)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.key)
def test_a_known_document_is_not_sent_again(server: SampleServer, feed: SampleFeed) -> None:
    """Every feed answers 200 once, and 304 without a body to the validators it gave."""
    path = urlsplit(server.urls[feed.key]).path
    status, headers, body = get(server, path)
    assert (status, bool(body)) == (200, True)
    pairs = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
    conditions = {ask: headers[give] for give, ask in pairs if headers[give]}
    assert conditions
    status, _, body = get(server, path, conditions)
    assert (status, body) == (304, b"")


def test_a_stale_validator_gets_the_document(server: SampleServer) -> None:
    """A foreign ETag wins over a current date: the document is sent."""
    path = urlsplit(server.urls["cap-drone"]).path
    _, headers, _ = get(server, path)
    status, _, body = get(server, path, {"If-None-Match": '"old"', "If-Modified-Since": headers["Last-Modified"]})
    assert status == 200
    assert body


def test_gzip_for_those_who_ask(server: SampleServer) -> None:
    """A client that takes gzip gets the same document, packed."""
    path = urlsplit(server.urls["fil-photonique"]).path
    _, _, bare = get(server, path)
    _, headers, packed = get(server, path, {"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == bare


def test_an_old_address_redirects(server: SampleServer) -> None:
    """The address of feeds.yaml moved for good to the one that answers."""
    status, headers, _ = get(server, "/old/yard/rss.xml")
    assert status == 301
    assert get(server, headers["Location"])[0] == 200


def test_a_page_where_a_feed_was(server: SampleServer) -> None:
    """A publisher that is gone, and any unknown address, answers 404 with a page."""
    for path in (GONE_PATH, "/nowhere"):
        status, headers, body = get(server, path)
        assert status == 404
        assert headers.get_content_type() == "text/html"
        assert b"<html" in body


def test_time_moves_on_at_the_same_address() -> None:
    """After move_to the old validator is stale and the new document holds more."""
    with serve_samples(NOW - timedelta(weeks=1)) as server:
        path = urlsplit(server.urls["ouest-eco"]).path
        _, headers, before = get(server, path)
        server.move_to(NOW)
        status, _, after = get(server, path, {"If-None-Match": headers["ETag"]})
        assert status == 200
        assert len(after) > len(before)


def test_everything_stops() -> None:
    """After the block no thread of it is left and the port refuses."""
    before = set(threads())
    with serve_samples(NOW) as server:
        assert get(server, GONE_PATH)[0] == 404
        assert set(threads()) - before
    assert not set(threads()) - before
    with pytest.raises(ConnectionRefusedError):
        get(server, GONE_PATH)
