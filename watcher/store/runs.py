"""Which job ran when and how it ended: what catching up after downtime and `watcher doctor` read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from watcher.store.dialect import insert
from watcher.store.rows import clean
from watcher.store.schema import run

KEPT = 500  # runs of a job: a month of fetches every two hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a job; ``detail`` is a sentence."""

    job: str
    started: datetime
    finished: datetime
    ok: bool
    detail: str


def mark_run(
    c: Connection,
    job: str,
    started: datetime,
    finished: datetime,
    ok: bool,  # noqa: FBT001 - the outcome is what is marked
    detail: str = "",
) -> None:
    """Record a run and forget the oldest of that job."""
    c.execute(insert(run).values(job=job, started=started, finished=finished, ok=ok, detail=clean(detail)))
    kept = select(run.c.id).where(run.c.job == job).order_by(run.c.id.desc()).limit(KEPT)
    c.execute(delete(run).where(run.c.job == job, run.c.id.not_in(kept)))


def get_last_run(c: Connection, job: str, *, ok: bool | None = None, until: datetime | None = None) -> Run | None:
    """Return the run of a job recorded last: of all, or of those that went well or badly, or began by ``until``."""
    query = select(run).where(run.c.job == job).order_by(run.c.id.desc()).limit(1)
    if ok is not None:
        query = query.where(run.c.ok == ok)
    if until is not None:
        query = query.where(run.c.started <= until)
    row = c.execute(query).first()
    return _to_run(row) if row else None


def list_runs(c: Connection, *, job: str | None = None, limit: int = 20) -> tuple[Run, ...]:
    """Return the last runs, newest first."""
    query = select(run).order_by(run.c.started.desc(), run.c.id.desc()).limit(limit)
    if job is not None:
        query = query.where(run.c.job == job)
    return tuple(_to_run(row) for row in c.execute(query))


def _to_run(row: Row[Any]) -> Run:
    return Run(job=row.job, started=row.started, finished=row.finished, ok=row.ok, detail=row.detail)
