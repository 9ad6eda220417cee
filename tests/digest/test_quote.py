"""Quotes: verbatim, whole, and within what a feed's rights allow."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digest.sample import make_entry
from watcher.digest.quote import MOST, allowed, cut_quote, make_source, quote_summary, sentence_at

TEXT = "Le port ouvre mardi. Il accueillera deux navires ! Le maire s’en félicite."


@pytest.mark.parametrize(
    ("room", "quote"),
    [
        (200, TEXT),
        (60, "Le port ouvre mardi. Il accueillera deux navires !"),
        (49, "Le port ouvre mardi."),
        (20, "Le port ouvre mardi."),
        (19, ""),
        (0, ""),
    ],
)
def test_a_quote_is_whole_sentences(room: int, quote: str) -> None:
    """What does not fit is left out whole."""
    assert cut_quote(TEXT, room) == quote


def test_a_long_sentence_is_cut_at_a_word() -> None:
    """Where not even one sentence fits, its start is quoted with an ellipsis."""
    assert cut_quote("Le consortium livrera " * 10, 50) == "Le consortium livrera Le consortium livrera Le…"


@given(st.text(), st.integers(0, 300))
def test_a_quote_stays_in_its_room_and_verbatim(text: str, room: int) -> None:
    """Never longer than the rights, and the start of the text as it stands but for the ellipsis."""
    quote = cut_quote(text, room)
    assert len(quote) <= room
    assert text.startswith(quote.removesuffix("…")) or quote in text


@pytest.mark.parametrize(("excerpt", "room"), [(0, 0), (100, 100), (5000, MOST), (None, MOST), (-3, 0)])
def test_rights_are_characters(excerpt: int | None, room: int) -> None:
    """The table's number counts; no bound is what a digest wants at most."""
    entry = make_entry(1, "echo", "Titre")
    assert allowed(entry, {entry.feed_url: excerpt}) == room
    assert allowed(entry, {}) == 240


def test_quotes_of_one_entry_share_its_room() -> None:
    """Two sentences of 30 characters do not make 60 where 40 are allowed."""
    entry = make_entry(1, "echo", "Titre")
    sentence = "Une phrase de trente lettres. "
    assert len(quote_summary(((sentence, entry), (sentence, entry)), {entry.feed_url: 40})) == 1
    assert len(quote_summary(((sentence, entry), (sentence, entry)), {entry.feed_url: 60})) == 2


def test_a_source_without_a_title_is_cited_by_its_text() -> None:
    """A link needs words to stand on."""
    source = make_source(make_entry(1, "echo", " ", "Un texte sans titre."), {})
    assert source.title == "Un texte sans titre."


def test_a_source_drops_what_only_says_who_clicked() -> None:
    """Tracking is left out of the link, as are links that cannot be trusted."""
    entry = make_entry(1, "echo", "Titre")
    tracked = replace(entry, url="https://example.org/a?utm_source=rss&id=3")
    assert make_source(tracked, {}).url == "https://example.org/a?id=3"
    assert make_source(replace(entry, url="javascript:x()"), {}).url is None


def test_a_copy_is_not_quoted() -> None:
    """A reprint says nothing that its original does not."""
    assert make_source(make_entry(1, "echo", "Titre", TEXT), {}, is_copy=True).excerpt == ""


@pytest.mark.parametrize(
    ("spelling", "sentence"),
    [("Titre", "Le Titre"), ("navires", "Il accueillera deux navires !"), ("maire", "Le maire s’en félicite.")],
)
def test_the_sentence_of_a_mention_is_found(spelling: str, sentence: str) -> None:
    """Title and text are different lines; sentences end at their mark."""
    entry = make_entry(1, "echo", "Le Titre", TEXT)
    start = entry.text.index(spelling)
    assert sentence_at(entry, start, start + len(spelling), spelling) == sentence


def test_a_mention_in_the_content_is_quoted_from_there() -> None:
    """Offsets that do not fit the teaser count in the full text."""
    entry = replace(make_entry(1, "echo", "Titre", "Court."), content="Au salon, Aélys expose. Fin.")
    assert sentence_at(entry, 10, 15, "Aélys") == "Au salon, Aélys expose."
