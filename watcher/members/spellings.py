"""Every way a register lets an article write a member's name, and how far each can be trusted.

A *distinct* spelling (``Exail``, ``Naval Group``) names its member by itself. A *weak* one (``RTE``, ``Renault``) is
also somebody else's initials, a surname or a rare word: it counts in its exact case, where annotation or context says
that it is a body. A *common* one (``Orange``, ``Wing``) is a word or a town first: annotation alone is no witness for
it, since the annotator was given the register's names too; words of the member's trade, or of firms, must stand near.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from watcher.model.member import Member
from watcher.words.folding import fold, key_of, words
from watcher.words.frequency import UNKNOWN, zipf
from watcher.words.stems import is_content, stem

Origin = Literal["name", "alias", "subsidiary"]
Trust = Literal["distinct", "weak", "common"]

# Legal forms of firms: no part of the name that articles use.
_FORMS = (
    "sa sas sasu sarl eurl scop sca snc se scic gie epic bv nv ab as asa oy oyj aps gmbh ag kg kgaa ltd limited plc "
    "llc llp inc incorporated corp corporation co cie sl srl spa pty"
)
LEGAL = frozenset(_FORMS.split())
GROUP = frozenset({"group", "groupe", "holding"})
_INITIALS = 5  # letters in capitals that are initials and not a word
_WORDLIKE = 4.3  # Zipf value from which a name is met as a word first
_EVERYWHERE = 5.6  # Zipf value from which a word says nothing about a trade ("services", "solutions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One spelling: its words as they are to be written, and how far it names its member by itself."""

    member: str
    origin: Origin
    text: str
    words: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What a member does, as stems: words that make it likely that a text is about it."""

    stems: frozenset[str]


def list_spellings(member: Member) -> tuple[Spelling, ...]:
    """Return the spellings of a member, its name first, without repetition."""
    given: tuple[tuple[Origin, Iterable[str]], ...] = (
        ("name", (member.name,)),
        ("alias", member.aliases),
        ("subsidiary", member.subsidiaries),
    )
    found: dict[tuple[str, ...], Spelling] = {}
    for origin, texts in given:
        for text in texts:
            for parts in _variants(text):
                made = Spelling(member=member.slug, origin=origin, text=text, words=parts, trust=_trust(parts))
                found.setdefault(tuple(map(fold, parts)), made)
    return tuple(found.values())


def read_trade(member: Member) -> Trade:
    """Return the stems of what a member does, where it is and whom it works with; its own name left out."""
    own = {word for spelling in list_spellings(member) for word in map(_stem, spelling.words)}
    texts = (*member.competences, *member.markets, *member.partners, *member.rivals, *member.topics, member.town or "")
    return Trade(stems=frozenset(text_stems(" ".join(texts))) - own)


def text_stems(text: str) -> Iterator[str]:
    """Yield the stems of the telling words of ``text``."""
    for word in words(text):
        if is_content(word.key) and zipf(word.key) < _EVERYWHERE:
            yield stem(word.key)


def _stem(word: str) -> str:
    return stem(key_of(word))


def _variants(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name: without its legal form, without "group", glued and taken apart."""
    parts = _without_legal(tuple(word.text for word in words(text)))
    if not parts:
        return
    yield parts
    if len(parts) == 2 and fold(parts[-1]) in GROUP and _trust(parts[:1]) == "distinct":
        yield parts[:1]
    if len(parts) == 2 and fold(parts[0]) in GROUP and _trust(parts[1:]) == "distinct":
        yield parts[1:]
    if len(parts) == 2 and min(map(len, parts)) > 2 and not {fold(part) for part in parts} & GROUP:
        yield ("".join(parts),)
    taken_apart = tuple(re.sub(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ][a-zà-ÿ]{2})", " ", parts[0]).split())
    if len(parts) == 1 and len(taken_apart) == 2:
        yield taken_apart


def _without_legal(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Drop legal forms at the end, and single letters of a dotted one ("S.A."), but never the whole name."""
    while len(parts) > 1 and fold(parts[-1]) in LEGAL:
        parts = parts[:-1]
    dotted = len(parts) > 2 and len(parts[-1]) == len(parts[-2]) == 1 and fold(parts[-2] + parts[-1]) in LEGAL
    return parts[:-2] if dotted else parts


def _trust(parts: tuple[str, ...]) -> Trust:
    """Grade a spelling by how common it is as a word, and how short. Two words together are a name."""
    word = parts[0]
    if len(parts) > 1:
        return "distinct"
    if len(word) < 3 or word.isdigit() or zipf(key_of(word)) > _WORDLIKE:
        return "common"
    is_initials = word.isupper() and len(word) <= _INITIALS
    return "weak" if is_initials or len(word) == 3 or zipf(key_of(word)) > UNKNOWN else "distinct"
