"""Stories: which entry belongs to which, since when, and where a story that was merged went.

Memberships are ended and never deleted, so a past edition can be composed again from what was known then.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select, update

from watcher.model.decision import Decision
from watcher.model.story import Assignment, Grouping, Story
from watcher.store.candidates import find_candidates, get_features, list_features_before, save_features
from watcher.store.decisions import list_decisions
from watcher.store.dialect import among, insert
from watcher.store.schema import entry, story, story_member
from watcher.store.work import is_on

__all__ = [
    "find_candidates",
    "get_assignments",
    "get_features",
    "get_stories",
    "get_story_of",
    "list_features_before",
    "list_stories",
    "save_features",
    "save_grouping",
]


def save_grouping(c: Connection, grouping: Grouping, now: datetime) -> None:
    """Store assignments and merges; a merged story's entries move and its id leads to the one that goes on."""
    ends = dict(grouping.merged)
    targets = {old: _follow(old, ends) for old in ends}
    placed = {one.entry_id: (targets.get(one.story, one.story), one) for one in grouping.assignments}
    _create(c, sorted({target for target, _ in placed.values()} | set(targets) | set(targets.values())), now)
    for old, target in targets.items():
        _merge(c, old, target, now)
    current = get_story_of(c, placed)
    moved = {entry_id: place for entry_id, place in placed.items() if current.get(entry_id) != place[0]}
    _move(c, [(entry_id, target, one) for entry_id, (target, one) in moved.items()], now)


def _follow(old: str, ends: dict[str, str]) -> str:
    """Return the last story of a chain of merges; a ring ends where it began."""
    seen = {old}
    target = ends[old]
    while target in ends and target not in seen:
        seen.add(target)
        target = ends[target]
    return target


def _create(c: Connection, ids: list[str], now: datetime) -> None:
    if ids:
        c.execute(insert(story).on_conflict_do_nothing(), [{"id": one, "created_at": now} for one in ids])


def _merge(c: Connection, old: str, target: str, now: datetime) -> None:
    if old == target:
        return
    members = select(story_member.c.entry_id, story_member.c.reasons, story_member.c.copy_of)
    rows = c.execute(members.where(story_member.c.story == old, story_member.c.ended_at.is_(None)))
    _move(
        c,
        [
            (
                row.entry_id,
                target,
                Assignment(entry_id=row.entry_id, story=target, reasons=row.reasons, copy_of=row.copy_of),
            )
            for row in rows
        ],
        now,
    )
    c.execute(
        update(story)
        .where(or_(story.c.id == old, story.c.merged_into == old))
        .values(merged_into=target, merged_at=now)
    )
    c.execute(update(story).where(story.c.id == target).values(merged_into=None, merged_at=None))


def _move(c: Connection, rows: list[tuple[int, str, Assignment]], now: datetime) -> None:
    if not rows:
        return
    ids = [entry_id for entry_id, _, _ in rows]
    c.execute(
        update(story_member)
        .where(among(story_member.c.entry_id, ids), story_member.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    statement = insert(story_member)
    again = {"ended_at": None, "copy_of": statement.excluded.copy_of, "reasons": statement.excluded.reasons}
    c.execute(
        statement.on_conflict_do_update(index_elements=["entry_id", "assigned_at", "story"], set_=again),
        [
            {"entry_id": entry_id, "assigned_at": now, "story": target, "copy_of": one.copy_of, "reasons": one.reasons}
            for entry_id, target, one in rows
        ],
    )
    by_story: dict[str, list[int]] = defaultdict(list)
    for entry_id, target, _ in rows:
        by_story[target].append(entry_id)
    for target, members in by_story.items():
        c.execute(update(entry).where(among(entry.c.id, members)).values(story=target))


def get_story_of(c: Connection, entry_ids: Iterable[int]) -> dict[int, str]:
    """Return the story of each entry that is in one."""
    query = select(entry.c.id, entry.c.story).where(among(entry.c.id, list(entry_ids)), entry.c.story.is_not(None))
    return {row.id: row.story for row in c.execute(query)}


def get_assignments(c: Connection, entry_ids: Iterable[int]) -> dict[int, Assignment]:
    """Return why each entry is in its story."""
    query = select(story_member).where(
        among(story_member.c.entry_id, list(entry_ids)), story_member.c.ended_at.is_(None)
    )
    return {
        row.entry_id: Assignment(entry_id=row.entry_id, story=row.story, reasons=row.reasons, copy_of=row.copy_of)
        for row in c.execute(query)
    }


def get_stories(c: Connection, ids: Iterable[str]) -> tuple[Story, ...]:
    """Return stories in the order asked for; a merged one is answered by the story it went into."""
    wanted = list(ids)
    moved = {
        row.id: row.merged_into
        for row in c.execute(select(story).where(among(story.c.id, wanted), story.c.merged_into.is_not(None)))
    }
    found = _load(c, list(dict.fromkeys(moved.get(one, one) for one in wanted)), topic=None, until=None, as_of=None)
    return tuple(found[moved.get(one, one)] for one in wanted if moved.get(one, one) in found)


def list_stories(
    c: Connection,
    *,
    topic: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    as_of: datetime | None = None,
) -> tuple[Story, ...]:
    """Return stories with an entry (on ``topic``) whose ``digest_at`` lies in [since, until), newest first.

    Members are those with ``digest_at`` before ``until``, earlier weeks included. ``as_of`` goes back
    to the memberships and decisions of that time.
    """
    query = _members(as_of)
    if since is not None:
        query = query.where(entry.c.digest_at >= since)
    if until is not None:
        query = query.where(entry.c.digest_at < until)
    if topic is not None:
        query = query.where(is_on(topic))
    found = _load(c, list(dict.fromkeys(row.story for row in c.execute(query))), topic=topic, until=until, as_of=as_of)
    return tuple(sorted(found.values(), key=lambda one: (one.last_at, one.id), reverse=True))


def _members(as_of: datetime | None) -> Select[Any]:
    """Select (story, entry id, at): as it is, or as it was."""
    if as_of is None:
        return select(entry.c.story.label("story"), entry.c.id, entry.c.at).where(entry.c.story.is_not(None))
    held = or_(story_member.c.ended_at.is_(None), story_member.c.ended_at > as_of)
    query = select(story_member.c.story.label("story"), entry.c.id, entry.c.at).join(
        entry, entry.c.id == story_member.c.entry_id
    )
    return query.where(story_member.c.assigned_at <= as_of, held)


def _load(
    c: Connection, ids: list[str], *, topic: str | None, until: datetime | None, as_of: datetime | None
) -> dict[str, Story]:
    query = _members(as_of).where(among(entry.c.story if as_of is None else story_member.c.story, ids))
    if until is not None:
        query = query.where(entry.c.digest_at < until)
    members: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for row in c.execute(query):
        members[row.story].append((row.at, row.id))
    decisions = list_decisions(
        c, entries=[entry_id for found in members.values() for _, entry_id in found], as_of=as_of
    )
    bound = [one for one in decisions if one.topic is None or topic is None or one.topic == topic]
    return {one: _to_story(one, sorted(found), bound) for one, found in members.items()}


def _to_story(story_id: str, members: list[tuple[datetime, int]], decisions: list[Decision]) -> Story:
    ids = {entry_id for _, entry_id in members}
    acts = [one.act for one in decisions if ids.intersection(one.entries)]
    pins = [act for act in acts if act in {"pin", "unpin"}]
    hides = [act for act in acts if act in {"hide", "unhide"}]
    return Story(
        id=story_id,
        members=tuple(entry_id for _, entry_id in members),
        first_at=members[0][0],
        last_at=members[-1][0],
        pinned=pins[-1:] == ["pin"],
        hidden=hides[-1:] == ["hide"],
    )
