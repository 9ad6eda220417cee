"""The JSON Schema that editors use says what the program accepts."""

import json
from pathlib import Path

import jsonschema
import pytest

from watcher.config.catalogue import load_catalogue
from watcher.config.reader import read_tree
from watcher.config.schema import render_schema
from watcher.config.tree import to_data

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ACCEPTED = sorted((SHARED / "hostile" / "yaml").glob("ok_*.yaml")) if SHARED.exists() else []


def _validate(text: str) -> None:
    root, faults = read_tree(text)
    assert root is not None
    assert faults == ()
    jsonschema.Draft202012Validator(json.loads(render_schema())).validate(to_data(root))


def test_schema_in_docs_is_the_generated_one() -> None:
    """docs/feeds.schema.json is what the models say today, and a valid schema."""
    assert (ROOT / "docs" / "feeds.schema.json").read_text("utf-8") == render_schema()
    jsonschema.Draft202012Validator.check_schema(json.loads(render_schema()))


def test_default_file_is_valid_under_it() -> None:
    """The feeds.yaml that ships passes, and points editors to the schema."""
    text = (ROOT / "feeds.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=docs/feeds.schema.json\n")
    _validate(text)


@pytest.mark.parametrize("text", ["topics: {a: {feeds: ['https://a.example/']}}", "topics: {a: {name: X, watch: [Y]}}"])
def test_short_forms_are_valid_under_it(text: str) -> None:
    """A feed, a watched name and a printed name may each be one text."""
    _validate(text)


@pytest.mark.parametrize("text", ["topics: {a: {feed: []}}", "topic: {}", "topics: {A: {}}", "topics: {a: {feeds: x}}"])
def test_schema_refuses_what_the_program_refuses(text: str) -> None:
    """Unknown keys, wrong types and bad topic keys are underlined while typing."""
    with pytest.raises(jsonschema.ValidationError):
        _validate(text)


@pytest.mark.skipif(not ACCEPTED, reason="the recorded files lie beside the project, not in it")
def test_recorded_good_files_are_valid_under_it() -> None:
    """Every recorded file that is accepted is valid for editors too."""
    for file in ACCEPTED:
        _validate(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))


def test_default_file_has_no_warning_and_covers_three_topics() -> None:
    """The shipped catalogue loads without noise: three topics with rules, names and feeds of their own."""
    catalogue, warnings = load_catalogue(ROOT / "feeds.yaml")
    assert warnings == ()
    assert [topic.key for topic in catalogue.topics] == ["drones", "optics", "offshore-wind"]
    assert all(topic.match.any and topic.watch for topic in catalogue.topics)
    assert len(catalogue.feeds) >= 60
    assert any(not feed.placements for feed in catalogue.feeds)
    assert not any("news.google" in feed.url or "reddit" in feed.url for feed in catalogue.feeds)
