"""The main job, end to end, over a real loopback server: the promises of the product."""

import json
from collections import defaultdict
from pathlib import Path

from tests.flow.conftest import Demo
from watcher.digest.period import next_week, parse_week
from watcher.model.edition import Week
from watcher.pipeline.demo import SAMPLE_NOW
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime
from watcher.store.editions import get_printed, list_editions
from watcher.store.entries import count_entries, get_entries
from watcher.store.stories import list_stories

LAST = parse_week("2026-W47")
WEEKS = tuple(next_week(LAST, -ago) for ago in range(5, -1, -1))
TOPICS = ("drones", "optics", "offshore-wind")


def test_every_edition_has_all_its_files(demo: Demo) -> None:
    """Three topics in two languages, each as Markdown, page and JSON, with feed, agenda and archive."""
    assert {(report.topic, report.language) for report in demo.editions} == {
        (topic, language) for topic in TOPICS for language in ("fr", "en")
    }
    for report in demo.editions:
        assert {Path(path).suffix for path in report.files} >= {".md", ".html", ".json", ".xml", ".ics"}
        assert all(Path(path).stat().st_size > 200 for path in report.files)
    assert (demo.digests / "index.html").read_text("utf-8").count("2026-W4") >= 36


def test_nothing_is_lost(runtime: Runtime) -> None:
    """Every sample article is stored, those of the ill-formed and of the undated feed too."""
    with runtime.database.read() as connection:
        assert count_entries(connection) == 243


def test_an_article_is_printed_in_one_week_only(runtime: Runtime) -> None:
    """Over six weeks of a topic no article is printed twice."""
    with runtime.database.read() as connection:
        for topic in TOPICS:
            seen: dict[int, Week] = {}
            for week in WEEKS:
                for entry in get_printed(connection, topic, week):
                    assert entry not in seen, (topic, entry, seen.get(entry), week)
                    seen[entry] = week
            assert len(seen) > 30


def test_the_same_archive_gives_the_same_bytes(demo: Demo, runtime: Runtime) -> None:
    """Publishing a week again changes no file."""
    before = {path: path.read_bytes() for path in demo.digests.rglob("*") if path.is_file()}
    for week in WEEKS:
        publish(runtime, SAMPLE_NOW, week=week)
    after = {path: path.read_bytes() for path in demo.digests.rglob("*") if path.is_file()}
    assert after == before


def test_one_event_in_two_languages_is_one_story(runtime: Runtime) -> None:
    """The first power of Belle-Onde is told by French and English papers, and stands once."""
    with runtime.database.read() as connection:
        for story in list_stories(connection, topic="offshore-wind"):
            entries = get_entries(connection, story.members)
            if any("Belle-Onde Sends First Power" in entry.title for entry in entries):
                assert {entry.language for entry in entries} == {"fr", "en"}
                assert len({entry.publisher for entry in entries}) >= 3
                return
    raise AssertionError("the story is missing")


def test_a_story_comes_back_with_what_changed(demo: Demo) -> None:
    """What was printed before returns under Suites, with the week it was printed in and what is new."""
    suites = defaultdict(list)
    for path in sorted(demo.digests.glob("2026-W*/*.fr.json")):
        edition = json.loads(path.read_text("utf-8"))
        for item in edition["follow_ups"]:
            assert item["changed"], item["headline"]
            assert item["last_printed"]
            suites[path.name].append(item["headline"])
    assert sum(map(len, suites.values())) >= 1


def test_a_later_event_of_an_affair_says_what_it_follows(demo: Demo) -> None:
    """Over the six weeks, at least five stories that were never printed go on from one that was, by its headline."""
    found = set()
    for path in sorted(demo.digests.glob("2026-W*/*.fr.json")):
        edition = json.loads(path.read_text("utf-8"))
        for item in (*edition["top"], *edition["follow_ups"]):
            if item["last_printed"] and item["changed"][0].startswith("suite de «"):
                found.add(item["headline"])
    assert len(found) >= 5


def test_broken_and_silent_feeds_are_named(demo: Demo) -> None:
    """The drones digest says which feeds need attention."""
    text = (demo.digests / "2026-W47" / "drones.fr.md").read_text("utf-8")
    assert "Revue des drones du Sud" in text
    assert "Carnet de vol" in text


def test_off_topic_articles_are_not_printed(demo: Demo) -> None:
    """Homonyms of the topics' words stay out of the digests."""
    printed = "\n".join(path.read_text("utf-8") for path in demo.digests.glob("2026-W*/*.md"))
    for words in ("opticien", "sèche-cheveux", "hair dryer"):
        assert words not in printed.lower()


def test_editions_are_recorded_as_written(runtime: Runtime) -> None:
    """Once its files are on disk, no edition waits to be written."""
    with runtime.database.read() as connection:
        rows = list_editions(connection)
    assert len(rows) == 36
    assert {row.state for row in rows} == {"written"}


def test_one_tender_in_two_languages_is_one_card(demo: Demo) -> None:
    """The South Atlantic tender is one card, under a title in the edition's language that names no day of the past."""
    for week in ("2026-W42", "2026-W46", "2026-W47"):
        for language, title in (("fr", "sud-atlantique"), ("en", "South Atlantic")):
            edition = json.loads((demo.digests / week / f"offshore-wind.{language}.json").read_text("utf-8"))
            found = [item["card"]["opportunity"] for item in edition["opportunities"]]
            about = [one for one in found if "atlanti" in one["title"].lower()]
            assert [title in one["title"] for one in about] == [True], (week, language)
            assert about[0]["deadline"] == ("2027-01-29" if week == "2026-W42" else "2027-02-26")
            assert week == "2026-W42" or "janvier" not in about[0]["title"]
