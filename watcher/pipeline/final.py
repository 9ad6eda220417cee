"""Which editions may go out: one written while its week was still under way is a preview, and is written again."""

from watcher.digest.period import week_bounds
from watcher.store.editions import EditionRow


def is_final(row: EditionRow, zone: str) -> bool:
    """Say whether an edition is on the disk and was written after its week had ended."""
    return row.state == "written" and row.written_at is not None and row.written_at >= week_bounds(row.week, zone)[1]
