"""Bounded decompression."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.failures import ExchangeError
from watcher.fetch.inflate import inflate

LIMIT = 100_000


def raw_deflate(data: bytes) -> bytes:
    """Compress without the zlib header, as some servers do."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@given(st.binary(min_size=1, max_size=500))
def test_every_accepted_form_gives_the_body_back(body: bytes) -> None:
    """gzip, gzip in members, deflate with and without its header, and no compression are one body."""
    plain = b"<" + body
    assert inflate(gzip.compress(plain), "gzip", LIMIT) == plain
    assert inflate(gzip.compress(plain) + gzip.compress(body), " X-GZIP ", LIMIT) == plain + body
    assert inflate(zlib.compress(plain), "deflate", LIMIT) == plain
    assert inflate(raw_deflate(plain), "identity, deflate", LIMIT) == plain
    assert inflate(plain, "", LIMIT) == plain


def test_the_bytes_count_more_than_the_header() -> None:
    """Gzip without its header is undone, plain text under a gzip header is taken as it is."""
    assert inflate(gzip.compress(b"<rss/>"), "", LIMIT) == b"<rss/>"
    assert inflate(b"<rss/>", "gzip", LIMIT) == b"<rss/>"


@pytest.mark.parametrize(
    ("body", "encoding", "word"),
    [
        (gzip.compress(b" " * 10_000_000), "gzip", "larger than 100,000 bytes"),
        (zlib.compress(b" " * 10_000_000), "deflate", "larger than 100,000 bytes"),
        (gzip.compress(b"a" * 500)[:-12], "gzip", "cut short"),
        (zlib.compress(b"a" * 500)[:-6], "deflate", "cut short"),
        (b"\x1f\x8b" + b"\xff" * 50, "gzip", "damaged"),
        (b"\xff\xff\xff", "deflate", "damaged"),
        (b"x", "br", "'br'"),
        (b"x", "gzip, gzip", "more than once"),
        (gzip.compress(b"") * 200 + gzip.compress(b"<rss/>"), "gzip", "gzip members"),
        (b"x" * 100_001, "", "larger than"),
    ],
)
def test_bombs_layers_and_damage_are_named(body: bytes, encoding: str, word: str) -> None:
    """What grows, nests, is cut or unknown is one sentence, and never more memory than the limit."""
    with pytest.raises(ExchangeError, match=word):
        inflate(body, encoding, LIMIT)


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "br", "gzip,gzip"]))
def test_any_bytes_give_bytes_or_a_sentence(body: bytes, encoding: str) -> None:
    """Nothing but an ExchangeError gets out, and nothing over the limit."""
    try:
        assert len(inflate(b"\x1f\x8b\x08\x00" + body, encoding, 1000)) <= 1000
    except ExchangeError as error:
        assert str(error).endswith(".")  # noqa: PT017 - an error is one of two right outcomes
