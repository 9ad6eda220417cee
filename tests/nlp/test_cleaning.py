"""Spans of the model: what falls off, and what is no name."""

import pytest

from watcher.nlp.cleaning import clean_span, is_plain
from watcher.nlp.grammar import find_by_grammar
from watcher.nlp.merging import merge_spans
from watcher.nlp.spans import Span


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'Onera", "Onera"),
        ("the European Commission's", "European Commission"),
        ("« Skydio »", "Skydio"),
        ("Le groupe Thales", "Thales"),
        ("Vestas: the maker", "Vestas"),
        ("Lutra Consulting qui", "Lutra Consulting"),
        ("parc éolien en mer de Fécamp", "Fécamp"),
        ("Ocean Wind project", "Ocean Wind"),
        ("Le Danois Zorblax", "Zorblax"),
        ("British Antarctic Survey", "British Antarctic Survey"),
    ],
)
def test_a_span_is_cut_to_its_name(text: str, name: str) -> None:
    """Articles, quotes, possessives, generic heads and tails fall off."""
    span = clean_span(text, Span(kind="ORG", start=0, end=len(text), source="model"))
    assert span is not None
    assert text[span.start : span.end] == name


@pytest.mark.parametrize(
    "text", ["French", "Danois", "Lidar", "Drones", "Monday", "Éolien", "the", "2030", "éoliennes", "Offshore Wind"]
)
def test_words_are_no_names(text: str) -> None:
    """Demonyms, topic words, days, numbers and lower case name nothing."""
    assert is_plain(text)


@pytest.mark.parametrize(
    ("language", "text", "kind", "name"),
    [
        ("fr", "selon la préfecture de police de Paris.", "ORG", "préfecture de police de Paris"),
        ("fr", "l'université de Californie à Santa Barbara a", "ORG", "université de Californie à Santa Barbara"),
        ("fr", "le ministère des Affaires étrangères dit", "ORG", "ministère des Affaires étrangères"),
        (
            "fr",
            "les 3es Rencontres internationales du Laser de Bordeaux",
            "EVENT",
            "3es Rencontres internationales du Laser de Bordeaux",
        ),
        ("fr", "au château de Vincennes hier", "PLACE", "château de Vincennes"),
        ("en", "the Technical University of Denmark said", "ORG", "Technical University of Denmark"),
        ("en", "an MQ-9 crashed", "PRODUCT", "MQ-9"),
    ],
)
def test_head_words_tell_names(language: str, text: str, kind: str, name: str) -> None:
    """A head word and its complements are one name, even in small letters."""
    (span,) = find_by_grammar(text, language)
    assert (span.kind, text[span.start : span.end]) == (kind, name)


@pytest.mark.parametrize(
    "text", ["le Covid-19", "une école au Pérou", "en direction de Rungis", "un ministère puissant"]
)
def test_phrases_are_no_names(text: str) -> None:
    """What only looks like a body is left alone."""
    assert find_by_grammar(text, "fr") == ()


def test_versions_years_and_brands_belong_to_the_name() -> None:
    """A product takes its version and brand, an event its year."""
    text = "DJI Mavic 3 shown at InterDrone 2025"
    spans = [
        Span(kind="ORG", start=0, end=3, source="model"),
        Span(kind="PRODUCT", start=4, end=9, source="model"),
        Span(kind="EVENT", start=21, end=31, source="model"),
    ]
    merged = merge_spans(text, (), (), spans)
    assert [text[one.start : one.end] for one in merged] == ["DJI Mavic 3", "InterDrone 2025"]


def test_a_head_word_overrules_the_model() -> None:
    """What follows *parc éolien de* is a project, whatever the model thought."""
    text = "Le parc éolien de Zorbec tourne"
    (span,) = merge_spans(text, (), (), [Span(kind="PLACE", start=18, end=24, source="model")])
    assert span.kind == "PROJECT"


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Mathilde Zarbi", "PERSON", "Mathilde Zarbi"),
        ("Norvégienne Xylia Dahl", "PRODUCT", "Norvégienne Xylia Dahl"),
        ("Norvégienne Solveig Dahl", "PERSON", "Solveig Dahl"),
        ("Maurice de la Tour", "PERSON", "Maurice de la Tour"),
        ("Arthur Energy", "PRODUCT", "Arthur Energy"),
        ("Xylo Energy", "PRODUCT", "Xylo Energy"),
    ],
)
def test_a_given_name_makes_a_person(text: str, kind: str, name: str) -> None:
    """A given name with a surname is a person, whatever the model says, unless a firm's or place's word ends it."""
    span = clean_span(text, Span(kind="PRODUCT", start=0, end=len(text), source="model"))
    assert span is not None
    assert (span.kind, text[span.start : span.end]) == (kind, name)


@pytest.mark.parametrize(
    "text", ["Terahertz waves are terahertz waves", "preprint:2411.07713v2", "Prix Goncourt", "Meridian Awards"]
)
def test_capitals_of_a_sentence_addresses_and_prizes_name_nothing(text: str) -> None:
    """A word that the text also writes in lower case, a verb, a document's number and a prize are left out."""
    end = 9 if text.startswith("Terahertz") else len(text)
    assert clean_span(text, Span(kind="ORG", start=0, end=end, source="model")) is None
    assert clean_span("Grevée par ses dettes", Span(kind="ORG", start=0, end=6, source="model")) is None
    assert clean_span("le prix Zorblax", Span(kind="ORG", start=8, end=15, source="model")) is None
