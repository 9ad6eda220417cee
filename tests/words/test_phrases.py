"""Terms are found all at once, by words and not by letters."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.words.folding import keys
from watcher.words.phrases import Hit, PhraseIndex, longest


def find(text: str, *terms: str) -> list[str]:
    """Return the terms found in ``text``."""
    return [hit.payload for hit in PhraseIndex([(term, term) for term in terms]).find(keys(text))]


def test_a_term_is_a_word_and_not_a_piece_of_one() -> None:
    """*lidar* does not stand in *solidarité*."""
    assert find("Un fonds de solidarité", "lidar") == []


def test_a_phrase_is_found_in_any_number_and_case() -> None:
    """Plurals, accents and case of every word of a phrase are folded."""
    assert find("PARCS ÉOLIENS EN MER", "parc éolien en mer") == ["parc éolien en mer"]


def test_a_star_stands_for_any_ending_of_the_last_word() -> None:
    """``floating wind*`` finds turbines, farms and windfarms, and nothing that begins otherwise."""
    assert find("floating windfarms", "floating wind*") == ["floating wind*"]
    assert find("floating solar", "floating wind*") == []


def test_a_term_in_a_script_without_spaces_is_found() -> None:
    """Chinese and Japanese are read sign by sign."""
    assert find("无人机在城市上空飞行", "无人机") == ["无人机"]
    assert find("在城市上空飞行", "无人机") == []


def test_a_term_without_words_is_ignored() -> None:
    """A term of signs alone finds nothing rather than everything."""
    assert find("anything at all", "*", " - ", "") == []


def test_the_longest_of_overlapping_terms_wins() -> None:
    """A hit inside a longer one falls; equal spans are both kept."""
    hits = [Hit("fibre", 0, 1), Hit("fibre optique", 0, 2), Hit("same", 0, 2), Hit("other", 3, 4)]
    assert [hit.payload for hit in longest(hits)] == ["fibre optique", "same", "other"]


@given(st.lists(st.sampled_from(["wind", "farm", "sea", "drone"]), max_size=30))
def test_hits_are_where_they_say(sequence: list[str]) -> None:
    """Every hit covers exactly the words of its term."""
    index = PhraseIndex([(term, term) for term in ("wind farm", "sea", "farm sea wind")])
    assert all(" ".join(sequence[hit.start : hit.end]) == hit.payload for hit in index.find(sequence))
