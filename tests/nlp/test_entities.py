"""One entity, one key, all through a text."""

from decimal import Decimal

import pytest

from watcher.model.mention import Kind, Mention, Name
from watcher.nlp.entities import explain_mention, link_spans
from watcher.nlp.gazetteer import Gazetteer, make_gazetteer
from watcher.nlp.spans import Span

NOTHING = make_gazetteer(folder=None)


def span(text: str, name: str, kind: Kind, nth: int = 0) -> Span:
    """Return a model's span on the nth place of ``name``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Span(kind=kind, start=start, end=start + len(name), source="model")


def linked(text: str, *spans: Span, known: Gazetteer = NOTHING) -> list[tuple[str, str, str | None]]:
    """Return kind, text and key after linking."""
    return [(one.kind, text[one.start : one.end], one.key) for one in link_spans(text, spans, known)]


def test_an_acronym_has_the_key_of_its_expansion() -> None:
    """*DGA* in brackets and later is the body it abbreviates, even where the model missed it."""
    text = "La Direction générale de l'armement (DGA) commande. La DGA attend."
    name = "Direction générale de l'armement"
    key = "direction-generale-de-l-armement"
    assert linked(text, span(text, name, "ORG")) == [("ORG", name, key), ("ORG", "DGA", key), ("ORG", "DGA", key)]


def test_an_acronym_before_its_expansion() -> None:
    """*ESA (European Space Agency)* joins too."""
    text = "ESA (European Space Agency) launches"
    result = linked(text, span(text, "ESA", "PLACE"), span(text, "European Space Agency", "ORG"))
    assert result == [
        ("ORG", "ESA", "european-space-agency"),
        ("ORG", "European Space Agency", "european-space-agency"),
    ]


def test_two_people_of_one_name_stay_apart() -> None:
    """A surname that two full names share is neither's."""
    text = "Anna Berg met Lars Berg. Berg smiled."
    keys = [key for _, _, key in linked(text, span(text, "Anna Berg", "PERSON"), span(text, "Lars Berg", "PERSON"))]
    assert keys[:2] == ["anna-berg", "lars-berg"]
    assert keys[2:] in ([], ["berg"])


def test_kinds_agree_within_a_text() -> None:
    """A name that is an ORG twice is no PLACE once."""
    text = "Exail grows\nThe firm Exail hires. Exail is in Brest."
    spans = [span(text, "Exail", "PLACE"), span(text, "Exail", "ORG", 1), span(text, "Exail", "ORG", 2)]
    assert {kind for kind, name, _ in linked(text, *spans) if name == "Exail"} == {"ORG"}


def test_repeated_names_are_all_marked() -> None:
    """A name found once is marked wherever the text repeats it, in whole words."""
    text = "Skydio lands. Skydio flies over Skydiotown."
    assert [name for _, name, _ in linked(text, span(text, "Skydio", "ORG"))] == ["Skydio", "Skydio"]


def test_the_gazetteer_gives_one_key_to_two_languages() -> None:
    """French and English names of one body meet under one key, and the reason is told."""
    known = make_gazetteer((Name(name="Agence spatiale européenne", aliases=("ESA", "European Space Agency")),), None)
    text = "European Space Agency and Agence Spatiale Européenne"
    result = linked(
        text, span(text, "European Space Agency", "ORG"), span(text, "Agence Spatiale Européenne", "ORG"), known=known
    )
    assert {key for _, _, key in result} == {"agence-spatiale-europeenne"}
    english = Mention(kind="ORG", text="European Space Agency", start=0, end=21, entity="agence-spatiale-europeenne")
    assert "another spelling" in explain_mention(english, known)


@pytest.mark.parametrize(
    ("mention", "phrase"),
    [
        (
            Mention(
                kind="MONEY", text="€5m", start=0, end=3, entity="5000000-EUR", amount=Decimal(5000000), unit="EUR"
            ),
            "a sum of money read by rule, 5000000 EUR",
        ),
        (
            Mention(kind="QUANTITY", text="2 MW", start=0, end=4, entity="2-MW", amount=Decimal(2), unit="MW"),
            "a quantity read by rule, 2 MW",
        ),
        (Mention(kind="ORG", text="Zorblax", start=0, end=7, entity="zorblax"), "found by the model"),
        (Mention(kind="PERSON", text="Nipper", start=0, end=6, entity="mads-nipper"), "a longer name in the same text"),
    ],
)
def test_the_reason_tells_who_found_it(mention: Mention, phrase: str) -> None:
    """Figures, names that only the model saw and short forms are not laid at the gazetteer's door."""
    assert phrase in explain_mention(mention, make_gazetteer((), None))


def test_an_abbreviated_common_noun_is_no_name() -> None:
    """*ENZ* after *epsilon-near-zero* is a term, wherever it stands."""
    text = "We study epsilon-near-zero (ENZ) films. ENZ films are thin."
    assert linked(text, span(text, "ENZ", "ORG"), span(text, "ENZ", "ORG", 1)) == []


@pytest.mark.parametrize(
    ("text", "name", "kind", "kept"),
    [
        ("Efficient Drones Map Vineyards", "Efficient", "ORG", False),
        ("Le DPE change en janvier", "DPE", "ORG", False),
        ("Zorblax prend le large. Zorblax vise l'export", "Zorblax", "ORG", True),
        ("La société Zorblax prend le large", "Zorblax", "ORG", True),
        ("Zorblax Energy wins again", "Zorblax Energy", "ORG", True),
        ("Emboldened crowds gather", "Emboldened", "PLACE", False),
        ("Un drone survole Vaubadon, à Vaubadon même", "Vaubadon", "PLACE", True),
    ],
)
def test_the_model_alone_proves_no_firm_and_no_place(text: str, name: str, kind: Kind, kept: bool) -> None:
    """What only the model calls so needs a witness: said again, a telling word in the name, or words beside it."""
    nth = text.count(name) - 1
    found = link_spans(text, [span(text, name, kind, nth)], NOTHING)
    assert bool(found) is kept
