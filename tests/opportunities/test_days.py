"""Dates as written in French and English, against the day of publication."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.i18n import format_day
from watcher.opportunities.days import read_days
from watcher.opportunities.reading import flatten

PUBLISHED = date(2026, 11, 24)  # a Tuesday


def read(text: str, published: date = PUBLISHED) -> tuple[str, ...]:
    """Return what is read, each as ``first[/last][ time]`` or a month."""
    shown = []
    for day in read_days(flatten(text), text, published):
        last = f"/{day.last}" if day.last else ""
        time = f" {day.time}" if day.time else ""
        shown.append(f"{day.first or day.month}{last}{time}")
    return tuple(shown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jusqu’au 15 mars à midi", "2027-03-15 12:00"),
        ("le 1er février 2027", "2027-02-01"),
        ("du 31 mai au 3 juin 2027", "2027-05-31/2027-06-03"),
        ("du 30 décembre au 2 janvier", "2026-12-30/2027-01-02"),
        ("les 3, 4 et 5 juin 2027", "2027-06-03/2027-06-05"),
        ("le vendredi 27 novembre à 17 h 30", "2026-11-27 17:30"),
        ("ce vendredi 27 à 17h30", "2026-11-27 17:30"),
        ("vendredi prochain", "2026-11-27"),
        ("dans trois semaines", "2026-12-15"),
        ("demain", "2026-11-25"),
        ("en mars", "2027-03"),
        ("mi-janvier 2027", "2027-01"),
        ("le mois prochain", "2026-12"),
        ("avant le 12/02/2027", "2027-02-12"),
        ("le 15.03.2027", "2027-03-15"),
        ("2027-03-15", "2027-03-15"),
        ("March 12-14, 2027", "2027-03-12/2027-03-14"),
        ("12–14 March 2027", "2027-03-12/2027-03-14"),
        ("May 31 – June 3, 2027", "2027-05-31/2027-06-03"),
        ("by 5pm on 3 March", "2027-03-03 17:00"),
        ("before 23:59 CET on 2 Dec", "2026-12-02 23:59"),
        ("noon on Friday 26 February 2027", "2027-02-26 12:00"),
        ("Monday, March 1, 2027 at 5 pm", "2027-03-01 17:00"),
        ("In May", "2027-05"),
        ("next Friday", "2026-11-27"),
        ("in three weeks", "2026-12-15"),
    ],
)
def test_written_dates_are_read(text: str, expected: str) -> None:
    """Each way to write a date gives its day, range, month or time."""
    assert read(text) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "31 février 2027", "mardi 15 mars", "he may 3 times", "life on Mars 2 rover", "mar 3 fois", "le samedi",
        "dans quinze jours", "in two months", "12 MW", "3 sur 4", "99/99/2027", "le 20 octobre dernier",
        "ISO 9001", "version 3.2.1", "march 5",
    ],
)  # fmt: skip
def test_nothing_else_is_a_date(text: str) -> None:
    """Impossible days, other words, contradictions and vague spans are not read."""
    assert [one for one in read(text) if one >= "2026-11-24"] == []


@settings(max_examples=150, deadline=None)
@given(st.dates(min_value=PUBLISHED, max_value=PUBLISHED + timedelta(days=800)), st.sampled_from(["fr", "en"]))
def test_a_full_date_is_read_as_it_is(day: date, language: str) -> None:
    """Any date written out in either language comes back."""
    assert read(f"x {format_day(day, language)} x") == (str(day),)


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)), st.integers(min_value=0, max_value=180))
def test_a_year_left_out_is_the_coming_one(published: date, ahead: int) -> None:
    """A day of the next half year is understood without its year, that of 29 February included."""
    day = published + timedelta(days=ahead)
    assert read(f"le {format_day(day, 'fr', year=False)}", published) == (str(day),)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_folding_keeps_places(text: str) -> None:
    """Folding never changes the length of a text, so that phrases are quoted from the real one."""
    assert len(flatten(text)) == len(text)
