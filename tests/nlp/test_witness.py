"""What only the model claims: form and neighbours that make it believed, and those that refute it."""

import pytest

from watcher.model.mention import Kind
from watcher.nlp.witness import is_witnessed, looks_made


def believed(text: str, name: str, kind: Kind) -> bool:
    """Return whether the name in the text is believed to be of the kind."""
    start = text.index(name)
    return is_witnessed(text, start, start + len(name), kind)


@pytest.mark.parametrize("name", ["B03X", "FemtoLux 3", "KF-99", "PowerNest R5", "QField 3.4", "AdWords"])
def test_type_codes_and_inner_capitals_look_made(name: str) -> None:
    """A code, a version or a capital inside a word is no word of a headline."""
    assert looks_made(name)


@pytest.mark.parametrize("name", ["CO2", "WS2", "Stand 370", "CAC 40", "RN202", "Outlook 2026", "McKinsey", "S02E28"])
def test_what_only_looks_like_a_code_is_none(name: str) -> None:
    """Formulas, roads, indices, chapters, years and Scottish names have codes of their own."""
    assert not looks_made(name)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("the new Black Bee drones swarm", "Black Bee", "PRODUCT"),
        ("Valtor dévoile sa nouvelle Azurelle", "Azurelle", "PRODUCT"),
        ("Cartolux est un outil de cartographie", "Cartolux", "PRODUCT"),
        ("Fondue, une batterie de 100 MW", "Fondue", "PROJECT"),
        ("the 129MW Thistle Ridge wind project", "Thistle Ridge", "PROJECT"),
        ("à l'ouverture du Carnaval de Menton", "Carnaval de Menton", "EVENT"),
    ],
)
def test_neighbours_speak_for_a_name(text: str, name: str, kind: Kind) -> None:
    """A noun beside, a launch, an apposition, megawatts or a head word in the name itself."""
    assert believed(text, name, kind)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("joue dans « Fil de Fer », le film de l'année", "Fil de Fer", "PRODUCT"),
        ("les anciens de la Garonne", "Garonne", "PRODUCT"),
        ("the Moline Police drone flies", "Moline Police", "PRODUCT"),
        ("World's Largest Floating Offshore Wind Farm", "World's Largest Floating", "PROJECT"),
        ("publié au Journal officiel", "Journal officiel", "EVENT"),
    ],
)
def test_nothing_beside_a_name_leaves_it_out(text: str, name: str, kind: Kind) -> None:
    """Films, institutions and descriptions are no products, projects or events."""
    assert not believed(text, name, kind)
