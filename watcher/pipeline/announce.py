"""Tell chat channels that an edition is out: once for each edition and channel, tried again when a service was away."""

from collections.abc import Callable
from datetime import datetime, timedelta

from watcher.deliver.notify import make_notice, notify_channel
from watcher.digest.period import last_whole_week
from watcher.digest.to_json import from_json
from watcher.errors import DeliveryError
from watcher.log import get_log
from watcher.model.catalogue import Channel
from watcher.model.edition import Week
from watcher.pipeline.deliver import is_ready
from watcher.pipeline.runtime import Runtime
from watcher.store.editions import get_edition
from watcher.store.runs import get_last_run, mark_run

AGAIN = timedelta(hours=1)  # between two tries
PATIENCE = timedelta(days=2)  # after which an edition is no longer announced

Notify = Callable[[Channel, str, str], None]


def announce(runtime: Runtime, now: datetime, *, notify: Notify = notify_channel) -> int:
    """Announce the last whole week's editions on every channel that has not heard of them; return how many."""
    week = last_whole_week(now, runtime.catalogue.timezone)
    if not runtime.catalogue.channels:
        return 0
    with runtime.database.read() as connection:
        if is_ready(connection, runtime, week, now):
            return 0
    told = 0
    for channel in runtime.catalogue.channels:
        for topic in channel.topics or tuple(topic.key for topic in runtime.catalogue.topics):
            told += _announce_one(runtime, channel, topic, week, now, notify)
    return told


def _announce_one(runtime: Runtime, channel: Channel, topic: str, week: Week, now: datetime, notify: Notify) -> bool:
    job = f"announce {channel.env} {topic} {week}"
    with runtime.database.read() as connection:
        last = get_last_run(connection, job)
        stored = get_edition(connection, topic, week, channel.language)
    if stored is None or (last and (last.ok or now - last.started < AGAIN)):
        return False
    if stored.row.written_at is None or now - stored.row.written_at > PATIENCE:
        return False
    title, body = make_notice(from_json(stored.edition_json), runtime.catalogue.cluster.url)
    try:
        notify(channel, title, body)
        error = None
    except DeliveryError as failure:
        error = str(failure)
        get_log("announce").warning("not announced", channel=channel.env, topic=topic, reason=error)
    with runtime.database.write() as connection:
        mark_run(connection, job, now, now, ok=error is None, detail=error or "announced")
    return error is None
