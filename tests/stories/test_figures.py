"""Figures are read alike in French and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.stories.figures import head_of, read_codes, read_figures


@pytest.mark.parametrize(
    ("french", "english", "figure"),
    [
        ("330 millions de dollars", "$330 million", "usd:3.3e+08"),
        ("2,5 milliards d'euros", "€2.5bn", "eur:2.5e+09"),
        ("1,1 GW", "1,100MW", "W:1.1e+09"),
        ("25 %", "25%", "%:25"),
        ("12 000 salariés", "12,000 people", "n:12000"),
        ("le 12e paquet", "the 12th package", "o:12"),
        ("la huitième zone", "its eighth area", "o:8"),
        ("Hornsea 3", "Hornsea 3", "v:hornsea:3"),
        ("62 turbines", "62 turbines", "q:turbin:62"),
        ("en 2030", "by 2030", "y:2030"),
    ],
)
def test_both_languages_give_one_figure(french: str, english: str, figure: str) -> None:
    """Separators, scales and units of both languages come to the same."""
    assert figure in read_figures(french)
    assert figure in read_figures(english)


def test_a_number_is_read_once() -> None:
    """The 25 of 25% is no count beside it."""
    assert read_figures("25% stake") == ("%:25",)


def test_reference_codes_are_read() -> None:
    """A call's reference is known in a text and in an address."""
    assert read_codes("https://www.example.org/HORIZON-CL5-2026-03-D3-12") == ["code:HORIZON-CL5-2026-03-D3-12"]
    assert read_codes("Non-numbered HIGH-END-THING") == []


def test_the_head_says_what_is_measured() -> None:
    """Figures contradict only under one head."""
    assert head_of("v:hornsea:3") == "v:hornsea"
    assert head_of("usd:3.3e+08") == "usd"


@given(st.text(alphabet="0123456789 .,-%$€MGWkh", max_size=200))
def test_any_digits_can_be_read(text: str) -> None:
    """No run of digits, separators and units breaks reading."""
    assert len(read_figures(text)) <= 24
