"""The sample weeks: that they hold what real weeks have, and that their truth is kept in line."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from watcher.demo.articles import SampleArticle, plain, sample_articles, slug
from watcher.demo.feeds import FEEDS
from watcher.demo.truth import render_truth

TRUTH = Path(__file__).parent / "data" / "truth.jsonl"
FIRST_WEEK, LAST_WEEK = 42, 47
TOPICS = {"drones", "optics", "offshore-wind"}


def by_story() -> dict[str, list[SampleArticle]]:
    """Return the articles of each story."""
    stories: dict[str, list[SampleArticle]] = {}
    for article in sample_articles():
        if article.story is not None:
            stories.setdefault(article.story, []).append(article)
    return stories


def week(article: SampleArticle) -> int:
    """Return the ISO week in Paris."""
    return article.at.isocalendar().week


def test_there_is_enough_to_read() -> None:
    """At least 14 feeds in both languages and all formats, and 170 articles on the three topics."""
    assert len(FEEDS) >= 14
    assert {feed.form for feed in FEEDS} == {"rss2", "rss091", "rdf", "atom", "json"}
    assert {feed.language for feed in FEEDS} == {"fr", "en"}
    assert sum(bool(article.topics) for article in sample_articles()) >= 170
    assert {topic for article in sample_articles() for topic in article.topics} == TOPICS
    assert sum(not article.topics for article in sample_articles()) >= 20


def test_each_week_has_each_topic_in_both_languages() -> None:
    """No edition of the demo is thin: every topic has four articles a week, with both languages among them."""
    counts = Counter((week(article), topic) for article in sample_articles() for topic in article.topics)
    languages = {(week(a), topic, a.feed.language) for a in sample_articles() for topic in a.topics}
    for number in range(FIRST_WEEK, LAST_WEEK + 1):
        for topic in TOPICS:
            assert counts[number, topic] >= 4
            assert {(number, topic, "fr"), (number, topic, "en")} <= languages


def test_dates_stand_in_the_six_weeks() -> None:
    """Only the feed that falls silent, which needs a past, has articles before the six weeks."""
    outside = [article for article in sample_articles() if not FIRST_WEEK <= week(article) <= LAST_WEEK]
    assert {article.feed.key for article in outside} == {"carnet-de-vol"}
    silent = [article.at for article in sample_articles() if article.feed.key == "carnet-de-vol"]
    assert max(silent).astimezone(UTC) < datetime(2026, 10, 26, tzinfo=UTC)


def test_a_data_file_holds_its_own_week() -> None:
    """An editor finds an article in the file named after its week."""
    data = Path(__file__).parents[2] / "watcher" / "demo" / "data"
    for number in range(FIRST_WEEK, LAST_WEEK + 1):
        text = (data / f"2026-W{number}.txt").read_text(encoding="utf-8")
        heads = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("@")]
        assert {datetime.fromisoformat(head).isocalendar().week for head in heads} == {number}


def test_stories_meet_over_papers_and_languages() -> None:
    """Eighteen stories or more in several papers, eight across languages, and follow-ups in later weeks."""
    stories = [articles for articles in by_story().values() if len({a.feed.key for a in articles}) > 1]
    assert len(stories) >= 18
    assert sum(len({a.feed.language for a in articles}) > 1 for articles in stories) >= 8
    assert sum(len({week(a) for a in articles}) > 1 for articles in stories) >= 5


def test_papers_tell_a_story_in_their_own_words() -> None:
    """Titles of one story differ, but for three agency pieces that were taken over word by word."""
    copies = 0
    for articles in by_story().values():
        copies += len(articles) - len({article.title for article in articles})
    assert copies == 3


def test_opportunities_have_dates_or_say_none() -> None:
    """Fourteen calls, tenders, grants and fairs or more in both languages; some give no date."""
    found = [article for article in sample_articles() if article.opportunity is not None]
    kinds = Counter(article.opportunity.kind for article in found if article.opportunity)
    assert set(kinds) == {"tender", "call", "grant", "event"}
    assert len(found) >= 14
    assert {article.feed.language for article in found} == {"fr", "en"}
    assert any(article.opportunity and article.opportunity.date is None for article in found)


def test_addresses_are_unique_and_fictitious() -> None:
    """No two articles share an address, and every address is on a reserved example domain."""
    urls = [article.url for article in sample_articles()]
    assert len(urls) == len(set(urls))
    assert all(url.split("/")[2].endswith(".example") for url in urls)


def test_slug_and_plain_text() -> None:
    """Addresses fold accents and cut long titles; a teaser is free of tags."""
    assert slug("Œuvres d’été : cœur à 0,1 dB") == "oeuvres-d-ete-coeur-a-0-1-db"
    assert slug("a " * 20) == "a-a-a-a-a-a-a-a-a-a"
    assert plain("un <strong>mot</strong> & un autre") == "un mot & un autre"


def test_truth_file_is_current() -> None:
    """The gate data is what `python -m watcher.demo.truth` writes, one valid JSON object a line."""
    text = TRUTH.read_text(encoding="utf-8")
    assert text == render_truth()
    assert len([json.loads(line) for line in text.splitlines()]) == len(sample_articles())
