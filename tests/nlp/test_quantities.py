"""Figures: every spelling of a sum or size comes out with its value, and nothing else does."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.nlp.quantities import find_quantities, parse_number

MONEY = [
    ("une levée de 20 millions d'euros", "20 millions d'euros", "20000000", "EUR"),
    ("a €1.2bn deal", "€1.2bn", "1200000000", "EUR"),
    ("worth $25,000 today", "$25,000", "25000", "USD"),
    ("un budget de 5 M€", "5 M€", "5000000", "EUR"),
    ("3,5 milliards de dollars", "3,5 milliards de dollars", "3500000000", "USD"),
    ("raised £4.2m from", "£4.2m", "4200000", "GBP"),
    ("about US$330 million.", "US$330 million", "330000000", "USD"),
    ("soit 1 200 000 €, dit-il", "1 200 000 €", "1200000", "EUR"),
    ("un milliard d’euros", "un milliard d’euros", "1000000000", "EUR"),
    ("2 Mds€", "2 Mds€", "2000000000", "EUR"),
    ("DKK 3 billion", "DKK 3 billion", "3000000000", "DKK"),
    ("10 000 francs suisses", "10 000 francs suisses", "10000", "CHF"),
    ("300,000 euros...", "300,000 euros", "300000", "EUR"),
    ("coûte 17 euros.", "17 euros", "17", "EUR"),
]
SIZES = [
    ("un parc de 1,5 GW", "1,5 GW", "1500000000", "W"),
    ("a 230-270MW project", "230-270MW", "270000000", "W"),
    ("44.2 Tbps over fibre", "44.2 Tbps", "44200000000000", "bit/s"),
    ("optiques 400G en test", "400G", "400000000000", "bit/s"),
    ("un laser de 100 kW", "100 kW", "100000", "W"),
    ("12 MWh de stockage", "12 MWh", "12000000", "Wh"),
    ("1.1GW auction", "1.1GW", "1100000000", "W"),
    ("500 mégawatts", "500 mégawatts", "500000000", "W"),
    ("10 Gbit/s", "10 Gbit/s", "10000000000", "bit/s"),
    ("1.6T modules", "1.6T", "1600000000000", "bit/s"),
]


@pytest.mark.parametrize(("text", "written", "amount", "unit"), MONEY)
def test_money_is_read_with_amount_and_currency(text: str, written: str, amount: str, unit: str) -> None:
    """A sum comes out whole, with its value and ISO 4217 code."""
    (span,) = find_quantities(text)
    assert (span.kind, text[span.start : span.end]) == ("MONEY", written)
    assert (span.amount, span.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(("text", "written", "amount", "unit"), SIZES)
def test_sizes_are_read_in_base_units(text: str, written: str, amount: str, unit: str) -> None:
    """Power, energy and data rates come out in W, Wh and bit/s."""
    (span,) = find_quantities(text)
    assert (span.kind, text[span.start : span.end]) == ("QUANTITY", written)
    assert (span.amount, span.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        "la 5G et la 4G",
        "le Mavic 3",
        "12 km de câble",
        "25 % du capital",
        "en 2030",
        "M300 RTK",
        "120 mètres",
        "2.7kg",
        "Covid-19",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Networks, models, lengths, weights, shares and years are no figures of ours."""
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5", "1.5"),
        ("25,000", "25000"),
        ("1 234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0.500", "0.5"),
        ("1,234.56", "1234.56"),
    ],
)
def test_numbers_of_both_languages(text: str, value: str) -> None:
    """Commas and points part thousands or decimals by their place."""
    assert parse_number(text) == Decimal(value)


def test_what_is_no_number_gives_none() -> None:
    """Rubbish is None, never an exception."""
    assert parse_number("1,,2..3x") is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789 .,€$kMGWbnd'million-\u202f", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    """Spans lie within the text, do not overlap, and carry a value."""
    spans = find_quantities(text)
    assert all(0 <= span.start < span.end <= len(text) and span.amount is not None for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
