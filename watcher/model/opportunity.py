"""Opportunities: something a member can still bid for, apply to or attend."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

OpportunityKind = Literal["tender", "call", "grant", "event"]
CardStatus = Literal["open", "extended", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The phrase a field was read from (``field``: kind, deadline, start, end, place, amount, organiser)."""

    field: str
    phrase: str
    entry_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """What one entry announces. Dates are set only where they were read.

    ``deadline`` for tender, call, grant; ``start``/``end`` for an event. A partial date
    ("mars 2027") stands in ``month`` as ``YYYY-MM`` and nowhere else.
    """

    kind: OpportunityKind
    title: str
    organiser: str | None = None
    deadline: date | None = None
    deadline_time: str | None = None  # "12:00" when the text says so
    start: date | None = None
    end: date | None = None
    month: str | None = None
    place: str | None = None
    amount: str | None = None
    status: CardStatus = "open"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An opportunity over all entries that tell of it; lives on until it closes.

    ``sequence`` grows with each change that a calendar must see (RFC 5545, 3.8.7.4).
    """

    id: str
    opportunity: Opportunity
    topics: tuple[str, ...]
    entries: tuple[int, ...]
    first_seen: datetime
    changed_at: datetime
    sequence: int = 0
    previous_deadline: date | None = None
