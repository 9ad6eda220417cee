"""Find the tender, call or grant that a text announces, and its deadline.

Every cue of every sentence is judged, strongest first; the first that stands makes the opportunity. A title that tells
of an award or a result settles the matter, unless the text gives a deadline still to come.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from watcher.model.opportunity import OpportunityKind
from watcher.opportunities.cues import STRENGTHS, Cue, find_cues, is_closed, is_settled, says
from watcher.opportunities.day import Day
from watcher.opportunities.deadlines import find_deadline
from watcher.opportunities.reading import Sentence, Text

_CLAUSE = re.compile(r"[,;:]")
MOST_CUES = 40  # judged of one text: a real announcement is among the first
_LEAD = 4  # sentences from the title on in which a title's deadline is told
_NEAR = 45  # characters before a cue in which a word says that it is only thought of
_BESIDE = 60  # characters between a formula and the verb that opens it
_OLD_YEAR = re.compile(
    r"\b(?:en|in|since|depuis|of|de)\s(?:\w+\s)?((?:19|20)\d\d)\b|\b(?:derniere?|last (?:year|month)|l'an passe)\b"
)
_LABEL = re.compile(
    r"^(?:\[[^\]]{1,40}\]\s?|[^:]{1,60}:\s|"
    r"(?:un|une|nouvel(?:le)?|nouveau|new|a|the|le|la|l'|\d\S{0,3}|deuxieme|premier)\s?){0,3}$"
)
_TOPIC_TEXT = re.compile(  # how the topics of the Union's research programmes begin
    r"^\W{0,3}(?:expected ?(?:outcomes?|impacts?)\s?:|(?:resultats?|impacts?) (?:escomptes?|attendus?)\s?:|"
    r"(?:proposals?|project results?|projects?) (?:are|is) expected to (?:address|contribute)|"
    r"(?:les propositions|les projets|la proposition) devrai(?:en)?t (?:contribuer|aborder|repondre))"
)
_KIND_LABEL = re.compile(
    r"(?:(?P<tender>(?:tender|marche(?: public)?|appel d'offres?|avis de marche|consultation))|"
    r"(?P<grant>grants?|subventions?|aides?|funding|\w+ vouchers?))\s?:"
)
_APPLY = re.compile(r"\b(?:apply|applications?|submit|depose\w*|dossiers?|demandes?|candidat\w+|postul\w+)\b")
_ENTER = re.compile(
    rf"{_APPLY.pattern}|\b(?:s'inscrire|inscriptions?|inscrivez|register|registration|enter|entries|participer)\b"
)
_OFFERS = re.compile(r"\b(?:offres?|plis|bids?|tenders?)\b")
_UNNAMED = re.compile(
    rf"{_APPLY.pattern}|\b(?:repondre|remettre|respond|participer)\b|"
    r"\bcalls?\b(?! for (?:pro|app|pap|abs|exp|sub|ent|par))"
)
_ASKS_READER = re.compile(r"\b(?:candidatez|postulez|deposez|apply|submit)\b")
_MONEY = re.compile(r"\b(?:funds?|funding|grants?|vouchers?|subsid\w+|subventions?|aides?|bourses?|financements?)\b")
_CONTRACT = re.compile(r"\b(?:contract|supply of|supplier|service providers)\b")
_OTHER_SALE = re.compile(
    r"\b(?:ets|carbon|emissions?|allowances?|bonds?|art|car|capacity|spectrum|legal|court|truce|peace)\s$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A cue that stands, its sentence and the deadline that goes with it."""

    cue: Cue
    sentence: Sentence
    deadline: Day | None
    is_closed: bool = False
    is_extended: bool = False

    @property
    def in_title(self) -> bool:
        """Say whether the title announces it."""
        return self.sentence.index == 0


def find_procedure(text: Text, days: tuple[Day, ...]) -> Procedure | None:
    """Return the tender, call or grant that a text announces, or None; ``days`` are those not replaced."""
    title = text.sentences[0].flat
    is_over, is_ended = is_settled(title), is_closed(title)
    for cue, sentence in islice(_ordered(text), MOST_CUES):
        found = _judge(text, days, cue, sentence)
        if found is None or (is_ended and not found.is_closed):
            continue
        if not is_over or (found.deadline and not found.in_title):
            return found
    return None


def _ordered(text: Text) -> Iterator[tuple[Cue, Sentence]]:
    """Yield the cues of a text: announcements first, then formulas, then hints, each in reading order."""
    found = [(cue, one) for one in text.sentences for cue in _cues(text, one)]
    for strength in ("announced", "formula", "hint"):
        yield from (pair for pair in found if pair[0].strength == strength)


def _cues(text: Text, sentence: Sentence) -> tuple[Cue, ...]:
    cues = find_cues(sentence.flat, text.whole[sentence.start : sentence.end])
    if sentence.index in {1, 2} and (topic := _TOPIC_TEXT.search(sentence.flat)):
        return (Cue(kind="call", strength="announced", start=topic.start(), end=topic.end()), *cues)
    return cues


def _judge(text: Text, days: tuple[Day, ...], cue: Cue, sentence: Sentence) -> Procedure | None:
    """Return the procedure of a cue, or None when it is over, only thought of, or merely mentioned."""
    flat = sentence.flat
    if _OTHER_SALE.search(flat[: cue.start]) or _OTHER_SALE.search(flat[cue.start : cue.end].rsplit(" ", 1)[0] + " "):
        return None
    if is_closed(flat) and (cue.strength != "hint" or (sentence.index == 0 and cue.kind != "call")):
        return (
            Procedure(cue=cue, sentence=sentence, deadline=None, is_closed=True) if _is_about(cue, sentence) else None
        )
    if (
        (says("any job", flat) or says("any job", text.sentences[0].flat))
        and cue.kind != "tender"
        and not says(f"{cue.kind} formula", flat)
    ):
        return None
    if is_settled(flat) and not _TOPIC_TEXT.match(flat):
        return None
    deadline = _deadline(text, days, sentence)
    if deadline and not deadline.is_coming(text.published):
        return None
    if not _stands(text, cue, sentence, deadline):
        return None
    kind = _kind(text, cue, sentence)
    extended = _is_extended(text, cue, sentence, deadline)
    return Procedure(cue=replace(cue, kind=kind), sentence=sentence, deadline=deadline, is_extended=extended)


def _kind(text: Text, cue: Cue, sentence: Sentence) -> OpportunityKind:
    """Return the kind: a cue that only says "apply" or "call" takes that of what its sentence or the title names."""
    words = sentence.flat[cue.start : cue.end]
    label = _KIND_LABEL.match(text.flat)
    if label and label.lastgroup:
        return "tender" if label.lastgroup == "tender" else "grant"
    if cue.kind != "call" or (cue.strength == "formula") or not _UNNAMED.search(words):
        return cue.kind
    near = f"{sentence.flat} {text.sentences[0].flat}"
    if _OFFERS.search(words):
        return "tender"
    if any(says("tender formula", one.flat) for one in text.around(sentence)):
        return "tender"
    if any(says(f"tender {strength}", near) for strength in STRENGTHS) or _CONTRACT.search(near):
        return "tender"
    return "grant" if _APPLY.search(words) and _MONEY.search(near) else "call"


def _is_extended(text: Text, cue: Cue, sentence: Sentence, deadline: Day | None) -> bool:
    """Say whether a prolongation is told in the title's clause, beside the cue or beside the deadline."""
    spots = [text.flat[: text.title_end]] if says("any submission", text.sentences[0].flat) else []
    spots.append(sentence.flat[max(0, cue.start - _BESIDE) : cue.end + _BESIDE])
    if deadline:
        start = text.sentence_at(deadline.start).start
        spots.append(text.flat[max(start, deadline.start - _BESIDE) : deadline.end])
    return any(says("any extended", spot) for spot in spots)


def _deadline(text: Text, days: tuple[Day, ...], sentence: Sentence) -> Day | None:
    """Return the deadline beside a cue, else one anywhere: a text announces one procedure."""
    return find_deadline(text, days, text.around(sentence)) or find_deadline(text, days, text.sentences)


def _is_about(cue: Cue, sentence: Sentence) -> bool:
    return sentence.index == 0 or cue.start < _BESIDE


def _stands(text: Text, cue: Cue, sentence: Sentence, deadline: Day | None) -> bool:
    flat = sentence.flat
    if cue.strength == "announced":
        return not _is_thought_of(flat, cue) and not _is_old(text, flat, cue)
    if deadline is not None:
        beside = text.sentences[:_LEAD] if sentence.index == 0 else text.around(sentence)
        told = [one for one in beside if one.start <= deadline.start < one.end]
        if told and (cue.strength == "formula" or _asks(cue, told[0])):
            return True
    if cue.strength == "hint":
        return False
    if _is_thought_of(flat, cue) or _is_old(text, flat, cue):
        return False
    title = text.sentences[0].flat
    if says("any bidder", title) or (says("any hypothetical", title) and not _ASKS_READER.search(flat)):
        return False
    return _is_opened(flat, cue) or (sentence.index == 0 and _is_label(text, flat, cue))


def _asks(cue: Cue, told: Sentence) -> bool:
    """Say whether the sentence of a deadline asks for what a hint's kind asks for: bids, or something handed in."""
    if cue.kind == "tender":
        return says("tender bids", told.flat)
    return any(says(f"{kind} announced", told.flat) for kind in ("call", "grant")) or bool(_ENTER.search(told.flat))


def _is_opened(flat: str, cue: Cue) -> bool:
    """Say whether a verb that opens stands in the clauses beside a formula."""
    if says("any bidder", flat):
        return False
    return says("any opening", flat[max(0, cue.start - _BESIDE) : cue.start]) or says(
        "any opening", flat[cue.end : cue.end + _BESIDE]
    )


def _is_label(text: Text, flat: str, cue: Cue) -> bool:
    """Say whether a title is the name of a procedure (``Appel à projets « Drones »``) and nothing speaks against it."""
    if not _LABEL.match(flat[: cue.start]) or says("any bidder", flat) or flat[cue.start : cue.end].endswith("s "):
        return False
    body = text.sentences[1:4]
    if any(is_settled(one.flat) for one in body):
        return False
    return cue.kind == "call" or any(says("any submission", one.flat) for one in body)


def _is_thought_of(flat: str, cue: Cue) -> bool:
    """Say whether the clause speaks of what might be, what somebody asks for, or what came before."""
    before = _CLAUSE.split(flat[max(0, cue.start - _NEAR) : cue.start])[-1]
    after = _CLAUSE.split(flat[cue.start : cue.end + (_NEAR if cue.strength == "formula" else 0)])[0]
    return says("any hypothetical", before) or says("any hypothetical", after)


def _is_old(text: Text, flat: str, cue: Cue) -> bool:
    """Say whether the year written beside a cue is past (``lancé en 2019``)."""
    match = _OLD_YEAR.search(flat[cue.start : cue.end + 25])
    return match is not None and (match[1] is None or int(match[1]) < text.published.year)
