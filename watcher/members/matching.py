"""Which stories and cards concern which member, and why.

A member is concerned when it is named, when a rival or partner is, or when what it can do, or sells to, is what the
text is about. Each reason is a sentence, each adds to the score, and nothing is offered without one. A competence that
half of the week's news meets tells nothing and counts less.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from watcher.members.recognise import Recogniser
from watcher.members.subjects import Subject, stems_of
from watcher.members.wording import say
from watcher.model.entry import Entry
from watcher.model.member import Member, Relevance
from watcher.words.frequency import zipf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 10  # items for one member: a longer list is no choice any more
LEAST = 0.25  # score under which nothing is offered
WEIGHTS = {"name": 1.0, "rival": 0.6, "partner": 0.5, "competence": 0.5, "market": 0.3}
_SHARE = 0.66  # of a long phrase's words that must stand in the text
_VAGUE = 5.0  # Zipf value from which a lone word names no trade ("services", "France")
_EVERYWHERE = 0.5  # share of subjects from which a term says half as much
_FEW = 8  # subjects: below, a share means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    """Why a subject concerns a member: the sort of reason and the words of the register that met it."""

    sort: str
    words: tuple[str, ...]
    weight: float


class _Profile:
    """A member prepared for matching."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.terms = {
            "competence": {term: frozenset(stems_of(term)) for term in member.competences},
            "market": {term: frozenset(stems_of(term)) for term in member.markets},
        }

    @cached_property
    def watched(self) -> Recogniser:
        """Return a recogniser of the member and of those it watches, each with the member's trade as context."""
        trade = replace(self.member, rivals=(), partners=(), topics=(), aliases=(), subsidiaries=())
        others = [
            replace(trade, slug=f"{sort}:{name}", name=name)
            for sort, names in (("rival", self.member.rivals), ("partner", self.member.partners))
            for name in names
        ]
        return Recogniser((self.member, *others))


def match_members(
    members: Iterable[Member], stories: Iterable[Subject], cards: Iterable[Subject] = ()
) -> tuple[Relevance, ...]:
    """Return what concerns each member, best first, at most `MOST` for one; nothing where there is nothing."""
    subjects = (*cards, *stories)
    read = {(subject.kind, subject.id): frozenset(stems_of(subject.text)) for subject in subjects}
    found: list[Relevance] = []
    for profile in map(_Profile, members):
        rarity = _rarity(profile, tuple(read.values()))
        made = (_relevance(profile, one, read[one.kind, one.id], rarity) for one in subjects if _is_open(profile, one))
        offered = sorted((one for one in made if one), key=lambda one: (-one.score, one.card or "~", one.story or ""))
        found += offered[:MOST]
    return tuple(found)


def _is_open(profile: _Profile, subject: Subject) -> bool:
    """Say whether a subject is on a topic the member follows (all, when it names none)."""
    topics = profile.member.topics
    return not topics or not subject.topics or bool(set(topics) & set(subject.topics))


def meets(term: frozenset[str], text: frozenset[str]) -> bool:
    """Say whether a term of the register stands in a text: all words of a short one, most of a long one."""
    if len(term) < 2:
        return bool(term & text) and all(zipf(one) < _VAGUE for one in term)
    common = len(term & text)
    return common >= 2 and common / len(term) >= (1.0 if len(term) == 2 else _SHARE)


def _rarity(profile: _Profile, texts: tuple[frozenset[str], ...]) -> dict[str, float]:
    """Return for each term of a member what one meeting is worth: less for a term that is everywhere."""
    terms = {term: stems for group in profile.terms.values() for term, stems in group.items()}
    if len(texts) < _FEW:
        return dict.fromkeys(terms, 1.0)
    shares = {term: sum(meets(stems, text) for text in texts) / len(texts) for term, stems in terms.items()}
    return {term: 1.0 - min(1.0, share / _EVERYWHERE) / 2 for term, share in shares.items()}


def _relevance(profile: _Profile, subject: Subject, text: frozenset[str], rarity: dict[str, float]) -> Relevance | None:
    reasons = (*_named(profile, subject), *_met(profile, text, rarity))
    score = _score(reasons)
    if score < LEAST:
        return None
    language = profile.member.language
    told = tuple(say(one.sort if one.sort != "name" else "about_you", language, words=one.words) for one in reasons)
    story, card = (subject.id, None) if subject.kind == "story" else (None, subject.id)
    return Relevance(member=profile.member.slug, score=score, reasons=told, story=story, card=card)


def _score(reasons: tuple[_Reason, ...]) -> float:
    """Return the joint weight of reasons: each takes its share of what the others left open."""
    rest = 1.0
    for reason in reasons:
        rest *= 1.0 - reason.weight
    return round(1.0 - rest, 4)


def _named(profile: _Profile, subject: Subject) -> Iterator[_Reason]:
    """Yield a reason each for the member itself, its rivals and its partners named in the texts."""
    member = profile.member
    spoken = _as_entry(subject.text)
    slugs = [mention.member for mention in profile.watched.find(spoken, None)]
    if member.slug in slugs:
        yield _Reason(sort="name", words=(), weight=WEIGHTS["name"])
    for sort in ("rival", "partner"):
        names = tuple(dict.fromkeys(slug.split(":", 1)[1] for slug in slugs if slug.startswith(f"{sort}:")))
        if names:
            yield _Reason(sort=sort, words=names, weight=WEIGHTS[sort])


def _met(profile: _Profile, text: frozenset[str], rarity: dict[str, float]) -> Iterator[_Reason]:
    """Yield a reason each for the competences and the markets that a text meets, the rarest first."""
    for sort, terms in profile.terms.items():
        met = sorted((term for term, stems in terms.items() if meets(stems, text)), key=lambda term: -rarity[term])
        if met:
            weights = [WEIGHTS[sort] * rarity[term] for term in met]
            joint = _score(tuple(_Reason(sort=sort, words=(), weight=weight) for weight in weights))
            yield _Reason(sort=sort, words=tuple(met[:3]), weight=joint)


def _as_entry(text: str) -> Entry:
    """Return a text as the recogniser reads one; its dates play no part."""
    return Entry(id=0, feed_url="", title="", url=None, summary=text, first_seen=_EPOCH, digest_at=_EPOCH)
