"""How well opportunities are read: detection, kind and date, over the authored cases or any file of that form.

    python benchmarks/opportunities.py [FILE.jsonl]

A line of the file has ``title``, ``summary``, ``published`` and ``expected`` or ``opportunity`` (null, or an object
with ``kind`` and ``date``; ``date_in_text`` false: the date is not asked for). Exits with 1 below the floors.
"""

import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from watcher.model.entry import Entry
from watcher.opportunities.detect import detect_opportunity

CASES = Path(__file__).parents[1] / "tests" / "opportunities" / "data" / "authored.jsonl"
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
F1_FLOOR, KIND_FLOOR, DATE_FLOOR = 0.95, 0.95, 0.98


def read(number: int, item: dict[str, Any]) -> dict[str, str | None] | None:
    """Return kind and date of what an item announces, closed notices left out."""
    when = datetime.fromisoformat(item["published"]) if item.get("published") else UNDATED
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    entry = Entry(
        id=number, feed_url="", title=item["title"], url=None, summary=item.get("summary") or "",
        published=when, first_seen=when, digest_at=when,
    )  # fmt: skip
    found = detect_opportunity(entry, None)
    if found is None or found.status == "closed":
        return None
    day = found.start if found.kind == "event" else found.deadline
    return {"kind": found.kind, "date": str(day or found.month or "") or None}


def count(items: list[dict[str, Any]]) -> Counter[str]:
    """Return hits, misses, false alarms, kinds and dates right, and dates invented."""
    counts: Counter[str] = Counter()
    for number, item in enumerate(items):
        wanted, found = item.get("expected", item.get("opportunity")), read(number, item)
        if wanted and wanted.get("status") == "closed":
            wanted = None
        if not wanted or not found:
            counts["false" if found else "missed" if wanted else "none"] += 1
            counts["invented"] += bool(found and found["date"])
            continue
        counts["hits"] += 1
        counts["kind"] += bool(wanted.get("any_kind")) or found["kind"] == wanted["kind"]
        is_asked = wanted.get("date_in_text", True) and not wanted.get("any_date")
        counts["dated"] += bool(is_asked and wanted["date"])
        counts["date"] += bool(is_asked and wanted["date"] and found["date"] == wanted["date"])
        counts["invented"] += bool(is_asked and found["date"] and found["date"] != wanted["date"])
    return counts


def main() -> int:
    """Print the figures and say whether they hold."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    start = time.perf_counter()
    counts = count(items)
    seconds = time.perf_counter() - start
    hits, dated = counts["hits"], counts["dated"]
    precision, recall = hits / max(1, hits + counts["false"]), hits / max(1, hits + counts["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    kind, date = counts["kind"] / max(1, hits), counts["date"] / max(1, dated)
    print(f"{len(items)} items in {seconds:.1f} s: detection P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(f"kind {counts['kind']}/{hits}, date {counts['date']}/{dated}, dates invented {counts['invented']}")
    return 0 if f1 >= F1_FLOOR and kind >= KIND_FLOOR and date >= DATE_FLOOR and not counts["invented"] else 1


if __name__ == "__main__":
    sys.exit(main())
