"""An editor's acts: recorded once, binding for every later run."""

import re
from datetime import datetime

from watcher.errors import UsageError
from watcher.model.decision import Act, Decision
from watcher.pipeline.annotate import match_again
from watcher.pipeline.group import group_new, regroup
from watcher.pipeline.runtime import Runtime
from watcher.store.decisions import save_decision
from watcher.store.entries import get_entries
from watcher.store.stories import get_stories


def decide(
    runtime: Runtime,
    act: Act,
    ids: tuple[str, ...],
    now: datetime,
    *,
    topic: str | None = None,
    note: str = "",
    by: str = "",
) -> Decision:
    """Record ``act`` on entries and stories named by ``ids`` and apply it. Raise UsageError for unknown ids."""
    if act in {"keep", "drop"} and topic not in {item.key for item in runtime.catalogue.topics}:
        raise UsageError(f"'{act}' needs --topic with a topic of feeds.yaml.")
    entries = resolve_entries(runtime, ids)
    if act in {"merge", "split"} and len(entries) < 2:
        raise UsageError(f"'{act}' needs at least two articles.")
    with runtime.database.write() as connection:
        decision = save_decision(connection, act, entries, now, topic=topic, by=by, note=note)
    if act in {"merge", "split"}:
        regroup(runtime, entries, now)
    if act in {"keep", "drop"}:
        match_again(runtime, entries, now)
        group_new(runtime, now)
    return decision


def resolve_entries(runtime: Runtime, ids: tuple[str, ...]) -> tuple[int, ...]:
    """Return entry ids for numbers and story ids. Raise UsageError for what does not exist."""
    found: list[int] = []
    with runtime.database.read() as connection:
        for name in ids:
            if re.fullmatch(r"[0-9]{1,18}", name):
                members = tuple(entry.id for entry in get_entries(connection, (int(name),)))
            else:
                members = tuple(member for story in get_stories(connection, (name,)) for member in story.members)
            if not members:
                raise UsageError(
                    f"There is no entry or story '{name}'; `watcher stories` and `watcher search` show ids."
                )
            found += members
    return tuple(dict.fromkeys(found))
