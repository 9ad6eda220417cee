"""Read what one article announces, if it announces anything that is still open.

The judgement of procedures and of events is each in its file; here they are weighed against each other and completed.
Nothing is guessed: a field without a phrase stays empty.
"""

from collections.abc import Iterator
from dataclasses import replace

from watcher.model.entry import Entry
from watcher.model.mention import Annotation
from watcher.model.opportunity import CardStatus, Evidence, Opportunity
from watcher.opportunities.day import Day
from watcher.opportunities.days import read_days
from watcher.opportunities.deadlines import drop_replaced
from watcher.opportunities.details import Detail, quote, read_amount, read_organiser, read_place
from watcher.opportunities.events import Event, find_event
from watcher.opportunities.procedures import Procedure, find_procedure
from watcher.opportunities.reading import Text, read_text


def detect_opportunity(entry: Entry, annotation: Annotation | None) -> Opportunity | None:
    """Return what ``entry`` announces, or None. Dates count from the day it was published.

    ``status`` is "closed" for a notice that something ended early or was cancelled: it amends a card and makes none.
    """
    text = read_text(entry)
    written = read_days(text.flat, text.whole, text.published)
    days = drop_replaced(text, written)
    procedure, event = find_procedure(text, days), find_event(text, days)
    if event and (procedure is None or (event.in_title and not procedure.in_title)):
        found = _event(text, event, annotation)
    elif procedure:
        found = _procedure(text, procedure, annotation)
    else:
        return None
    told = (*found.evidence, *_replaced(text, written, days)) if found.deadline or found.start else found.evidence
    evidence = tuple(replace(one, entry_id=entry.id) for one in told)
    return replace(found, title=entry.title, evidence=evidence)


def _replaced(text: Text, written: tuple[Day, ...], kept: tuple[Day, ...]) -> Iterator[Evidence]:
    """Yield the dates that a correction or a postponement took back: cards need to know that a date moved."""
    left = {day.start for day in kept}
    for day in written:
        if day.start not in left or (day.last and day not in kept):
            yield Evidence(field="replaced", phrase=quote(text, day.start, day.end))


def _procedure(text: Text, found: Procedure, annotation: Annotation | None) -> Opportunity:
    at = found.sentence.start
    organiser = read_organiser(text, annotation, found.sentence)
    amount = read_amount(text, annotation, found.sentence)
    day = None if found.is_closed else found.deadline
    evidence = [Evidence(field="kind", phrase=text.whole[at + found.cue.start : at + found.cue.end].strip())]
    if day:
        evidence.append(Evidence(field="deadline", phrase=quote(text, day.start, day.end)))
    status: CardStatus = "closed" if found.is_closed else "extended" if found.is_extended else "open"
    return Opportunity(
        kind=found.cue.kind,
        title="",
        organiser=organiser.text if organiser else None,
        amount=amount.text if amount else None,
        deadline=day.first if day else None,
        deadline_time=day.time if day else None,
        month=day.month if day else None,
        status=status,
        evidence=(*evidence, *_evidence(organiser=organiser, amount=amount)),
    )


def _event(text: Text, found: Event, annotation: Annotation | None) -> Opportunity:
    at, day = found.sentence.start, found.day
    organiser = read_organiser(text, annotation, found.sentence)
    place = read_place(text, annotation, found.sentence, day)
    evidence = [Evidence(field="kind", phrase=text.whole[at + found.start : at + found.end].strip())]
    if day:
        evidence.append(Evidence(field="start", phrase=quote(text, day.start, day.end)))
    return Opportunity(
        kind="event",
        title="",
        organiser=organiser.text if organiser else None,
        place=place.text if place else None,
        start=day.first if day else None,
        end=day.last if day else None,
        month=day.month if day else None,
        status="closed" if found.is_closed else "extended" if found.is_moved else "open",
        evidence=(*evidence, *_evidence(organiser=organiser, place=place)),
    )


def _evidence(**details: Detail | None) -> tuple[Evidence, ...]:
    return tuple(Evidence(field=name, phrase=one.phrase) for name, one in details.items() if one)
