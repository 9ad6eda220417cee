"""An entry is read in parts, within bounds."""

from tests.make import make_entry
from watcher.topics.reading import read_entry


def test_parts_are_told_apart() -> None:
    """Title, lead and body are known by place, and words come back as written."""
    entry = make_entry(title="Le drone", summary="Un laser " + "mot " * 100, content="Autre texte, éolien")
    reading = read_entry(entry)
    assert reading.place(reading.keys.index("drone")) == "title"
    assert reading.place(reading.keys.index("laser")) == "lead"
    assert reading.place(reading.keys.index("eolien")) == "body"
    start = reading.keys.index("eolien")
    assert reading.written(start, start + 1) == "éolien"


def test_no_phrase_runs_over_a_part() -> None:
    """The last word of a title and the first of a summary are no phrase."""
    reading = read_entry(make_entry(title="Offshore", summary="Wind"))
    assert reading.keys[:3] == ("offshore", "", "wind")


def test_the_same_text_twice_is_read_once() -> None:
    """Content that only repeats the summary adds nothing."""
    reading = read_entry(make_entry(title="T", summary="Un drone", content="Un drone"))
    assert reading.keys.count("drone") == 1


def test_length_is_bounded() -> None:
    """A book in a feed is read at its beginning."""
    assert len(read_entry(make_entry(title="a " * 9000, summary="bé " * 9000, content="cé " * 9000)).keys) < 1500
