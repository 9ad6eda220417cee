"""Read what one article announces, if it announces anything that is still open.

The judgement, in order: a cue must stand in the title or the text; the affair must not be settled (an award, a
report from a fair); a hint needs an opening or a date to come beside it; then the deadline or the days of the
event are read where they are written near the cue. Nothing is guessed: a field without a phrase stays empty.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from watcher.model.entry import Entry
from watcher.model.mention import Annotation, Mention
from watcher.model.opportunity import Evidence, Opportunity
from watcher.opportunities.cues import CLOSED, DEADLINE, EXTENDED, OPENING, SETTLED, Cue, find_cues
from watcher.opportunities.days import Day, read_days

LONGEST = 6_000  # characters looked at: an announcement says what it is at its beginning
NEAR = 240  # characters between a cue and a date that belongs to it
BEFORE = 90  # characters before a date in which a deadline word may stand

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"«“(\[]?[A-ZÀ-Þ0-9])|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What is read of an entry: title, a newline, then summary and content."""

    whole: str
    title_end: int
    published: date


def detect_opportunity(entry: Entry, annotation: Annotation | None) -> Opportunity | None:
    """Return what ``entry`` announces, or None. Dates count from the day it was published."""
    text = _read(entry)
    days = read_days(text.whole, text.published)
    for cue in find_cues(text.whole):
        found = _judge(cue, text, days)
        if found is not None:
            return _complete(found, entry, text, annotation, cue)
    return None


def _read(entry: Entry) -> _Text:
    body = entry.summary
    if entry.content and not entry.content.startswith(entry.summary[:80]):
        body = f"{entry.summary}\n{entry.content}"
    elif entry.content:
        body = entry.content
    return _Text(whole=f"{entry.title}\n{body}"[:LONGEST], title_end=len(entry.title), published=entry.at.date())


def _judge(cue: Cue, text: _Text, days: tuple[Day, ...]) -> Opportunity | None:
    """Return the opportunity that ``cue`` announces, with its dates, or None when it is over or none."""
    sentence = _sentence(text.whole, cue.start)
    title = text.whole[: text.title_end]
    in_title = cue.start < text.title_end
    if _is_settled(cue, sentence, title):
        return None
    if cue.kind == "event":
        return _judge_event(cue, text, days, sentence, in_title=in_title)
    deadline = _deadline(text, days)
    if deadline and deadline.first and deadline.first < text.published:
        return None
    is_open = cue.strength == "formula" or bool(OPENING[cue.kind].search(sentence))
    if not is_open and deadline is None:
        return None
    if not in_title and deadline is None and not OPENING[cue.kind].search(sentence):
        return None  # a passing word in the text is no announcement
    evidence = [Evidence(field="kind", phrase=cue.phrase)]
    found = Opportunity(kind=cue.kind, title="", evidence=())
    if deadline:
        evidence.append(Evidence(field="deadline", phrase=_phrase(text.whole, deadline)))
        found = replace(found, deadline=deadline.first, deadline_time=deadline.time, month=deadline.month)
    if EXTENDED.search(sentence) or EXTENDED.search(title):
        found = replace(found, status="extended")
    return replace(found, evidence=tuple(evidence))


def _is_settled(cue: Cue, sentence: str, title: str) -> bool:
    if cue.kind != "event" and (CLOSED.search(title) or CLOSED.search(sentence)):
        return True
    return bool(SETTLED.search(title) or SETTLED.search(sentence))


def _judge_event(cue: Cue, text: _Text, days: tuple[Day, ...], sentence: str, *, in_title: bool) -> Opportunity | None:
    """Return an event still to come: it needs its day, or an opening in the sentence of a cue in the title."""
    near = [day for day in days if abs(day.start - cue.start) <= NEAR and not _is_deadline(text.whole, day)]
    coming = [day for day in near if _is_coming(day, text.published)]
    opening = OPENING["event"].search(sentence) or OPENING["event"].search(text.whole[: text.title_end + NEAR])
    if not coming:
        return None
    if not in_title and not opening:
        return None
    day = coming[0]
    evidence = (Evidence(field="kind", phrase=cue.phrase), Evidence(field="start", phrase=_phrase(text.whole, day)))
    return Opportunity(kind="event", title="", start=day.first, end=day.last, month=day.month, evidence=evidence)


def _is_coming(day: Day, published: date) -> bool:
    if day.first is None:
        return (day.month or "") > f"{published:%Y-%m}"
    return (day.last or day.first) >= published


def _deadline(text: _Text, days: tuple[Day, ...]) -> Day | None:
    """Return the date that deadline words point to; of several, the last one replaces the others (a prolongation)."""
    found = [day for day in days if _is_deadline(text.whole, day)]
    if not found:
        return None
    coming = [day for day in found if day.first is None or day.first >= text.published]
    return (coming or found)[-1] if EXTENDED.search(text.whole) else (coming or found)[0]


def _is_deadline(text: str, day: Day) -> bool:
    return bool(DEADLINE.search(text[max(0, day.start - BEFORE) : day.start]))


def _sentence(text: str, at: int) -> str:
    """Return the sentence around position ``at``."""
    start = max((match.end() for match in _SENTENCE.finditer(text, 0, at)), default=0)
    following = _SENTENCE.search(text, at)
    return text[start : following.start() if following else len(text)]


def _phrase(text: str, day: Day) -> str:
    """Return the date with the words that lead to it, as they stand in the text."""
    start = max(text.rfind(" ", 0, max(0, day.start - 40)) + 1, text.rfind("\n", 0, day.start) + 1)
    return text[start : day.end].strip()


def _complete(found: Opportunity, entry: Entry, text: _Text, annotation: Annotation | None, cue: Cue) -> Opportunity:
    """Add title, organiser, place and amount where the text names them."""
    mentions = annotation.mentions if annotation else ()
    organiser = _organiser(text.whole, mentions)
    place = _first(mentions, "PLACE", near=cue.start) if found.kind == "event" else None
    amount = _first(mentions, "MONEY", near=None) if found.kind != "event" else None
    evidence = list(found.evidence)
    for field, mention in (("organiser", organiser), ("place", place), ("amount", amount)):
        if mention:
            evidence.append(Evidence(field=field, phrase=mention.text))
    return replace(
        found,
        title=entry.title,
        organiser=organiser.text if organiser else None,
        place=place.text if place else None,
        amount=amount.text if amount else None,
        evidence=tuple(replace(item, entry_id=entry.id) for item in evidence),
    )


_ORGANISES = re.compile(
    r"\s{1,2}(?:lance|organise|ouvre|publie|a lancé|accueille|propose|relance|prolonge|launches|launched|opens|has launched|hosts|"
    r"organises|invites|issues|kicks off|seeks|is seeking|has opened|extends|publishes)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:organisée?s? par|lancée?s? par|porté par|proposée?s? par|organi[sz]ed by|launched by|hosted by|run by)\s(?:le |la |l['’]|les |the )?$", re.IGNORECASE)


def _organiser(text: str, mentions: tuple[Mention, ...]) -> Mention | None:
    for mention in mentions:
        if mention.kind != "ORG":
            continue
        if _ORGANISES.match(text, mention.end) or _BY.search(text[max(0, mention.start - 40) : mention.start]):
            return mention
    return None


def _first(mentions: tuple[Mention, ...], kind: str, near: int | None) -> Mention | None:
    chosen = [mention for mention in mentions if mention.kind == kind]
    if near is not None:
        chosen = [mention for mention in chosen if mention.start >= near] or chosen
    return chosen[0] if chosen else None
