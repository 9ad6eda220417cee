"""Cards of an edition: one for what two languages tell, under the title of the reader's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.make import make_entry
from watcher.digest.material import CardMaterial
from watcher.model.entry import Entry
from watcher.model.opportunity import Card, Opportunity, OpportunityKind
from watcher.pipeline.cards import join_cards, title_card

START = datetime(2026, 10, 12, 8, tzinfo=UTC)
JANUARY, FEBRUARY = date(2027, 1, 29), date(2027, 2, 26)


def entry(number: int, language: str | None, days: int = 0) -> Entry:
    """Return an article of a language, so many days after the first."""
    at = START + timedelta(days=days)
    one = make_entry(number, title=f"{language} {number}", language=language)
    return replace(one, published=at, first_seen=at, digest_at=at)


def card(*entries: Entry, day: date | None = JANUARY, kind: OpportunityKind = "tender") -> Card:
    """Return the card that these articles tell."""
    first = entries[0]
    return Card(
        id=f"c{first.id}",
        opportunity=Opportunity(kind=kind, title=first.title, deadline=day),
        topics=("wind",),
        entries=tuple(one.id for one in entries),
        first_seen=first.digest_at,
        changed_at=first.digest_at,
    )


def moved(one: Card, by: Entry) -> Card:
    """Return a card after an article that prolongs it to February."""
    found = replace(one.opportunity, deadline=FEBRUARY, status="extended")
    return replace(
        one, opportunity=found, entries=(*one.entries, by.id), previous_deadline=JANUARY, changed_at=by.digest_at
    )


FRENCH, ENGLISH, LATER = entry(1, "fr"), entry(2, "en", 1), entry(3, "fr", 29)
ENTRIES = {one.id: one for one in (FRENCH, ENGLISH, LATER)}
STORIES = {1: "s1", 2: "s1", 3: "s2"}


def test_one_opportunity_in_two_languages_is_one_card() -> None:
    """Cards of one kind, day and story are one, under the id of the first, whatever their order."""
    for cards in ((card(FRENCH), card(ENGLISH)), (card(ENGLISH), card(FRENCH))):
        (joined,) = join_cards(cards, ENTRIES, STORIES)
        assert (joined.id, joined.entries) == ("c1", (1, 2))
        assert joined.opportunity.deadline == JANUARY


def test_a_prolongation_told_in_one_language_holds_for_both() -> None:
    """While only one language has told that the day moved, the joined card has the new day."""
    for cards in ((moved(card(FRENCH), LATER), card(ENGLISH)), (card(FRENCH), moved(card(ENGLISH), LATER))):
        (joined,) = join_cards(cards, ENTRIES | {3: replace(LATER, language=None)}, {1: "s1", 2: "s1"})
        assert joined.opportunity.deadline == FEBRUARY
        assert joined.previous_deadline == JANUARY


@pytest.mark.parametrize(
    ("other", "stories"),
    [
        (card(ENGLISH), {1: "s1", 2: "s2"}),
        (card(ENGLISH), {}),
        (card(ENGLISH, day=FEBRUARY), STORIES),
        (card(ENGLISH, day=None), STORIES),
        (card(ENGLISH, kind="call"), STORIES),
    ],
)
def test_what_may_be_another_stays_apart(other: Card, stories: dict[int, str]) -> None:
    """Another story, day or kind, and no day at all, make another card."""
    assert len(join_cards((card(FRENCH), other), ENTRIES, stories)) == 2


@pytest.mark.parametrize("language", ["fr", None])
def test_one_language_is_left_to_the_titles(language: str | None) -> None:
    """Two calls that one paper announces in one article each stay two, in one story and on one day."""
    other = entry(4, language)
    assert len(join_cards((card(FRENCH), card(other)), {1: FRENCH, 4: other}, {1: "s1", 4: "s1"})) == 2


def test_a_reader_sees_the_title_of_their_language() -> None:
    """A joined card is headed by the first article in the edition's language, which is its first source."""
    (joined,) = join_cards((card(FRENCH), card(ENGLISH)), ENTRIES, STORIES)
    item = CardMaterial(card=joined, entries=(FRENCH, ENGLISH))
    for language, first in (("fr", FRENCH), ("en", ENGLISH)):
        titled = title_card(item, language)
        assert (titled.card.opportunity.title, titled.entries[0]) == (first.title, first)


def test_no_title_names_a_day_that_has_moved() -> None:
    """A prolonged card is headed by an article that told the new day, in another language when there is no other."""
    item = CardMaterial(card=moved(card(FRENCH), LATER), entries=(FRENCH, ENGLISH, LATER))
    for language in ("fr", "en"):
        assert title_card(item, language).card.opportunity.title == LATER.title


def test_a_card_of_one_article_keeps_its_title() -> None:
    """A card told once, in whatever language, is as it was."""
    item = CardMaterial(card=card(FRENCH), entries=(FRENCH,))
    assert title_card(item, "fr") == title_card(item, "en") == item
