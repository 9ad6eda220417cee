"""Atom: well-formed whatever titles hold, with ids that never change."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from tests.digest.hostile import ODD_BUT_GOOD, make_hostile
from tests.digest.sample import sample_editions
from tests.strategies import editions
from watcher.digest.to_atom import ATOM, to_atom, to_cards_atom
from watcher.model.edition import Edition, Week

FULL = sample_editions()[0]


def read(text: str) -> list[dict[str, str]]:
    """Return each entry's elements by name, the link's address among them."""
    root = ET.fromstring(text)  # noqa: S314 - our own document
    assert root.tag == f"{{{ATOM}}}feed"
    assert all(root.find(f"{{{ATOM}}}{name}") is not None for name in ("id", "title", "updated", "author"))
    entries = root.findall(f"{{{ATOM}}}entry")
    return [
        {child.tag.removeprefix(f"{{{ATOM}}}"): child.get("href") or child.text or "" for child in entry}
        for entry in entries
    ]


def test_stories_are_entries_with_their_sources() -> None:
    """Each story has its title, link, date and words."""
    entries = read(to_atom([FULL]))
    assert [one["title"] for one in entries][: len(FULL.top)] == [item.headline for item in FULL.top]
    assert entries[0]["link"] == FULL.top[0].url
    assert entries[0]["updated"] == "2026-11-22T23:00:00Z"
    assert "Ciel & Industrie" in entries[0]["summary"]


def test_ids_stay_and_a_suite_is_a_new_entry() -> None:
    """A reader shows an item once however often the feed is written, and a follow-up as the new thing it is."""
    later = replace(FULL, week=Week(year=2026, number=48))
    once, both = read(to_atom([FULL])), read(to_atom([later, FULL]))
    assert [one["id"] for one in both][len(once) :] == [one["id"] for one in once]
    assert len({one["id"] for one in both}) == 2 * len(once)
    other = read(to_atom([replace(FULL, language="en")]))
    assert not {one["id"] for one in other} & {one["id"] for one in once}


def test_a_card_keeps_its_id_over_weeks() -> None:
    """A prolonged call is the same call, updated."""
    later = replace(FULL, week=Week(year=2026, number=48))
    assert [one["id"] for one in read(to_cards_atom(FULL))] == [one["id"] for one in read(to_cards_atom(later))]
    assert {one["title"] for one in read(to_cards_atom(FULL))} >= {
        "Appel d’offres – Inspection de 240 ouvrages d’art par drone"
    }


@pytest.mark.parametrize("edition", [make_hostile(), make_hostile(links=ODD_BUT_GOOD)], ids=["bad", "odd"])
def test_hostile_titles_stay_text(edition: Edition) -> None:
    """No forged entry, no control character, no link that is not http."""
    stories = read(to_atom([edition]))
    assert len(stories) == len(edition.top) + len(edition.follow_ups) + len(edition.also)
    cards = read(to_cards_atom(edition))
    assert len(cards) == len(edition.opportunities) + len(edition.agenda)
    for one in (*stories, *cards):
        assert one.get("link", "http").startswith("http")
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in "".join(one.values()))


@given(editions())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_edition_is_well_formed(edition: Edition) -> None:
    """XML readers never fail on a feed of ours."""
    read(to_atom([edition]))
    read(to_cards_atom(edition))
