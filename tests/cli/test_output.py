"""What commands print: nothing that a terminal would obey, whatever a feed puts into it."""

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run
from watcher.cli.output import Console, as_json, write

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@given(st.text())
def test_no_text_moves_the_cursor(text: str) -> None:
    """OUT-08: of any text only line ends, tabs and visible characters reach the terminal."""
    stream = io.StringIO()
    write(stream, text)
    assert not OBEYED.search(stream.getvalue())
    stream.getvalue().encode()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same_in_other_letters(text: str) -> None:
    """OUT-05: a JSON document made inert for a terminal still parses back equal."""
    stream = io.StringIO()
    write(stream, as_json({"title": text}))
    assert json.loads(stream.getvalue()) == {"title": text}
    assert not OBEYED.search(stream.getvalue())


def test_a_terminal_without_accents_gets_the_words() -> None:
    """Where the terminal cannot show a letter, it is spelt out, in JSON too, and nothing fails."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    write(stream, as_json({"title": "éolien 🌊"}))
    stream.seek(0)
    assert json.loads(stream.read()) == {"title": "éolien 🌊"}


def test_notes_are_inert_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning on standard error cannot hold an escape sequence."""
    Console().note("feed \x1b]0;owned\x07 says \x9b2J")
    assert capsys.readouterr().err == "feed \\u001b]0;owned\\u0007 says \\u009b2J\n"


def test_errors_are_inert_too(run: Run, folder: Path) -> None:
    """A sentence about a file's own words does not obey them."""
    (folder / "feeds.yaml").write_text('topics:\n  hydrogen:\n    "fe\\ed\\x9b2J": []\n', "utf-8")
    ended = run("check")
    assert ended.code == 2
    assert not OBEYED.search(ended.err)
