"""Who, where and how much: read beside the announcement, each with its phrase.

Mentions of the annotation are preferred, since they know where a name ends; without one, only forms that leave no doubt
are read (a sum with its currency, a capitalised name before the verb that opens or after ``à`` beside a date).
"""

import re
from dataclasses import dataclass

from watcher.model.mention import Annotation, Kind, Mention
from watcher.opportunities.day import Day
from watcher.opportunities.reading import Sentence, Text

# Capitalised words, with the small ones that join them.
_NAME = r"(?:[A-ZÀ-Þ][\w&'’.-]*)(?:\s(?:(?:d[eu]s?|de la|d['’]|of|et|and|&|en)\s)?[A-ZÀ-Þ][\w&'’.-]*){0,5}"
_VERB = (
    r"(?:vient de |va )?(?:lance(?:nt|ra|r)?|organise(?:nt|ra|r)?|ouvre(?:nt)?|ouvrira|publie(?:nt)?|"
    r"(?:a|ont) (?:lancé|ouvert|publié)|accueille(?:ra)?|propose|relance|prolonge|"
    r"(?:to |has |will )?(?:launch(?:es|ed)?|open(?:s|ed)?|host(?:s|ed)?|organi[sz]es?|invites?|invited|issues?|issued|"
    r"kicks? off|kicked off|seeks?|extends?|extended|publishe[sd]|publish|hold|starts?|announces?)|"
    r"is (?:seeking|inviting|hosting)|calls? for)\b"
)
_SUBJECT = re.compile(rf"(?<!\bin )(?<!\bat )(?<!à )(?<!\bfrom )(?P<name>{_NAME})\s{_VERB}")
_OPENS = re.compile(rf"\s{{1,2}}{_VERB}", re.IGNORECASE)
_DONE_BY = (
    r"(?:organisée?s?|lancée?s?|portée?s?|proposée?s?|ouverte?s?|publiée?s?|pilotée?s?|opérée?s?|organi[sz]ed|launched|"
    r"hosted|run|issued|led) (?:par|by)\s(?:le |la |l['’]|les |the )?"
)
_BY = re.compile(rf"{_DONE_BY}$", re.IGNORECASE)
_BY_NAME = re.compile(rf"{_DONE_BY}(?P<name>{_NAME})")
_PLACE = re.compile(rf"\s?,?\s?(?:\S+\s){{0,3}}?(?:à|in|at|au|aux)\s(?P<name>(?!la\b|le\b|the\b){_NAME})")
_PLACE_FIRST = re.compile(
    rf"\b(?:à|in|at|to)\s(?P<name>(?!la\b|le\b|the\b){_NAME}),?\s(?:du|le|les|on|from|en|in|,|-|–|\()?\s?$"
)
_ABOUT_MONEY = re.compile(  # a sum elsewhere belongs to the announcement only where words say so
    r"\b(?:budgets?|enveloppe|dotee?s?|dotation|montant|plafond|valeur estimee|aides?|subventions?|prix|financ\w+|"
    r"funding|funds?|grants?|up to|worth|prize|purse|vouchers?|awards?|estimated value)\b"
)
_SUM = re.compile(
    r"(?:[£$€]\s?\d[\d.,]*(?:\s?(?:k|m|bn|million|billion)\b)?|"
    r"\b\d[\d\s.,]{0,12}?\s?(?:(?:M|k|Md)€|(?:millions?|milliards?) d['’](?:euros|€)|€|euros\b|"
    r"(?:million|billion) (?:euros|pounds|dollars)|EUR\b|GBP\b|USD\b)|"
    r"\b(?:EUR|USD|GBP)\s?\d[\d.,]*(?:\s?(?:million|billion)\b)?)"
)
_PER_UNIT = re.compile(
    r"\s?(?:/|par |per |le |la |a |an )\s?(?:mwh|kwh|mw\b|kw\b|megawatt\w*|tonnes?|litres?|hour|heure|month|mois)"
)
_LOCATIVE = re.compile(r"(?:^|[\s(,])(?:à|au|aux|in|at|to|near|près de)\s(?:la |l['’]|the |le )?$")
_PLACE_REACH = 60  # characters from a date in which the place of an event is told
_NO_NAMES = (
    "Le La Les The Un Une A An It Il Elle Nous We Ce Cette This That Nation Groups Registration Registrations "
    "Applications Inscriptions Candidatures Bids Tickets Developers Bidders Ministers Organisers"
)
_NO_NAME = frozenset(_NO_NAMES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A field's text and the phrase it was read from."""

    text: str
    phrase: str


def read_organiser(text: Text, annotation: Annotation | None, near: Sentence) -> Detail | None:
    """Return who organises: the subject of the verb that opens, or the name after "by"."""
    mentions = annotation.mentions if annotation else ()
    for mention in mentions:
        if mention.text in _NO_NAME:
            continue
        if mention.kind in {"ORG", "PLACE"} and _OPENS.match(text.whole, mention.end):
            return _phrase(text, mention.start, mention.end, reach=25)
        if mention.kind == "ORG" and _BY.search(text.whole[max(0, mention.start - 40) : mention.start]):
            return _phrase(text, mention.start, mention.end, reach=0, back=25)
    if mentions:
        return None
    for one in text.around(near):
        real = text.whole[one.start : one.end]
        found = _BY_NAME.search(real) or _SUBJECT.search(real)
        if found and found["name"] not in _NO_NAME:
            return Detail(text=_without_article(found["name"]), phrase=found[0].strip())
    return None


def read_place(text: Text, annotation: Annotation | None, near: Sentence, day: Day | None) -> Detail | None:
    """Return where an event is held: the place told beside its date, or with "à" or "in" in its sentence."""
    whole = text.sentence_at(day.start) if day else near
    places = [one for one in _mentions(annotation, "PLACE", whole) if _is_where(text, one, day)]
    if places:
        first = min(places, key=lambda one: day is not None and one.start < day.end)
        return _phrase(text, first.start, first.end, reach=0, back=8)
    found = day and (
        _PLACE.match(text.whole, day.end, whole.end) or _PLACE_FIRST.search(text.whole[whole.start : day.start])
    )
    return Detail(text=found["name"].rstrip(".,"), phrase=found[0].strip(" ,")) if found and not annotation else None


def _is_where(text: Text, place: Mention, day: Day | None) -> bool:
    if _LOCATIVE.search(text.whole[max(0, place.start - 16) : place.start]):
        return True
    return day is not None and (0 <= place.start - day.end < _PLACE_REACH or 0 <= day.start - place.end < 8)


def read_amount(text: Text, annotation: Annotation | None, near: Sentence) -> Detail | None:
    """Return the sum of money written nearest to the announcement."""
    for one in text.around(near, reach=2):
        if one is not near and not _ABOUT_MONEY.search(one.flat):
            continue
        spans = [(money.start, money.end) for money in _mentions(annotation, "MONEY", one)]
        spans = spans or [found.span() for found in _SUM.finditer(text.whole, one.start, one.end)]
        total = next((span for span in spans if not _PER_UNIT.match(text.flat, span[1])), None)
        if total:
            return _phrase(text, *total, reach=0, back=20)
    return None


def quote(text: Text, start: int, end: int, back: int = 40) -> str:
    """Return a span with the words that lead to it, as they stand, within its sentence."""
    first = text.sentence_at(start).start
    space = text.whole.rfind(" ", first, max(first, start - back))
    lead = first if start - back <= first else space + 1 if space >= first else start
    return text.whole[lead:end].strip(" \n,;:")


def _phrase(text: Text, start: int, end: int, *, reach: int, back: int = 0) -> Detail:
    after = re.match(r"(?:\s\S+){0,3}", text.whole[end : end + reach])
    stop = end + (after.end() if after else 0)
    return Detail(text=text.whole[start:end], phrase=quote(text, start, stop, back))


def _mentions(annotation: Annotation | None, kind: Kind, within: Sentence) -> list[Mention]:
    mentions = annotation.mentions if annotation else ()
    return [one for one in mentions if one.kind == kind and within.start <= one.start and one.end <= within.end]


def _without_article(name: str) -> str:
    return re.sub(r"^(?:Le|La|Les|The|L['’])\s?|['’]s$", "", name) or name
