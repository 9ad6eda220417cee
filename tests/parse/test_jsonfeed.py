"""JSON Feed."""

from datetime import UTC, datetime

import pytest

from tests.parse.documents import read_sample
from watcher.model.entry import Unreadable
from watcher.parse.jsonfeed import read_json_feed


def test_reads_json_feed() -> None:
    """Items with numbers for ids, without titles, with odd values are all read; what is no item is passed over."""
    feed = read_sample("feed.json")
    first, second, third = feed.entries
    assert (feed.format, feed.title, feed.site_url, feed.language) == (
        "json11",
        "Énergie",
        "https://json.example.org/",
        "fr",
    )
    assert (first.title, first.summary, first.author, first.tags) == (
        "Un électrolyseur",
        "Texte & suite.",
        "Léa",
        ("hydrogène",),
    )
    assert first.published == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert (second.title, second.url) == ("Un texte sans titre", "https://elsewhere.example.org/2")
    assert third.url == "https://json.example.org/3.mp3"


@pytest.mark.parametrize(
    "text", ['{"items": []}', "[]", '{"version": "https://jsonfeed.org/version/1"}', "{", '{"items": {}}']
)
def test_refuses_other_json(text: str) -> None:
    """JSON without a version or items is no feed."""
    assert isinstance(read_json_feed(text), Unreadable)
