"""The phrases of ``data/cues.txt``: what announces an opportunity, and what says it is over or was never one.

Four strengths. An *announcement* is a verb with its object (``lance un appel à projets``, ``opens 1GW tender``) and
enough by itself. A *formula* names a procedure and needs an opening or a deadline beside it. A *hint* (``grant``,
``concours``) needs a deadline to apply by. State words (settled, closed, hypothetical) take back what a cue says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from watcher.model.opportunity import OpportunityKind

Strength = Literal["announced", "formula", "hint"]
PROCEDURES: tuple[OpportunityKind, ...] = ("call", "tender", "grant")
STRENGTHS: tuple[Strength, ...] = ("announced", "formula", "hint")

_TURNS = (
    "as|amid|after|before|despite|while|when|where|which|who|that|if|because|since|than|into|about|against|over|from|but|"
    "to|que|qui|dont|alors|apres|avant|comme|lors|quand|lorsque|si|mais|car|puisque|contre|afin|face|says|said|dit"
)
_COMPLEMENTS = "for|on|by|with|pour|par|sur|avec|dans|via"
_TO_DATE = (  # between a word that makes a date a deadline and the date
    r"[\s:,(«\"]{0,4}(?:le |la |the |midnight (?:on |of )?|"
    r"(?:midi|noon|minuit) (?:on |le )?|on |au |a |is |at |in |of |for )?"
    r"(?:\S{1,12} ){0,2}?$"
)
_FUTURE = re.compile(r"\b(?:will|shall|to be|can|could|pour|afin|en vue|until|avant|\w{2,}ront|\w{3,}era|aura|devra)\b")
_NEAR = 28  # characters before or after a state word in which a future tense takes it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue found in a sentence; ``start`` and ``end`` count in the sentence."""

    kind: OpportunityKind
    strength: Strength
    start: int
    end: int


@cache
def _lines() -> dict[str, tuple[str, ...]]:
    """Read the file once: the expressions of each section, their parts put in."""
    sections: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    current: list[str] = []
    for line in (files("watcher.opportunities") / "data" / "cues.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, part = line[1:].split(maxsplit=1)
            parts[name] = _expand(part, parts)
        elif line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(_expand(line, parts))
    return {name: tuple(lines) for name, lines in sections.items()}


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    """Return one expression for a section, and one for each of its capitalised words."""
    plain = "|".join(line for line in _lines()[section] if not line[0].isupper())
    capitals = (line for line in _lines()[section] if line[0].isupper())
    found = (re.compile(rf"(?<!\w)(?:{line})(?!\w)") for line in (plain, *capitals))
    return tuple(found)


@cache
def _lead(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_lines()[section])}){_TO_DATE}")


def _expand(line: str, parts: dict[str, str]) -> str:
    """Put in the named parts and spell the gaps out."""
    line = re.sub(r"\{([a-z]+)\}", lambda match: parts[match[1]], line)
    line = re.sub(r"~(\d?)", lambda match: _gap(_TURNS + "|" + _COMPLEMENTS, match[1]), line)
    return re.sub(r"≈(\d?)", lambda match: _gap(_TURNS, match[1]), line)


def _gap(stops: str, most: str) -> str:
    word = rf"(?!(?:{stops})\b)(?:[\"'«“(]?[^\s,;:!?']*[^\s,;:!?.'](?:[\"'»”)]*\s+|'))"
    return rf"(?:{word}){{0,{most or 9}}}?"


def find_all(section: str, flat: str, real: str = "") -> Iterator[re.Match[str]]:
    """Yield what stands in a sentence of a section; ``real`` is the sentence as written, for capitalised words."""
    plain, *capitals = _patterns(section)
    yield from plain.finditer(flat)
    for pattern in capitals:
        yield from pattern.finditer(real)


def says(section: str, flat: str) -> bool:
    """Say whether a sentence holds a phrase of a section, whatever its tense."""
    return next(find_all(section, flat), None) is not None


def leads(what: str, before: str) -> bool:
    """Say whether words of a section ``lead …`` end where a date begins; ``before`` is what stands before the date."""
    return _lead(f"lead {what}").search(before) is not None


def is_settled(flat: str) -> bool:
    """Say whether a sentence tells of an award or a result that is not in the future."""
    return any(not _is_future(flat, match) for match in find_all("any settled", flat))


def is_closed(flat: str) -> bool:
    """Say whether a sentence tells that a procedure ended early or was cancelled."""
    return any(not _is_future(flat, match) for match in find_all("any closed", flat))


def _is_future(flat: str, match: re.Match[str]) -> bool:
    before, after = flat[max(0, match.start() - _NEAR) : match.start()], flat[match.end() : match.end() + _NEAR]
    return bool(_FUTURE.search(before) or _FUTURE.search(after) or _FUTURE.fullmatch(match[0].split()[0]))


def find_cues(flat: str, real: str) -> tuple[Cue, ...]:
    """Return every cue of a procedure in a sentence, the strongest first, then in reading order."""
    found = [
        Cue(kind=kind, strength=strength, start=match.start(), end=match.end())
        for strength in STRENGTHS
        for kind in PROCEDURES
        for match in find_all(f"{kind} {strength}", flat, real)
    ]
    return tuple(sorted(found, key=lambda cue: (STRENGTHS.index(cue.strength), cue.start)))
