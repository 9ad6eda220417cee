"""Sums of money, and power, energy and data rates, read by rule and turned into values.

Rules and not a model: a figure is right or wrong, and its value must come out. All patterns are linear: a number of
bounded length, at most one multiplier, one unit. Counted as QUANTITY are the sizes that this watch compares: power
(``1,5 GW``, ``230-270MW``), energy (``12 MWh``) and data rates (``44.2 Tbps``, ``400G``); not lengths, weights,
durations or percentages.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from watcher.nlp.spans import Span, keep_longest

_NUMBER = r"\d{1,3}(?:[   .,’']\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,4})?(?!\d)"
_BEFORE = r"(?<![\w.,/-])"
_RANGE = rf"(?:{_NUMBER})(?:\s?(?:-|–|—|à|to|and|et|ou|or)\s?(?:{_NUMBER}))?"
_GAP = r"[ \t\u00a0\u202f\u2009-]?"
_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "$": "USD", "US$": "USD", "U.S.$": "USD", "A$": "AUD",
    "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL",
    "RMB": "CNY", "DKR": "DKK",
}  # fmt: skip
_CODES = (
    "USD", "EUR", "GBP", "CHF", "AUD", "CAD", "DKK", "NOK", "SEK", "PLN", "JPY", "CNY", "INR", "KRW", "TWD", "BRL",
    "TRY", "CZK",
)  # fmt: skip
_SIGNS |= dict(zip(_CODES, _CODES, strict=True))
_WORDS = {
    r"euros?": "EUR",
    r"dollars? canadiens?|canadian dollars?": "CAD",
    r"dollars? australiens?|australian dollars?": "AUD",
    r"dollars? am[ée]ricains?|(?:us |american )?dollars?": "USD",
    r"livres?(?: sterling)?|pounds?(?: sterling)?": "GBP",
    r"francs? suisses?|swiss francs?": "CHF",
    r"yens?": "JPY",
    r"yuans?|renminbi": "CNY",
    r"roubles?|rubles?": "RUB",
    r"roupies?|rupees?": "INR",
    r"couronnes? danoises?|danish (?:kroner|crowns?)": "DKK",
    r"couronnes? norv[ée]giennes?|norwegian (?:kroner|crowns?)": "NOK",
    r"couronnes? su[ée]doises?|swedish (?:kronor|crowns?)": "SEK",
}
_SCALE = {
    "thousand": 3, "k": 3, "mille": 3, "milliers": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6,
    "md": 9, "mds": 9, "mrd": 9, "bn": 9, "bln": 9, "b": 9, "billion": 9, "billions": 9, "milliard": 9, "milliards": 9,
    "tn": 12, "trn": 12, "trillion": 12, "trillions": 12,
}  # fmt: skip
_SCALES = (
    r"(?:thousand|milliards?|millions?|billions?|trillions?|milliers|mille|mln|mio|mrd|mds|md|bln|bn|mn|tn|trn|[kmb])"
)
_COUNTED = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "a": 1,
}  # fmt: skip
_OF = r"(?:[ \u00a0-](?:d'|d’|de |of )?)"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CURRENCY = "|".join(_WORDS)
_COUNTS = "|".join(_COUNTED)
_LARGE = r"milliards?|millions?|billions?|trillions?"
_MONEY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?P<sign>{_SIGN}){_GAP}(?P<number>{_RANGE})(?:{_GAP}(?P<scale>{_SCALES})(?!\w))?",
        rf"{_BEFORE}(?P<number>{_RANGE})(?:{_GAP}(?P<scale>{_SCALES}))?{_GAP}(?:d'|d’|de )?(?P<sign>{_SIGN})(?!\w)",
        rf"{_BEFORE}(?P<number>{_RANGE})(?:{_GAP}(?P<scale>{_SCALES}))?{_OF}(?P<word>{_CURRENCY})(?!\w)",
        rf"{_BEFORE}(?P<counted>{_COUNTS}) (?P<scale>{_LARGE}){_OF}(?P<word>{_CURRENCY})(?!\w)",
    )
)
_CURRENCY_CODES = tuple((re.compile(rf"(?:{pattern})\Z", re.IGNORECASE), code) for pattern, code in _WORDS.items())

_PREFIX = {"": 0, "k": 3, "K": 3, "M": 6, "m": 6, "G": 9, "g": 9, "T": 12, "t": 12, "P": 15, "p": 15}
_WATTS = r"(?:kilo|m[ée]ga|giga|t[ée]ra)watts?(?:-?heures?|[ -]?hours?)?"
_BITS = r"(?:kilo|m[ée]ga|giga|t[ée]ra|p[ée]ta)bits?(?: par seconde| per second|/s)"
_RATES = r"[kKMGTP](?:bps|bits?/s(?:ec)?|b/s|Bps|o/s|B/s|bits? par seconde|bits? per second)"
_POWER = re.compile(rf"{_BEFORE}(?P<number>{_RANGE}){_GAP}(?P<unit>[kKMGT]W(?:h|c|p|e|th)?|[MG]VA|{_WATTS})(?!\w)")
_RATE = re.compile(rf"{_BEFORE}(?P<number>{_RANGE}){_GAP}(?P<unit>{_RATES}|{_BITS})(?!\w)")
# 400G and 1.6T alone name Ethernet and optics rates; 4G and 5G are telephone networks.
_LINE_RATE = re.compile(
    rf"{_BEFORE}(?:(?P<number>10|25|40|50|100|200|400|800|1600)(?P<unit>G)(?:bE|BASE)?|(?P<number2>[13][.,][26])(?P<unit2>T))(?![\w-])"
)
_UNIT_WORDS = {"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P"}


def find_quantities(text: str) -> tuple[Span, ...]:
    """Return the MONEY and QUANTITY spans of ``text`` with amount and ISO 4217 code or unit, in reading order.

    A range gives its upper end. Power comes in W, energy in Wh, data rates in bit/s.
    """
    return keep_longest((*_money(text), *_power(text), *_rates(text)))


def _money(text: str) -> Iterator[Span]:
    for pattern in _MONEY:
        for match in pattern.finditer(text):
            amount = _scale(_count(match), match["scale"])
            unit = _currency(match)
            if amount is not None and unit:
                yield Span(kind="MONEY", start=match.start(), end=match.end(), source="rule", amount=amount, unit=unit)


def _count(match: re.Match[str]) -> Decimal | None:
    groups = match.groupdict()
    if counted := groups.get("counted"):
        return Decimal(_COUNTED[counted.lower()])
    return parse_number(_last(groups["number"]))


def _currency(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if sign := groups.get("sign"):
        return _SIGNS.get(sign.upper()) if sign == sign.upper() else None
    return next((code for pattern, code in _CURRENCY_CODES if pattern.match(groups.get("word") or "")), None)


def _power(text: str) -> Iterator[Span]:
    for match in _POWER.finditer(text):
        if (amount := parse_number(_last(match["number"]))) is not None:
            power, unit = _power_unit(match["unit"])
            yield Span(
                kind="QUANTITY",
                start=match.start(),
                end=match.end(),
                source="rule",
                amount=_shift(amount, power),
                unit=unit,
            )


def _power_unit(unit: str) -> tuple[int, str]:
    flat = unit.lower().replace("é", "e")
    word = next((letter for name, letter in _UNIT_WORDS.items() if flat.startswith(name)), None)
    base = "VA" if unit.endswith("VA") else "Wh" if flat.endswith(("wh", "heure", "heures", "hour", "hours")) else "W"
    return _PREFIX[word or unit[0]], base


def _rates(text: str) -> Iterator[Span]:
    for match in _RATE.finditer(text):
        if (amount := parse_number(_last(match["number"]))) is not None:
            flat = match["unit"].lower().replace("é", "e")
            word = next((letter for name, letter in _UNIT_WORDS.items() if flat.startswith(name)), None)
            octets = 8 if match["unit"][1:2] in {"o", "B"} else 1
            rate = _shift(amount * octets, _PREFIX[word or match["unit"][0]])
            yield Span(kind="QUANTITY", start=match.start(), end=match.end(), source="rule", amount=rate, unit="bit/s")
    for match in _LINE_RATE.finditer(text):
        number, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
        if (amount := parse_number(number)) is not None:
            yield Span(
                kind="QUANTITY",
                start=match.start(),
                end=match.end(),
                source="rule",
                amount=_shift(amount, _PREFIX[unit]),
                unit="bit/s",
            )


def _last(numbers: str) -> str:
    """Return the upper end of a range, or the number itself."""
    return re.split(r"\s?(?:-|–|—|à|to|and|et|ou|or)\s?", numbers)[-1]


def parse_number(text: str) -> Decimal | None:
    """Return the value of ``1,5``, ``25,000``, ``1 234,5`` or ``1.234.567``; None when it is no number.

    A lone comma or point before exactly three digits parts thousands, unless the number starts with 0.
    """
    flat = re.sub(r"[\s’']", "", text)
    marks = [char for char in flat if char in ".,"]
    if len(marks) > 1 and len(set(marks)) == 1:
        flat = flat.replace(marks[0], "")
    elif len(marks) > 1:
        flat = flat.replace(marks[0], "").replace(",", ".")
    elif marks and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", flat):
        flat = flat.replace(marks[0], "")
    try:
        return Decimal(flat.replace(",", "."))
    except InvalidOperation:
        return None


def _scale(amount: Decimal | None, scale: str | None) -> Decimal | None:
    if amount is None or scale is None:
        return amount
    return _shift(amount, _SCALE[scale.lower()])


def _shift(amount: Decimal, power: int) -> Decimal:
    """Multiply by ten to the ``power`` and write the result without an exponent."""
    shifted = amount.scaleb(power)
    return Decimal(int(shifted)) if shifted == int(shifted) else shifted.normalize()
