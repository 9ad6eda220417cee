"""Who of the cluster could answer a call together, and what they would still miss.

A hint for the watch officer and nothing more: members are chosen greedily, each for the most that is not yet covered,
so that the list is short and every name on it adds something.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from watcher.members.matching import meets
from watcher.members.subjects import Subject, stems_of
from watcher.model.member import Member
from watcher.words.folding import words
from watcher.words.frequency import zipf
from watcher.words.stems import is_content, stem

MOST_PARTNERS = 5
MOST_MISSING = 8
_TRADE = 4.9  # Zipf value under which a word of a call names a trade rather than the call itself
_OFFICE_WORDS = (  # the language of calls, which no member need cover
    "appel projet candidature manifestation intérêt dépôt dossier lauréat salon webinaire subvention région "
    "marché date limite clôture budget euros édition concours prix inscription programme financement aide "
    "entreprise attendu lance call proposal tender application deadline submission grant funding award bid "
    "consortium project event webinar conference register expected outcome scope budget competition applicants "
    "programme company launch open"
)
_OFFICE = frozenset(stems_of(_OFFICE_WORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A member of a possible consortium and the competences it would bring."""

    member: str
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsortiumHint:
    """Members whose competences together cover a card, and the words of the card that nobody covers."""

    card: str
    partners: tuple[Partner, ...] = ()
    uncovered: tuple[str, ...] = ()


def consortium_hints(card: Subject, members: Iterable[Member]) -> ConsortiumHint:
    """Return the fewest members that cover what a card asks for; no partner where no competence meets it."""
    asked = _asked(card)
    text = frozenset(stems_of(card.text))
    offers = {member.slug: _offer(member, text) for member in members}
    partners: list[Partner] = []
    covered: set[str] = set()
    while len(partners) < MOST_PARTNERS:
        slug = max(offers, key=lambda one: (len(_adds(offers[one], text, covered)), one), default=None)
        if slug is None or not _adds(offers[slug], text, covered):
            break
        offer = offers.pop(slug)
        covered |= _adds(offer, text, covered)
        partners.append(Partner(member=slug, competences=tuple(offer)))
    missing = tuple(word for one, word in asked.items() if one not in covered)
    return ConsortiumHint(card=card.id, partners=tuple(partners), uncovered=missing[:MOST_MISSING])


def _offer(member: Member, text: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the competences of a member that a card's text meets, with their stems."""
    terms = {term: frozenset(stems_of(term)) for term in member.competences}
    return {term: stems for term, stems in terms.items() if meets(stems, text)}


def _adds(offer: dict[str, frozenset[str]], text: frozenset[str], covered: set[str]) -> set[str]:
    return {one for stems in offer.values() for one in stems & text} - covered


def _asked(card: Subject) -> dict[str, str]:
    """Return the trade words of a card, by stem, those written most often first."""
    counts: dict[str, int] = {}
    spelled: dict[str, str] = {}
    names = frozenset(stems_of(" ".join(card.entities)))
    for word in words("\n".join(card.texts)):
        one = stem(word.key)
        is_trade = is_content(word.key) and word.key.isalpha() and zipf(word.key) < _TRADE and not word.text.isupper()
        if is_trade and one not in _OFFICE and one not in names:
            counts[one] = counts.get(one, 0) + 1
            spelled.setdefault(one, word.text.lower())
    ranked = sorted(counts, key=lambda one: -counts[one])
    return {one: spelled[one] for one in ranked}
