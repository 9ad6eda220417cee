"""Cards: merged, amended, shown and closed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_entry
from watcher.model.entry import Entry
from watcher.model.opportunity import Card, Opportunity
from watcher.opportunities.cards import card_state, update_cards
from watcher.opportunities.detect import detect_opportunity
from watcher.opportunities.likeness import likeness

NOW = datetime(2026, 11, 30, tzinfo=UTC)
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
Found = tuple[Entry, Opportunity, tuple[str, ...]]


def told(number: int, title: str, summary: str = "", *, day: int = 0, topic: str = "drones") -> Found:
    """Return an entry published ``day`` days after START with what it announces."""
    when = START + timedelta(days=day)
    entry = make_entry(number, title, summary, published=when, first_seen=when, digest_at=when)
    found = detect_opportunity(entry, None)
    assert found is not None, title
    return entry, found, (topic,)


def grow(*batches: list[Found]) -> dict[str, Card]:
    """Return all cards after these batches."""
    cards: dict[str, Card] = {}
    for batch in batches:
        cards |= {card.id: card for card in update_cards(cards.values(), batch, NOW)}
    return cards


def only(cards: dict[str, Card]) -> Card:
    """Return the one card there is."""
    assert len(cards) == 1, [card.opportunity.title for card in cards.values()]
    return next(iter(cards.values()))


FIRST = ("La Région lance un appel à projets sur les drones de secours", "Dossiers avant le 18 décembre 2026.")
AGAIN = ("Drones de secours : l’appel à projets de la Région est ouvert", "Dossiers avant le 18 décembre 2026 à midi.")
LATER = (
    "L’appel à projets drones de secours prolongé jusqu’au 15 janvier 2027",
    "Bonne nouvelle pour les retardataires.",
)
EARLY = ("L’appel à projets drones de secours est clos par anticipation", "L’enveloppe est épuisée.")


def test_two_articles_on_one_call_make_one_card() -> None:
    """A second article joins the card and fills in what the first left out."""
    card = only(grow([told(1, *FIRST)], [told(2, *AGAIN, day=1, topic="rescue")]))
    assert card.entries == (1, 2)
    assert card.topics == ("drones", "rescue")
    assert (card.opportunity.deadline, card.opportunity.deadline_time) == (date(2026, 12, 18), "12:00")
    assert card.sequence == 1


def test_a_prolongation_moves_the_deadline() -> None:
    """The new date counts, the old one is remembered, and calendars are told."""
    card = only(grow([told(1, *FIRST)], [told(2, *LATER, day=7)]))
    assert (card.opportunity.status, card.opportunity.deadline) == ("extended", date(2027, 1, 15))
    assert (card.previous_deadline, card.sequence) == (date(2026, 12, 18), 1)


def test_an_old_article_read_late_does_not_shorten() -> None:
    """What a prolongation said holds against an article that was written before it and fetched after."""
    late = told(3, *AGAIN, day=2)
    card = only(grow([told(1, *FIRST)], [told(2, *LATER, day=7)], [told(1, *FIRST)]))
    assert card.opportunity.deadline == date(2027, 1, 15)
    cards = grow([told(1, *FIRST)], [told(2, *LATER, day=7)], [late])
    assert max(str(one.opportunity.deadline) for one in cards.values()) == "2027-01-15"


def test_a_correction_replaces_the_date() -> None:
    """A corrected notice moves a deadline in either direction."""
    fixed = told(
        2, "Rectificatif : appel à projets drones de secours", "Au lieu du 18 décembre, lire 11 décembre 2026.", day=2
    )
    card = only(grow([told(1, *FIRST)], [fixed]))
    assert card.opportunity.deadline == date(2026, 12, 11)
    assert card.previous_deadline == date(2026, 12, 18)


def test_a_call_closed_early_is_closed() -> None:
    """A closing notice ends the card; alone it makes none."""
    card = only(grow([told(1, *FIRST)], [told(2, *EARLY, day=7)]))
    assert card.opportunity.status == "closed"
    assert grow([told(2, *EARLY)]) == {}


def test_english_and_french_meet_on_one_day() -> None:
    """Articles in two languages that share a date and a name are one card."""
    french = told(
        1,
        "Oléron : l’État lance l’appel d’offres éolien en mer",
        "Les candidats ont jusqu’au 29 janvier 2027 pour remettre leur offre.",
    )
    english = told(2, "France opens Oléron offshore wind tender", "Bids are due by 29 January 2027.", day=1)
    assert only(grow([french], [english])).entries == (1, 2)


def test_editions_of_a_call_stay_apart() -> None:
    """Two rounds of one series, or two dates without a prolongation, are two cards."""
    second = told(
        2, "La Région lance un appel à projets sur les drones de secours", "Dossiers avant le 26 mars 2027.", day=9
    )
    assert len(grow([told(1, *FIRST)], [second])) == 2
    one, other = (
        told(3, "Salon Vent 2026 : inscrivez-vous", "Il se tiendra le 9 décembre."),
        told(4, "Salon Vent 2027 : inscrivez-vous", "Il se tiendra le 9 décembre 2027."),
    )
    assert len(grow([one, other])) == 2


def test_reading_an_entry_again_changes_nothing() -> None:
    """Detection may be run again over the archive."""
    batch = [told(1, *FIRST), told(2, *LATER, day=7)]
    cards = grow(batch)
    assert update_cards(cards.values(), batch, NOW + timedelta(days=9)) == ()


def test_an_updated_article_updates_its_own_card() -> None:
    """An article that is edited after publication corrects what it said."""
    edited = told(1, FIRST[0], "Dossiers avant le 8 janvier 2027.")
    assert only(grow([told(1, *FIRST)], [edited])).opportunity.deadline == date(2027, 1, 8)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)))
def test_order_within_a_batch_is_of_no_matter(order: list[int]) -> None:
    """The same articles give the same cards, in whatever order they come."""
    batch = [
        told(1, *FIRST),
        told(2, *AGAIN, day=1),
        told(3, *LATER, day=7),
        told(4, "SeaWind Expo revient à Nantes du 9 au 11 juin 2027", "Inscription ouverte."),
        told(5, "Denmark launches 3GW offshore wind tender", "Bids must be submitted by 1 April 2027."),
    ]
    assert grow([batch[index] for index in order]) == grow(batch)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([FIRST, AGAIN, LATER]), min_size=1, max_size=6))
def test_a_date_once_read_is_never_lost(texts: list[tuple[str, str]]) -> None:
    """Whatever follows, a dated card keeps a date, and sequence and deadline never go back."""
    cards: dict[str, Card] = {}
    for number, text in enumerate(texts):
        for card in update_cards(cards.values(), [told(number, *text, day=number)], NOW):
            before = cards.get(card.id)
            assert card.opportunity.deadline is not None
            assert before is None or (
                card.sequence >= before.sequence
                and card.opportunity.deadline >= (before.opportunity.deadline or date.min)
            )
            cards[card.id] = card


def make_card(**changes: Any) -> Card:
    """Build a card seen on START with a deadline in 2027."""
    opportunity = Opportunity(kind="call", title="Appel", **{"deadline": date(2027, 3, 1), **changes.pop("read", {})})
    card = Card(id="c1", opportunity=opportunity, topics=("drones",), entries=(1,), first_seen=START, changed_at=START)
    return replace(card, **changes)


WEEK = timedelta(days=7)
SUNDAY = datetime(2026, 11, 8, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("card", "as_of", "state"),
    [
        (make_card(), SUNDAY, "new"),
        (make_card(), SUNDAY + WEEK, "open"),
        (make_card(), SUNDAY - WEEK, None),
        (make_card(read={"deadline": date(2026, 12, 1)}), SUNDAY + WEEK, "reminder"),
        (make_card(read={"deadline": date(2026, 11, 10)}), SUNDAY + WEEK, None),
        (make_card(read={"status": "extended"}, changed_at=SUNDAY + timedelta(days=2)), SUNDAY + WEEK, "extended"),
        (make_card(read={"status": "extended"}, changed_at=SUNDAY + timedelta(days=2)), SUNDAY + 2 * WEEK, "open"),
        (make_card(read={"status": "closed"}, changed_at=SUNDAY + timedelta(days=2)), SUNDAY + WEEK, "closed"),
        (make_card(read={"status": "closed"}, changed_at=SUNDAY + timedelta(days=2)), SUNDAY + 2 * WEEK, None),
        (make_card(read={"deadline": None}), SUNDAY + WEEK, "open"),
        (make_card(read={"deadline": None}), SUNDAY + 8 * WEEK, None),
        (make_card(read={"deadline": None, "month": "2026-11"}), SUNDAY + WEEK, "open"),
        (make_card(read={"deadline": None, "month": "2026-11"}), SUNDAY + 5 * WEEK, None),
    ],
)  # fmt: skip
def test_a_card_lives_until_it_closes(card: Card, as_of: datetime, state: str | None) -> None:
    """New once, open, recalled in its last three weeks, prolonged and closed once each, then gone."""
    assert card_state(card, as_of, as_of - WEEK) == state


def test_unlike_opportunities_are_not_one() -> None:
    """Kind and organiser keep apart what words would join."""
    one = Opportunity(kind="event", title="Journée drones à Lyon", start=date(2027, 3, 1))
    assert likeness(one, replace(one, kind="call")) == 0.0
    assert likeness(replace(one, organiser="Lumen"), replace(one, organiser="Nautis", start=date(2027, 3, 2))) == 0.0
