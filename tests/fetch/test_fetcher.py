"""Rounds of many feeds: order, spacing, bounds, and what is left behind."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

import pytest

from tests.fetch.site import FEED, Reply, Site, answer, redirect, serving
from watcher.fetch.fetcher import HttpFetcher
from watcher.model.catalogue import Network
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Refused

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOOPBACK = Network(allow=("127.0.0.0/8",), timeout=10, gap=0)
GOOD = answer(200, FEED)


def run(fetcher: HttpFetcher, *urls: str) -> dict[str, FetchResult]:
    """Fetch ``urls`` and return the results by address."""
    return {request.url: result for request, result in fetcher.fetch((FetchRequest(url=url) for url in urls), NOW)}


def make(network: Network = LOOPBACK, concurrency: int = 100) -> HttpFetcher:
    """Make a fetcher for loopback sites."""
    return HttpFetcher(network, "watcher/1 (test)", concurrency=concurrency)


def test_every_request_gets_its_result() -> None:
    """Good and bad feeds on many hosts all come back, each under its own address."""
    with serving({"/good": GOOD}) as site:
        good = [site.url("/good", f"127.0.0.{n}") for n in range(1, 30)]
        bad = [site.url("/missing"), "ftp://127.0.0.1/", "http://[::1", "", "http://10.0.0.1/"]
        results = run(make(), *good, *bad)
    assert all(isinstance(results[url], Fetched) for url in good)
    assert [type(results[url]) for url in bad] == [Failed, Refused, Refused, Refused, Refused]


def test_nothing_to_fetch_is_an_empty_round() -> None:
    """No request, no result."""
    assert run(make()) == {}


def test_one_address_twice_is_one_request() -> None:
    """A feed under two topics, or with a fragment, is asked once and answered to both."""
    with serving({"/": GOOD}) as site:
        requests = [FetchRequest(url=site.url("/")), FetchRequest(url=site.url("/")), FetchRequest(url=site.url("/#a"))]
        results = list(make().fetch(requests, NOW))
    assert site.paths() == ["/"]
    assert [(request, result.url) for request, result in results] == [(r, r.url) for r in requests]


def test_a_host_is_asked_one_request_at_a_time() -> None:
    """Twenty feeds on a host never meet there, redirects to it included."""
    is_busy, meetings = threading.Lock(), []

    def slowly(connection: socket.socket) -> None:
        is_alone = is_busy.acquire(blocking=False)
        meetings.append(not is_alone)
        time.sleep(0.005)  # long enough for a second request to arrive if one were on its way
        if is_alone:
            is_busy.release()  # before the answer, since the next request may come as soon as that has arrived
        connection.sendall(GOOD)

    with serving({f"/{n}": slowly for n in range(20)}) as site, serving({"/": redirect(site.url("/0"))}) as other:
        urls = [site.url(f"/{n}") for n in range(20)]
        assert len(run(make(), *urls, other.url("/", "127.0.0.2"))) == 21
    assert meetings == [False] * 21


def test_the_gap_holds_over_rounds() -> None:
    """Two rounds of one fetcher are as far apart as two requests of one round."""
    moments: list[float] = []

    def note(connection: socket.socket) -> None:
        moments.append(time.monotonic())
        connection.sendall(GOOD)

    with serving({"/a": note, "/b": note}) as site:
        fetcher = make(Network(allow=("127.0.0.1",), gap=0.2))
        run(fetcher, site.url("/a"), site.url("/b"))
        run(fetcher, site.url("/a"))
    assert [later - earlier >= 0.19 for earlier, later in pairwise(moments)] == [True, True]


def drip(connection: socket.socket) -> None:
    """Send a byte now and then for as long as somebody listens."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<")
    for _ in range(200):
        time.sleep(0.05)
        connection.sendall(b" ")


@pytest.mark.parametrize(
    "misbehave",
    [
        lambda _: drip,
        lambda site: site.hang,
        lambda site: lambda c: (c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"), site.hang(c)),
        lambda site: lambda c: (c.sendall(b"HTTP/1.1 200"), site.hang(c)),
    ],
)
def test_one_deadline_bounds_the_whole_exchange(misbehave: Callable[[Site], Reply]) -> None:
    """Silence and drips at any point end by the total deadline, redirects included, and cost nobody else."""
    replies: dict[str, Reply] = {"/good": GOOD, "/hop": redirect("/bad")}
    with serving(replies) as site:
        replies["/bad"] = misbehave(site)
        bad, hop, good = site.url("/bad"), site.url("/hop", "127.0.0.2"), site.url("/good", "127.0.0.3")
        results = run(make(Network(allow=("127.0.0.0/8",), timeout=0.3, gap=0)), bad, hop, good)
    assert isinstance(results[good], Fetched)
    for url in (bad, hop):
        result = results[url]
        assert isinstance(result, Failed)
        assert "within 0.3 seconds" in result.error


@pytest.mark.parametrize("reply", [b"", b"\x16\x03\x01", b"<rss/>", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_broken_servers_are_failures_in_words(reply: bytes) -> None:
    """A server that closes early or talks something else is a sentence, never an exception."""
    with serving({"/": reply}) as site:
        (result,) = run(make(), site.url("/")).values()
    assert isinstance(result, Failed)
    assert result.error.endswith(".")


def test_a_reset_is_a_failure_in_words() -> None:
    """A connection that is torn down in the middle is that feed's failure."""

    def reset(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    with serving({"/": reset}) as site:
        (result,) = run(make(), site.url("/")).values()
    assert isinstance(result, Failed)


def test_hung_feeds_do_not_keep_the_others_waiting() -> None:
    """As many hung servers as places: the good ones still come first."""
    replies: dict[str, Reply] = {"/good": GOOD}
    with serving(replies) as site:
        replies["/bad"] = site.hang
        bad = [site.url("/bad", f"127.0.1.{n}") for n in range(1, 3)]
        good = [site.url("/good", f"127.0.2.{n}") for n in range(1, 5)]
        results = make(concurrency=2).fetch([FetchRequest(url=url) for url in (*bad, *good)], NOW)
        assert sorted(request.url for request, _ in islice(results, 4)) == sorted(good)
        results.close()


def test_closing_early_cancels_what_is_under_way() -> None:
    """Ctrl-C never waits for a server: the round's thread ends with its iterator."""
    replies: dict[str, Reply] = {"/good": GOOD}
    with serving(replies) as site:
        replies["/bad"] = site.hang
        urls = [site.url("/good"), *(site.url("/bad", f"127.0.1.{n}") for n in range(1, 20))]
        fetcher = make(Network(allow=("127.0.0.0/8",), timeout=600, gap=0))
        results = fetcher.fetch([FetchRequest(url=url) for url in urls], NOW)
        assert isinstance(next(iter(results))[1], Fetched)
        results.close()
        assert not any(thread.name == "fetch" for thread in threading.enumerate())


def test_closing_the_fetcher_ends_its_rounds() -> None:
    """``close`` is safe at any time, also when nothing ever ran."""
    replies: dict[str, Reply] = {}
    with serving(replies) as site:
        replies["/bad"] = site.hang
        fetcher = make(Network(allow=("127.0.0.0/8",), timeout=600, gap=0))
        fetcher.close()
        timer = threading.Timer(0.1, fetcher.close)
        timer.start()
        assert run(fetcher, site.url("/bad")) == {}
        timer.join()


def test_a_slow_consumer_slows_the_fetching_down() -> None:
    """No more documents are fetched ahead than the queue may hold."""
    body = b"<rss>" + b" " * 4_000_000 + b"</rss>"
    with serving({"/": answer(200, body)}) as site:
        fetcher = make(concurrency=2)
        results = fetcher.fetch([FetchRequest(url=site.url("/", f"127.0.3.{n}")) for n in range(1, 31)], NOW)
        next(iter(results))
        time.sleep(0.5)  # time enough to fetch everything, if nothing held it back
        assert len(site.asked) < 15
        assert sum(1 for _ in results) == 29


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors through /proc")
def test_rounds_leave_no_descriptor_and_no_thread() -> None:
    """After many rounds of good, bad, hung and cancelled feeds everything is as it was."""
    replies: dict[str, Reply] = {"/good": GOOD, "/gone": b"", "/bad": answer(500)}
    with serving(replies) as site:
        replies["/hung"] = site.hang
        urls = [site.url(path, f"127.0.4.{n}") for n in range(1, 4) for path in ("/good", "/gone", "/bad")]
        fetcher = make(Network(allow=("127.0.0.0/8",), timeout=0.05, gap=0))
        run(fetcher, *urls, site.url("/hung", "127.0.5.1"))
        before = _count_descriptors()
        for _ in range(20):
            run(fetcher, *urls)
            results = fetcher.fetch([FetchRequest(url=url) for url in (*urls, site.url("/hung", "127.0.5.1"))], NOW)
            next(iter(results))
            results.close()
        assert not any(thread.name == "fetch" for thread in threading.enumerate())
        assert _settles(lambda: _count_descriptors() <= before)


def _count_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def _settles(is_settled: Callable[[], bool]) -> bool:
    """Wait for the site's own side to notice that its visitors left."""
    for _ in range(200):
        if is_settled():
            return True
        time.sleep(0.02)
    return False
