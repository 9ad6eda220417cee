"""Feeds behind a page."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.discover import FeedLink, common_paths, find_feeds, read_page

PAGE = b"""<!doctype html><html><head><title>P\xc3\xb4le</title><base href="/site/">
<link rel="alternate" type="application/rss+xml" title="News" href="feed.xml">
<link rel="alternate" type="application/atom+xml" href="https://other.example.org/atom">
<link rel="alternate" type="application/feed+json" href="feed.json"><link rel="alternate" hreflang="en" href="/en/">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body><a href="/rss/all">All our <b>RSS</b></a><a href="/feedback">Feedback</a><a href="feed.xml">again</a>
<a href="https://feedly.com/i/subscription/feed">Feedly</a></body></html>"""


def test_finds_announced_and_linked_feeds() -> None:
    """Announced feeds come first, then links that look like feeds, each once, absolute and with a title."""
    assert find_feeds(PAGE, "https://www.example.org/page") == (
        FeedLink("https://www.example.org/site/feed.xml", "News"),
        FeedLink("https://other.example.org/atom"),
        FeedLink("https://www.example.org/site/feed.json"),
        FeedLink("https://www.example.org/rss/all", "All our RSS"),
    )


def test_reads_title_and_login() -> None:
    """The page's title and whether it asks for a password are known."""
    assert read_page(PAGE, "https://www.example.org/").title == "Pôle"
    assert read_page(b"<input type=Password>", "https://www.example.org/").has_login


def test_suggests_common_paths() -> None:
    """Usual places lie beside the address and at the root of its site."""
    urls = [link.url for link in common_paths("https://www.example.org/blog")]
    assert urls[0] == "https://www.example.org/blog/feed/"
    assert "https://www.example.org/rss.xml" in urls
    assert len(set(urls)) == len(urls)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_survives_any_page(html: bytes, base: str) -> None:
    """Any bytes and any base give a tuple of web addresses."""
    assert all(link.url.startswith(("http://", "https://")) for link in find_feeds(html, base))
