"""The archive's index: every edition, newest week first, a line for each topic."""

import re

from tests.digest.hostile import Page
from tests.digest.sample import CLUSTER, sample_editions
from watcher.digest.index import IndexEntry, index_entry, to_index
from watcher.model.edition import Week

NAMES = {("wind", "fr"): "Éolien en mer", ("wind", "en"): "Offshore wind", ("drones", "fr"): "Drones"}
NAMES |= {("drones", "en"): "Drones", ("zinc", "fr"): "Zinc", ("zinc", "en"): "Zinc"}


def make_entries(*weeks: int) -> tuple[IndexEntry, ...]:
    """List three topics in both languages in each week."""
    return tuple(
        IndexEntry(topic=topic, topic_name=name, week=Week(year=2026, number=week), language=language, stories=2)
        for week in weeks
        for (topic, language), name in NAMES.items()
    )


def local_links(page: str) -> list[str]:
    """Return the addresses of our own files in a page."""
    return [url for url in Page(page).links() if not url.startswith("http")]


def test_every_edition_is_listed_once() -> None:
    """Weeks go from the newest; the order in which editions come does not matter."""
    entries = make_entries(45, 47, 46)
    page = to_index(entries, CLUSTER, "fr")
    editions = [url for url in local_links(page) if url.endswith(".html")]
    assert sorted(editions) == sorted(f"{one.week}/{one.topic}.{one.language}.html" for one in entries)
    assert re.findall(r"Semaine (\d+)", re.sub("<[^>]+>", "", page)) == ["47", "46", "45"]
    assert to_index(entries[::-1], CLUSTER, "fr") == page


def test_a_topic_is_one_line_in_the_language_of_the_page_first() -> None:
    """Accents do not send a topic behind Z; the other language stands on the same line."""
    page = to_index(make_entries(47), CLUSTER, "fr")
    assert local_links(page) == [
        *("agenda.fr.ics", "agenda.en.ics"),
        *("2026-W47/drones.fr.html", "2026-W47/drones.en.html"),
        *("2026-W47/wind.fr.html", "2026-W47/wind.en.html"),
        *("2026-W47/zinc.fr.html", "2026-W47/zinc.en.html"),
    ]
    assert page.count("<li") == 3
    assert "en anglais\u202f: <a" in page


def test_an_edition_in_the_other_language_alone_is_listed_too() -> None:
    """A cluster that changes its languages keeps its archive."""
    entries = tuple(one for one in make_entries(47) if one.language == "en")
    assert len(local_links(to_index(entries, CLUSTER, "fr"))) == 4


def test_an_empty_archive_says_so() -> None:
    """Before the first edition the page is one sentence."""
    assert "Aucune édition n’a encore été écrite." in to_index((), CLUSTER, "fr")
    assert local_links(to_index((), CLUSTER, "en")) == []


def test_a_line_says_what_the_edition_holds() -> None:
    """The first headline and how many stories; a quiet week is called quiet."""
    full, _, quiet = sample_editions()
    assert index_entry(full).headline == full.top[0].headline
    assert index_entry(full).stories == len(full.top) + len(full.follow_ups) + len(full.also)
    assert "semaine calme" in to_index((index_entry(quiet),), CLUSTER, "fr")
