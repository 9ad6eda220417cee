"""Plain text: folded, complete, and one line a title."""

import re

from tests.digest.hostile import make_hostile
from tests.digest.sample import sample_editions
from watcher.digest.to_text import WIDTH, to_text


def test_lines_are_folded_and_addresses_whole() -> None:
    """Terminals and mail clients neither wrap again nor break a link."""
    for edition in sample_editions():
        for line in to_text(edition).splitlines():
            assert len(line) <= WIDTH or re.fullmatch(r"\s*https?://\S+", line)


def test_every_section_has_its_heading() -> None:
    """A reader who hears it knows where they are."""
    text = to_text(sample_editions()[0])
    for heading in (
        "EN BREF",
        "À LA UNE",
        "NOS MEMBRES DANS L’ACTUALITÉ",
        "APPELS ET OPPORTUNITÉS",
        "AGENDA",
        "SUITES",
    ):
        assert f"\n{heading}\n{'-' * len(heading)}\n" in text


def test_every_story_has_its_address() -> None:
    """A text part without links would be no digest."""
    edition = sample_editions()[0]
    text = to_text(edition)
    assert all(item.url and item.url in text for item in (*edition.top, *edition.follow_ups, *edition.also))


def test_hostile_titles_stay_on_their_line() -> None:
    """No control character, no forged heading, no address that was refused."""
    text = to_text(make_hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search(r"(?m)^\s*(javascript|data|vbscript|file|ftp):\S*$", text)
    assert text.count("\nÀ LA UNE\n") == 1
