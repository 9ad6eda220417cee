"""Annotations: language and mentions of each entry, and the entities that they name.

The spelling table counts how an entity is written, so that its printed name and kind are those most often
met; it is kept in step with every annotation saved or forgotten.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, get_args

from sqlalchemy import Connection, Row, delete, func, select, update

from watcher.model.mention import Annotation, Entity, Kind, Mention
from watcher.store.dialect import among, insert
from watcher.store.rows import clean, hash_text
from watcher.store.schema import annotation, entry, mention, spelling

__all__ = [
    "find_annotations",
    "forget_annotations",
    "get_annotations",
    "get_entity_names",
    "hash_text",
    "list_entities",
    "save_annotations",
]

_Spelling = tuple[str, str, str]  # entity, kind, text
_Annotated = tuple[int, str, Annotation]  # entry, hash of its text, what was found


def get_annotations(c: Connection, ids: Iterable[int]) -> dict[int, Annotation]:
    """Return the annotation of each entry that has one."""
    wanted = list(ids)
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for row in c.execute(
        select(mention).where(among(mention.c.entry_id, wanted)).order_by(mention.c.entry_id, mention.c.position)
    ):
        mentions[row.entry_id].append(_to_mention(row))
    rows = c.execute(select(annotation).where(among(annotation.c.entry_id, wanted)))
    return {
        row.entry_id: Annotation(
            language=row.language, mentions=tuple(mentions[row.entry_id]), model=row.model, truncated=row.truncated
        )
        for row in rows
    }


def find_annotations(c: Connection, hashes: Iterable[str], model: str) -> dict[str, Annotation]:
    """Return what ``model`` already found in texts with these hashes, so that none is annotated twice."""
    query = select(annotation.c.hash, func.min(annotation.c.entry_id)).where(
        annotation.c.model == model, among(annotation.c.hash, list(hashes))
    )
    owners = {row[0]: row[1] for row in c.execute(query.group_by(annotation.c.hash))}
    found = get_annotations(c, owners.values())
    return {text_hash: found[owner] for text_hash, owner in owners.items()}


def save_annotations(c: Connection, rows: Iterable[tuple[int, str, Annotation]]) -> None:
    """Store (entry id, hash of its text, annotation), replacing earlier ones, and set the entries' language.

    One with an error is counted as a failed attempt and not kept.
    """
    latest = {row[0]: row for row in rows}
    kept = [row for row in latest.values() if row[2].error is None]
    for one, _, found in latest.values():
        if found.error is not None:
            c.execute(
                update(entry).where(entry.c.id == one).values(attempts=entry.c.attempts + 1, error=clean(found.error))
            )
    if kept:
        forget_annotations(c, [one for one, _, _ in kept])
        c.execute(insert(annotation), [_to_annotation_row(*row) for row in kept])
        _save_mentions(c, kept)
        _save_languages(c, kept)


def _save_mentions(c: Connection, kept: list[_Annotated]) -> None:
    rows = [_to_row(one, place, found) for one, _, of_one in kept for place, found in enumerate(of_one.mentions)]
    if rows:
        c.execute(insert(mention), rows)
        _count(c, Counter((str(row["entity"]), str(row["kind"]), str(row["text"])) for row in rows))


def _save_languages(c: Connection, kept: list[_Annotated]) -> None:
    by_language: dict[str | None, list[int]] = defaultdict(list)
    for one, _, found in kept:
        by_language[found.language].append(one)
    for language, ids in by_language.items():
        values = {"language": language, "annotated": True, "error": None, "attempts": 0}
        c.execute(update(entry).where(among(entry.c.id, ids)).values(values))


def forget_annotations(c: Connection, ids: Iterable[int]) -> None:
    """Delete what was found in entries whose text has changed."""
    wanted = list(ids)
    of_these = among(mention.c.entry_id, wanted)
    old: Counter[_Spelling] = Counter()
    for row in c.execute(select(mention.c.entity, mention.c.kind, mention.c.text).where(of_these)):
        old[row.entity, row.kind, row.text] -= 1
    c.execute(delete(mention).where(of_these))
    c.execute(delete(annotation).where(among(annotation.c.entry_id, wanted)))
    c.execute(update(entry).where(among(entry.c.id, wanted), entry.c.annotated).values(annotated=False))
    _count(c, old)


def get_entity_names(c: Connection, keys: Iterable[str]) -> dict[str, Entity]:
    """Return entities by key: the most frequent spelling as name, the others as aliases, kind by majority."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in c.execute(
        select(spelling.c.entity, spelling.c.kind, spelling.c.text, spelling.c.count.label("met")).where(
            among(spelling.c.entity, list(keys)), spelling.c.count > 0
        )
    ):
        rows[row.entity].append(row)
    return {key: _to_entity(key, found) for key, found in rows.items()}


def list_entities(c: Connection, *, kind: Kind | None = None, limit: int = 100) -> tuple[Entity, ...]:
    """Return the entities mentioned most often, of one kind or of all."""
    total = func.sum(spelling.c.count)
    query = (
        select(spelling.c.entity)
        .group_by(spelling.c.entity)
        .having(total > 0)
        .order_by(total.desc(), spelling.c.entity)
        .limit(limit)
    )
    if kind is not None:
        query = query.where(spelling.c.kind == kind)
    keys = list(c.scalars(query))
    found = get_entity_names(c, keys)
    return tuple(found[key] for key in keys)


def _count(c: Connection, changes: Counter[_Spelling]) -> None:
    """Add to the counts of spellings; taking away is adding a negative number."""
    if not changes:
        return
    statement = insert(spelling)
    c.execute(
        statement.on_conflict_do_update(
            index_elements=[spelling.c.entity, spelling.c.kind, spelling.c.text],
            set_={"count": spelling.c.count + statement.excluded.count},
        ),
        [
            {"entity": entity, "kind": kind, "text": text, "count": count}
            for (entity, kind, text), count in sorted(changes.items())
        ],
    )


def _to_entity(key: str, rows: list[Any]) -> Entity:
    kinds: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for row in rows:
        kinds[row.kind] += row.met
        texts[row.text] += row.met
    names = sorted(texts, key=lambda text: (-texts[text], text))
    kind = next(one for one in get_args(Kind) if one == min(kinds, key=lambda name: (-kinds[name], name)))
    return Entity(key=key, name=names[0], kind=kind, aliases=tuple(names[1:]))


def _to_annotation_row(entry_id: int, text_hash: str, found: Annotation) -> dict[str, object]:
    return {
        "entry_id": entry_id,
        "hash": text_hash,
        "model": found.model,
        "language": found.language,
        "truncated": found.truncated,
    }


def _to_row(entry_id: int, position: int, found: Mention) -> dict[str, object]:
    amount = None if found.amount is None else str(found.amount)
    return {
        "entry_id": entry_id,
        "position": position,
        "kind": found.kind,
        "entity": clean(found.entity),
        "start": found.start,
        "end": found.end,
        "text": clean(found.text),
        "amount": amount,
        "unit": found.unit,
    }


def _to_mention(row: Row[Any]) -> Mention:
    amount = None if row.amount is None else Decimal(row.amount)
    return Mention(
        kind=row.kind, text=row.text, start=row.start, end=row.end, entity=row.entity, amount=amount, unit=row.unit
    )
