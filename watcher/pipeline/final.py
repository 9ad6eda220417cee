"""Which editions may go out: one written while its week was still under way is a preview, and is written again.

A week ends in the zone that its edition was composed for: a zone changed in ``feeds.yaml`` afterwards does not make a
preview of it. One written in the future is of a clock that was wrong.
"""

from datetime import UTC, datetime

from watcher.digest.period import week_bounds
from watcher.pipeline.clock import CLOCK_STEP
from watcher.store.database import Connection
from watcher.store.editions import EditionRow, get_edition


def is_final(connection: Connection, row: EditionRow, zone: str, now: datetime) -> bool:
    """Say whether an edition is on the disk and was written after its week had ended; ``zone`` is that of today."""
    if row.state != "written" or row.written_at is None or row.written_at > now + CLOCK_STEP:
        return False
    return row.written_at >= week_bounds(row.week, zone)[1] or row.written_at >= _own_end(connection, row)


def _own_end(connection: Connection, row: EditionRow) -> datetime:
    from watcher.digest.to_json import from_json  # noqa: PLC0415 - a round without editions stays quick

    stored = get_edition(connection, row.topic, row.week, row.language)
    return from_json(stored.edition_json).composed_for if stored else datetime.max.replace(tzinfo=UTC)
