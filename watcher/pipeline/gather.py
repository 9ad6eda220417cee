"""Read from the archive all that an edition is composed from.

What does not depend on the language (stories, scores, memory, cards, trends) is gathered once a topic and week; headlines,
summaries and reasons are chosen for each language. Only entries up to the end of the week count, so that an
edition composed again later is the same.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from watcher.digest.material import CardMaterial, Material, MemberNews, StoryEntry, StoryMaterial
from watcher.digest.period import next_week, week_bounds
from watcher.members.recognise import Recogniser
from watcher.model.edition import Link, NamedEntity, Week
from watcher.model.entry import Entry
from watcher.model.feed import FeedHealth
from watcher.model.mention import Annotation, Entity
from watcher.model.opportunity import Card
from watcher.model.story import Assignment, Score, Story, Trend
from watcher.model.topic import Topic, TopicMatch
from watcher.opportunities.cards import card_state
from watcher.pipeline.runtime import Runtime
from watcher.stories.changes import what_changed
from watcher.stories.headline import choose_headline
from watcher.stories.ranking import RankInput, rank_story
from watcher.stories.summary import summarise
from watcher.store.annotations import get_annotations, get_entity_names
from watcher.store.cards import list_cards
from watcher.store.database import Connection
from watcher.store.editions import list_printed
from watcher.store.entries import get_entries
from watcher.store.feeds import list_feed_health
from watcher.store.stories import get_assignments, list_stories
from watcher.store.trends import EntityCount, count_entities_by_week
from watcher.store.work import get_matches
from watcher.trends import rank_trends

WEEKS_BEFORE = 8
SHOWN_KINDS = ("ORG", "PRODUCT", "PROJECT", "EVENT", "PERSON", "PLACE")
MOST_ENTITIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story with everything known about it."""

    story: Story
    entries: tuple[Entry, ...]
    fresh: tuple[Entry, ...]  # those of this week
    matches: dict[int, tuple[TopicMatch, ...]]
    annotations: dict[int, Annotation]
    assignments: dict[int, Assignment]
    entities: tuple[Entity, ...]
    printed: dict[int, Week]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a topic's week holds, in no language yet."""

    topic: Topic
    week: Week
    stories: tuple[Told, ...]
    cards: tuple[CardMaterial, ...]
    members: tuple[MemberNews, ...]
    trends: tuple[Trend, ...]
    links: tuple[Link, ...]
    health: tuple[FeedHealth, ...]
    articles: int
    feeds_read: int
    note: str
