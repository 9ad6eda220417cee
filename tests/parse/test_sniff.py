"""What a body is."""

import pytest

from watcher.parse.sniff import describe_binary, judge


@pytest.mark.parametrize(
    "text",
    ["<rss/>", "<?xml version='1.0'?>\n<!-- c -->\n<feed>", "<rdf:RDF>", "<RSS>", "<a:feed xmlns:a='x'>",
     "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "\ufeff\n <rss>"],
)  # fmt: skip
def test_knows_feeds(text: str) -> None:
    """Feeds are known by their root, behind declarations, comments and document types."""
    assert judge(text).kind == "feed"


def test_finds_a_feed_behind_other_output() -> None:
    """Warnings of a server's software and even a page around a feed do not hide it."""
    assert judge("Warning: mysql on line 3<br />\n<?xml version='1.0'?><rss version='2.0'>").start == 52
    assert judge("<html><body><feed xmlns='http://www.w3.org/2005/Atom'>").kind == "feed"


@pytest.mark.parametrize("text", ["<!doctype html><p>", "<HTML>", "<div>maintenance</div>", "<?xml?><html xmlns='x'>"])
def test_knows_pages(text: str) -> None:
    """Web pages are told apart from feeds."""
    assert judge(text).kind == "page"


@pytest.mark.parametrize(
    ("text", "word"),
    [("<svg/>", "SVG"), ("<opml>", "OPML"), ("<urlset>", "sitemap"), ("<x/>", "<x>"), ("hello", "plain text"),
     ("\x00\x01\x02" * 30, "binary"), ("<!DOCTYPE r [" + "<!ENTITY " * 99, "XML")],
)  # fmt: skip
def test_names_everything_else(text: str, word: str) -> None:
    """Other documents are named in words."""
    assert word in judge(text).what


@pytest.mark.parametrize(("body", "word"), [(b"", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\0" * 99, "empty"),
    (b"\x89PNG\r\n", "PNG"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "compressed")])  # fmt: skip
def test_names_binary_files(body: bytes, word: str) -> None:
    """Files that are no text are named by their signature."""
    assert word in (describe_binary(body) or "")
