"""Feeds behind a page: what it announces, what it links to, and where feeds usually lie.

Pure: finds addresses and fetches none of them. Only http(s) addresses come out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from watcher.parse.encoding import decode
from watcher.parse.text import clean_line
from watcher.urls import resolve_url

_MAX_PAGE: Final = 1_000_000  # bytes looked at
_MAX_FEEDS: Final = 20
_FEED_TYPES: Final = {
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json",
    "application/xml", "text/xml", "application/rss", "application/atom", "text/rss",
}  # fmt: skip
_FEED_LINK: Final = re.compile(
    r"(?:[/._=-](?:rss|atom|feeds?|rdf)(?:2|20)?(?:[/._?&=-]|$)|\.(?:rss|rdf|atom)$|[/.](?:feed|rss|atom|index)\.(?:xml|json)$|"
    r"feeds?\.[\w-]+\.)",
    re.IGNORECASE,
)
_OFF_SITE: Final = re.compile(
    r"feedly\.com|inoreader\.com|netvibes\.com|add\.my\.yahoo|/comments/feed|comment-page", re.IGNORECASE
)
_COMMON: Final = (
    "feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed", "rss/", "feed.json", "blog/feed/",
    "actualites/feed/", "news/feed/", "spip.php?page=backend", "?feed=rss2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address at which a feed may lie, and what the page calls it."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as far as feeds are concerned."""

    title: str
    feeds: tuple[FeedLink, ...]
    has_login: bool


def find_feeds(html: bytes, base_url: str) -> tuple[FeedLink, ...]:
    """Return the feeds that a page announces, then those it links to, without repetitions."""
    return read_page(html, base_url).feeds


def common_paths(base_url: str) -> tuple[FeedLink, ...]:
    """Return where feeds of a site usually lie, beside ``base_url`` and at its root; none of them may exist."""
    bases = (base_url if base_url.endswith("/") else f"{base_url}/", urljoin(base_url, "/"))
    found = (resolve_url(base, path) for base in dict.fromkeys(bases) for path in _COMMON)
    return tuple(FeedLink(url) for url in dict.fromkeys(found) if url)


def read_page(html: bytes, base_url: str) -> Page:
    """Read a page's title and its feeds; never raises."""
    tree = _tree(html)
    if tree is None:
        return Page("", (), has_login=False)
    base = next((resolve_url(base_url, e.get("href") or "") for e in tree.iter("base") if e.get("href")), None)
    found: dict[str, FeedLink] = {}
    for href, title in (*_announced(tree), *_linked(tree)):
        url = resolve_url(base or base_url, href)
        if url and url != base_url and len(found) < _MAX_FEEDS:
            found.setdefault(url, FeedLink(url, clean_line(title, limit=120) or None))
    title = next((e.text or "" for e in tree.iter("title")), "")
    has_login = any((e.get("type") or "").lower() == "password" for e in tree.iter("input"))
    return Page(clean_line(title, limit=120), tuple(found.values()), has_login)


def _tree(html: bytes) -> etree._Element | None:
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    text = decode(html[:_MAX_PAGE])[0].replace("\x00", "")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _announced(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        rel = (element.get("rel") or "").lower().split()
        if "feed" in rel or ("alternate" in rel and kind in _FEED_TYPES):
            yield element.get("href") or "", element.get("title") or ""


def _linked(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter("a"):
        href = element.get("href") or ""
        if len(href) < 500 and _FEED_LINK.search(href) and not _OFF_SITE.search(href):
            yield href, " ".join(map(str, element.itertext()))[:200]
