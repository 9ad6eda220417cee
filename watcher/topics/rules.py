"""A topic's rules, compiled: which terms to find, how far each is believed, what voids or refuses it."""

from dataclasses import dataclass

from watcher.model.topic import Topic, TopicProfile
from watcher.topics.senses import senses_for, term_id
from watcher.words.folding import keys
from watcher.words.frequency import zipf
from watcher.words.phrases import PhraseIndex
from watcher.words.stems import is_content, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term to find: its id, the chance that it means the topic when it stands alone, and whether it is a name."""

    id: str
    prior: float
    is_name: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One topic ready to be matched."""

    topic: str
    terms: PhraseIndex[Term]
    idioms: PhraseIndex[frozenset[str]]
    cues: PhraseIndex[tuple[frozenset[str], float]]
    required: tuple[PhraseIndex[str], ...]
    refused: PhraseIndex[str]
    names: tuple[tuple[str, Term], ...]  # folded name → term, for mentions
    profile: dict[str, float]
    has_terms: bool


def compile_rules(topic: Topic, profile: TopicProfile | None) -> Rules:
    """Compile ``topic``; terms that hold no letter or digit are ignored."""
    senses = senses_for(topic.match.any)
    priors = dict(senses.priors)
    terms = {
        term_id(written): (written, Term(id=term_id(written), prior=priors.get(term_id(written), guess_prior(written))))
        for written in topic.match.any
    }
    for written, chance in senses.further:
        terms.setdefault(
            term_id(written), (written, Term(id=term_id(written), prior=priors.get(term_id(written), chance)))
        )
    names = [
        (
            spelling,
            Term(id=f"name {term_id(watched.name)}", prior=_name_prior(spelling), is_name=True, name=watched.name),
        )
        for watched in topic.watch
        for spelling in (watched.name, *watched.aliases)
    ]
    return Rules(
        topic=topic.key,
        terms=PhraseIndex([*terms.values(), *names]),
        idioms=PhraseIndex(senses.idioms),
        cues=PhraseIndex([(phrase, (about, weight)) for phrase, about, weight in senses.cues]),
        required=tuple(PhraseIndex([(written, written)]) for written in topic.match.all),
        refused=PhraseIndex([(written, written) for written in topic.match.none]),
        names=tuple((term_id(spelling), term) for spelling, term in names),
        profile=dict(profile.weights) if profile else {},
        has_terms=bool(topic.match.any),
    )


# How far a term without authored senses is believed, by how common its rarest word is in general French and English.
_BY_COMMONNESS = ((3.6, 0.92), (4.3, 0.85), (5.0, 0.72), (9.0, 0.52))
_PHRASE = 0.92
_ACRONYM = 0.6  # two letters stand for many things


def guess_prior(written: str) -> float:
    """Return the chance that a term means its topic: a rare word or a phrase is believed, a common word is not."""
    content = [key for key in keys(written) if is_content(key)]
    if not content:
        return _ACRONYM if keys(written) else 0.0
    common = min(zipf(stem(key)) for key in content)
    chance = next(chance for limit, chance in _BY_COMMONNESS if common < limit)
    return max(chance, _PHRASE) if len(content) > 1 else chance


def _name_prior(spelling: str) -> float:
    """Return the chance that a watched name alone puts an entry on the topic: a common word needs support."""
    parts = keys(spelling)
    if not parts or max(map(len, parts)) < 3:
        return 0.3
    if len(parts) > 1:
        return 0.75
    return 0.7 if zipf(parts[0]) < 3.4 and zipf(stem(parts[0])) < 3.4 else 0.35
