"""French and English cognates meet in one stem, and how common a stem is needs no archive."""

import pytest

from watcher.words.folding import key_of
from watcher.words.frequency import UNKNOWN, zipf
from watcher.words.stems import is_content, stem


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("circulaire", "circular"),
        ("logistique", "logistics"),
        ("photonique", "photonics"),
        ("développement", "development"),
        ("régulation", "regulation"),
        ("compagnie", "companies"),
        ("holographique", "holographic"),
    ],
)
def test_cognates_share_a_stem(french: str, english: str) -> None:
    """What the eye sees as one word is one stem, or a prefix of the other's."""
    one, other = stem(key_of(french)), stem(key_of(english))
    assert one == other or one.startswith(other[:5])


def test_short_words_and_figures_are_left_alone() -> None:
    """Nothing is cut that would leave too little to tell words apart."""
    assert [stem(key) for key in ("wind", "mer", "2030", "x37b")] == ["wind", "mer", "2030", "x37b"]


def test_stop_words_say_nothing() -> None:
    """Articles, auxiliaries and lone letters are no content, in either language."""
    assert not any(is_content(key_of(word)) for word in ("les", "dans", "with", "d", "é", "12"))
    assert all(is_content(key_of(word)) for word in ("drone", "éolien", "laser"))


def test_everyday_words_are_commoner_than_terms_and_names() -> None:
    """The scale orders an article, a common noun, a term and an invented name."""
    assert zipf("the") > zipf("ville") > zipf("turbin") > zipf("zxqvok") == UNKNOWN
