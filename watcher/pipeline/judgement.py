"""An editor's word on which topics an article is on: it stands over every rule, now and at every later match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from watcher.model.decision import Decision
from watcher.model.topic import TopicMatch
from watcher.store.database import Connection
from watcher.store.decisions import list_decisions

ACTS = ("keep", "drop")


def list_judgements(connection: Connection, entries: Iterable[int]) -> dict[int, dict[str, Decision]]:
    """Return the last ``keep`` or ``drop`` by topic for each of ``entries`` that has one."""
    judged: dict[int, dict[str, Decision]] = defaultdict(dict)
    asked = set(entries)
    for decision in list_decisions(connection, entries=asked):
        if decision.act in ACTS and decision.topic:
            for entry in asked & set(decision.entries):
                judged[entry][decision.topic] = decision
    return dict(judged)


def apply_judgements(found: tuple[TopicMatch, ...], judged: Mapping[str, Decision]) -> tuple[TopicMatch, ...]:
    """Return what rules found without the topics an editor dropped, and with those an editor kept."""
    untouched = tuple(match for match in found if match.topic not in judged)
    kept = tuple(
        TopicMatch(topic=topic, score=1.0, reasons=(f"editor: kept{describe_note(decision)}",))
        for topic, decision in sorted(judged.items())
        if decision.act == "keep"
    )
    return (*untouched, *kept)


def describe_note(decision: Decision) -> str:
    """Return why an editor decided so, in brackets, empty when no reason was given."""
    return f" ({decision.note})" if decision.note else ""
