"""What an edition is composed from: everything the pipeline read, and no decision yet.

The pipeline fills a ``Material`` from the store and the other rooms; ``compose`` alone decides
what is printed where. Sequences come ranked, best first.
"""

from dataclasses import dataclass
from typing import Literal

from watcher.model.catalogue import Cluster
from watcher.model.edition import Link, NamedEntity, Week
from watcher.model.entry import Entry
from watcher.model.feed import FeedHealth
from watcher.model.member import MemberMention
from watcher.model.opportunity import Card
from watcher.model.story import Score, Story, Trend
from watcher.model.topic import TopicMatch

CardState = Literal["new", "open", "reminder", "extended", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """An entry as a member of a story; ``is_copy``: syndicated from another member."""

    entry: Entry
    matches: tuple[TopicMatch, ...] = ()
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMaterial:
    """A story of the week with what other rooms found about it.

    ``last_printed`` is the latest earlier week whose edition held it; then ``changed`` says in
    words what is new since, and an empty ``changed`` keeps it out. ``is_sequel``: the week's news is another event
    of that affair, which may stand à la une.
    """

    story: Story
    members: tuple[StoryEntry, ...]
    score: Score
    headline: Entry
    summary: tuple[tuple[str, Entry], ...] = ()
    entities: tuple[NamedEntity, ...] = ()
    reasons: tuple[str, ...] = ()
    last_printed: Week | None = None
    changed: tuple[str, ...] = ()
    is_sequel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMaterial:
    """A card still to be shown, its entries, and what the opportunities room says of it now."""

    card: Card
    entries: tuple[Entry, ...]
    state: CardState = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberNews:
    """A member named in an entry, with its printed name and the entry's story."""

    mention: MemberMention
    name: str
    entry: Entry
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that one edition (topic, week, language) is made from.

    ``excerpts`` maps a feed's URL to what may be quoted of its entries in characters
    (0: the title only, None: as much as the digest likes; absent: 240).
    ``articles`` and ``feeds_read`` count what the week brought on this topic.
    """

    cluster: Cluster
    topic: str
    topic_name: str
    week: Week
    timezone: str
    language: str
    stories: tuple[StoryMaterial, ...] = ()
    cards: tuple[CardMaterial, ...] = ()
    members: tuple[MemberNews, ...] = ()
    trends: tuple[Trend, ...] = ()
    links: tuple[Link, ...] = ()
    health: tuple[FeedHealth, ...] = ()
    articles: int = 0
    feeds_read: int = 0
    note: str = ""
    excerpts: tuple[tuple[str, int | None], ...] = ()
    inputs: str = ""
