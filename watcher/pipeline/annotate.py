"""Decide what each new entry is about: language and entities, then topics.

An entry that no topic could print is marked and left alone: annotating it would cost twenty times what
storing it did. The same text is never annotated twice. Where a pipeline is missing, topics are matched by
rules alone, and entities are filled in by the first run that finds the pipeline.
"""

from datetime import datetime, timedelta

from watcher.errors import ModelMissing
from watcher.log import get_log
from watcher.model.entry import Entry
from watcher.model.mention import Annotation
from watcher.model.progress import Progress, no_progress
from watcher.pipeline.runtime import Runtime
from watcher.store.annotations import find_annotations, hash_text, save_annotations
from watcher.store.entries import get_entries
from watcher.store.work import list_unannotated, list_unmatched, mark_matched

BATCH = 256
WINDOW = timedelta(weeks=10)  # how far back new rules reach: eight weeks of trends and the editions under way


def annotate_new(runtime: Runtime, now: datetime, *, progress: Progress = no_progress) -> int:
    """Match every entry that the present rules have not seen, annotating candidates; return how many."""
    done = 0
    while entries := _next_entries(runtime, now):
        _match_batch(runtime, entries)
        done += len(entries)
        progress("Annotating", done, None)
    _fill_in(runtime)
    return done


def _next_entries(runtime: Runtime, now: datetime) -> tuple[Entry, ...]:
    with runtime.database.read() as connection:
        ids = list_unmatched(connection, runtime.matcher.version, since=now - WINDOW, limit=BATCH)
        return get_entries(connection, ids)


def _match_batch(runtime: Runtime, entries: tuple[Entry, ...]) -> None:
    matcher = runtime.matcher
    candidates = tuple(e for e in entries if matcher.could_match(e, runtime.placements(e.feed_url)))
    annotations = annotate_entries(runtime, candidates)
    chosen = {entry.id for entry in candidates}
    rows = []
    for entry in entries:
        annotation, places = annotations.get(entry.id), runtime.placements(entry.feed_url)
        rows.append((entry.id, matcher.match(entry, annotation, places) if entry.id in chosen else ()))
    with runtime.database.write() as connection:
        mark_matched(connection, matcher.version, rows)


def annotate_entries(runtime: Runtime, entries: tuple[Entry, ...]) -> dict[int, Annotation]:
    """Return annotations by entry id, from the store where the text is known, else made and stored.

    Entries whose pipeline is missing are left out: rules still match them.
    """
    if not entries:
        return {}
    model = runtime.annotator.version
    hashes = {entry.id: hash_text(entry.text) for entry in entries}
    with runtime.database.read() as connection:
        known = find_annotations(connection, tuple(hashes.values()), model)
    missing = tuple(entry for entry in entries if hashes[entry.id] not in known)
    try:
        made = runtime.annotator.annotate([(entry.text, entry.language) for entry in missing])
    except ModelMissing as error:
        get_log("annotate").warning("no entities for now", reason=str(error))
        made = ()
    known |= {hashes[entry.id]: annotation for entry, annotation in zip(missing, made, strict=False)}
    annotated = tuple(entry for entry in entries if hashes[entry.id] in known)
    with runtime.database.write() as connection:
        save_annotations(connection, [(e.id, hashes[e.id], known[hashes[e.id]]) for e in annotated])
    return {entry.id: known[hashes[entry.id]] for entry in annotated}


def _fill_in(runtime: Runtime) -> None:
    """Annotate entries that are on a topic but were matched while a pipeline was missing."""
    seen: tuple[int, ...] = ()
    while True:
        with runtime.database.read() as connection:
            ids = list_unannotated(connection, limit=BATCH)
            entries = get_entries(connection, ids)
        if not entries or ids == seen:
            return
        annotate_entries(runtime, entries)
        seen = ids


