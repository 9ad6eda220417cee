"""OPML from any reader is read within bounds; what we write reads back."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_catalogue, make_feed, make_topic
from watcher.config.opml import MAX_BYTES, parse_opml, render_opml
from watcher.errors import ConfigError
from watcher.model.feed import Feed

NESTED = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Énergie"><outline text="Mer">
    <outline type="rss" text="Wind &amp; Sea" title="Wind &amp; Sea" xmlUrl="https://a.example.org/feed" htmlUrl="x"/>
  </outline></outline>
  <outline type="rss" text="No title" xmlUrl=" https://b.example.org/f?a=1&amp;b=2 "/>
  <outline type="rss" text="Again" xmlUrl="http://www.a.example.org/feed/"/>
  <outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
  <outline text="a folder alone"/>
</body></opml>
"""


def test_feeds_are_found_at_any_depth() -> None:
    """Folders are opened, titles kept, doubles and addresses that cannot be fetched left out."""
    assert parse_opml(NESTED.encode()) == (
        Feed(url="https://a.example.org/feed", name="Wind & Sea"),
        Feed(url="https://b.example.org/f?a=1&b=2", name="No title"),
    )


def test_what_we_write_reads_back() -> None:
    """Every feed of a catalogue comes back from its own OPML, names included."""
    feeds = (
        make_feed("https://shared.example.org/f", name="Part & <agé>"),
        make_feed("https://a.example.org/f?x=1&y=2", "drones", "optics"),
        make_feed("https://b.example.org/f", "optics", name="Bé", language="fr"),
    )
    catalogue = make_catalogue(make_topic("drones"), make_topic("optics"), feeds=feeds)
    read = parse_opml(render_opml(catalogue))
    assert [(feed.url, feed.name) for feed in read] == [(feed.url, feed.name or feed.url) for feed in feeds]
    assert b'<outline text="Optics" title="Optics">' in render_opml(catalogue)


BAD = {
    "nothing": b"",
    "text": b"https://a.example.org/feed",
    "cut": NESTED.encode()[:200],
    "rss": b"<rss version='2.0'><channel/></rss>",
    "no feed": b"<opml version='2.0'><body><outline text='x'/></body></opml>",
    "deep": b"<opml>" + b"<outline>" * 5_000 + b"</outline>" * 5_000 + b"</opml>",
    "size": b"<opml>" + b" " * MAX_BYTES + b"</opml>",
    "entities": b"<!DOCTYPE o [<!ENTITY a '"
    + b"x" * 1000
    + b"'><!ENTITY b '"
    + b"&a;" * 1000
    + b"'>]><opml><body><outline xmlUrl='&b;'/></body></opml>",
    "file": b"<!DOCTYPE o [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><opml><body><outline text='&a;'/></body></opml>",
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_bad_file_is_refused_in_a_sentence(data: bytes) -> None:
    """What is no OPML, or hostile, ends as one problem with plain words."""
    with pytest.raises(ConfigError) as refused:
        parse_opml(data)
    (problem,) = refused.value.problems
    assert problem.message.endswith(".")
    assert len(problem.message) < 300


@settings(deadline=None)
@given(
    st.binary(max_size=100)
    | st.text("<>/&;!opml\"'= outlinexmlUrl", max_size=80).map(lambda text: f"<opml>{text}".encode())
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes raise anything but our own error."""
    with contextlib.suppress(ConfigError):
        assert parse_opml(data)
