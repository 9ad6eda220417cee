"""How the watch has fared, read from the archive: what somebody who left it alone for a month wants to know.

A finding is a fault only where a person has something to mend: one feed that fails is news for `watcher feeds`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from watcher.model.catalogue import Catalogue
from watcher.model.report import Check
from watcher.store.database import Connection
from watcher.store.editions import list_editions
from watcher.store.health import list_feed_health
from watcher.store.outbox import list_deliveries
from watcher.store.runs import get_last_run

LATE = timedelta(days=2)
LATELY = timedelta(weeks=4)


def list_findings(connection: Connection, catalogue: Catalogue, now: datetime) -> tuple[Check, ...]:
    """Return what there is to say of clocks, rounds, feeds, editions and mails."""
    return (
        *_clocks(connection, catalogue, now),
        *_rounds(connection, catalogue, now),
        *_feeds(connection, now),
        *_editions(connection, catalogue),
        *_mails(connection, now),
    )


def _clocks(connection: Connection, catalogue: Catalogue, now: datetime) -> Iterator[Check]:
    zone = catalogue.timezone
    yield Check(name="time zone", ok=True, detail=f"{zone}, where it is {now.astimezone(ZoneInfo(zone)):%A %H:%M}")
    last = get_last_run(connection, "clock")
    if last and now - last.started < LATELY:
        hint = "" if last.ok else ": set it; editions and mails go by theirs until then"
        words = f"this machine's clock was {'right, ' if last.ok else ''}{last.detail}{hint}"
        yield Check(name="servers' clocks", ok=last.ok, detail=f"on {last.finished:%Y-%m-%d} {words}")


def _rounds(connection: Connection, catalogue: Catalogue, now: datetime) -> Iterator[Check]:
    last = get_last_run(connection, "fetch")
    if last is None:
        yield Check(name="last fetch", ok=True, detail="`watcher run` has not fetched yet")
        return
    is_late = now - last.started > LATE and bool(catalogue.feeds)
    hint = "; is `watcher run` up?" if is_late else ""
    yield Check(name="last fetch", ok=not is_late, detail=f"{last.started:%Y-%m-%d %H:%M} UTC, {last.detail}{hint}")


def _feeds(connection: Connection, now: datetime) -> Iterator[Check]:
    health = [item for item in list_feed_health(connection, now) if item.status not in {"inactive", "new"}]
    if not health:
        return
    troubled = Counter(str(item.status) for item in health if item.status != "ok")
    answered = max((item.last_success for item in health if item.last_success), default=None)
    since = f"the last answered {answered:%Y-%m-%d %H:%M} UTC" if answered else "none has ever answered"
    is_deaf = troubled["failing"] + troubled["gone"] == len(health)
    words = ", ".join(f"{count} {status}" for status, count in sorted(troubled.items())) or "all well"
    hint = f"; {since}{': is there a network?' if is_deaf else ''}"
    more = ": `watcher feeds` says why" if troubled else ""
    yield Check(name="feeds", ok=not is_deaf, detail=f"{len(health)} asked, {words}{more}{hint}")


def _editions(connection: Connection, catalogue: Catalogue) -> Iterator[Check]:
    rows = list_editions(connection)
    if not rows:
        yield Check(name="last edition", ok=True, detail="none has been written yet")
        return
    newest = rows[0].week
    unwritten = [row for row in rows if row.state != "written" and row.topic in {one.key for one in catalogue.topics}]
    for week in sorted({row.week for row in unwritten}, reverse=True)[:3]:
        detail = f"{week} was composed and is not whole on the disk: `watcher digest --week {week}` writes it"
        yield Check(name="edition", ok=False, detail=detail)
    written = max((row.written_at for row in rows if row.week == newest and row.written_at), default=None)
    when = f", written {written:%Y-%m-%d %H:%M} UTC" if written else ""
    yield Check(name="last edition", ok=True, detail=f"{newest}{when}")


def _mails(connection: Connection, now: datetime) -> Iterator[Check]:
    recent = [mail for mail in list_deliveries(connection) if now - mail.queued_at < LATELY]
    if not recent:
        return
    counts = Counter(str(mail.state) for mail in recent)
    is_troubled = bool(counts["failed"] + counts["unknown"])
    words = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    hint = ": `watcher deliver status` says why" if is_troubled else ""
    yield Check(name="mails", ok=not is_troubled, detail=f"in four weeks {words}{hint}")
