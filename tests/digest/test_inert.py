"""Strangers' text and links, made harmless."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digest.hostile import LINKS, ODD_BUT_GOOD, TEXTS
from watcher.digest.inert import MAX_LINE, MAX_MARKS, cut_at_word, one_line, safe_link

FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff\ud800-\udfff]")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:18]))
def test_a_hostile_text_is_one_clean_line(text: str) -> None:
    """No control, no direction override, no line break of any sort, no tower of marks, no endless word."""
    line = one_line(text)
    assert not FORBIDDEN.search(line)
    assert len(line) <= MAX_LINE
    assert not re.search(f"[\u0300-\u036f]{{{MAX_MARKS + 1}}}", line)
    assert one_line(line) == line


@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    """What is clean stays as it is, surrogates and all planes included."""
    line = one_line(text)
    assert one_line(line) == line
    assert not FORBIDDEN.search(line)
    line.encode()


def test_what_people_write_stays() -> None:
    """Accents, French spaces, joined emoji and Persian joiners are no attack."""
    for text in ("Été : « oui »", "à 12\u00a0h\u202f!", "👩\u200d🚀", "می\u200cخواهم", "Việt Nam", "日本語"):
        assert one_line(text) == text
    assert one_line(unicodedata.normalize("NFD", "Việt")) == unicodedata.normalize("NFD", "Việt")


def test_lines_are_cut_at_words() -> None:
    """A cut shows, and not inside a word where a space allows it."""
    assert cut_at_word("un deux trois", 9) == "un deux…"
    assert cut_at_word("un deux trois", 13) == "un deux trois"
    assert cut_at_word("u" * 20, 5) == "uuuu…"
    assert cut_at_word("Lancé, – puis", 12) == "Lancé…"


@pytest.mark.parametrize("url", [*LINKS, None], ids=lambda url: ascii((url or "None")[:24]))
def test_a_hostile_link_is_none(url: str | None) -> None:
    """Only absolute http and https addresses of a real host, without a user's name, are links."""
    assert safe_link(url) is None


@pytest.mark.parametrize("url", ODD_BUT_GOOD)
def test_an_odd_link_is_encoded_and_stays(url: str) -> None:
    """Nothing in it can end an attribute, a Markdown target or a line; encoding twice changes nothing."""
    link = safe_link(url)
    assert link
    assert not re.search("[\\s<>\"'`\\\\^{}|()]", link)
    assert link.isascii()
    assert safe_link(link) == link


@given(st.text() | st.text().map("https://example.org/{}".format))
def test_any_link_is_harmless(url: str) -> None:
    """No text whatever becomes an address that does anything but lead to a page."""
    link = safe_link(url)
    assert link is None or re.fullmatch(r"https?://[\w.:\[\]-]+([/?#][!#$%&*+,/:;=?@\[\]~\-.\w]*)?", link, re.ASCII)


def test_a_common_link_stays_as_it_is() -> None:
    """Readers get the address that the paper gave."""
    for url in ("https://www.example.org/a/b?c=d&e=%C3%A9#f", "http://[2001:db8::1]:8080/x", "https://example.org"):
        assert safe_link(url) == url
