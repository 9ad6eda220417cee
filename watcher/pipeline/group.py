"""Put entries on one event together, a batch at a time, without recomputing the past."""

from datetime import datetime, timedelta

from watcher.model.progress import Progress, no_progress
from watcher.pipeline.runtime import Runtime
from watcher.store.annotations import get_annotations
from watcher.store.decisions import list_decisions
from watcher.store.entries import get_entries
from watcher.store.stories import (
    find_candidates,
    get_features,
    get_stories,
    get_story_of,
    list_features_before,
    save_features,
    save_grouping,
)
from watcher.store.work import list_ungrouped
from watcher.stories.features import make_features
from watcher.stories.grouping import group

BATCH = 200
BACKGROUND = 1500  # entries before a batch that show what the press prints day after day
WINDOW = timedelta(days=14)  # an event is told within two weeks; later news of it is another event


def group_new(runtime: Runtime, now: datetime, *, progress: Progress = no_progress) -> int:
    """Give every entry that is on a topic a story; return how many were grouped."""
    done = 0
    while True:
        with runtime.database.read() as connection:
            entries = get_entries(connection, list_ungrouped(connection, limit=BATCH))
            annotations = get_annotations(connection, tuple(entry.id for entry in entries))
            decisions = list_decisions(connection)
        if not entries:
            return done
        new = tuple(make_features(entry, annotations.get(entry.id)) for entry in entries)
        keys = tuple(sorted({key for features in new for key in features.keys}))
        since, until = min(f.at for f in new) - WINDOW, max(f.at for f in new) + WINDOW
        with runtime.database.read() as connection:
            archive = find_candidates(connection, keys, since, until)
            background = list_features_before(connection, until - WINDOW, BACKGROUND)
        grouping = group(new, archive, decisions, background=background)
        with runtime.database.write() as connection:
            save_features(connection, new)
            save_grouping(connection, grouping, now)
        done += len(entries)
        progress("Grouping", done, None)


def regroup(runtime: Runtime, entries: tuple[int, ...], now: datetime) -> None:
    """Apply decisions to the stories of ``entries``: merge or split them as an editor said."""
    with runtime.database.read() as connection:
        stories = get_stories(connection, sorted(set(get_story_of(connection, entries).values())))
        members = tuple(member for story in stories for member in story.members)
        archive = tuple(get_features(connection, members).values())
        decisions = list_decisions(connection)
    grouping = group((), archive, decisions)
    with runtime.database.write() as connection:
        save_grouping(connection, grouping, now)
