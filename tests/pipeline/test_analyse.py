"""`watcher analyse`: a line out for each line in, in order, whatever the lines are."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, folder, run
from watcher.model.mention import KINDS

__all__ = ["folder", "run"]

LINES = [
    json.dumps({"id": "a1", "title": "RTE raccorde un parc d'éoliennes en mer de 500 MW", "published": "2026-11-16"}),
    "not json",
    json.dumps({"id": "a2", "title": "RTE connects a 500 MW offshore wind farm", "published": "2026-11-17T08:00:00Z"}),
    json.dumps({"id": 3, "summary": "no title"}),
    json.dumps(["a", "list"]),
    json.dumps({"id": "a4", "title": "\u0000\ud83d\ude80 " + "x" * 5000, "published": "yesterday", "language": 7}),
]


@pytest.fixture
def articles(folder: Path) -> Path:
    """A file of articles, good and bad."""
    path = folder / "articles.jsonl"
    path.write_text("\n".join(LINES) + "\n\n", "utf-8")
    return path


def test_each_line_has_its_answer_in_order(run: Run, articles: Path) -> None:
    """Good lines are judged, bad ones say what is wrong with them; none costs another."""
    ended = run("analyse", str(articles))
    assert ended.code == 0, ended.err
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a1", None, "a2", 3, None, "a4"]
    assert ["error" in answer for answer in answers] == [False, True, False, True, True, False]
    assert "line 2" in answers[1]["error"]
    first = answers[0]
    assert first["language"] == "fr"
    assert {"topics", "mentions", "opportunity", "story"} <= set(first)
    text = "RTE raccorde un parc d'éoliennes en mer de 500 MW\n"
    for mention in first["mentions"]:
        assert mention["kind"] in KINDS
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_nothing_is_stored(run: Run, articles: Path, folder: Path) -> None:
    """Judging a file leaves no database behind."""
    run("analyse", str(articles))
    assert not (folder / "var").exists()
