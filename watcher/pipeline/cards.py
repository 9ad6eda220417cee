"""The cards of a topic's week: as they were when it ended, one for what two languages tell, and titled for a reader.

Titles join the articles of one language (see ``opportunities.likeness``); what papers of another say of the same
opportunity has no words in common with them. Their articles do stand in one story: cards of one kind and one day that
share a story, and no language, are one. The stored cards stay apart, so that a story taken apart parts them again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from watcher.digest.material import CardMaterial
from watcher.model.entry import Entry
from watcher.model.opportunity import Card
from watcher.opportunities.cards import card_state, update_cards
from watcher.opportunities.detect import detect_opportunity
from watcher.store.annotations import get_annotations
from watcher.store.cards import list_cards
from watcher.store.database import Connection
from watcher.store.entries import get_entries
from watcher.store.stories import get_assignments

CARDS_READ = 400  # open cards of a topic; more than any edition could print


def gather_cards(connection: Connection, topic: str, start: datetime, end: datetime) -> tuple[CardMaterial, ...]:
    """Return what an edition from ``start`` to ``end`` may show, with its state then."""
    latest = list_cards(connection, topic=topic, open_on=start.date())[:CARDS_READ]
    cards = [card for card in (_as_of(connection, one, end) for one in latest) if card is not None]
    ids = [entry for card in cards for entry in card.entries]
    entries = {entry.id: entry for entry in get_entries(connection, ids)}
    stories = {entry: found.story for entry, found in get_assignments(connection, ids).items()}
    shown = []
    for card in join_cards(cards, entries, stories):
        state = card_state(card, end, start)
        if state is not None:
            own = tuple(entries[one] for one in card.entries if one in entries)
            shown.append(CardMaterial(card=card, entries=own, state=state))
    return tuple(shown)


def _as_of(connection: Connection, card: Card, end: datetime) -> Card | None:
    """Return the card as it was at ``end``: read again from the entries known then when later ones amended it."""
    entries = get_entries(connection, card.entries)
    known = [entry for entry in entries if entry.digest_at < end]
    if len(known) == len(entries):
        return card
    annotations = get_annotations(connection, [entry.id for entry in known])
    found = [(entry, detect_opportunity(entry, annotations.get(entry.id)), card.topics) for entry in known]
    rebuilt = update_cards((), [(entry, what, topics) for entry, what, topics in found if what], end)
    return replace(rebuilt[0], id=card.id) if rebuilt else None


def join_cards(cards: Sequence[Card], entries: dict[int, Entry], stories: dict[int, str]) -> tuple[Card, ...]:
    """Return ``cards`` with those of one opportunity in two languages as one; ``stories`` by entry."""
    joined: list[Card] = []
    for card in sorted(cards, key=lambda one: (one.first_seen, one.id)):
        same = next((one for one in joined if _is_same(one, card, entries, stories)), None)
        if same is None:
            joined.append(card)
        else:
            joined[joined.index(same)] = _join(same, card)
    return tuple(joined)


def _is_same(one: Card, other: Card, entries: dict[int, Entry], stories: dict[int, str]) -> bool:
    if one.opportunity.kind != other.opportunity.kind or not _agree(one, other):
        return False
    mine, theirs = (
        {entries[entry].language for entry in card.entries if entry in entries and entry in stories}
        for card in (one, other)
    )
    if None in mine | theirs or mine & theirs:
        return False
    return bool(
        {stories.get(entry) for entry in one.entries} & {stories.get(entry) for entry in other.entries} - {None}
    )


def _agree(one: Card, other: Card) -> bool:
    """Say whether both have one day, or one has moved from the other's."""
    mine, theirs = _day(one), _day(other)
    if mine is None or theirs is None:
        return False
    return theirs in (mine, one.previous_deadline) or other.previous_deadline == mine


def _join(first: Card, other: Card) -> Card:
    """Return one card under the first one's id, with the dates of the one that moved."""
    lead = other if other.previous_deadline and first.previous_deadline is None else first
    return replace(
        lead,
        id=first.id,
        entries=(*first.entries, *(entry for entry in other.entries if entry not in first.entries)),
        topics=tuple(dict.fromkeys((*first.topics, *other.topics))),
        first_seen=min(first.first_seen, other.first_seen),
        sequence=max(first.sequence, other.sequence),
    )


def _day(card: Card) -> date | None:
    return card.opportunity.start if card.opportunity.kind == "event" else card.opportunity.deadline


def title_card(item: CardMaterial, language: str) -> CardMaterial:
    """Return a card headed by the first article that told its present day: one in ``language``, if there is one."""
    card = item.card
    has_moved = card.previous_deadline is not None
    telling = [entry for entry in item.entries if not has_moved or entry.digest_at >= card.changed_at]
    told = [entry for entry in telling if entry.language == language] or telling
    if not told or len(told) == len(item.entries) or (told == telling and not has_moved):
        return item
    first = min(told, key=lambda entry: (entry.at, entry.id))
    headed = replace(card, opportunity=replace(card.opportunity, title=first.title))
    return replace(item, card=headed, entries=(first, *(entry for entry in item.entries if entry != first)))
