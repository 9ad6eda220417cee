"""Cards: one opportunity over all articles that tell of it, alive until it closes.

A later article amends a card: it may bring a date, prolong it, or close it. What was read is never replaced by
nothing, and a date only by a date that was read.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

from watcher.model.entry import Entry
from watcher.model.opportunity import Card, Opportunity
from watcher.words.folding import keys
from watcher.words.stems import is_content, stem

Found = tuple[Entry, Opportunity, tuple[str, ...]]
State = Literal["new", "open", "reminder", "extended", "closed"]

REMINDER = timedelta(days=21)
UNDATED_LIFE = timedelta(weeks=6)  # a card without a date is shown so long after its last news
ALIKE = 0.5  # share of title stems two announcements of one opportunity have in common


def update_cards(cards: Iterable[Card], found: Iterable[Found], now: datetime) -> tuple[Card, ...]:
    """Return the cards that are new or changed by what was found in entries."""
    known = {card.id: card for card in cards}
    changed: dict[str, Card] = {}
    for entry, opportunity, topics in sorted(found, key=lambda item: (item[0].at, item[0].id)):
        before = _card_of(entry, opportunity, known.values())
        after = _amend(before, entry, opportunity, topics, now) if before else _make(entry, opportunity, topics, now)
        if after != before:
            known[after.id] = changed[after.id] = after
    return tuple(changed.values())


def _card_of(entry: Entry, opportunity: Opportunity, cards: Iterable[Card]) -> Card | None:
    own = next((card for card in cards if entry.id in card.entries), None)
    return own or next((card for card in cards if is_same(card.opportunity, opportunity)), None)


def is_same(one: Opportunity, other: Opportunity) -> bool:
    """Say whether two announcements are of one opportunity: kind, and wording with dates that agree."""
    if one.kind != other.kind:
        return False
    mine, theirs = _stems(one), _stems(other)
    share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    dates = {_day(one), _day(other)} - {None}
    if len(dates) == 2 and other.status != "extended":
        return False
    same_day = len(dates) == 1 and _day(one) == _day(other)
    return share >= (ALIKE if same_day or other.status == "extended" else 0.75) and len(mine & theirs) >= 2


def _stems(opportunity: Opportunity) -> frozenset[str]:
    return frozenset(stem(key) for key in keys(opportunity.title) if is_content(key))


def _day(opportunity: Opportunity) -> date | None:
    return opportunity.start if opportunity.kind == "event" else opportunity.deadline


def _make(entry: Entry, opportunity: Opportunity, topics: tuple[str, ...], now: datetime) -> Card:
    digest = sha256(f"{opportunity.kind} {entry.url or entry.title} {entry.feed_url}".encode()).hexdigest()
    return Card(
        id=f"c{digest[:12]}",
        opportunity=opportunity,
        topics=topics,
        entries=(entry.id,),
        first_seen=entry.digest_at,
        changed_at=entry.digest_at,
    )


def _amend(card: Card, entry: Entry, found: Opportunity, topics: tuple[str, ...], now: datetime) -> Card:
    """Return ``card`` with what a further entry says of it."""
    joined = replace(
        card,
        entries=card.entries if entry.id in card.entries else (*card.entries, entry.id),
        topics=tuple(dict.fromkeys((*card.topics, *topics))),
    )
    old = card.opportunity
    merged = replace(
        old,
        deadline=found.deadline or old.deadline,
        deadline_time=found.deadline_time if found.deadline else old.deadline_time,
        start=found.start or old.start,
        end=found.end if found.start else old.end,
        month=found.month or old.month,
        organiser=old.organiser or found.organiser,
        place=old.place or found.place,
        amount=old.amount or found.amount,
        status=found.status if found.status != "open" else old.status,
        evidence=tuple(dict.fromkeys((*old.evidence, *found.evidence))),
    )
    if replace(merged, evidence=old.evidence) == old:
        return joined
    previous = old.deadline if merged.deadline != old.deadline else card.previous_deadline
    return replace(
        joined, opportunity=merged, sequence=card.sequence + 1, changed_at=entry.digest_at, previous_deadline=previous
    )


def card_state(card: Card, as_of: datetime, last_as_of: datetime | None) -> State | None:
    """Return how an edition of ``as_of`` shows a card, or None when it is not shown.

    ``last_as_of`` is the end of the edition before: what happened since is new, prolonged or closed.
    """
    since = last_as_of or as_of - timedelta(days=7)
    opportunity, today = card.opportunity, as_of.date()
    if card.first_seen >= as_of:
        return None
    is_fresh = card.changed_at >= since and card.changed_at < as_of
    if opportunity.status == "closed":
        return "closed" if is_fresh else None
    last_day = opportunity.deadline or opportunity.end or opportunity.start
    if last_day is None:
        month = opportunity.month
        if month and month < f"{today:%Y-%m}":
            return None
        if not month and as_of - card.changed_at > UNDATED_LIFE:
            return None
    elif last_day < today:
        return None
    if card.first_seen >= since:
        return "new"
    if is_fresh and opportunity.status == "extended":
        return "extended"
    if last_day and last_day - today <= REMINDER:
        return "reminder"
    return "open"
