"""Six weeks lived one by one: what a cluster sees when the watch runs for real."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes import SilentAnnotator
from watcher.config.settings import Settings
from watcher.demo.catalogue import sample_feeds_yaml
from watcher.demo.server import serve_samples
from watcher.digest.period import last_whole_week
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime, load_files
from watcher.pipeline.steps import fetch_and_take_in
from watcher.store.database import open_database
from watcher.store.editions import get_printed, list_editions
from watcher.store.entries import count_entries

MONDAYS = tuple(datetime(2026, 10, 19, 6, tzinfo=UTC) + timedelta(weeks=week) for week in range(6))


def make_runtime(folder: Path) -> Runtime:
    """Open a runtime on the sample configuration in ``folder``, without entity models."""
    settings = Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")
    catalogue, members, warnings = load_files(settings)
    database = open_database(settings.database_path)
    return Runtime(settings, catalogue, database, members=members, warnings=warnings, annotator=SilentAnnotator())


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    """An archive fetched and published every Monday for six weeks."""
    folder = tmp_path_factory.mktemp("weeks")
    with serve_samples(MONDAYS[0]) as server:
        (folder / "feeds.yaml").write_text(sample_feeds_yaml(server.base_url), "utf-8")
        runtime = make_runtime(folder)
        for monday in MONDAYS:
            server.move_to(monday)
            fetch_and_take_in(runtime, monday, force=True)
            publish(runtime, monday, week=last_whole_week(monday, "Europe/Paris"))
            again = fetch_and_take_in(runtime, monday, force=True)
            assert again.new == 0
    return runtime


def test_weekly_fetches_store_what_one_fetch_stores(lived: Runtime) -> None:
    """Changed guids, redirects and re-polls make no duplicate over six weeks."""
    with lived.database.read() as connection:
        assert count_entries(connection) == 243


def test_nothing_is_printed_twice(lived: Runtime) -> None:
    """Each article is printed in at most one of the six editions of a topic."""
    with lived.database.read() as connection:
        for topic in lived.catalogue.topics:
            weeks = [row.week for row in list_editions(connection, topic=topic.key) if row.language == "fr"]
            printed = [entry for week in weeks for entry in get_printed(connection, topic.key, week)]
            assert len(printed) == len(set(printed))
            assert len(printed) > 20


def test_the_first_edition_is_not_flooded(lived: Runtime) -> None:
    """The first fetch brings a backlog; the first edition holds its own week and no more."""
    with lived.database.read() as connection:
        for topic in lived.catalogue.topics:
            first = min(row.week for row in list_editions(connection, topic=topic.key))
            assert len(get_printed(connection, topic.key, first)) < 40
