"""Cards: one opportunity over all articles that tell of it, alive until it closes.

A later article amends a card: it may bring a date, move it, or close the card. What was read is never replaced by
nothing, and a date only by one that an article says replaces it. Reading an article again changes nothing: what it
told is known by its evidence.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

from watcher.model.entry import Entry
from watcher.model.opportunity import Card, CardStatus, Opportunity
from watcher.opportunities.likeness import likeness, moves

Found = tuple[Entry, Opportunity, tuple[str, ...]]
State = Literal["new", "open", "reminder", "extended", "closed"]

REMINDER = timedelta(days=21)
UNDATED_LIFE = timedelta(weeks=6)  # a card without a date is shown so long after its last news
MEMORY = timedelta(days=60)  # so long after its last day a card can still be prolonged
UNDATED_MEMORY = timedelta(days=300)
FIRST_SPAN = timedelta(days=7)  # what "since the last edition" means for the first one


def update_cards(cards: Iterable[Card], found: Iterable[Found], now: datetime) -> tuple[Card, ...]:  # noqa: ARG001 - every step takes its clock; cards count from their articles' own dates
    """Return the cards that are new or changed by what was found in entries, in any order of ``found``."""
    known = {card.id: card for card in cards}
    changed: dict[str, Card] = {}
    for entry, opportunity, topics in sorted(found, key=lambda item: (item[0].at, item[0].id)):
        before = _card_of(entry, opportunity, known)
        after = _amend(before, entry, opportunity, topics) if before else _make(entry, opportunity, topics)
        if after is not None and after != before:
            known[after.id] = changed[after.id] = after
    return tuple(changed.values())


def _card_of(entry: Entry, opportunity: Opportunity, known: dict[str, Card]) -> Card | None:
    """Return the card an entry already belongs to, else the likest one."""
    own = next((card for card in known.values() if entry.id in card.entries), None) or known.get(_make_id(entry))
    if own:
        return own
    alive = (card for card in known.values() if not _is_forgotten(card, entry))
    scored = ((likeness(card.opportunity, opportunity), card) for card in alive)
    likely = [(score, card) for score, card in scored if score > 0 and not _is_over(card, opportunity)]
    return max(likely, key=lambda pair: (pair[0], pair[1].first_seen, pair[1].id), default=(0.0, None))[1]


def _is_forgotten(card: Card, entry: Entry) -> bool:
    """Say whether a card ended so long before an article that the article is about another one."""
    last_day = _last_day(card.opportunity)
    if last_day:
        return entry.at.date() - last_day > MEMORY
    return entry.at - card.changed_at > UNDATED_MEMORY


def _is_over(card: Card, other: Opportunity) -> bool:
    """Say whether a closed card stays as it is: what opens later is another one."""
    old = card.opportunity
    return old.status == "closed" and other.status == "open" and _day(other) != _day(old)


def _make_id(entry: Entry) -> str:
    """Return the id of a card that begins with ``entry``: the same in every archive."""
    return f"c{sha256((entry.url or f'{entry.feed_url} {entry.title}').encode()).hexdigest()[:12]}"


def _make(entry: Entry, opportunity: Opportunity, topics: tuple[str, ...]) -> Card | None:
    if opportunity.status == "closed":
        return None  # what we never showed need not be taken back
    return Card(
        id=_make_id(entry),
        opportunity=opportunity,
        topics=topics,
        entries=(entry.id,),
        first_seen=entry.digest_at,
        changed_at=entry.digest_at,
    )


def _amend(card: Card, entry: Entry, found: Opportunity, topics: tuple[str, ...]) -> Card:
    """Return ``card`` with what a further entry says of it."""
    joined = replace(
        card,
        entries=card.entries if entry.id in card.entries else (*card.entries, entry.id),
        topics=tuple(dict.fromkeys((*card.topics, *topics))),
    )
    old = card.opportunity
    if entry.id in card.entries and set(found.evidence) <= set(old.evidence):
        return joined
    merged = _merge(old, found, is_own=card.entries == (entry.id,))
    joined = replace(joined, opportunity=merged)
    if _calendar(merged) == _calendar(old):
        return joined
    moved = _day(merged) != _day(old) and _day(old) is not None
    return replace(
        joined,
        sequence=card.sequence + 1,
        changed_at=max(card.changed_at, entry.digest_at),
        previous_deadline=_day(old) if moved else card.previous_deadline,
    )


def _merge(old: Opportunity, found: Opportunity, *, is_own: bool) -> Opportunity:
    """Fill what was empty, and take over dates that replace others (``is_own``: the only article was corrected)."""
    merged = replace(
        old,
        organiser=old.organiser or found.organiser,
        place=old.place or found.place,
        amount=old.amount or found.amount,
        evidence=tuple(dict.fromkeys((*old.evidence, *found.evidence))),
    )
    if found.status == "closed":
        return replace(merged, status="closed")
    if not _brings_date(old, found, is_own=is_own):
        return merged
    status: CardStatus = "extended" if _day(old) and found.status == "extended" else old.status
    return replace(
        merged,
        deadline=found.deadline,
        deadline_time=found.deadline_time,
        start=found.start,
        end=found.end,
        month=found.month,
        status=status,
    )


def _brings_date(old: Opportunity, found: Opportunity, *, is_own: bool) -> bool:
    """Say whether the date of ``found`` is to be taken: the first one, a finer one, or one that replaces."""
    if _day(found) is None:
        return found.month is not None and _day(old) is None and (old.month is None or is_own or moves(found))
    if _day(old) is None:
        return True
    if _day(found) == _day(old):
        return (old.end is None and found.end is not None) or (not old.deadline_time and bool(found.deadline_time))
    if found.status == "extended" and found.kind != "event":
        return str(_day(found)) > str(_day(old))  # a prolongation never shortens: that is an older one, read late
    return is_own or moves(found)


def _calendar(opportunity: Opportunity) -> tuple[object, ...]:
    """Return what a calendar shows: a change here is a new sequence number."""
    one = opportunity
    return (one.deadline, one.deadline_time, one.start, one.end, one.month, one.place, one.status)


def _day(opportunity: Opportunity) -> date | None:
    return opportunity.start if opportunity.kind == "event" else opportunity.deadline


def card_state(card: Card, as_of: datetime, last_as_of: datetime | None) -> State | None:
    """Return how an edition of ``as_of`` shows a card, or None when it is not shown.

    ``last_as_of`` is the end of the edition before: what happened since is new, prolonged or closed.
    """
    since = last_as_of or as_of - FIRST_SPAN
    if card.first_seen >= as_of:
        return None
    is_fresh = since <= card.changed_at < as_of
    if card.opportunity.status == "closed":
        return "closed" if is_fresh else None
    if _has_ended(card, as_of):
        return None
    if card.first_seen >= since:
        return "new"
    if is_fresh and card.opportunity.status == "extended":
        return "extended"
    last_day = _last_day(card.opportunity)
    return "reminder" if last_day and last_day - as_of.date() <= REMINDER else "open"


def _last_day(opportunity: Opportunity) -> date | None:
    return opportunity.deadline or opportunity.end or opportunity.start


def _has_ended(card: Card, as_of: datetime) -> bool:
    """Say whether the last day is past; without one, whether its month or the time we show it is."""
    last_day, month = _last_day(card.opportunity), card.opportunity.month
    if last_day:
        return last_day < as_of.date()
    if month:
        return month < f"{as_of:%Y-%m}"
    return as_of - card.changed_at > UNDATED_LIFE
