"""Feed documents of the samples: every format is read in full by feedparser, the odd ones as odd as meant."""

import json
from calendar import timegm
from datetime import UTC, datetime, timedelta
from html import unescape

import feedparser
import pytest

from watcher.demo.articles import SampleArticle, sample_articles
from watcher.demo.documents import SAMPLE_NOTE, render_document
from watcher.demo.feeds import FEEDS, SampleFeed

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
XML_FEEDS = tuple(feed for feed in FEEDS if feed.form != "json")
BY_KEY = {feed.key: feed for feed in FEEDS}


def articles_of(feed: SampleFeed, now: datetime = NOW) -> tuple[SampleArticle, ...]:
    """Return what the feed has published, newest first."""
    return tuple(a for a in reversed(sample_articles()) if a.feed == feed and a.at <= now)


@pytest.mark.parametrize("feed", XML_FEEDS, ids=lambda feed: feed.key)
def test_feedparser_reads_every_entry(feed: SampleFeed) -> None:
    """Titles, links and dates come back as they were written, in order, whatever the format."""
    parsed = feedparser.parse(render_document(feed, sample_articles(), NOW))
    expected = articles_of(feed)
    titles = [unescape(entry.title).replace("\N{NO-BREAK SPACE}", " ") for entry in parsed.entries]
    assert titles == [article.title for article in expected]
    assert [entry.link.partition("?")[0] for entry in parsed.entries] == [article.url for article in expected]
    for entry, article in zip(parsed.entries, expected, strict=True):
        given = entry.get("published_parsed") or entry.get("updated_parsed")
        assert (given is None) == ("undated" in feed.quirks)
        assert given is None or timegm(given) == article.at.timestamp()


@pytest.mark.parametrize("feed", XML_FEEDS, ids=lambda feed: feed.key)
def test_only_the_ill_formed_feed_is_ill_formed(feed: SampleFeed) -> None:
    """It finds fault with one document, and only that one."""
    parsed = feedparser.parse(render_document(feed, sample_articles(), NOW))
    assert bool(parsed.bozo) == ("ill-formed" in feed.quirks)
    assert SAMPLE_NOTE[feed.language][:12] in str(parsed.feed.subtitle).replace("&rsquo;", "’")


@pytest.mark.parametrize("key", [feed.key for feed in FEEDS if feed.form == "json"])
def test_json_feeds_hold_every_article(key: str) -> None:
    """JSON Feed 1.1 with an item an article, each with an id, a date and a text."""
    feed = BY_KEY[key]
    document = json.loads(render_document(feed, sample_articles(), NOW))
    assert document["version"].endswith("1.1")
    assert [item["title"] for item in document["items"]] == [article.title for article in articles_of(feed)]
    assert all(item.get("content_html") or item.get("content_text") for item in document["items"])


def test_documents_are_the_same_twice() -> None:
    """The same moment gives the same bytes."""
    for feed in FEEDS:
        first = render_document(feed, sample_articles(), NOW)
        assert first == render_document(feed, sample_articles(), NOW)


def test_a_feed_grows_week_by_week() -> None:
    """At an earlier moment a feed holds only what was out, and later builds keep it."""
    feed = BY_KEY["vent-du-large"]
    sizes = [len(articles_of(feed, NOW - timedelta(weeks=weeks))) for weeks in (5, 4, 3, 2, 1, 0)]
    assert sizes == sorted(set(sizes))
    early = feedparser.parse(render_document(feed, sample_articles(), NOW - timedelta(weeks=5)))
    assert len(early.entries) == sizes[0]


def test_guids_change_with_each_build() -> None:
    """One publisher's identifiers are new at every build though the links stay."""
    feed = BY_KEY["unmanned-europe"]
    first = feedparser.parse(render_document(feed, sample_articles(), NOW)).entries[0]
    later = feedparser.parse(render_document(feed, sample_articles(), NOW + timedelta(days=1))).entries[0]
    assert first.link == later.link
    assert first.id != later.id
