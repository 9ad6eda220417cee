"""Dates as French and English articles write them, read against the publication date.

A date is reported only where one is written: a day (``15 mars 2027``), a range (``du 31 mai au 3 juin``),
a month (``en mars 2027``), or words that fix a day (``vendredi prochain``, ``in three weeks``). A year left out is
the one that puts the day nearest to publication, the future first; a weekday written beside it must agree.
Every pattern is bounded, so reading is linear in the text.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FR = ("janvier", "février|fevrier", "mars", "avril", "mai", "juin", "juillet", "août|aout", "septembre", "octobre")
_FR = (*_FR, "novembre", "décembre|decembre")
_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_EN = (*_EN, "december")
_SHORT = ("janv|jan", "févr|fév|fevr|feb", "mar", "avr|apr", "", "", "juil|jul", "aug", "sept|sep", "oct", "nov", "déc|dec")

MONTHS = {
    name: number
    for names in (_FR, _EN, _SHORT)
    for number, alternatives in enumerate(names, 1)
    for name in alternatives.split("|")
    if name
}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAYS = {
    name: number
    for names in (
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
    for number, name in enumerate(names)
}
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_DAY = r"(?:1er|[0-3]?\d)(?:st|nd|rd|th|ᵉʳ)?"
_YEAR = r"(?:19|20)\d\d"
_SEP = r"\s{1,3}"
_TO = r"\s{0,3}(?:au|et|à|to|and|through|until|&|-|–|—|/)\s{0,3}"
_LEAD = rf"(?:(?P<weekday>{_WEEKDAY})(?:\s|,\s){{1,2}}(?:the\s|le\s)?)?"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # du 31 mai au 3 juin 2021 · from 31 May to 3 June 2021
        rf"\b{_LEAD}(?P<d1>{_DAY}){_SEP}(?:of\s)?(?P<m1>{_MONTH})(?:{_SEP}(?P<y1>{_YEAR}))?{_TO}"
        rf"(?:{_WEEKDAY}{_SEP})?(?P<d2>{_DAY}){_SEP}(?:of\s)?(?P<m2>{_MONTH})(?:,?{_SEP}(?P<y2>{_YEAR}))?",
        # May 31 – June 3, 2021
        rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY})(?:,{_SEP}(?P<y1>{_YEAR}))?{_TO}"
        rf"(?P<m2>{_MONTH}){_SEP}(?P<d2>{_DAY})\b(?:,?{_SEP}(?P<y2>{_YEAR}))?",
        # 12 au 14 mars 2027 · 3, 4 et 5 juin · 12-14 March 2027
        rf"\b{_LEAD}(?P<d1>{_DAY})(?:,\s?{_DAY}){{0,4}}{_TO}(?:{_WEEKDAY}{_SEP})?(?P<d2>{_DAY}){_SEP}(?:of\s)?"
        rf"(?P<m1>{_MONTH})(?:,?{_SEP}(?P<y1>{_YEAR}))?",
        # March 12-14, 2027
        rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY}){_TO}(?P<d2>{_DAY})\b(?!\s{{0,2}}(?:h\b|:))(?:,?{_SEP}(?P<y1>{_YEAR}))?",
        # 15 mars 2027 · 15 March · 1st of July
        rf"\b{_LEAD}(?P<d1>{_DAY}){_SEP}(?:of\s)?(?P<m1>{_MONTH})(?:,?{_SEP}(?P<y1>{_YEAR}))?",
        # July 1, 2021
        rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY})\b(?!\s{{0,2}}(?:GW|MW|%|million|billion))(?:,?{_SEP}(?P<y1>{_YEAR}))?",
        r"\b(?P<y1>20\d\d)-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)\b",
        r"\b(?P<d1>[0-3]?\d)(?P<sep>[/.])(?P<n1>[01]?\d)(?P=sep)(?P<y1>20\d\d)\b",
        rf"\b(?P<m1>{_MONTH}){_SEP}(?P<y1>{_YEAR})\b",
    )
)
_NUMBERS = {
    word: value
    for value, words in enumerate(
        ("un|une|one|a", "deux|two", "trois|three", "quatre|four", "cinq|five", "six", "sept|seven", "huit|eight", "neuf|nine", "dix|ten"), 1
    )
    for word in words.split("|")
}
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_UNITS = {"jour": 1, "day": 1, "semaine": 7, "week": 7}
_RELATIVE = re.compile(
    rf"\b(?:(?P<tomorrow>demain|tomorrow)|(?:dans|d'ici|in|within){_SEP}(?:les{_SEP}|the next{_SEP})?{_COUNT}{_SEP}"
    rf"(?P<unit>jour|day|semaine|week)s?|(?P<next>{_WEEKDAY}){_SEP}prochain|(?:next|this|ce){_SEP}(?P<coming>{_WEEKDAY}))\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,(]{0,3}(?:à|at|by|avant|before|-|–|—)?\s?(?:(?P<noon>midi|noon|12 noon)|(?P<midnight>minuit|midnight)|"
    r"(?P<hour>[0-2]?\d)\s?(?:h|:|heures?)\s?(?P<minute>[0-5]\d)?\s?(?P<half>am|pm)?|(?P<clock>1?\d)\s?(?P<noted>am|pm))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as written: ``text[start:end]``. ``first`` is None where only a ``month`` (``YYYY-MM``) was read."""

    start: int
    end: int
    text: str
    first: date | None = None
    last: date | None = None
    month: str | None = None
    time: str | None = None
    has_year: bool = True


def read_days(text: str, published: date) -> tuple[Day, ...]:
    """Return every date written in ``text``, in order, without overlap."""
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            day = _read(match, published)
            if day is not None:
                taken.append((match.start(), match.end()))
                found.append(_with_time(day, text))
    for match in _RELATIVE.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            found.append(_with_time(_read_relative(match, published), text))
    return tuple(sorted(found, key=lambda day: day.start))


def _read(match: re.Match[str], published: date) -> Day | None:
    part = match.groupdict()
    span = {"start": match.start(), "end": match.end(), "text": match[0]}
    month = int(part["n1"]) if part.get("n1") else MONTHS[part["m1"].lower().rstrip(".")]
    written = part.get("y2") or part.get("y1")
    if part.get("d1") is None:
        return Day(**span, month=f"{written}-{month:02}") if 1 <= month <= 12 else None
    if part.get("m1") and match.start("m1") < match.start("d1") and not part["m1"][0].isupper():
        return None  # a month before its day is English, and English writes it with a capital: "mar 3" is no date
    year = int(part.get("y1") or written or 0)
    day = _number(part["d1"])
    first = _make(year, month, day) if year else _nearest(month, day, published, part.get("weekday"))
    if first is None:
        return None
    last = None
    if part.get("d2"):
        month2 = MONTHS[part["m2"].lower().rstrip(".")] if part.get("m2") else month
        last = _make(int(part.get("y2") or first.year), month2, _number(part["d2"]))
        if last and last < first and not part.get("y2"):
            last = _make(first.year + 1, month2, _number(part["d2"])) if month2 < month else None
        if last is None or not timedelta(0) <= last - first <= timedelta(days=366):
            last = None
    return Day(**span, first=first, last=last, has_year=bool(written))


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, published: date, weekday: str | None) -> date | None:
    """Return the day of ``month`` a reader at ``published`` would understand, or None when it cannot be."""
    candidates = [made for year in (published.year - 1, published.year, published.year + 1) if (made := _make(year, month, day))]
    if weekday:
        candidates = [made for made in candidates if made.weekday() == WEEKDAYS[weekday.lower()]] or candidates
    # Up to two months back is "last March" in a report; anything older means the year to come.
    likely = [made for made in candidates if published - timedelta(days=62) <= made]
    return min(likely, default=None, key=lambda made: abs(made - published))


def _read_relative(match: re.Match[str], published: date) -> Day:
    if match["tomorrow"]:
        first = published + timedelta(days=1)
    elif match["unit"]:
        count = match["count"].lower()
        first = published + timedelta(days=_UNITS[match["unit"].lower()] * (_NUMBERS.get(count) or int(count)))
    else:
        weekday = WEEKDAYS[(match["next"] or match["coming"]).lower()]
        first = published + timedelta(days=(weekday - published.weekday() - 1) % 7 + 1)
    return Day(start=match.start(), end=match.end(), text=match[0], first=first)


def _with_time(day: Day, text: str) -> Day:
    match = _TIME.match(text, day.end)
    if not match or day.first is None:
        return day
    return Day(
        start=day.start, end=match.end(), text=text[day.start : match.end()], first=day.first, last=day.last,
        month=day.month, time=_clock(match), has_year=day.has_year,
    )  # fmt: skip


def _clock(match: re.Match[str]) -> str | None:
    if match["noon"]:
        return "12:00"
    if match["midnight"]:
        return "23:59"
    hour = int(match["hour"] or match["clock"])
    half = (match["half"] or match["noted"] or "").lower()
    hour += 12 if half == "pm" and hour < 12 else 0
    return f"{hour:02}:{match['minute'] or '00'}" if hour < 24 else None
