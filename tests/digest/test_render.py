"""All files of an edition: names, golden bytes, and the same bytes each time."""

from dataclasses import replace
from datetime import date

import pytest

from tests.digest.sample import (
    CLUSTER,
    GOLDEN,
    french_material,
    golden_files,
    make_card,
    make_entry,
    sample_editions,
)
from watcher.digest.compose import card_items, compose
from watcher.digest.index import index_entry
from watcher.digest.render import (
    check_slug,
    edition_path,
    render_agenda,
    render_atom,
    render_edition,
    render_index,
    render_topic_agenda,
)
from watcher.errors import DeliveryError
from watcher.model.edition import Week
from watcher.model.opportunity import Opportunity


def test_golden_editions_keep_their_bytes() -> None:
    """A change of form is seen in review: write them again with ``python -m tests.digest.sample``."""
    made = golden_files()
    assert {path.name for path in GOLDEN.iterdir()} == set(made)
    assert [name for name, content in made.items() if (GOLDEN / name).read_bytes() != content] == []


def test_every_file_of_an_edition_lies_in_its_week() -> None:
    """Three forms, one name."""
    paths = [one.path for one in render_edition(sample_editions()[0])]
    assert paths == ["2026-W47/drones.fr.md", "2026-W47/drones.fr.html", "2026-W47/drones.fr.json"]


def test_the_other_files_have_their_names() -> None:
    """Feeds and calendars stand beside the weeks, so that their addresses never change."""
    edition = sample_editions()[0]
    made = (
        *render_atom((edition,)),
        render_agenda(edition.agenda, "fr", "Pôle"),
        render_topic_agenda(edition, edition.agenda),
        render_index((index_entry(edition),), CLUSTER, "fr"),
    )
    assert [one.path for one in made] == [
        "drones.fr.atom.xml",
        "drones.fr.cards.atom.xml",
        "agenda.fr.ics",
        "drones.fr.ics",
        "index.html",
    ]
    assert render_atom(()) == ()


@pytest.mark.parametrize("topic", ["", "../x", "a/b", "Drones", "été", "-x", "a" * 81, "a\n", "a.b", "a\x00"])
def test_a_topic_that_cannot_name_a_file_is_refused(topic: str) -> None:
    """The sentence says which letters may."""
    with pytest.raises(DeliveryError, match="a-z, 0-9"):
        edition_path(topic, Week(year=2026, number=47), "fr", "md")


def test_a_slug_of_eighty_letters_is_fine() -> None:
    """The bound is the contract's."""
    assert check_slug("a" * 80) == "a" * 80


def test_the_calendar_holds_the_cards_that_an_edition_had_no_room_for() -> None:
    """The topic's calendar is made of all its cards."""
    cards = tuple(
        make_card(
            make_entry(number, "echo", f"Appel {number}"),
            Opportunity(kind="call", title=f"Appel {number}", deadline=date(2026, 12, number)),
        )
        for number in range(1, 21)
    )
    material = replace(french_material(), cards=cards)
    calendar = render_topic_agenda(compose(material), card_items(material)).content
    assert calendar.count(b"BEGIN:VEVENT") == 20
