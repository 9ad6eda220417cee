"""Deadlines and events as an iCalendar file (RFC 5545) that calendar clients import and follow.

UIDs come from card ids and never change; SEQUENCE grows with the card; DTSTAMP is when the card
last changed, so the same cards give the same bytes. Days are whole: a deadline's hour, where one
was read, stands in the description, because its time zone was not.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from watcher.digest import wording
from watcher.digest.inert import one_line, safe_link
from watcher.i18n import message
from watcher.model.edition import CardItem

ALARMS = (7, 1)  # days before


def to_ics(items: Iterable[CardItem], language: str, name: str) -> bytes:
    """Render cards that have a date as one calendar called after ``name`` (cluster or topic)."""
    calendar = Calendar()
    calendar.add("prodid", "-//watcher//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", message("agenda_title", language, name=one_line(name, 80)))
    unique = {item.card.id: item for item in items if _days(item)}
    for item in sorted(unique.values(), key=lambda item: (_days(item), item.card.id)):
        calendar.add_component(_event(item, language))
    return bytes(calendar.to_ical())


def _days(item: CardItem) -> tuple[date, ...]:
    """Return first and last day, or nothing where no date was read."""
    found = item.card.opportunity
    if found.kind == "event" and found.start:
        return found.start, max(found.end or found.start, found.start)
    return (found.deadline, found.deadline) if found.deadline else ()


def _event(item: CardItem, language: str) -> Event:
    card, found = item.card, item.card.opportunity
    first, last = _days(item)
    title = (
        one_line(found.title)
        if found.kind == "event" and found.start
        else message("deadline_short", language, title=one_line(found.title))
    )
    event = Event()
    event.add("uid", f"{card.id}@watcher")
    event.add("dtstamp", card.changed_at)
    event.add("created", card.first_seen)
    event.add("last-modified", card.changed_at)
    event.add("sequence", card.sequence)
    event.add("summary", title)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if found.status == "closed" else "CONFIRMED")
    event.add("categories", [message(found.kind, language)])
    if found.place:
        event.add("location", one_line(found.place))
    url = next((target for source in item.sources if (target := safe_link(source.url))), None)
    if url:
        event.add("url", url)
    event.add("description", _description(item, language))
    if found.status != "closed":
        for days in ALARMS:
            event.add_component(_alarm(days, title, language))
    return event


def _description(item: CardItem, language: str) -> str:
    """Return the facts and their sources; nothing relative, since a calendar keeps it for months."""
    found = item.card.opportunity
    dates = wording.say_dates_of(found, language)
    lines = [message(found.kind, language), dates, *wording.say_details(item, language)]
    lines += [" ".join(part for part in (source.publisher, safe_link(source.url)) if part) for source in item.sources]
    return "\n".join(one_line(line) for line in lines if line)


def _alarm(days: int, title: str, language: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -timedelta(days=days))
    alarm.add("description", message("alarm", language, count=days, title=title))
    return alarm
