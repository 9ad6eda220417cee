"""What templates may ask: tiles, facts, and the picture of who appears with whom."""

from dataclasses import replace
from datetime import date

import pytest

from tests.digest.sample import french_material, make_card, make_entry, sample_editions
from watcher.digest.compose import card_items
from watcher.digest.look import Look
from watcher.digest.view import NODE_NAME, NODES, View, draw_matrix
from watcher.model.edition import Link
from watcher.model.opportunity import Opportunity

VIEW = View(edition=sample_editions()[0], look=Look())


@pytest.mark.parametrize(
    ("found", "tile"),
    [
        (Opportunity(kind="call", title="x", deadline=date(2027, 6, 8)), ("8", "juin")),
        (Opportunity(kind="event", title="x", start=date(2026, 12, 1)), ("1", "déc.")),
        (Opportunity(kind="event", title="x", deadline=date(2026, 12, 9)), ("9", "déc.")),
        (Opportunity(kind="event", title="x", month="2027-01"), ("", "janv. 2027")),
        (Opportunity(kind="grant", title="x"), ("–", "")),
    ],
)
def test_a_card_is_a_leaf_of_a_calendar(found: Opportunity, tile: tuple[str, str]) -> None:
    """Day and month where they were read, the month alone, or a dash."""
    cards = (make_card(make_entry(1, "echo", "x"), found),)
    assert VIEW.tile(card_items(replace(french_material(), cards=cards))[0]) == tile


def test_the_facts_of_a_card_are_two_lines() -> None:
    """When, and then who, where, how much."""
    facts = VIEW.facts(VIEW.edition.opportunities[1])
    assert [fact.split("\u202f:")[0] for fact in facts] == ["Date limite", "Organisateur"]
    assert facts[1].endswith("Montant\u202f: 1,8 million d’euros")


def test_the_picture_is_a_staircase_of_the_best_connected() -> None:
    """Each pair is one square; names beyond what a phone can show are left out, long ones cut."""
    rows = draw_matrix(VIEW.edition.links, "fr")
    assert [len(row.cells) for row in rows] == list(range(len(rows)))
    assert rows[0].name == "Aélys Robotics"
    assert sum(cell.count for row in rows for cell in row.cells) == sum(link.count for link in VIEW.edition.links)
    many = tuple(Link(a=f"nom {n} " + "très long " * 5, b=f"autre {n}", count=1) for n in range(20))
    assert len(draw_matrix(many, "fr")) == NODES
    assert all(len(row.name) <= NODE_NAME for row in draw_matrix(many, "fr"))
    assert draw_matrix((), "fr") == ()


def test_a_square_says_whom_it_joins_and_is_darker_for_more() -> None:
    """Those who do not see it hear it."""
    links = (Link(a="A", b="B", count=5), Link(a="A", b="C", count=1))
    cells = {cell.label: cell.level for row in draw_matrix(links, "en") for cell in row.cells if cell.count}
    assert cells == {"A and B: 5 stories": 3, "A and C: 1 story": 1}


@pytest.mark.parametrize(
    ("language", "code"), [("en", "en"), ("fr", ""), (None, ""), ('x" onload="x', ""), ("pt-BR", "pt-BR"), ("EN", "")]
)
def test_only_a_language_code_becomes_an_attribute(language: str | None, code: str) -> None:
    """A feed's word for its language is not trusted."""
    assert VIEW.foreign(language) == code
