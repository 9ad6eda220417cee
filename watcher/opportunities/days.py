"""Dates as French and English articles write them, read against the publication date.

A date is reported only where one is written: a day (``15 mars 2027``), a range (``du 31 mai au 3 juin``), a month
(``en mars 2027``), or words that fix a day (``vendredi prochain``, ``in three weeks``). Every pattern is bounded, so
reading is linear in the text. Matching runs on the folded text; capitals are looked up in the real one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from watcher.opportunities.clock import read_clock
from watcher.opportunities.day import MONTHS, WEEKDAYS, Day, make_day, resolve, resolve_month
from watcher.opportunities.relative import read_relative

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:1er|[0-3]?\d)(?:st|nd|rd|th|er)?"
_YEAR = r"(?:19|20)\d\d"
_SEP = r"\s{1,3}"
_OF = r"\s{1,3}(?:of\s)?"
_TO = r"\s{0,3}(?:au|et|a|to|and|through|until|jusqu'au|&|-|–|—|/|\+)\s{0,3}(?:le\s)?"
_LEAD = rf"(?:(?P<weekday>{_WEEKDAY}),?\s{{1,2}}(?:the\s|le\s)?)?"
_INNER = rf"(?:{_WEEKDAY},?{_SEP})?"
_NO_UNIT = r"(?!\s{0,2}(?:h\b|:\d|gw\b|mw\b|%|millions?\b|billions?\b|km\b|ans\b|years\b))"
_LAST = re.compile(r"\s(?:dernier|passe)\b")
LONGEST_RANGE = timedelta(days=366)

_SHAPES = {
    "du 31 mai au 3 juin 2021": rf"\b{_LEAD}(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH})(?:,?{_SEP}(?P<y1>{_YEAR}))?{_TO}"
    rf"{_INNER}(?P<d2>{_DAY}){_OF}(?P<m2>{_MONTH})(?:,?{_SEP}(?P<y2>{_YEAR}))?",
    "May 31 – June 3, 2021": rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY})(?:,{_SEP}(?P<y1>{_YEAR}))?{_TO}{_INNER}"
    rf"(?P<m2>{_MONTH}){_SEP}(?P<d2>{_DAY})\b(?:,?{_SEP}(?P<y2>{_YEAR}))?",
    "3, 4 et 5 juin": rf"\b{_LEAD}(?P<d1>{_DAY})(?:,\s?{_DAY}){{0,4}}{_TO}{_INNER}(?P<d2>{_DAY}){_OF}(?P<m1>{_MONTH})"
    rf"(?:,?{_SEP}(?P<y1>{_YEAR}))?",
    "March 12-14, 2027": rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY}){_TO}{_INNER}(?P<d2>{_DAY})\b{_NO_UNIT}"
    rf"(?:,?{_SEP}(?P<y1>{_YEAR}))?",
    "15 mars 2027": rf"\b{_LEAD}(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH})(?:,?{_SEP}(?P<y1>{_YEAR}))?",
    "July 1, 2021": rf"\b{_LEAD}(?P<m1>{_MONTH}){_SEP}(?P<d1>{_DAY})\b{_NO_UNIT}(?:,?{_SEP}(?P<y1>{_YEAR}))?",
    "2027-03-15": r"\b(?P<y1>20\d\d)-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)\b",
    "15/03/2027": rf"\b{_LEAD}(?P<d1>[0-3]?\d)(?P<sep>[/.-])(?P<n1>[01]?\d)(?P=sep)(?P<y1>20\d\d)\b",
    "15/03": rf"\b{_LEAD}(?P<d1>[0-3]\d)/(?P<n1>[01]\d)\b(?![/\d])",
    "mars 2027": rf"(?<!\d )\b(?P<m1>{_MONTH}){_SEP}(?P<y1>{_YEAR})\b",
    "en mars": r"\b(?:en|in|to|until|by|d'ici|fin|debut|mi-|mid-|early|late|courant|for|au mois de|mois de|from|next)"
    rf"{_SEP}?(?:end of |the end of |early |late |mid-)?(?P<m1>{_MONTH})(?![\w'-])",
    "March deadline": rf"\b(?P<m1>{_MONTH}){_SEP}deadline\b",
}
_PATTERNS = tuple(re.compile(pattern) for pattern in _SHAPES.values())


def read_days(flat: str, real: str, published: date) -> tuple[Day, ...]:
    """Return every date written in a text (given folded and as written), in order, without overlap."""
    found: list[Day] = []
    for day in (*_written(flat, real, published), *read_relative(flat, published)):
        if not any(day.start < other.end and other.start < day.end for other in found):
            found.append(read_clock(day, flat))
    return tuple(sorted(found, key=lambda day: day.start))


def _written(flat: str, real: str, published: date) -> Iterator[Day]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(flat):
            day = _read(match, real, published)
            if day is not None and not (_LAST.match(flat, day.end) and day.is_coming(published)):
                yield day


def _read(match: re.Match[str], real: str, published: date) -> Day | None:
    part = {name: text for name, text in match.groupdict().items() if text}
    if "m1" in part and not _is_month(match, real):
        return None
    month = int(part["n1"]) if "n1" in part else MONTHS[part["m1"].rstrip(".")]
    if not 1 <= month <= 12:
        return None
    if "d1" not in part:
        year = part.get("y1")
        written = f"{year}-{month:02}" if year else resolve_month(month, published)
        return Day(start=match.start("m1"), end=match.end(), month=written)
    first = _first(part, month, published)
    if first is None:
        return None
    return Day(start=match.start(), end=match.end(), first=first, last=_last(part, month, first))


def _first(part: dict[str, str], month: int, published: date) -> date | None:
    """Return the first day. A year at the end of a range holds for both ends, the turn of the year excepted."""
    day, year = _number(part["d1"]), part.get("y1")
    if year:
        return make_day(int(year), month, day)
    if "y2" in part:
        month2 = MONTHS[part["m2"].rstrip(".")]
        return make_day(int(part["y2"]) - (month2 < month), month, day)
    weekday = WEEKDAYS[part["weekday"].rstrip(".")] if "weekday" in part else None
    return resolve(month, day, published, weekday)


def _last(part: dict[str, str], month: int, first: date) -> date | None:
    if "d2" not in part:
        return None
    month2 = MONTHS[part["m2"].rstrip(".")] if "m2" in part else month
    year = int(part.get("y2") or first.year + (month2 < first.month))
    last = make_day(year, month2, _number(part["d2"]))
    return last if last and timedelta(0) < last - first <= LONGEST_RANGE else None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _is_month(match: re.Match[str], real: str) -> bool:
    """Say whether a word that may be another (May, March, Mars, sept) is a month here.

    A month before its day or alone is written with a capital in English; a capitalised ``Mars`` is a planet unless
    French words lead to it.
    """
    start = match.start("m1")
    word, name = real[start : match.end("m1")].rstrip("."), match["m1"].rstrip(".")
    leads_day = match.groupdict().get("d1") is not None and start < match.start("d1")
    if leads_day or name in {"may", "march", "august", "mar", "sep", "jan", "dec", "oct", "nov"}:
        if leads_day and name == "mars":
            return False
        return word[0].isupper() or (name in {"oct", "nov", "dec", "jan"} and not leads_day)
    if name == "mars" and word[0].isupper():
        return bool(
            re.search(r"(?:\b(?:le|au|du|avant le|jusqu'au)\s\S{1,4}\s)$", real[max(0, start - 20) : start].lower())
        )
    return True


def with_last_only(day: Day) -> Day:
    """Return the last day of a range alone (``reporté du 3 au 10 mars``)."""
    return replace(day, first=day.last, last=None) if day.last else day
