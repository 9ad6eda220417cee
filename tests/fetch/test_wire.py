"""Responses read from bytes, whatever the pieces they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.failures import ExchangeError
from watcher.fetch.wire import MAX_HEAD, ResponseReader

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def read(data: bytes, *, max_bytes: int = 1000, pieces: int | None = None) -> ResponseReader:
    """Feed ``data`` in pieces and end the connection unless the reader has had enough."""
    reader = ResponseReader(max_bytes)
    size = pieces or max(len(data), 1)
    for at in range(0, len(data), size):
        reader.feed(data[at : at + size])
        if reader.is_complete:
            return reader
    reader.end()
    return reader


@given(
    st.lists(st.binary(min_size=1, max_size=40), max_size=5),
    st.sampled_from(["length", "chunked", "close"]),
    st.integers(1, 50),
)
def test_a_body_is_the_same_in_any_pieces(parts: list[bytes], framing: str, pieces: int) -> None:
    """Length, chunks and end of connection all frame the same body, however TCP cuts it."""
    body = b"".join(parts)
    data = {
        "length": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body),
        "chunked": CHUNKED + b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n",
        "close": b"HTTP/1.0 200\n\n" + body,
    }[framing]
    reader = read(data, pieces=pieces)
    assert (reader.status, reader.body) == (200, body)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_any_bytes_end_in_a_response_or_a_sentence(data: bytes, pieces: int) -> None:
    """Garbage is an ExchangeError and nothing else."""
    try:
        read(b"HTTP/1.1 " + data, pieces=pieces)
    except ExchangeError as error:
        assert str(error).endswith(".")  # noqa: PT017 - an error is one of two right outcomes


def test_headers_are_lower_case_unfolded_and_cleaned() -> None:
    """Folded lines are joined; lines without a colon and values with NUL are dropped."""
    reader = read(b'HTTP/1.1 404 X\r\nETag:  "a" \r\nX-A: b\r\n c\r\nnonsense\r\nX-N: a\x00b\r\nX-E: \xe9\r\n\r\n')
    assert reader.headers == [(b"etag", b'"a"'), (b"x-a", b"b c"), (b"x-e", b"\xe9")]


@pytest.mark.parametrize("status", [204, 301, 304, 404, 500, 999])
def test_only_the_body_of_a_200_is_read(status: int) -> None:
    """An error page, however long, is not waited for."""
    reader = ResponseReader(10)
    reader.feed(b"HTTP/1.1 %d X\r\nContent-Length: 99999999\r\n\r\n" % status)
    assert reader.is_complete
    assert reader.body == b""


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "without an answer"),
        (b"HTTP/1.1 200 OK\r\n", "without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "before the document was complete"),
        (CHUNKED + b"3\r\nabc\r\n", "before the document was complete"),
        (CHUNKED + b"zz\r\nabc", "broken chunk"),
        (CHUNKED + b"3\r\nabcde\r\n", "broken chunk"),
        (CHUNKED + b"ffffffffffffffffff\r\n", "broken chunk"),
        (CHUNKED + b"ffffff\r\n", "larger than 1,000 bytes"),
        (CHUNKED + b"1;" + b"x" * 900 + b"\r\na\r\n" + b"1;" + b"x" * 900 + b"\r\n", "larger than"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "larger than 1,000 bytes"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "no readable length"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\n", "no readable length"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "no readable length"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "transfer coding"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001, "larger than"),
        (b"HTTP/1.1 1000 What\r\n\r\n", "HTTP/1.1"),
        (b"<rss version='2.0'>", "HTTP/1.1"),
        (b"\x00\x00\x06\x04\x00", "HTTP/1.1"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "HTTP/1.1"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20, "without end"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", "without end"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * MAX_HEAD, "64 kB of headers"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", "64 kB of headers"),
    ],
)
def test_broken_and_endless_answers_are_named(data: bytes, word: str) -> None:
    """Every rule and every bound has its sentence."""
    with pytest.raises(ExchangeError, match=word):
        read(data, pieces=700)


def test_interim_answers_are_passed_over() -> None:
    """A 103 before the answer is no answer."""
    assert read(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello").body == b"hello"


def test_trailers_are_not_waited_for() -> None:
    """The document is complete with its last chunk."""
    reader = ResponseReader(100)
    reader.feed(CHUNKED + b"3\r\nabc\r\n0\r\nX-Endless: 1\r\n")
    assert reader.is_complete
    assert reader.body == b"abc"


def test_chunk_lines_are_bounded() -> None:
    """A chunk extension without end is refused long before the body's bound."""
    with pytest.raises(ExchangeError, match="broken chunk"):
        read(CHUNKED + b"1;" + b"x" * 5000, max_bytes=1_000_000)
