"""Language: the text decides, the feed's word breaks ties."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.nlp.language import detect_language


@pytest.mark.parametrize(
    ("text", "prior", "language"),
    [
        ("Le parc éolien en mer entre en service au large de la côte", "en", "fr"),
        ("The wind farm will be built off the coast", "fr", "en"),
        ("Vestas wins 495 MW order in the United States", None, "en"),
        ("Die Bundesregierung will die Windkraft auf See stärker ausbauen", "fr", "de"),
        ("El gobierno lanza una subasta de eólica marina en Canarias para este año", "fr", "es"),
        ("Il governo italiano ha approvato il nuovo decreto sulle rinnovabili", "fr", "it"),
        ("Anafi USA", "fr", "fr"),
        ("Anafi USA", "en-GB", "en"),
        ("12 345", "fr", "fr"),
        ("", None, None),
        ("", "x!", None),
    ],
)
def test_text_decides_and_the_prior_breaks_ties(text: str, prior: str | None, language: str | None) -> None:
    """A sentence overrules the feed; a bare name leaves the word to it."""
    assert detect_language(text, prior) == language


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    """No script or length raises (NLP-06)."""
    answer = detect_language(text, "fr")
    assert answer is None or answer.isascii()


def test_spacy_stays_unloaded() -> None:
    """Telling a language costs no pipeline: the module names no spaCy."""
    assert "spacy" not in vars(sys.modules["watcher.nlp.language"])
