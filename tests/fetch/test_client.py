"""What goes over the wire: headers, redirects, addresses, certificates."""

import asyncio
import gzip
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fetch.site import FEED, Site, answer, redirect, serving
from watcher.fetch.client import Client
from watcher.fetch.failures import ForbiddenError
from watcher.fetch.fetcher import HttpFetcher
from watcher.fetch.guard import Address, Guard
from watcher.fetch.resolver import Resolver, resolve
from watcher.model.catalogue import Network
from watcher.model.feed import Validators
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, NotModified, Refused

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOOPBACK = Network(allow=("127.0.0.0/8",), timeout=10, gap=0)
GOOD = answer(200, FEED, Content_Type="application/rss+xml")
R = TypeVar("R", bound=FetchResult)


def fetch(
    url: str, *, validators: Validators = Validators(), network: Network = LOOPBACK, resolver: Resolver = resolve
) -> FetchResult:
    """Fetch one address with a fetcher of its own."""
    fetcher = HttpFetcher(network, "watcher/1 (test)", resolver=resolver)
    ((request, result),) = fetcher.fetch([FetchRequest(url=url, validators=validators)], NOW)
    assert request.url == result.url == url
    return result


def fetch_as(kind: type[R], url: str, *, network: Network = LOOPBACK, resolver: Resolver = resolve) -> R:
    """Fetch one address that must end in a result of ``kind``."""
    result = fetch(url, network=network, resolver=resolver)
    assert isinstance(result, kind), result
    return result


@contextmanager
def one_reply(reply: bytes) -> Iterator[Site]:
    """Serve one reply at /."""
    with serving({"/": reply}) as site:
        yield site


def test_a_request_says_who_asks_and_nothing_else() -> None:
    """User-Agent, Accept, gzip, no keep-alive: no cookie, referer, authorization or invented validator."""
    with one_reply(answer(200, FEED, Set_Cookie="a=1")) as site:
        fetcher = HttpFetcher(LOOPBACK, "watcher/1 (test)")
        for _ in range(2):
            list(fetcher.fetch([FetchRequest(url=site.url("/"))], NOW))
    expected = {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert [{name for name, _ in asked.headers} for asked in site.asked] == [expected, expected]
    assert site.asked[0].header("user-agent") == "watcher/1 (test)"
    assert site.asked[0].header("accept-encoding") == "gzip"
    assert site.asked[0].header("host") == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("HTTP://Feeds.Example/a/./b/../c?x=1&y=%2F#part", "feeds.example", "/a/c?x=1&y=%2F"),
        ("https://feeds.example:443?q=é|", "feeds.example", "/?q=%C3%A9%7C"),
        ("http://[2001:db8::1]:443/", "[2001:db8::1]:443", "/"),
        ("http://straße.example/../..", "xn--strae-oqa.example", "/"),
    ],
)
def test_an_address_is_sent_as_browsers_send_it(url: str, host: str, path: str) -> None:
    """Host and path go out in ASCII, without dots that mean folders, default ports and fragments."""
    request = Client(Guard(()), "watcher", max_bytes=1).prepare(url, ())
    assert (request.headers["host"], request.url.raw_path.decode()) == (host, path)


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://a.example\r\nX: y/", "http://a b/", "http://é\ud800/"])
def test_an_address_that_cannot_be_sent_is_forbidden(url: str) -> None:
    """What would break the head of a request never gets into one."""
    with pytest.raises(ForbiddenError):
        Client(Guard(()), "watcher", max_bytes=1).prepare(url, ())


def test_validators_are_sent_as_stored_on_every_hop() -> None:
    """The stored bytes go out, to the target of a redirect as well, and a 304 is the answer."""
    validators = Validators(etag='W/"é,x"', last_modified="Wed, 21 Oct 2015 07:28:00 +0000")
    with serving({"/": redirect("/b"), "/b": answer(304)}) as site:
        assert isinstance(fetch(site.url("/"), validators=validators), NotModified)
    assert {asked.header("if-none-match") for asked in site.asked} == {validators.etag}
    assert {asked.header("if-modified-since") for asked in site.asked} == {validators.last_modified}


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/b", "/b"),
        ("x/../../b", "/b"),
        ("/b#part", "/b"),
        ('/b?a b"é', "/b?a%20b%22%C3%A9"),
        ("//127.0.0.1:{port}/b", "/b"),
    ],
)
def test_redirects_of_every_form_are_followed(location: str, path: str) -> None:
    """Relative, dotted, with fragment, sloppy and scheme-relative targets are resolved."""
    replies = {path: GOOD}
    with serving(replies) as site:
        replies["/"] = answer(302, Location=location.format(port=site.port).encode().decode("latin-1"))
        assert fetch_as(Fetched, site.url("/")).body == FEED
    assert site.paths() == ["/", path]


def test_only_a_permanent_chain_moves_a_feed() -> None:
    """``moved_to`` is how far the chain was permanent from its start."""
    replies = {
        "/": redirect("/b", 301),
        "/b": redirect("/c", 308),
        "/c": redirect("/d", 307),
        "/d": redirect("/e", 301),
        "/e": GOOD,
    }
    with serving(replies) as site:
        assert fetch_as(Fetched, site.url("/")).moved_to == site.url("/c")
        assert fetch_as(Fetched, site.url("/c")).moved_to is None


@pytest.mark.parametrize(
    ("replies", "word", "requests"),
    [
        ({"/": redirect("/")}, "in a circle", 1),
        ({"/": redirect("/b"), "/b": redirect("/")}, "in a circle", 2),
        ({f"/{n or ''}": redirect(f"/{n + 1}") for n in range(9)}, "more than 5 times", 6),
        ({"/": answer(302)}, "no address", 1),
        ({"/": redirect("")}, "no address", 1),
        ({"/": redirect("/b").replace(b"\r\n\r\n", b"\r\nLocation: /c\r\n\r\n")}, "2 addresses", 1),
    ],
)
def test_redirects_that_lead_nowhere_are_failures(replies: dict[str, bytes], word: str, requests: int) -> None:
    """Loops, endless chains and odd Locations stop early and are named."""
    with serving(replies) as site:
        assert word in fetch_as(Failed, site.url("/")).error
    assert len(site.asked) == requests


@pytest.mark.parametrize(
    ("location", "word"),
    [
        ("file:///etc/passwd", "'file'"),
        ("FILE:///etc/passwd", "'file'"),
        ("ftp://127.0.0.2/x", "'ftp'"),
        ("data:text/xml,%3Crss/%3E", "'data'"),
        ("javascript:alert(1)", "'javascript'"),
        ("http+unix://%2Fvar%2Frun/x", "'http+unix'"),
        ("http://user:pw@127.0.0.1:{port}/b", "password"),
        ("http://127.0.0.1:{port}\\@127.0.0.2/", "U+005C"),
        ("http://127.0.0.1:99999/", "cannot be read"),
        ("http://[::1", "cannot be read"),
        ("http://10.0.0.5/", "not public"),
        ("http://169.254.169.254/latest/", "not public"),
        ("http://[::ffff:10.0.0.5]/", "not public"),
        ("http://0x0a000005/", "not public"),
        ("http://1.1.1.1:22/", "Port 22"),
    ],
)
def test_hops_are_judged_like_first_addresses(location: str, word: str) -> None:
    """Schemes, userinfo, ports and private addresses behind a redirect are refused by name."""
    replies: dict[str, bytes] = {}
    with serving(replies) as site:
        replies["/"] = redirect(location.format(port=site.port))
        assert word in fetch_as(Refused, site.url("/")).error
    assert site.paths() == ["/"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://localhost./", "http://a.localhost/", "http://0/"]
)
def test_our_own_machine_is_closed_by_default(url: str) -> None:
    """Without ``network.allow`` nothing private is asked, however it is spelled."""
    assert "not public" in fetch_as(Refused, url, network=Network(gap=0)).error


def test_allow_opens_one_port_and_no_other() -> None:
    """A host:port opens itself; a redirect to its neighbour is refused."""
    with one_reply(GOOD) as other, serving({"/": redirect(other.url("/")), "/ok": GOOD}) as site:
        network = Network(allow=(f"127.0.0.1:{site.port}",), gap=0)
        assert isinstance(fetch(site.url("/ok"), network=network), Fetched)
        assert isinstance(fetch(site.url("/"), network=network), Refused)
    assert other.asked == []


class Rebinding:
    """A resolver that answers with an allowed address once and a forbidden one ever after."""

    def __init__(self, *answers: str) -> None:
        self.answers = [ip_address(text) for text in answers]
        self.asked = 0

    async def __call__(self, _: str) -> tuple[Address, ...]:
        """Give the next answer."""
        self.asked += 1
        return (self.answers[min(self.asked, len(self.answers)) - 1],)


def test_the_judged_address_is_the_dialled_one() -> None:
    """A name is resolved once a request: a second answer of the DNS has no window."""
    with one_reply(GOOD) as site:
        network = Network(allow=("127.0.0.1",), gap=0)
        rebinding = Rebinding("127.0.0.1", "127.0.0.2")
        url = f"http://rebind.test:{site.port}/"
        assert isinstance(fetch(url, network=network, resolver=rebinding), Fetched)
        assert rebinding.asked == 1
        assert isinstance(fetch(url, network=network, resolver=rebinding), Refused)
    assert [asked.header("host") for asked in site.asked] == [f"rebind.test:{site.port}"]


def test_a_second_address_is_tried_when_the_first_is_dead() -> None:
    """A name with a dead address costs its feed nothing."""

    async def two(_: str) -> tuple[Address, ...]:
        return ip_address("::ffff:127.0.0.1"), ip_address("127.0.0.1")

    with one_reply(GOOD) as site:
        assert isinstance(fetch(f"http://two.test:{site.port}/", resolver=two), Fetched)


def test_a_name_that_does_not_exist_is_named() -> None:
    """The DNS's answer is a sentence."""

    async def none(host: str) -> tuple[Address, ...]:
        return await resolve(f"nothing.{host}.invalid")

    assert "not known to the DNS" in fetch_as(Failed, "http://feeds.test/", resolver=none).error


def test_a_dead_name_server_costs_the_deadline_and_no_more() -> None:
    """Resolving a name is part of the exchange and ends with it."""

    async def never(_: str) -> tuple[Address, ...]:
        await asyncio.Event().wait()
        return ()

    network = Network(gap=0, timeout=0.1)
    assert "within 0.1 seconds" in fetch_as(Failed, "http://feeds.test/", network=network, resolver=never).error


def test_a_closed_port_is_named() -> None:
    """Nobody listening is a sentence."""
    with one_reply(GOOD) as site:
        url = site.url("/")
    assert "cannot be reached" in fetch_as(Failed, url).error


def test_a_bad_certificate_is_named_and_nothing_is_asked_unencrypted() -> None:
    """A self-signed certificate is an error with its reason, and there is no way around it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "data" / "selfsigned.pem")
    with serving({"/": GOOD}, tls=context) as site:
        failed = fetch_as(Failed, site.url("/").replace("http:", "https:"))
    assert "certificate of 127.0.0.1 is not valid" in failed.error
    assert not failed.is_unconnected  # else an address without a scheme would be asked for in the clear
    assert site.asked == []


@pytest.mark.parametrize(
    "reply", [GOOD, b"HTTP/1.1 200 OK\r\n\r\n" + FEED * 20_000], ids=["known length", "up to the end, in many pieces"]
)
def test_a_good_certificate_opens_an_encrypted_connection(reply: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents come over TLS as they do in the clear, whether the server says that it ends or not."""
    certificate = Path(__file__).parent / "data" / "loopback.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving({"/": reply}, tls=context) as site:
        fetched = fetch_as(Fetched, site.url("/").replace("http:", "https:"))
    assert fetched.body == reply.partition(b"\r\n\r\n")[2]
    assert site.asked[0].header("host") == f"127.0.0.1:{site.port}"


def test_an_unencrypted_answer_to_https_is_named() -> None:
    """TLS against a plain server is a sentence."""
    with one_reply(GOOD) as site:
        failed = fetch_as(Failed, site.url("/").replace("http:", "https:"))
    assert "no encrypted connection" in failed.error
    assert failed.is_unconnected


def test_caps_hold_on_the_wire_and_after_inflating() -> None:
    """A document over ``max_bytes`` is refused by its length, on its way, or when inflated."""
    network = Network(allow=("127.0.0.0/8",), gap=0, max_bytes=10_000)
    bomb = gzip.compress(b" " * 5_000_000)
    replies = {
        "/length": answer(200, b" " * 10_001),
        "/way": b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 10_001,
        "/bomb": answer(200, bomb, Content_Encoding="gzip"),
        "/fits": answer(200, gzip.compress(b"x" * 10_000), Content_Encoding="gzip"),
    }
    with serving(replies) as site:
        for path in ("/length", "/way", "/bomb"):
            assert "larger than 10,000 bytes" in fetch_as(Failed, site.url(path), network=network).error
        assert len(fetch_as(Fetched, site.url("/fits"), network=network).body) == 10_000
