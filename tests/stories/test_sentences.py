"""Sentences end where a reader says they end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.stories.cleaning import clean_summary
from watcher.stories.sentences import could_be_whole, is_whole, split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "M. Dupont a vu le Dr. Martin à St. Malo.",
        "The U.S. Navy paid Acme Inc. for the drone.",
        "Le fonds lève 3.5 millions, selon J. K. Martin.",
        "Elle cite l'art. 5 et la p. 12 du rapport.",
    ],
)
def test_abbreviations_end_no_sentence(sentence: str) -> None:
    """Titles, initials and abbreviations of both languages are followed through."""
    assert split_sentences(f"{sentence} La suite est là.") == (sentence, "La suite est là.")


def test_quotes_close_with_their_sentence() -> None:
    """A closing quotation mark stays with the sentence it closes."""
    text = "« Nous sommes prêts. » Le maire l'a dit."
    assert split_sentences(text) == ("« Nous sommes prêts. »", "Le maire l'a dit.")


@pytest.mark.parametrize(
    "text",
    [
        "Le drone vole. Lire la suite",
        "Le drone vole. L'article Un drone vole est apparu en premier sur Le Blog.",
        "Le drone vole. The post A drone flies appeared first on The Blog.",
        "A lire sur Le Blog : Le drone vole.",
    ],
)
def test_pointers_elsewhere_are_cut(text: str) -> None:
    """What feeds append or prepend is no text."""
    assert clean_summary(text) == "Le drone vole."


def test_cut_sentences_are_known() -> None:
    """An ellipsis, a dangling article or number: not whole."""
    assert is_whole("Le drone vole.")
    assert not is_whole("Le drone vole au-dessus des…")
    assert not is_whole("Le drone vole [...]")
    assert could_be_whole("Partners sign a deal for two ports")
    assert not could_be_whole("The company has acquired a stake in the")
    assert not could_be_whole("The company has acquired a 25%")
    assert not could_be_whole("")


@given(st.text(max_size=400))
def test_sentences_are_verbatim(text: str) -> None:
    """Every sentence stands in the text exactly as it is given."""
    assert all(sentence in text for sentence in split_sentences(text))
