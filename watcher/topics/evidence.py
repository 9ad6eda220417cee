"""What speaks for an entry being on a topic, and against: log-odds of the surest term, in words.

For every term found, outside phrases that void it:

    log-odds = logit(prior of the term)            authored, or guessed from how common the word is
             + cues that speak for its sense, - cues against (authored, bounded)
             + support from other terms and watched names of the topic
             + what the topic has learnt (`profile`), within two
             + its place: title, lead, body; and repetition

The score is the chance of the surest term. ``docs/ranking.md`` has the constants.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import exp, log

from watcher.model.mention import Annotation
from watcher.topics.profile import profile_support
from watcher.topics.reading import Place, Reading
from watcher.topics.rules import Rules, Term
from watcher.topics.senses import term_id
from watcher.words.phrases import Hit, longest
from watcher.words.stems import is_content, stem

_PLACE: dict[Place, float] = {"title": 0.5, "lead": -0.3, "body": -1.4}
_SUPPORT_EACH, _SUPPORT_BOUND = 0.6, 1.8
_FOR_BOUND, _AGAINST_BOUND = 3.6, 7.0
_REPEAT_EACH, _REPEATS = 0.35, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The case for one topic; ``is_refused`` when one of its none-terms stands in title or summary."""

    score: float = 0.0
    reasons: tuple[str, ...] = ()
    is_refused: bool = False
    has_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A term with all its valid places."""

    term: Term
    hits: tuple[Hit[Term], ...]


def judge(rules: Rules, reading: Reading, annotation: Annotation | None) -> Verdict:
    """Return the case for one topic."""
    found = _find_terms(rules, reading)
    if any(_counts_against(hit, found, reading) for hit in rules.refused.find(reading.keys)):
        return Verdict(is_refused=True)
    has_required = all(index.find(reading.keys) for index in rules.required)
    if not rules.has_terms and rules.required and has_required:
        return Verdict(
            score=0.8, reasons=tuple(f"all: {index.find(reading.keys)[0].payload}" for index in rules.required)
        )
    named = _named(rules, annotation)
    if not found and not named:
        return Verdict(has_required=has_required)
    score, reasons = _weigh(rules, reading, found, named)
    return Verdict(score=score, reasons=reasons, has_required=has_required)


def _find_terms(rules: Rules, reading: Reading) -> list[_Found]:
    """Return the terms that stand in the entry, the longest where they overlap, outside phrases that void them."""
    idioms = rules.idioms.find(reading.keys)
    by_term: dict[str, list[Hit[Term]]] = defaultdict(list)
    terms: dict[str, Term] = {}
    for hit in longest(rules.terms.find(reading.keys)):
        if not any(
            idiom.start <= hit.start and hit.end <= idiom.end and hit.payload.id in idiom.payload for idiom in idioms
        ) and _looks_like_name(hit, reading):
            by_term[hit.payload.id].append(hit)
            terms[hit.payload.id] = hit.payload
    return [_Found(term=terms[key], hits=tuple(hits)) for key, hits in by_term.items()]


def _looks_like_name(hit: Hit[Term], reading: Reading) -> bool:
    """Return whether a watched name is written as one: a capital somewhere."""
    return not hit.payload.is_name or any(
        char.isupper() for word in reading.words[hit.start : hit.end] for char in word.text
    )


def _counts_against(hit: Hit[str], found: list[_Found], reading: Reading) -> bool:
    """Return whether a none-term refuses the entry: in title or summary, and not a part of a longer term found."""
    if hit.start >= reading.content:
        return False
    return not any(
        own.start <= hit.start and hit.end <= own.end and own.end - own.start > hit.end - hit.start
        for item in found
        for own in item.hits
    )


def _named(rules: Rules, annotation: Annotation | None) -> list[str]:
    """Return watched names that the annotation recognised, by whatever spelling."""
    if annotation is None or not rules.names:
        return []
    spellings = {term_id(mention.text) for mention in annotation.mentions} | {
        term_id(mention.entity) for mention in annotation.mentions
    }
    return sorted({term.name for spelling, term in rules.names if spelling in spellings})


def _weigh(rules: Rules, reading: Reading, found: list[_Found], named: list[str]) -> tuple[float, tuple[str, ...]]:
    """Return the chance of the surest term, and the reasons."""
    cues = _cues(rules, reading, found)
    stems = frozenset(stem(key) for key in reading.keys if key and is_content(key))
    learnt = profile_support(rules.profile, stems) if rules.profile else 0.0
    best, best_found = -9.0, None
    for item in found:
        odds = _log_odds(item, found, named, reading, cues) + learnt + cues.get(item.term.id, 0.0)
        if odds > best:
            best, best_found = odds, item
    if best_found is None:
        return 0.3, tuple(f"entity: {name}" for name in named)
    return 1 / (1 + exp(-best)), _reasons(best_found, found, named, reading, learnt)


def _log_odds(item: _Found, found: list[_Found], named: list[str], reading: Reading, cues: dict[str, float]) -> float:
    """Return the log-odds of one term from its prior, place, repetition and the topic's other terms.

    Another term supports as far as it is believed itself; one that its company speaks against takes support away.
    """
    place = max(_PLACE[reading.place(hit.start)] for hit in item.hits)
    repeated = _REPEAT_EACH * (min(len(item.hits), _REPEATS) - 1)
    prior = min(0.97, max(0.03, item.term.prior))
    support = _SUPPORT_EACH * sum(not item.term.is_name or name != item.term.name for name in named)
    for other in found:
        if other is not item:
            company = cues[other.term.id]
            support += _SUPPORT_EACH * (min(1.0, other.term.prior / 0.6) if company > -1 else max(-3.0, company))
    return log(prior / (1 - prior)) + place + repeated + max(-_AGAINST_BOUND, min(_SUPPORT_BOUND, support))


def _cues(rules: Rules, reading: Reading, found: list[_Found]) -> dict[str, float]:
    """Return what the authored cues add to each term found; a cue counts once, and not inside the term itself."""
    pros: dict[str, float] = defaultdict(float)
    cons: dict[str, float] = defaultdict(float)
    spans = {item.term.id: [(hit.start, hit.end) for hit in item.hits] for item in found}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for hit in longest(rules.cues.find(reading.keys)):
        about, weight = hit.payload
        for term in about & spans.keys():
            said = reading.keys[hit.start : hit.end]
            if (term, said) in seen or any(start < hit.end and hit.start < end for start, end in spans[term]):
                continue
            seen.add((term, said))
            (pros if weight > 0 else cons)[term] += weight if hit.start < reading.body else weight / 2
    return {term: min(_FOR_BOUND, pros[term]) + max(-_AGAINST_BOUND, cons[term]) for term in spans}


def _reasons(best: _Found, found: list[_Found], named: list[str], reading: Reading, learnt: float) -> tuple[str, ...]:
    """Return why, in words: the surest term first, then names, then the terms that go with it."""
    reasons = [_where(best, reading)]
    names = set(named) | {item.term.name for item in found if item.term.is_name and item is not best}
    reasons += [f"entity: {name}" for name in sorted(names) if name != best.term.name]
    others = [
        reading.written(item.hits[0].start, item.hits[0].end)
        for item in found
        if item is not best and not item.term.is_name
    ]
    if others:
        reasons.append(f"co-terms: {', '.join(dict.fromkeys(others[:5]))}")
    if abs(learnt) >= 0.5:
        reasons.append("profile: reads like the topic's feeds" if learnt > 0 else "profile: unlike the topic's feeds")
    return tuple(reasons)


def _where(item: _Found, reading: Reading) -> str:
    """Return the term as written, with the part of the entry it stands in."""
    hit = min(item.hits, key=lambda hit: hit.start)
    if item.term.is_name:
        return f"entity: {item.term.name}"
    place = reading.place(hit.start)
    label = "title" if place == "title" else "summary" if hit.start < reading.content else "text"
    return f"{label}: {reading.written(hit.start, hit.end)}"
