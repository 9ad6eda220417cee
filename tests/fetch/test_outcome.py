"""What an answer means."""

from datetime import UTC, datetime, timedelta

import pytest

from watcher.fetch.outcome import judge
from watcher.fetch.redirects import Answer
from watcher.model.feed import Validators
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Gone, NotModified, Refused

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://feeds.test/rss"


def judged(status: int, body: bytes = b"", etag: str | None = None, **headers: str) -> FetchResult:
    """Judge an answer with ``headers`` (names with underscores) to a request that knew ``etag``."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    answer = Answer(url=URL, status=status, headers=raw, body=body)
    return judge(FetchRequest(url=URL, validators=Validators(etag=etag)), answer, NOW, 0.5)


def test_a_200_with_a_body_is_fetched_with_all_it_says() -> None:
    """Body, type, validators and lifetime come through; a Retry-After beside them is a wish like any other."""
    result = judged(200, b"<rss/>", etag='"a"', cache_control="max-age=60", content_type="text/xml", retry_after="7200")
    assert result == Fetched(
        url=URL,
        status=200,
        body=b"<rss/>",
        content_type="text/xml",
        validators=Validators(),
        fresh_for=7200.0,
        seconds=0.5,
    )


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_an_empty_document_is_a_failure(body: bytes) -> None:
    """Nothing, white space, a lone BOM or NULs never empty a feed."""
    result = judged(200, body)
    assert isinstance(result, Failed)
    assert "empty document" in result.error


def test_a_304_counts_only_when_something_was_known() -> None:
    """A 304 to an unconditional request would hide the feed for ever."""
    assert isinstance(judged(304, etag='"a"'), NotModified)
    first = judged(304)
    assert isinstance(first, Failed)
    assert "although nothing was known" in first.error


def test_a_410_ends_the_feed() -> None:
    """Gone is a value of its own."""
    assert isinstance(judged(410), Gone)


@pytest.mark.parametrize(
    "status", [204, 206, 300, 400, 401, 402, 403, 404, 406, 418, 429, 451, 500, 503, 520, 599, 999]
)
def test_every_other_status_is_one_sentence_with_its_remedy(status: int) -> None:
    """The number, its name when it has one, and what can be done."""
    result = judged(status, b"<rss/>")
    assert isinstance(result, Failed)
    assert result.status == status
    assert result.error.startswith(f"The server answered {status}")
    assert ": " in result.error
    assert result.error.endswith(".")
    assert "\n" not in result.error


def test_a_robot_check_is_named() -> None:
    """A challenge page is told from an ordinary 403."""
    result = judged(403, cf_mitigated="challenge")
    assert isinstance(result, Failed)
    assert "robot check" in result.error


@pytest.mark.parametrize("status", [429, 503, 403])
def test_errors_carry_their_retry_after(status: int) -> None:
    """A server that says when to come back is believed."""
    result = judged(status, retry_after="3600")
    assert isinstance(result, Failed)
    assert result.retry_after == NOW + timedelta(hours=1)


@pytest.mark.parametrize("status", [200, 304, 404, 410])
def test_every_answer_says_what_time_it_is_elsewhere(status: int) -> None:
    """The Date of an answer comes through, with the Age of one out of a cache; no clock and nonsense are none."""
    told = judged(status, b"<rss/>", etag='"a"', date="Mon, 23 Nov 2026 11:00:00 GMT", age="3600")
    assert not isinstance(told, Refused)
    assert told.server_time == NOW
    for silent in ({}, {"date": "Thu, 01 Jan 1970 00:00:00 GMT"}, {"date": "noon"}):
        result = judged(status, b"<rss/>", etag='"a"', **silent)
        assert not isinstance(result, Refused)
        assert result.server_time is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/a", "http://localhost/a", "http://[::1]/a"])
def test_a_server_on_this_machine_has_no_clock_of_its_own(url: str) -> None:
    """What a loopback server says of the time is no second opinion."""
    answer = Answer(url=url, status=200, headers=[(b"date", b"Mon, 23 Nov 2026 12:00:00 GMT")], body=b"<rss/>")
    result = judge(FetchRequest(url=url), answer, NOW, 0.5)
    assert isinstance(result, Fetched)
    assert result.server_time is None
