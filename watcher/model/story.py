"""Stories: entries on one event, over feeds, languages and days."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What grouping compares of one entry, compact enough to be kept for every entry.

    ``keys`` are blocking keys: two entries that share none are never compared.
    ``story`` is the entry's story when it has one (archive), else None (new).
    """

    entry_id: int
    story: str | None = None
    language: str | None = None
    at: datetime
    publisher: str = ""
    url: str | None = None  # canonical
    keys: tuple[str, ...] = ()
    title: tuple[str, ...] = ()  # content stems of the title, in order
    terms: tuple[tuple[str, float], ...] = ()  # stem or glossary concept and weight
    entities: tuple[str, ...] = ()  # keys of ORG PERSON PRODUCT PROJECT EVENT
    places: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()  # normalised numbers with unit, years, ordinals
    actions: tuple[str, ...] = ()  # glossary concepts of verbs and event nouns
    shingles: tuple[int, ...] = ()  # minhash of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The story an entry belongs to, and why, in words."""

    entry_id: int
    story: str
    reasons: tuple[str, ...] = ()
    copy_of: int | None = None  # near-duplicate of that entry (syndication)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Result of grouping a batch: assignments of new entries, and stories that a new entry bridged.

    ``merged`` maps a story that ends to the one that goes on.
    """

    assignments: tuple[Assignment, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One named part of a score: ``value`` in 0..1 times ``weight``, with its reason in words."""

    name: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A rank made of named parts; ``total`` is the sum of value times weight."""

    parts: tuple[ScorePart, ...] = ()

    @property
    def total(self) -> float:
        """Return the sum of value times weight over all parts, rounded to 4 digits."""
        return round(sum(part.value * part.weight for part in self.parts), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event. ``members`` are entry ids, oldest first; ``first_at`` and ``last_at`` bound them."""

    id: str
    members: tuple[int, ...]
    first_at: datetime
    last_at: datetime
    pinned: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """An entity or term that rises: this week's count against the weeks before (oldest first)."""

    key: str
    name: str
    kind: str  # an entity kind, or "term"
    count: int
    before: tuple[int, ...]
    score: float
    is_new: bool
