"""Calendars: valid, importable, stable, and changed only by what changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.digest.hostile import make_hostile
from tests.digest.sample import sample_editions
from tests.strategies import cards
from watcher.digest.to_ics import to_ics
from watcher.model.edition import CardItem

FULL = sample_editions()[0]
ITEMS = (*FULL.opportunities, *FULL.agenda)


def read(content: bytes) -> list[Event]:
    """Return the events of a calendar, after checking its form."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert bytes(calendar.to_ical()) == content
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def by_uid(items: tuple[CardItem, ...]) -> dict[str, Event]:
    """Return the events of cards by their UID."""
    return {str(event["UID"]): event for event in read(to_ics(items, "fr", "Pôle Exemple"))}


def test_every_dated_card_is_a_day() -> None:
    """Deadlines and fairs are whole days, the end exclusive; a month alone is no day."""
    events = by_uid(ITEMS)
    assert sorted(events) == [f"c{number}@watcher" for number in (50, 51, 52, 53)]
    tender, fair = events["c50@watcher"], events["c53@watcher"]
    assert (tender.decoded("DTSTART"), tender.decoded("DTEND")) == (date(2026, 12, 15), date(2026, 12, 16))
    assert (fair.decoded("DTSTART"), fair.decoded("DTEND")) == (date(2026, 12, 3), date(2026, 12, 5))
    assert str(tender["SUMMARY"]) == "Date limite\u202f: Inspection de 240 ouvrages d’art par drone"
    assert str(fair["LOCATION"]) == "Saclay"
    assert "12\u00a0h" in str(tender["DESCRIPTION"])
    assert str(tender["URL"]).startswith("https://gaz.example.org/")


def test_alarms_ring_a_week_and_a_day_before() -> None:
    """Nobody misses a deadline for want of a reminder."""
    alarms = by_uid(ITEMS)["c50@watcher"].walk("VALARM")
    assert [alarm.decoded("TRIGGER") for alarm in alarms] == [timedelta(days=-7), timedelta(days=-1)]
    assert all(str(alarm["ACTION"]) == "DISPLAY" and alarm["DESCRIPTION"] for alarm in alarms)


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    """A calendar client moves the appointment rather than adding a second one."""
    item = ITEMS[0]
    found = replace(item.card.opportunity, deadline=date(2027, 1, 29))
    changed_at = datetime(2026, 11, 30, tzinfo=UTC)
    moved = replace(item, card=replace(item.card, opportunity=found, sequence=1, changed_at=changed_at))
    before, after = by_uid((item,)), by_uid((moved,))
    assert before.keys() == after.keys()
    event = next(iter(after.values()))
    assert (event.decoded("SEQUENCE"), event.decoded("DTSTART")) == (1, date(2027, 1, 29))
    assert event.decoded("DTSTAMP") == changed_at


def test_a_closed_card_is_cancelled_without_alarms() -> None:
    """What was called off leaves the calendars that hold it."""
    item = ITEMS[0]
    closed = replace(item, card=replace(item.card, opportunity=replace(item.card.opportunity, status="closed")))
    event = next(iter(by_uid((closed,)).values()))
    assert str(event["STATUS"]) == "CANCELLED"
    assert event.walk("VALARM") == []


def test_a_card_of_two_topics_is_one_event() -> None:
    """The calendar over all topics holds each card once, whatever the order."""
    assert to_ics((*ITEMS, *ITEMS[::-1]), "fr", "Pôle") == to_ics(ITEMS, "fr", "Pôle")


def test_an_empty_calendar_is_a_calendar() -> None:
    """A topic without cards still has its file, so that a subscription does not break."""
    assert read(to_ics((), "en", "Cluster")) == []


def test_hostile_words_stay_in_their_property() -> None:
    """Line breaks, commas and forged components of a title end nothing."""
    edition = make_hostile()
    items = (*edition.opportunities, *edition.agenda)
    events = read(to_ics(items, "fr", edition.cluster))
    assert len(events) == len(items)
    assert all(set(event.keys()) <= KNOWN for event in events)
    assert all(len(event.walk("VALARM")) == 2 and "URL" not in event for event in events)


KNOWN = {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "STATUS"}
KNOWN |= {"CATEGORIES", "LOCATION", "URL", "DESCRIPTION"}


@pytest.mark.parametrize("language", ["fr", "en"])
@given(items=st.lists(cards, max_size=3).map(tuple))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_card_round_trips(language: str, items: tuple[CardItem, ...]) -> None:
    """Whatever a card holds, the calendar parses and is written the same again."""
    read(to_ics(items, language, "Pôle"))
