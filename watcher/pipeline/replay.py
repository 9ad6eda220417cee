"""What-if: past editions composed again, and what a changed ``feeds.yaml`` would gain, lose, merge or move.

Two questions. *Does the archive still give the same bytes?* Each recorded edition is composed again from the
inputs recorded with it. *What would this configuration have printed?* The whole job is done over on a copy of the
database, from matching on, in a folder that is thrown away; nothing of the real ones is touched.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from watcher.digest.compose import compose
from watcher.digest.period import last_whole_week, next_week
from watcher.digest.render import render_edition
from watcher.digest.to_json import from_json
from watcher.model.edition import Edition, StoryItem, Week
from watcher.model.progress import Progress, no_progress
from watcher.pipeline.annotate import annotate_new
from watcher.pipeline.group import group_new
from watcher.pipeline.material import load_material
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime
from watcher.store.database import open_database
from watcher.store.editions import forget_editions, get_edition, list_editions

SECTIONS = ("top", "follow_ups", "also")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One story that would have been printed otherwise. ``kind``: gained, lost, merged, split or moved."""

    kind: str
    topic: str
    week: Week
    headline: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay found: editions checked, those whose bytes differ, and differences story by story."""

    editions: int
    changed_bytes: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Return whether everything would have been printed as it was."""
        return not self.changed_bytes and not self.differences


def replay(runtime: Runtime, now: datetime, *, weeks: int, progress: Progress = no_progress) -> Replayed:
    """Replay the last ``weeks`` whole weeks with the configuration of ``runtime``. Nothing is written."""
    last = last_whole_week(now, runtime.catalogue.timezone)
    chosen = tuple(next_week(last, -ago) for ago in range(weeks - 1, -1, -1))
    recorded = _recorded(runtime, chosen)
    changed = tuple(name for name, is_same in _prove(runtime, chosen) if not is_same)
    again = _do_over(runtime, chosen, now, progress)
    differences = [
        difference
        for topic, week in sorted({*recorded, *again}, key=lambda key: (key[1], key[0]))
        for difference in _compare(topic, week, recorded.get((topic, week)), again.get((topic, week)))
    ]
    return Replayed(editions=len(recorded), changed_bytes=changed, differences=tuple(differences))


def _prove(runtime: Runtime, weeks: tuple[Week, ...]) -> Iterable[tuple[str, bool]]:
    """Compose every recorded edition from its recorded inputs and say whether its bytes are the same."""
    with runtime.database.read() as connection:
        rows = [row for week in weeks for row in list_editions(connection, week=week)]
    for row in rows:
        with runtime.database.read() as connection:
            stored = get_edition(connection, row.topic, row.week, row.language)
        if stored is None:
            continue
        inputs = sha256(stored.inputs_json.encode()).hexdigest()
        edition = compose(replace(load_material(stored.inputs_json), inputs=inputs))
        rendered = b"".join(item.content for item in render_edition(edition))
        yield f"{row.week}/{row.topic}.{row.language}", sha256(rendered).hexdigest() == row.sha256


Editions = dict[tuple[str, Week], Edition]


def _recorded(runtime: Runtime, weeks: tuple[Week, ...]) -> Editions:
    """Return the editions on record, in the first configured language, by topic and week."""
    language = runtime.catalogue.languages[0]
    found: Editions = {}
    with runtime.database.read() as connection:
        for week in weeks:
            for row in list_editions(connection, week=week):
                stored = get_edition(connection, row.topic, week, language)
                if stored:
                    found[row.topic, week] = from_json(stored.edition_json)
    return found


def _do_over(runtime: Runtime, weeks: tuple[Week, ...], now: datetime, progress: Progress) -> Editions:
    """Match, group and publish again on a copy, and return what was composed."""
    language = runtime.catalogue.languages[0]
    with tempfile.TemporaryDirectory(prefix="watcher-replay-") as folder:
        copy = Path(folder) / "watcher.db"
        runtime.database.backup(copy)
        settings = replace(runtime.settings, data=Path(folder), digests=Path(folder) / "digests", database_url=None)
        database = open_database(copy)
        try:
            trial = Runtime(settings, runtime.catalogue, database, members=runtime.members, annotator=runtime.annotator)
            with database.write() as connection:
                forget_editions(connection, weeks)
            annotate_new(trial, now, progress=progress)
            group_new(trial, now, progress=progress)
            for number, week in enumerate(weeks, 1):
                publish(trial, now, week=week, languages=(language,))
                progress("Replaying", number, len(weeks))
            return _recorded(trial, weeks)
        finally:
            database.close()


def _compare(topic: str, week: Week, old: Edition | None, new: Edition | None) -> Iterable[Difference]:
    """Yield what differs between two editions, story by story; stories are known by their articles."""
    before, after = _items(old), _items(new)
    for item, section in after:
        met = [(other, place) for other, place in before if _entries(other) & _entries(item)]
        if not met:
            yield Difference(kind="gained", topic=topic, week=week, headline=item.headline, detail=section)
        elif len(met) > 1:
            names = " + ".join(other.headline for other, _ in met)
            yield Difference(kind="merged", topic=topic, week=week, headline=item.headline, detail=names)
        elif met[0][1] != section:
            moved = f"{met[0][1]} -> {section}"
            yield Difference(kind="moved", topic=topic, week=week, headline=item.headline, detail=moved)
    for item, section in before:
        met = [(other, place) for other, place in after if _entries(other) & _entries(item)]
        if not met:
            yield Difference(kind="lost", topic=topic, week=week, headline=item.headline, detail=section)
        elif len(met) > 1:
            names = " + ".join(other.headline for other, _ in met)
            yield Difference(kind="split", topic=topic, week=week, headline=item.headline, detail=names)


def _items(edition: Edition | None) -> list[tuple[StoryItem, str]]:
    if edition is None:
        return []
    return [(item, section) for section in SECTIONS for item in getattr(edition, section)]


def _entries(item: StoryItem) -> set[int]:
    return {source.entry_id for source in item.sources}
