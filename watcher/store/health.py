"""How each feed fares, in words: failing, silent against its own rhythm, gone, or well.

A feed is silent only when its pause is longer than two weeks, than four usual gaps and than one and a half
times the longest pause it ever took: a quarterly letter is not reported every month.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, func, literal, select

from watcher.model.feed import FeedHealth, FeedState
from watcher.store.feed_state import load_state
from watcher.store.names import publisher_of
from watcher.store.plain import seconds
from watcher.store.rows import LONG_AGO, UtcTime
from watcher.store.schema import entry, feed, printed

RHYTHM_DAYS = 90
LOOK_BACK = 30  # entries: half a year of a weekly feed, seven of a quarterly one
PAUSES = timedelta(days=400)  # how far back a long pause excuses another: one forgotten page of 2019 does not
SHORTEST_SILENCE = timedelta(days=14)
UNKNOWN_SILENCE = timedelta(days=90)  # for a feed too young to have a rhythm
Status = Literal["ok", "new", "failing", "silent", "gone", "inactive"]


@dataclass(frozen=True, slots=True)
class _Pulse:
    """When a feed published, as far as its silence is judged by."""

    last: datetime | None
    rhythm: float | None  # seconds
    longest: float  # seconds

    @property
    def patience(self) -> timedelta:
        """Return how long a pause may be before it is a silence."""
        if self.rhythm is None:
            return UNKNOWN_SILENCE
        return max(SHORTEST_SILENCE, timedelta(seconds=4 * self.rhythm), timedelta(seconds=1.5 * self.longest))


def list_feed_health(c: Connection, now: datetime) -> tuple[FeedHealth, ...]:
    """Return the health of every feed, inactive ones last."""
    pulses = _list_pulses(c, now)
    entries = _count(c, select(entry.c.feed_id, func.count()).group_by(entry.c.feed_id))
    once = select(printed.c.entry_id).distinct().subquery()
    in_print = _count(
        c,
        select(entry.c.feed_id, func.count())
        .select_from(once)
        .join(entry, entry.c.id == once.c.entry_id)
        .group_by(entry.c.feed_id),
    )
    rows = c.execute(select(feed).order_by(feed.c.inactive_since.is_not(None), feed.c.id))
    return tuple(
        _judge(row, pulses.get(row.id, _Pulse(None, None, 0.0)), entries.get(row.id, 0), in_print.get(row.id, 0), now)
        for row in rows
    )


def median_gap(times: list[int]) -> float | None:
    """Return the median difference between neighbours of sorted ``times`` (seconds), None with fewer than three."""
    return median(late - early for early, late in pairwise(times)) if len(times) > 2 else None


def _count(c: Connection, query: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in c.execute(query)}


def _list_pulses(c: Connection, now: datetime) -> dict[int, _Pulse]:
    """Look at the last entries of each feed only, so that the cost does not grow with the archive."""
    other = entry.alias()
    newest = select(other.c.at).where(other.c.feed_id == feed.c.id, other.c.at <= now).order_by(other.c.at.desc())
    oldest_seen = func.coalesce(
        newest.limit(1).offset(LOOK_BACK - 1).correlate(feed).scalar_subquery(), literal(LONG_AGO, UtcTime())
    )
    recent = and_(entry.c.feed_id == feed.c.id, entry.c.at >= oldest_seen, entry.c.at <= now)
    query = select(feed.c.id, entry.c.at).select_from(feed).join(entry, recent).order_by(feed.c.id, entry.c.at)
    times: dict[int, list[datetime]] = defaultdict(list)
    for feed_id, at in c.execute(query):
        times[feed_id].append(at)
    return {feed_id: _pulse(found) for feed_id, found in times.items()}


def _pulse(times: list[datetime]) -> _Pulse:
    """Take the rhythm up to the last entry: a feed that stopped months ago had one."""
    last = times[-1]
    recent = [seconds(at) for at in times if at >= last - timedelta(days=RHYTHM_DAYS)]
    year = [at for at in times if at >= last - PAUSES]
    gaps = [(late - early).total_seconds() for early, late in pairwise(year)]
    return _Pulse(
        last,
        median_gap(recent) if len(recent) > 2 else median_gap([seconds(at) for at in times]),
        max(gaps, default=0.0),
    )


def _judge(row: Row[Any], pulse: _Pulse, entries: int, in_print: int, now: datetime) -> FeedHealth:
    state = load_state(row)
    status, since, detail = _status(row, state, pulse, now)
    return FeedHealth(
        url=row.url,
        name=publisher_of(row.name, row.title, row.url),
        topics=row.topics,
        status=status,
        since=since,
        detail=detail,
        last_success=state.last_success,
        last_new=state.last_new,
        next_due=state.next_due,
        rhythm_days=None if pulse.rhythm is None else round(pulse.rhythm / 86400, 2),
        entries=entries,
        printed=in_print,
        moved_to=state.proposed_move,
    )


def _status(
    row: Row[Any], state: FeedState, pulse: _Pulse, now: datetime
) -> tuple[Status, datetime | None, str | None]:
    if row.inactive_since:
        return "inactive", row.inactive_since, "No longer in feeds.yaml; its articles are kept."
    if state.gone_at:
        return (
            "gone",
            state.gone_at,
            f"The publisher ended this feed on {state.gone_at:%Y-%m-%d} (410): remove it, or find its new address.",
        )
    if state.failures:
        return "failing", state.error_since or state.last_attempt, state.error
    if state.last_success is None:
        return "new", row.added_at, "Not fetched yet."
    if pulse.last is None:
        return _judge_empty(row, state, now)
    if now - pulse.last > pulse.patience:
        days = (now - pulse.last).days
        usual = "" if pulse.rhythm is None else f"; it used to publish every {max(pulse.rhythm / 86400, 0.1):.1f} days"
        return "silent", pulse.last, f"Nothing new for {days} days{usual}."
    return "ok", None, state.warning


def _judge_empty(row: Row[Any], state: FeedState, now: datetime) -> tuple[Status, datetime | None, str | None]:
    if now - row.added_at > UNKNOWN_SILENCE:
        return "silent", row.added_at, f"Never held an article in {(now - row.added_at).days} days."
    return "ok", None, state.warning or "The feed is readable and holds no article yet."
