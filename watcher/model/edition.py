"""Editions: one topic, one ISO week, one language, ready to be rendered in any format.

An edition is complete: renderers add nothing but form, and the same edition gives the same bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from watcher.model.feed import FeedHealth
from watcher.model.member import Relevance
from watcher.model.opportunity import Card
from watcher.model.story import Score, Trend


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return the ISO 8601 form, ``2026-W47``."""
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """One article as a digest cites it. ``excerpt`` is what its feed's rights allow to quote."""

    entry_id: int
    title: str
    url: str | None
    publisher: str
    language: str | None
    published: datetime | None
    excerpt: str = ""
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a summary, verbatim from the source it names."""

    text: str
    source: SourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEntity:
    """An entity shown under a story."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """A story as printed. ``changed`` says what is new since it was last printed (*suite*)."""

    story: str
    headline: str
    headline_language: str | None
    url: str | None
    summary: tuple[Sentence, ...]
    sources: tuple[SourceLink, ...]
    entities: tuple[NamedEntity, ...]
    score: Score
    reasons: tuple[str, ...]  # why it is here, in the edition's language
    pinned: bool = False
    last_printed: Week | None = None
    changed: tuple[str, ...] = ()
    sources_more: int = 0  # left out by the bound on size


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItem:
    """A card as printed: its state in this edition and its sources."""

    card: Card
    state: Literal["new", "open", "reminder", "extended", "closed"]
    days_left: int | None
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberItem:
    """A member in the news: the sentence that names it and its source.

    ``is_printed`` says that its story stands elsewhere in the edition.
    """

    member: str
    name: str
    sentence: Sentence
    story: str | None = None
    is_printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two entities that occur together in ``count`` stories of the edition."""

    a: str
    b: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where an edition comes from: counts, and feeds that need attention."""

    articles: int
    feeds: int
    alive: tuple[str, ...] = ()
    broken: tuple[FeedHealth, ...] = ()
    silent: tuple[FeedHealth, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One dated issue of a topic's digest in one language."""

    topic: str
    topic_name: str
    cluster: str
    cluster_url: str | None
    week: Week
    first_day: date
    last_day: date
    timezone: str
    language: str
    composed_for: datetime  # end of the week: the clock of everything relative ("days left")
    brief: tuple[Sentence, ...] = ()  # En bref: headlines with their source
    top: tuple[StoryItem, ...] = ()  # À la une
    members: tuple[MemberItem, ...] = ()
    opportunities: tuple[CardItem, ...] = ()
    agenda: tuple[CardItem, ...] = ()
    trends: tuple[Trend, ...] = ()
    links: tuple[Link, ...] = ()
    follow_ups: tuple[StoryItem, ...] = ()  # Suites
    also: tuple[StoryItem, ...] = ()  # Aussi cette semaine
    also_more: int = 0  # left out by the bound on size, as are the three that follow
    members_more: int = 0
    opportunities_more: int = 0
    agenda_more: int = 0
    sources: Sources
    note: str = ""  # the editor's word (édito)
    inputs: str = ""  # sha256 over the manifest of what it was composed from


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalEdition:
    """A member's own digest: *Pour vous* on top of the editions of their topics."""

    member: str
    name: str
    language: str
    week: Week
    for_you: tuple[tuple[Relevance, StoryItem | CardItem], ...]
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One file of an edition: path relative to the digests folder, and its bytes."""

    path: str
    content: bytes
