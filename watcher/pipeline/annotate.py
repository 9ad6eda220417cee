"""Decide what each new entry is about: language and entities, topics, and what it announces.

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
from watcher.opportunities.cards import update_cards
from watcher.opportunities.detect import detect_opportunity
from watcher.pipeline.judgement import apply_judgements, list_judgements
from watcher.pipeline.runtime import Runtime
from watcher.store.annotations import find_annotations, hash_text, save_annotations
from watcher.store.cards import list_cards, save_cards
from watcher.store.entries import get_entries
from watcher.store.work import list_unannotated, list_unmatched, mark_matched, mark_unannotatable

BATCH = 256
WINDOW = timedelta(weeks=10)  # how far back new rules reach: eight weeks of trends and the editions under way


def annotate_new(runtime: Runtime, now: datetime, *, progress: Progress = no_progress) -> int:
    """Match every entry that the present rules have not seen, annotating candidates; return how many."""
    done = 0
    while entries := _next_entries(runtime, now):
        _match_batch(runtime, entries, now)
        done += len(entries)
        progress("Annotating", done, None)
    _fill_in(runtime)
    return done


def _next_entries(runtime: Runtime, now: datetime) -> tuple[Entry, ...]:
    with runtime.database.read() as connection:
        ids = list_unmatched(connection, runtime.matcher.version, since=now - WINDOW, limit=BATCH)
        return get_entries(connection, ids)


def match_again(runtime: Runtime, ids: tuple[int, ...], now: datetime) -> None:
    """Match entries anew: an editor has judged them."""
    with runtime.database.read() as connection:
        entries = get_entries(connection, ids)
    _match_batch(runtime, entries, now)


def _match_batch(runtime: Runtime, entries: tuple[Entry, ...], now: datetime) -> None:
    matcher = runtime.matcher
    with runtime.database.read() as connection:
        judged = list_judgements(connection, [entry.id for entry in entries])
    candidates = tuple(e for e in entries if e.id in judged or matcher.could_match(e, runtime.placements(e.feed_url)))
    annotations = annotate_entries(runtime, candidates)
    matches = {
        entry.id: apply_judgements(
            matcher.match(entry, annotations.get(entry.id), runtime.placements(entry.feed_url)),
            judged.get(entry.id, {}),
        )
        for entry in candidates
    }
    found = [
        (entry, opportunity, tuple(match.topic for match in matches[entry.id]))
        for entry in candidates
        if matches[entry.id] and (opportunity := detect_opportunity(entry, annotations.get(entry.id)))
    ]
    with runtime.database.write() as connection:
        mark_matched(connection, matcher.version, [(entry.id, matches.get(entry.id, ())) for entry in entries])
        if found:
            since = min(entry.at for entry, _, _ in found).date()
            save_cards(connection, update_cards(list_cards(connection, open_on=since), found, now))


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
        for entry in annotated:
            fault = known[hashes[entry.id]].error
            if fault:
                mark_unannotatable(connection, entry.id, fault)
        kept = [entry for entry in annotated if not known[hashes[entry.id]].error]
        save_annotations(connection, [(entry.id, hashes[entry.id], known[hashes[entry.id]]) for entry in kept])
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
