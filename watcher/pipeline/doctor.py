"""Look at everything a run depends on, and say what to mend."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata

from watcher import __version__
from watcher.clock import utc_now
from watcher.config.settings import Settings
from watcher.errors import ConfigError, StoreError, describe_problem
from watcher.fetch.agent import contact_warning
from watcher.model.catalogue import Catalogue
from watcher.model.report import Check
from watcher.nlp.annotator import Annotator
from watcher.pipeline.condition import list_findings
from watcher.pipeline.runtime import load_files
from watcher.store.database import open_database
from watcher.store.work import count_all

LIBRARIES = ("feedparser", "httpx2", "spacy", "apscheduler", "sqlalchemy")
ROOM = 500_000_000  # bytes free below which a year of feeds may not fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """Checks in words, and what the archive holds."""

    checks: tuple[Check, ...]
    counts: dict[str, int]


def examine(settings: Settings, now: datetime) -> Examination:
    """Return every check; a broken file or database is a finding, not an error."""
    checks = [*_versions(), *_pipelines(), *_digests(settings), _clock(now)]
    counts = {"feeds": 0, "entries": 0, "stories": 0, "editions": 0}
    try:
        catalogue, _, warnings = load_files(settings)
        unreachable = contact_warning(catalogue.cluster)
        checks.append(
            Check(name="contact", ok=True, detail=unreachable or f"publishers see {catalogue.cluster.contact}")
        )
        note = f"{len(catalogue.topics)} topics, {len(catalogue.feeds)} feeds, {len(warnings)} warnings"
        checks.append(Check(name="feeds.yaml", ok=True, detail=note))
    except ConfigError as error:
        checks.append(Check(name="feeds.yaml", ok=False, detail=describe_problem(error.problems[0])))
        catalogue = Catalogue()
    try:
        database = open_database(settings.database_path, settings.database_url)
    except StoreError as error:
        checks += [Check(name="database", ok=False, detail=str(error)), _disk(settings)]
        return Examination(checks=tuple(checks), counts=counts)
    try:
        checks += database.check()
        with database.read() as connection:
            checks += list_findings(connection, catalogue, now)
            counts = count_all(connection)
    finally:
        database.close()
    return Examination(checks=tuple(checks), counts=counts)


def _versions() -> Iterator[Check]:
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    yield Check(
        name="versions", ok=True, detail=f"watcher {__version__}, Python {platform.python_version()}, {libraries}"
    )
    if sys.version_info < (3, 11, 9):
        yield Check(
            name="python",
            ok=True,
            detail="this Python lacks security fixes of later releases of its line; upgrade when you can",
        )


def _pipelines() -> Iterator[Check]:
    missing = Annotator().missing_models()
    for finding in missing:
        yield Check(name=f"pipeline {finding.language}", ok=False, detail=str(finding))
    if not missing:
        yield Check(name="pipelines", ok=True, detail="French and English are installed")


def _disk(settings: Settings) -> Check:
    folder = settings.data if settings.data.exists() else settings.data.absolute().parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(name="disk", ok=False, detail=f"{folder} cannot be read: {error.strerror}")
    return Check(name="disk", ok=free > ROOM, detail=f"{free / 1e9:.1f} GB free in {folder}")


def _digests(settings: Settings) -> Iterator[Check]:
    folder = next((one for one in (settings.digests, *settings.digests.absolute().parents) if one.exists()), None)
    if folder is None or not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield Check(name="digests", ok=False, detail=f"{settings.digests} cannot be written: give it to this user")


def _clock(now: datetime) -> Check:
    drift = abs(utc_now() - now)
    note = "" if drift < timedelta(minutes=5) else " (set by --now)"
    return Check(name="clock", ok=now.year >= 2024, detail=f"{now:%Y-%m-%d %H:%M} UTC{note}")
