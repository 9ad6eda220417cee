"""Annotation in the job: what a topic could print, never twice, and entities later where a pipeline was missing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes import MissingAnnotator, SilentAnnotator
from watcher.config.settings import Settings
from watcher.model.entry import ParsedEntry, ParsedFeed
from watcher.pipeline.annotate import annotate_new
from watcher.pipeline.curate import decide
from watcher.pipeline.group import group_new
from watcher.pipeline.learn import learn_profiles
from watcher.pipeline.runtime import Runtime, load_files
from watcher.store.annotations import get_annotations
from watcher.store.database import Database, open_database
from watcher.store.entries import save_entries
from watcher.store.feeds import list_feed_states, sync_feeds
from watcher.store.profiles import list_profiles
from watcher.store.work import get_matches

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FILE = """
feeds: [https://press.example/rss]
topics:
  wind:
    match: {any: [éolien en mer, offshore wind]}
    feeds: [https://wind.example/rss]
"""


class House:
    """A database with two feeds: one trusted for wind, one shared."""

    def __init__(self, folder: Path) -> None:
        (folder / "feeds.yaml").write_text(FILE, "utf-8")
        self.settings = Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")
        self.catalogue, _, _ = load_files(self.settings)
        self.database: Database = open_database(self.settings.database_path)
        with self.database.write() as connection:
            sync_feeds(connection, self.catalogue.feeds, NOW)
            self.feeds = {state.url: state.id for state in list_feed_states(connection)}

    def runtime(self, annotator: SilentAnnotator) -> Runtime:
        """Return a runtime with ``annotator`` in its seam."""
        return Runtime(self.settings, self.catalogue, self.database, annotator=annotator)

    def store(self, feed: str, *titles: str) -> tuple[int, ...]:
        """Store entries with these titles."""
        entries = tuple(
            ParsedEntry(keys=(title,), title=title, url=None, language="fr", published=NOW - timedelta(hours=index))
            for index, title in enumerate(titles)
        )
        with self.database.write() as connection:
            parsed = ParsedFeed(format="rss20", language="fr", entries=entries)
            return save_entries(connection, self.feeds[feed], parsed, NOW).new


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of its own for each test."""
    made = House(tmp_path)
    yield made
    made.database.close()


SHARED, TRUSTED = "https://press.example/rss", "https://wind.example/rss"


def test_only_what_a_topic_could_print_is_annotated(house: House) -> None:
    """An entry of a shared feed without a term of any topic costs no annotation."""
    house.store(SHARED, "Un match de football à Lens", "Éolien en mer : un parc au large de Fécamp")
    annotator = SilentAnnotator()
    assert annotate_new(house.runtime(annotator), NOW) == 2
    assert [text.strip() for text in annotator.texts] == ["Éolien en mer : un parc au large de Fécamp"]


def test_the_same_text_is_never_annotated_twice(house: House) -> None:
    """Running again, and a copy of a text in another feed, annotate nothing."""
    house.store(TRUSTED, "Un parc au large de Fécamp")
    annotator = SilentAnnotator()
    annotate_new(house.runtime(annotator), NOW)
    annotate_new(house.runtime(annotator), NOW)
    house.store(TRUSTED, "Un autre parc")
    annotate_new(house.runtime(annotator), NOW)
    assert len(annotator.texts) == 2


def test_a_missing_pipeline_costs_entities_and_nothing_else(house: House) -> None:
    """Without its pipeline an entry is matched by rules; the first run that has it fills the entities in."""
    ids = house.store(TRUSTED, "Éolien en mer : un parc au large de Fécamp")
    annotate_new(house.runtime(MissingAnnotator()), NOW)
    with house.database.read() as connection:
        assert [match.topic for match in get_matches(connection, ids)[ids[0]]] == ["wind"]
        assert get_annotations(connection, ids) == {}
    annotate_new(house.runtime(SilentAnnotator()), NOW)
    with house.database.read() as connection:
        assert get_annotations(connection, ids)[ids[0]].model == "silent"


def test_a_topic_learns_from_its_trusted_feed_once_a_week(house: House) -> None:
    """Enough entries of a trusted feed against a background teach a topic; a second lesson waits a week."""
    words = ("monopieu", "fondation", "nacelle", "raccordement", "turbine")
    house.store(TRUSTED, *(f"Une {words[n % 5]} et une {words[(n + 1) % 5]} numéro {n}" for n in range(40)))
    house.store(SHARED, *(f"Le football et la cuisine de saison, page {n}" for n in range(40)))
    runtime = house.runtime(SilentAnnotator())
    annotate_new(runtime, NOW)
    assert learn_profiles(runtime, NOW)
    assert not learn_profiles(runtime, NOW + timedelta(days=1))
    with house.database.read() as connection:
        (profile,) = list_profiles(connection)
    assert profile.documents == 40
    assert profile.weights


def test_a_drop_is_a_lesson(house: House) -> None:
    """What the officer drops from a topic is not learnt as an example of it."""
    ids = house.store(TRUSTED, *(f"Une turbine numéro {n}" for n in range(30)))
    runtime = house.runtime(SilentAnnotator())
    annotate_new(runtime, NOW)
    group_new(runtime, NOW)
    decide(runtime, "drop", (str(ids[0]),), NOW, topic="wind")
    learn_profiles(runtime, NOW)
    with house.database.read() as connection:
        (profile,) = list_profiles(connection)
    assert profile.documents == 29
