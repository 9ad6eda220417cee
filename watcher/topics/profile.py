"""What a topic learns from the entries of its trusted feeds and from the officer's *keep*.

For every stem, the log-odds of standing in an entry of the topic rather than in the background, with an
informative prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", section 3.5): counts of documents and
not of occurrences, each side smoothed by the background's own rate, so that a stem seen once proves nothing.
The profile never puts an entry on a topic by itself: it supports or weakens the terms that were found.
"""

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from watcher.model.topic import TopicProfile
from watcher.words.folding import keys
from watcher.words.stems import is_content, stem

MIN_DOCUMENTS = 20  # below, a profile says nothing
_PRIOR = 30.0  # pseudo-documents spread over the background's rates
_MIN_COUNT = 3  # documents of the topic that must hold a stem
_MIN_Z = 2.0  # standard errors a weight must stand from nothing
_KEPT = 400  # weights kept, strongest first
_BOUND = 3.0  # of one weight
_VOICES = 12  # stems of an entry that speak, strongest first
_SUPPORT = 2.0  # bound of what a profile adds to or takes from log-odds


def stems_of(text: str) -> frozenset[str]:
    """Return the content stems of ``text``."""
    return frozenset(stem(key) for key in keys(text) if is_content(key))


def learn_profile(topic: str, positive: Iterable[str], background: Iterable[str]) -> TopicProfile:
    """Learn ``topic`` from texts known to be on it against ``background`` texts (any other entries)."""
    ours, our_count = _document_counts(positive)
    others, other_count = _document_counts(background)
    if our_count < MIN_DOCUMENTS or not other_count:
        return TopicProfile(topic=topic, documents=our_count)
    weights = []
    for word, count in ours.items():
        weight, error = _log_odds(count, our_count, others[word], other_count)
        if count >= _MIN_COUNT and abs(weight) / error >= _MIN_Z:
            weights.append((word, round(max(-_BOUND, min(_BOUND, weight)), 3)))
    for word, count in others.items():
        if word not in ours and count >= _MIN_COUNT:
            weight, error = _log_odds(0, our_count, count, other_count)
            if abs(weight) / error >= _MIN_Z:
                weights.append((word, round(max(-_BOUND, weight), 3)))
    weights.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return TopicProfile(topic=topic, weights=tuple(weights[:_KEPT]), documents=our_count)


def _document_counts(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Count in how many texts each stem stands, and the texts."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        counts.update(stems_of(text))
        total += 1
    return counts, total


def _log_odds(count: int, total: int, other: int, other_total: int) -> tuple[float, float]:
    """Return the smoothed log-odds ratio of a stem and its standard error."""
    rate = (count + other + 0.5) / (total + other_total + 1)
    prior = _PRIOR * rate
    mine = (count + prior) / (total - count + _PRIOR - prior)
    theirs = (other + prior) / (other_total - other + _PRIOR - prior)
    return log(mine / theirs), sqrt(1 / (count + prior) + 1 / (other + prior))


def profile_support(weights: dict[str, float], stems: frozenset[str]) -> float:
    """Return what the profile adds to the log-odds of an entry, within two of nothing.

    The mean of the strongest voices, so that a long text is not surer than a short one.
    """
    voices = sorted((weights[word] for word in stems if word in weights), key=abs, reverse=True)[:_VOICES]
    if not voices:
        return 0.0
    return max(-_SUPPORT, min(_SUPPORT, sum(voices) / sqrt(len(voices)) / 2))
