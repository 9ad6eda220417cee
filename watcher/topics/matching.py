"""Which topics an entry is on, how surely, and why.

`Matcher.could_match` is the cheap sieve before annotation; `Matcher.match` decides. An entry of a feed that is
trusted for a topic (``keep: all``) is on it; any other must earn it by the topic's rules (see `evidence`).
"""

from collections.abc import Iterable
from hashlib import sha256

from watcher.model.entry import Entry
from watcher.model.feed import Placement
from watcher.model.mention import Annotation
from watcher.model.topic import Topic, TopicMatch, TopicProfile
from watcher.topics.evidence import judge
from watcher.topics.reading import Reading, read_entry
from watcher.topics.rules import Rules, compile_rules
from watcher.topics.senses import read_rows

_METHOD = "1"  # grows with every change of method, so that stored matches are known to be old
THRESHOLD = 0.5
_POSSIBLE = 0.2  # what watched names, found by annotation, may still lift over the threshold
_TRUSTED = 0.75  # score of an entry that only its feed vouches for


class Matcher:
    """The rules of all topics, compiled once."""

    def __init__(self, topics: tuple[Topic, ...], profiles: tuple[TopicProfile, ...] = ()) -> None:
        learnt = {profile.topic: profile for profile in profiles}
        self._rules = tuple(compile_rules(topic, learnt.get(topic.key)) for topic in topics)
        relevant = sorted((p for p in profiles), key=lambda profile: profile.topic)
        self.version = sha256(repr((_METHOD, topics, relevant, read_rows())).encode()).hexdigest()[:16]

    def could_match(self, entry: Entry, placements: tuple[Placement, ...]) -> bool:
        """Return whether any topic might take ``entry`` once it is annotated: a trusted feed, or some evidence."""
        if any(placement.keep == "all" for placement in placements):
            return True
        reading = read_entry(entry)
        return any(judge(rules, reading, None).score >= _POSSIBLE for rules in self._rules)

    def match(
        self, entry: Entry, annotation: Annotation | None, placements: tuple[Placement, ...]
    ) -> tuple[TopicMatch, ...]:
        """Return the topics that ``entry`` is on, surest first, with reasons in words."""
        reading = read_entry(entry)
        trusted = {placement.topic for placement in placements if placement.keep == "all"}
        found = (self._decide(rules, reading, annotation, is_trusted=rules.topic in trusted) for rules in self._rules)
        return tuple(sorted(filter(None, found), key=lambda match: (-match.score, match.topic)))

    @staticmethod
    def _decide(
        rules: Rules, reading: Reading, annotation: Annotation | None, *, is_trusted: bool
    ) -> TopicMatch | None:
        """Return the match with one topic, or None."""
        verdict = judge(rules, reading, annotation)
        if verdict.is_refused:
            return None
        if is_trusted:
            reasons = (f"feed: trusted for {rules.topic}", *verdict.reasons)
            return TopicMatch(topic=rules.topic, score=_round(max(_TRUSTED, verdict.score)), reasons=reasons)
        if not verdict.has_required or verdict.score < THRESHOLD:
            return None
        return TopicMatch(topic=rules.topic, score=_round(verdict.score), reasons=verdict.reasons)


def _round(score: float) -> float:
    """Return a score that is the same on every machine."""
    return round(min(1.0, score), 3)


def count_matches(topic: Topic, entries: Iterable[Entry]) -> int:
    """Return how many of ``entries`` the rules of ``topic`` would take from shared feeds (for `check`)."""
    matcher = Matcher((topic,))
    return sum(bool(matcher.match(entry, None, ())) for entry in entries)
