"""Compose a week's editions, write their files, remember what was printed.

An edition is recorded as "to be written" before its files are touched and as written after the last one is in
place, so that a kill in between is mended by running again. The same archive gives the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from watcher.deliver.files import write_all
from watcher.digest.compose import card_items, compose
from watcher.digest.index import index_entry
from watcher.digest.material import Material
from watcher.digest.period import week_bounds, week_of
from watcher.digest.render import render_agenda, render_atom, render_edition, render_index, render_topic_agenda
from watcher.digest.to_json import from_json, to_json
from watcher.errors import UsageError
from watcher.model.edition import CardItem, Edition, Rendered, Week
from watcher.model.feed import FeedHealth
from watcher.model.progress import Progress, no_progress
from watcher.model.report import EditionReport
from watcher.pipeline.gather import gather
from watcher.pipeline.known import require_known
from watcher.pipeline.material import dump_material, load_material, make_material
from watcher.pipeline.runtime import Runtime
from watcher.store.database import Connection
from watcher.store.editions import (
    StoredEdition,
    get_edition,
    list_editions,
    mark_edition_written,
    mark_printed,
    save_edition,
)

ATOM_EDITIONS = 4  # weeks an Atom feed reaches back: a reader that is away for a month misses nothing


def publish(
    runtime: Runtime,
    now: datetime,
    *,
    week: Week,
    topics: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> tuple[EditionReport, ...]:
    """Write the editions of ``week`` for ``topics`` and ``languages`` (default: all); return one report each.

    Raise UsageError for a topic or language that ``feeds.yaml`` does not name and for a week to come, DeliveryError
    when files cannot be written.
    """
    if week_bounds(week, runtime.catalogue.timezone)[0] > now:
        raise UsageError(f"{week} has not begun yet: its editions can be written once it has.")
    chosen_topics = _choose("topic", topics, tuple(topic.key for topic in runtime.catalogue.topics))
    chosen_languages = _choose("language", languages, runtime.catalogue.languages)
    reports: list[EditionReport] = []
    for topic in chosen_topics:
        gathered = gather(runtime, topic, week, now, health=_health_then(runtime, topic, week))
        composed = [_compose(make_material(runtime, gathered, language)) for language in chosen_languages]
        if not dry_run:
            _write(runtime, composed, now)
            _write_topic(runtime, topic, week, chosen_languages)
        reports += [_report(runtime, item, dry_run=dry_run) for item in composed]
        progress("Writing digests", len(reports), len(chosen_topics) * len(chosen_languages))
    if not dry_run:
        _write_archive(runtime, week, chosen_languages, now)
    return tuple(reports)


def _health_then(runtime: Runtime, topic: str, week: Week) -> tuple[FeedHealth, ...]:
    """Return what an edition of this week said of its feeds, if there is one."""
    with runtime.database.read() as connection:
        rows = list_editions(connection, topic=topic, week=week)
        stored = get_edition(connection, topic, week, rows[0].language) if rows else None
    return load_material(stored.inputs_json).health if stored else ()


def _choose(noun: str, asked: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    for name in asked:
        require_known(noun, name, known)
    return asked or known


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An edition with its files and what it was made from."""

    edition: Edition
    material: Material
    files: tuple[Rendered, ...]

    @property
    def sha256(self) -> str:
        """Return what identifies the bytes of all its files."""
        return sha256(b"".join(item.content for item in self.files)).hexdigest()


def _compose(material: Material) -> Composed:
    inputs = sha256(dump_material(material).encode()).hexdigest()
    edition = compose(replace(material, inputs=inputs))
    return Composed(edition=edition, material=material, files=render_edition(edition))


def _write(runtime: Runtime, composed: list[Composed], now: datetime) -> None:
    printed = {row for item in composed for row in printed_entries(item.edition)}
    with runtime.database.write() as connection:
        for item in composed:
            _save(connection, item, now)
        first = composed[0].edition
        mark_printed(connection, first.topic, first.week, sorted(printed))
    write_all(runtime.settings.digests, tuple(file for item in composed for file in item.files))
    with runtime.database.write() as connection:
        for item in composed:
            mark_edition_written(connection, item.edition.topic, item.edition.week, item.edition.language, now)


def _save(connection: Connection, item: Composed, now: datetime) -> None:
    save_edition(
        connection,
        item.edition.topic,
        item.edition.week,
        item.edition.language,
        edition_json=to_json(item.edition),
        inputs_json=dump_material(item.material),
        files=tuple(file.path for file in item.files),
        sha256=item.sha256,
        now=now,
    )


def _report(runtime: Runtime, item: Composed, *, dry_run: bool) -> EditionReport:
    edition, folder = item.edition, runtime.settings.digests
    own = (f"{edition.topic}.{edition.language}.atom.xml", f"agenda.{edition.language}.ics", "index.html")
    paths = (*(file.path for file in item.files), *own)
    return EditionReport(
        topic=edition.topic,
        week=edition.week,
        language=edition.language,
        files=() if dry_run else tuple(str(folder / path) for path in paths),
        stories=len(edition.top) + len(edition.follow_ups) + len(edition.also),
        articles=edition.sources.articles,
        sha256=item.sha256,
    )


def printed_entries(edition: Edition) -> tuple[tuple[int, str], ...]:
    """Return (entry, story) for every article that an edition shows as news."""
    items = (*edition.top, *edition.follow_ups, *edition.also)
    return tuple((source.entry_id, item.story) for item in items for source in item.sources)


def _write_topic(runtime: Runtime, topic: str, week: Week, languages: tuple[str, ...]) -> None:
    """Write a topic's Atom feed and calendar in each language."""
    files: list[Rendered] = []
    for language in languages:
        recent = _recent(runtime, topic, language, week)
        cards = _cards(runtime, topic, language, week)
        files += [*render_atom(recent), *(render_topic_agenda(edition, cards) for edition in recent[:1])]
    write_all(runtime.settings.digests, tuple(files))


def _write_archive(runtime: Runtime, week: Week, languages: tuple[str, ...], now: datetime) -> None:
    """Write the calendars over all topics and the archive's index, the index last."""
    catalogue = runtime.catalogue
    files = []
    for language in languages:
        items = [item for topic in catalogue.topics for item in _cards(runtime, topic.key, language, week)]
        files.append(render_agenda(items, language, catalogue.cluster.name))
    entries = [index_entry(edition) for edition in _stored(runtime, week_of(now, catalogue.timezone))]
    files.append(render_index(entries, catalogue.cluster, catalogue.languages[0]))
    write_all(runtime.settings.digests, tuple(files))


def _recent(runtime: Runtime, topic: str, language: str, week: Week) -> tuple[Edition, ...]:
    """Return the editions of the last weeks up to ``week``, newest first."""
    return tuple(from_json(one.edition_json) for one in _newest(runtime, topic, language, week, ATOM_EDITIONS))


def _cards(runtime: Runtime, topic: str, language: str, week: Week) -> tuple[CardItem, ...]:
    """Return all cards that the newest edition up to ``week`` was composed from, printed in it or not."""
    newest = _newest(runtime, topic, language, week, 1)
    return tuple(item for one in newest for item in card_items(load_material(one.inputs_json)))


def _newest(runtime: Runtime, topic: str, language: str, week: Week, count: int) -> tuple[StoredEdition, ...]:
    with runtime.database.read() as connection:
        rows = [r for r in list_editions(connection, topic=topic) if r.language == language and r.week <= week]
        found = [get_edition(connection, topic, row.week, language) for row in rows[:count]]
    return tuple(one for one in found if one)


def _stored(runtime: Runtime, last: Week) -> Iterable[Edition]:
    """Return all editions up to week ``last``: those of weeks to come were written under a clock that was wrong."""
    with runtime.database.read() as connection:
        for row in [one for one in list_editions(connection) if one.week <= last]:
            found = get_edition(connection, row.topic, row.week, row.language)
            if found:
                yield from_json(found.edition_json)
