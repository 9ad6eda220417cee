"""Words, dates and numbers in both languages."""

import json
import re
import string
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.i18n import (
    LANGUAGES,
    format_clock,
    format_day,
    format_month,
    format_number,
    format_range,
    french_spaces,
    get_catalogue,
    join_words,
    message,
)

NB, NARROW = "\u00a0", "\u202f"


def fields(text: str) -> set[str]:
    """Return the names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def all_forms(key: str, language: str) -> list[str]:
    """Return the sentence of a key, or all its plural forms."""
    found = get_catalogue(language)[key]
    return list(found.values()) if isinstance(found, dict) else [found]


def test_both_languages_say_the_same_things() -> None:
    """A key of one catalogue stands in the other, with the same values to fill in (*tomorrow* needs none)."""
    french, english = get_catalogue("fr"), get_catalogue("en")
    assert french.keys() == english.keys()
    for key in french:
        wanted = {frozenset(fields(text)) for language in LANGUAGES for text in all_forms(key, language)[-1:]}
        assert len(wanted) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_both_forms(language: str) -> None:
    """Babel asks for ``one`` and ``other``."""
    plurals = [found for found in get_catalogue(language).values() if isinstance(found, dict)]
    assert plurals
    assert all(found.keys() == {"one", "other"} for found in plurals)


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography_is_an_editors(language: str) -> None:
    """No straight quote, no three dots, no double space; French marks have their narrow space, English none."""
    for key in get_catalogue(language):
        for text in all_forms(key, language):
            assert not re.search(r"['\"]|\.\.\.|  ", text), text
            if language == "fr":
                assert not re.search(r"(?<![\u202f\s])[;!?»]|(?<!\u202f):| [:;!?»]|« ", text), text
            else:
                assert not re.search(r"\s[:;!?]", text), text


@pytest.mark.parametrize(
    ("count", "language", "text"),
    [
        (0, "fr", "0 article"),
        (1, "fr", "1 article"),
        (2, "fr", "2 articles"),
        (0, "en", "0 articles"),
        (1, "en", "1 article"),
        (12345, "en", "12,345 articles"),
        (12345, "fr", f"12{NARROW}345 articles"),
    ],
)
def test_plurals_follow_the_language(count: int, language: str, text: str) -> None:
    """Zero is singular in French and plural in English; numbers are grouped as each writes them."""
    assert message("articles", language, count=count) == text


def test_an_unknown_language_reads_english_and_an_unknown_key_fails() -> None:
    """A wrong key is a fault of ours and shows."""
    assert message("brief", "de") == "In brief"
    with pytest.raises(KeyError):
        message("no such key", "fr")


@pytest.mark.parametrize(
    ("day", "language", "text"),
    [
        (date(2026, 11, 16), "fr", "16 novembre 2026"),
        (date(2026, 12, 1), "fr", "1er décembre 2026"),
        (date(2026, 12, 1), "en", "1 December 2026"),
        (date(2026, 8, 11), "fr", "11 août 2026"),
    ],
)
def test_days_are_written_out(day: date, language: str, text: str) -> None:
    """The first of a month is *1er* in French."""
    assert format_day(day, language) == text


def test_short_days_name_the_month_in_short() -> None:
    """Under a story the year is known."""
    assert format_day(date(2026, 11, 17), "fr", year=False, short=True) == "17 nov."
    assert format_day(date(2026, 11, 17), "en", year=False, short=True) == "17 Nov"


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "du 16 au 22 novembre 2026", "16–22 November 2026"),
        (date(2026, 6, 1), date(2026, 6, 7), "du 1er au 7 juin 2026", "1–7 June 2026"),
        (date(2026, 9, 28), date(2026, 10, 4), "du 28 septembre au 4 octobre 2026", "28 September – 4 October 2026"),
        (date(2026, 11, 30), date(2026, 12, 1), "du 30 novembre au 1er décembre 2026", "30 November – 1 December 2026"),
        (
            date(2026, 12, 28),
            date(2027, 1, 3),
            "du 28 décembre 2026 au 3 janvier 2027",
            "28 December 2026 – 3 January 2027",
        ),
        (date(2026, 12, 3), date(2026, 12, 3), "3 décembre 2026", "3 December 2026"),
    ],
)
def test_ranges_name_month_and_year_once(first: date, last: date, french: str, english: str) -> None:
    """What both days share is said once."""
    assert format_range(first, last, "fr") == french
    assert format_range(first, last, "en") == english


def test_months_have_a_long_and_a_short_form() -> None:
    """An event whose day was not read has its month."""
    assert format_month(2027, 3, "fr") == "mars 2027"
    assert format_month(2027, 1, "fr", short=True) == "janv. 2027"
    assert format_month(2027, 1, "en", short=True) == "Jan 2027"


@pytest.mark.parametrize(
    ("text", "french"),
    [("12:00", f"12{NB}h"), ("17:30", f"17{NB}h{NB}30"), ("09:05", f"9{NB}h{NB}05"), ("noon", "noon")],
)
def test_hours_are_a_clocks(text: str, french: str) -> None:
    """French readers have *h*, others the clock as it is; what is no hour stays."""
    assert format_clock(text, "fr") == french
    assert format_clock(text, "en") == text


def test_words_are_joined_as_in_a_sentence() -> None:
    """Commas, and a word before the last."""
    assert join_words((), "fr") == ""
    assert join_words(("a",), "fr") == "a"
    assert join_words(("a", "b", "c"), "fr") == "a, b et c"
    assert join_words(("a", "b", "c"), "en") == "a, b and c"


def test_decimals_follow_the_language() -> None:
    """A comma in French, a point in English."""
    assert (format_number(9.5, "fr"), format_number(9.5, "en")) == ("9,5", "9.5")


@given(st.text("ab :;!?«»\u00a0\u202f"))
def test_french_spaces_are_set_once(text: str) -> None:
    """Typography applied twice is typography applied once, and only spaces change."""
    once = french_spaces(text)
    assert french_spaces(once) == once
    assert re.sub(r"\s", "", once) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_each_key_once(language: str) -> None:
    """JSON would let the second of two win in silence."""
    keys: list[str] = []

    def keep(pairs: list[tuple[str, object]]) -> None:
        keys.extend(key for key, _ in pairs if key not in ("one", "other"))

    json.loads(files("watcher").joinpath("locales", f"{language}.json").read_text("utf-8"), object_pairs_hook=keep)
    assert len(keys) == len(set(keys)) == len(get_catalogue(language))
