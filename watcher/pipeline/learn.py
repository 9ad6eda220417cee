"""Let each topic learn from its trusted feeds and from what the officer keeps or drops.

Once a week is enough: what a topic learns moves slowly, and each lesson has the last weeks' entries matched again.
"""

from datetime import datetime, timedelta

from watcher.pipeline.runtime import Runtime
from watcher.store.database import Connection
from watcher.store.decisions import list_decisions
from watcher.store.entries import get_entries, list_entries
from watcher.store.profiles import save_profiles
from watcher.store.runs import get_last_run, mark_run
from watcher.topics.profile import learn_profile

EVERY = timedelta(days=7)
REACH = timedelta(weeks=12)
MOST = 4_000  # entries read


def learn_profiles(runtime: Runtime, now: datetime) -> bool:
    """Learn all profiles when the last lesson is a week old; return whether there was one."""
    with runtime.database.read() as connection:
        last = get_last_run(connection, "learn")
        if last and timedelta(0) <= now - last.started < EVERY:
            return False
        lessons = _collect(connection, runtime, now)
    profiles = tuple(learn_profile(topic, ours, others) for topic, (ours, others) in lessons.items())
    with runtime.database.write() as connection:
        save_profiles(connection, profiles)
        mark_run(connection, "learn", now, now, ok=True, detail=f"{sum(bool(p.weights) for p in profiles)} topics")
    runtime.forget_matcher()
    return True


def _collect(connection: Connection, runtime: Runtime, now: datetime) -> dict[str, tuple[list[str], list[str]]]:
    """Return for each topic the texts that are surely on it, and those of everything else."""
    entries = list_entries(connection, since=now - REACH, until=now + timedelta(days=1), limit=MOST)
    decisions = list_decisions(connection)
    lessons = {}
    for topic in runtime.catalogue.topics:
        kept = {i for one in decisions if (one.act, one.topic) == ("keep", topic.key) for i in one.entries}
        dropped = {i for one in decisions if (one.act, one.topic) == ("drop", topic.key) for i in one.entries}
        trusted = {
            feed.url
            for feed in runtime.catalogue.feeds
            if any(place.topic == topic.key and place.keep == "all" for place in feed.placements)
        }
        ours = [e.text for e in entries if (e.feed_url in trusted and e.id not in dropped) or e.id in kept]
        others = [e.text for e in entries if e.feed_url not in trusted and e.id not in kept]
        others += [entry.text for entry in get_entries(connection, dropped)]
        lessons[topic.key] = (ours, others)
    return lessons
