"""Folding and stems: what makes two spellings one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.store.stems import drop_elision, fold, stem, words


@given(text=st.text())
def test_folding_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing, so a word meets itself whatever form it came in."""
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)


def test_words() -> None:
    """Accents, ligatures and compatibility forms go, words in another script stay."""
    assert words("Œuvre d’été, naïve… ½ ﬁn Ωmega") == ["oeuvre", "d", "ete", "naive", "1", "2", "fin", "ωmega"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("l'éolien", "éolien"),
        ("L’éolien", "éolien"),
        ("«l'éolien", "éolien"),
        ("jusqu’à", "à"),
        ("qu'on", "on"),
        ("company's", "company's"),
        ("O'Neill", "O'Neill"),
        ("aujourd'hui", "aujourd'hui"),
        ("l'", "l'"),
        ("rock 'n' roll", "rock 'n' roll"),
        ("", ""),
    ],
)
def test_elisions_go_from_the_beginning(text: str, rest: str) -> None:
    """An elided article is dropped where one looks for the word behind it, and nothing else is."""
    assert drop_elision(text) == rest


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("éolien", "éolienne", "éoliennes"), "fr"),
        (("régional", "régionaux"), "fr"),
        (("turbine", "turbines"), "en"),
        (("company", "companies"), "en"),
    ],
)
def test_forms_share_a_stem(forms: tuple[str, ...], language: str) -> None:
    """Forms of one word have one stem."""
    assert len({stem(fold(form), language) for form in forms}) == 1
