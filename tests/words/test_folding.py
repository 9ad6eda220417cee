"""Words are compared folded: accents, case, typography, elisions and plurals of both languages."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watcher.words.folding import MAX_CHARS, fold, key_of, keys, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éoliennes", "éolienne"),
        ("technologies", "technology"),
        ("technologies", "technologie"),
        ("lenses", "lens"),
        ("réseaux", "réseau"),
        ("signaux", "signal"),
        ("ŒUVRE", "oeuvre"),
        ("Ørsted", "orsted"),
        ("boxes", "box"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    """Plural and singular, accented and plain, capital and small share one key."""
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("gas", "ga"), ("lens", "len"), ("éolien", "éolienne"), ("class", "cla")])
def test_other_words_keep_their_key(one: str, other: str) -> None:
    """A singular in -s is not cut, and feminine is not folded into masculine."""
    assert key_of(one) != key_of(other)


def test_elisions_and_possessives_fall_away() -> None:
    """``l'``, ``d’`` and ``'s`` are no words, whatever the apostrophe."""
    assert keys("l'éolien d’Europe, Parrot's drone") == ("eolien", "europe", "parrot", "drone")


def test_hyphens_count_as_spaces() -> None:
    """A hyphenated term is the phrase of its parts."""
    assert keys("anti-drone") == keys("anti drone")


def test_words_stand_where_they_say() -> None:
    """Offsets give back the words as written."""
    text = "Le LiDAR-HD, à l'IGN : 1,5 M€"
    assert [text[word.start : word.end] for word in words(text)] == [word.text for word in words(text)]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text breaks reading, offsets stay in order and within it."""
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.text(max_size=60))
@example("™")
@example("İ")
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding is idempotent, so that folded and raw text can be compared."""
    assert fold(fold(text)) == fold(text)


def test_length_is_bounded() -> None:
    """A text without end is read up to a bound."""
    assert len(words("drone " * MAX_CHARS)) <= MAX_CHARS
