"""Hypothesis strategies over the nouns: any edition that types allow, strange words included."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from watcher.model.edition import (
    CardItem,
    Edition,
    Link,
    MemberItem,
    NamedEntity,
    Sentence,
    SourceLink,
    Sources,
    StoryItem,
    Week,
)
from watcher.model.feed import FeedHealth
from watcher.model.opportunity import Card, Evidence, Opportunity
from watcher.model.story import Score, ScorePart, Trend

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Any text but lone surrogates, which no file of ours can hold."""
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds and adds the zone itself
counts = st.integers(0, 10_000)
urls = st.none() | st.just("https://example.org/a") | words
weeks = st.builds(Week, year=st.integers(1990, 2060), number=st.integers(1, 52))
languages = st.sampled_from(("fr", "en"))


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy for short tuples."""
    return st.lists(strategy, max_size=most).map(tuple)


sources = st.builds(
    SourceLink,
    entry_id=counts,
    title=words,
    url=urls,
    publisher=words,
    language=st.none() | languages | words,
    published=st.none() | moments,
    excerpt=words,
    is_copy=st.booleans(),
)
sentences = st.builds(Sentence, text=words, source=sources)
scores = st.builds(
    Score,
    parts=some(
        st.builds(
            ScorePart,
            name=words,
            value=st.floats(0, 1),
            weight=st.floats(0, 1),
            why=words,
        )
    ),
)
stories = st.builds(
    StoryItem,
    story=words,
    headline=words,
    headline_language=st.none() | languages,
    url=urls,
    summary=some(sentences),
    sources=some(sources),
    entities=some(st.builds(NamedEntity, key=words, name=words, kind=words)),
    score=scores,
    reasons=some(words),
    pinned=st.booleans(),
    last_printed=st.none() | weeks,
    changed=some(words),
    sources_more=counts,
)
opportunities = st.builds(
    Opportunity,
    kind=st.sampled_from(("tender", "call", "grant", "event")),
    title=words,
    organiser=st.none() | words,
    deadline=st.none() | days,
    deadline_time=st.none() | st.just("12:00") | words,
    start=st.none() | days,
    end=st.none() | days,
    month=st.none() | st.just("2027-03"),
    place=st.none() | words,
    amount=st.none() | words,
    status=st.sampled_from(("open", "extended", "closed")),
    evidence=some(st.builds(Evidence, field=words, phrase=words, entry_id=st.none() | counts)),
)
cards = st.builds(
    CardItem,
    card=st.builds(
        Card,
        id=words,
        opportunity=opportunities,
        topics=some(words),
        entries=some(counts),
        first_seen=moments,
        changed_at=moments,
        sequence=counts,
        previous_deadline=st.none() | days,
    ),
    state=st.sampled_from(("new", "open", "reminder", "extended", "closed")),
    days_left=st.none() | st.integers(-400, 4000),
    sources=some(sources),
)
healths = st.builds(
    FeedHealth,
    url=words,
    name=words,
    topics=some(words),
    status=st.sampled_from(("ok", "new", "failing", "silent", "gone", "inactive")),
    since=st.none() | moments,
    rhythm_days=st.none() | st.floats(0, 400),
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Return any edition: every section with nothing, something or much that is strange."""
    first = draw(days)
    return Edition(
        topic="drones",
        topic_name=draw(words),
        cluster=draw(words),
        cluster_url=draw(urls),
        week=draw(weeks),
        first_day=first,
        last_day=first + timedelta(days=6),
        timezone="Europe/Paris",
        language=draw(languages),
        composed_for=draw(moments),
        brief=draw(some(sentences)),
        top=draw(some(stories)),
        members=draw(
            some(
                st.builds(
                    MemberItem,
                    member=words,
                    name=words,
                    sentence=sentences,
                    story=st.none() | words,
                    is_printed=st.booleans(),
                )
            )
        ),
        opportunities=draw(some(cards)),
        agenda=draw(some(cards)),
        trends=draw(
            some(
                st.builds(
                    Trend,
                    key=words,
                    name=words,
                    kind=words,
                    count=counts,
                    before=some(counts, 8),
                    score=st.floats(-9, 9),
                    is_new=st.booleans(),
                )
            )
        ),
        links=draw(some(st.builds(Link, a=words, b=words, count=counts))),
        follow_ups=draw(some(stories)),
        also=draw(some(stories)),
        also_more=draw(counts),
        sources=draw(
            st.builds(
                Sources,
                articles=counts,
                feeds=counts,
                alive=some(words),
                broken=some(healths),
                silent=some(healths),
            )
        ),
        note=draw(words),
        inputs=draw(words),
    )
