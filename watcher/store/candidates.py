"""Features of grouped entries, and the few of them that a new entry must be compared with.

An entry is found through blocking keys that it shares. A key that too many entries of the window have says
nothing and is skipped, and rare keys weigh more, so the cost does not grow with the archive.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, true
from sqlalchemy.sql import ColumnElement

from watcher.model.story import Features
from watcher.store.dialect import among, insert, values_of
from watcher.store.rows import hash_key
from watcher.store.schema import entry, feature, feature_key

COMMON = 300  # entries of one window that share a key: more are a subject and not an event

_STRINGS = ("keys", "title", "entities", "places", "figures", "actions")


def save_features(c: Connection, features: Iterable[Features]) -> None:
    """Store what grouping compares, replacing earlier features of the same entries."""
    found = {one.entry_id: one for one in features}
    if not found:
        return
    c.execute(delete(feature).where(among(feature.c.entry_id, list(found))))
    c.execute(delete(feature_key).where(among(feature_key.c.entry_id, list(found))))
    c.execute(insert(feature), [{"entry_id": one.entry_id, "at": one.at, "data": _dump(one)} for one in found.values()])
    keys = [
        {"key": key, "at": one.at, "entry_id": one.entry_id}
        for one in found.values()
        for key in {hash_key(key) for key in one.keys}
    ]
    if keys:
        c.execute(insert(feature_key), keys)


def find_candidates(
    c: Connection, keys: Iterable[str], since: datetime, until: datetime, *, limit: int | None = None
) -> tuple[Features, ...]:
    """Return archived features in [since, until] that share a key with ``keys``, those with the rarest keys first.

    At most ``limit``; by default 200 for one entry's keys, and one a key for those of a batch.
    """
    hashes = sorted({hash_key(key) for key in keys})
    weights = _weigh(c, hashes, since, until)
    if not weights:
        return ()
    scores: dict[int, float] = {}
    query = select(feature_key.c.key, feature_key.c.entry_id).where(
        among(feature_key.c.key, list(weights)), _within(since, until)
    )
    for key, entry_id in c.execute(query):
        scores[entry_id] = scores.get(entry_id, 0.0) + weights[key]
    best = sorted(scores, key=lambda one: (-scores[one], one))[: limit or max(200, len(hashes))]
    found = get_features(c, best)
    return tuple(found[one] for one in best if one in found)


def get_features(c: Connection, ids: Iterable[int]) -> dict[int, Features]:
    """Return stored features by entry, each with the story its entry is in now."""
    query = select(feature.c.entry_id, feature.c.at, feature.c.data, entry.c.story).join(
        entry, entry.c.id == feature.c.entry_id
    )
    return {row.entry_id: _load(row) for row in c.execute(query.where(among(feature.c.entry_id, list(ids))))}


def list_features_before(c: Connection, until: datetime, limit: int) -> tuple[Features, ...]:
    """Return the features of the latest ``limit`` grouped entries up to ``until``, oldest first."""
    query = select(entry.c.at, entry.c.id).where(entry.c.at <= until, entry.c.story.is_not(None))
    rows = sorted(tuple(row) for row in c.execute(query.order_by(entry.c.at.desc(), entry.c.id.desc()).limit(limit)))
    found = get_features(c, [one for _, one in rows])
    return tuple(found[one] for _, one in rows if one in found)


def _weigh(c: Connection, keys: list[int], since: datetime, until: datetime) -> dict[int, float]:
    """Return the weight of each key that some and not too many entries of the window have."""
    wanted = values_of(keys)
    capped = (
        select(feature_key.c.entry_id)
        .where(feature_key.c.key == wanted.c.value, _within(since, until))
        .limit(COMMON + 1)
        .correlate(wanted)
        .subquery()
    )
    counts = select(wanted.c.value, select(func.count()).select_from(capped).correlate(wanted).scalar_subquery()).where(
        true()
    )
    return {key: 1 / count for key, count in c.execute(counts) if 0 < count <= COMMON}


def _within(since: datetime, until: datetime) -> ColumnElement[bool]:
    return feature_key.c.at.between(since, until)


def _dump(one: Features) -> str:
    data: dict[str, object] = {name: getattr(one, name) for name in _STRINGS}
    data |= {
        "language": one.language,
        "publisher": one.publisher,
        "url": one.url,
        "terms": one.terms,
        "shingles": one.shingles,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "ignore").decode()


def _load(row: Any) -> Features:  # a row with entry_id, at, data and story
    data = json.loads(row.data)
    strings = {name: tuple(data[name]) for name in _STRINGS}
    return Features(
        entry_id=row.entry_id,
        story=row.story,
        at=row.at,
        language=data["language"],
        publisher=data["publisher"],
        url=data["url"],
        terms=tuple((term, weight) for term, weight in data["terms"]),
        shingles=tuple(data["shingles"]),
        **strings,
    )
