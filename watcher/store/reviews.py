"""An editor's word on a week: notes that its editions carry, and leave to send them."""

from datetime import datetime

from sqlalchemy import Connection, select

from watcher.model.edition import Week
from watcher.store.dialect import insert
from watcher.store.rows import clean
from watcher.store.schema import review

ALL = ""  # stands for every topic, and for every language


def save_note(c: Connection, week: Week, note: str, *, topic: str = ALL, language: str = ALL) -> None:
    """Keep a note for a week's editions, of one topic or language or of all; an empty one takes it back."""
    _save(c, week, topic, language, {"note": clean(note)})


def mark_approved(c: Connection, week: Week, now: datetime, *, by: str = "") -> None:
    """Give leave to send a week's editions."""
    _save(c, week, ALL, ALL, {"approved_at": now, "approved_by": clean(by)})


def _save(c: Connection, week: Week, topic: str, language: str, values: dict[str, object]) -> None:
    key = {"week": str(week), "topic": topic, "language": language}
    fresh = {"note": "", "approved_by": "", **values}
    c.execute(insert(review).values(**key, **fresh).on_conflict_do_update(index_elements=list(key), set_=values))


def get_note(c: Connection, week: Week, topic: str, language: str) -> str:
    """Return the note for one edition: the most particular there is, else an empty text."""
    query = select(review).where(
        review.c.week == str(week), review.c.topic.in_((ALL, topic)), review.c.language.in_((ALL, language))
    )
    rows = [row for row in c.execute(query) if row.note]
    return max(rows, key=lambda row: (bool(row.topic), bool(row.language))).note if rows else ""


def get_approval(c: Connection, week: Week) -> datetime | None:
    """Return when a week was approved for sending, None when it was not."""
    query = select(review.c.approved_at).where(
        review.c.week == str(week), review.c.topic == ALL, review.c.language == ALL
    )
    found: datetime | None = c.scalar(query)
    return found
