"""The whole job over the bundled samples, through a real loopback server."""

import shutil
from datetime import UTC, datetime

from watcher.config.settings import Settings
from watcher.demo.catalogue import sample_feeds_yaml, sample_members_yaml
from watcher.demo.server import serve_samples
from watcher.digest.period import last_whole_week, next_week
from watcher.model.progress import Progress, no_progress
from watcher.model.report import EditionReport
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import open_runtime
from watcher.pipeline.steps import fetch_and_take_in

SAMPLE_NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday of 2026-W48, seven o'clock in Paris
WEEKS = 6


def run_demo(
    settings: Settings, now: datetime | None = None, *, progress: Progress = no_progress
) -> tuple[EditionReport, ...]:
    """Fetch the samples, work on them, and write the editions of their six weeks; return those of the last week.

    Files and database go into a folder of their own, so that a demo never touches real ones.
    """
    moment = now or SAMPLE_NOW
    folder = settings.data / "demo"
    shutil.rmtree(folder, ignore_errors=True)  # the samples are served on another port each time
    folder.mkdir(parents=True)
    digests = settings.digests / "demo" if settings.database_path.exists() else settings.digests
    with serve_samples(moment) as server:
        (folder / "feeds.yaml").write_text(sample_feeds_yaml(server.base_url), "utf-8")
        (folder / "members.yaml").write_text(sample_members_yaml(), "utf-8")
        own = Settings(config=folder / "feeds.yaml", data=folder, digests=digests, database_url=None)
        with open_runtime(own) as runtime:
            fetch_and_take_in(runtime, moment, force=True, progress=progress)
            last = last_whole_week(moment, runtime.catalogue.timezone)
            editions: tuple[EditionReport, ...] = ()
            for number in range(WEEKS):
                week = next_week(last, number - WEEKS + 1)
                editions = publish(runtime, moment, week=week)
                progress("Writing digests", number + 1, WEEKS)
    return editions
