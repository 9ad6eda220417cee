"""Figures that tell two events apart: amounts, powers, counts, ordinals, numbered names and reference codes.

Every figure becomes a short string whose head says what it measures, so that two texts can be asked whether they
agree: ``usd:3.3e+08``, ``W:1.1e+09``, ``%:25``, ``n:300``, ``o:12``, ``v:hornsea:3``, ``code:HORIZON-CL6-2026``.
"""

import re

from watcher.words.folding import fold

_NUMBER = r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_SCALE = {
    "k": 1e3, "thousand": 1e3, "mille": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "bn": 1e9, "md": 1e9, "mds": 1e9,
    "milliard": 1e9, "milliards": 1e9, "billion": 1e9, "billions": 1e9, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_CURRENCY = {"$": "usd", "us$": "usd", "dollar": "usd", "dollars": "usd", "usd": "usd", "€": "eur", "euro": "eur", "euros": "eur", "eur": "eur", "£": "gbp", "pound": "gbp", "pounds": "gbp", "gbp": "gbp", "livres": "gbp"}  # fmt: skip
_UNITS = {
    "w": ("W", 1), "kw": ("W", 1e3), "mw": ("W", 1e6), "gw": ("W", 1e9), "megawatts": ("W", 1e6), "gigawatts": ("W", 1e9), "mwh": ("Wh", 1e6), "gwh": ("Wh", 1e9),
    "twh": ("Wh", 1e12), "kwh": ("Wh", 1e3), "km": ("m", 1e3), "kilometres": ("m", 1e3), "kilometers": ("m", 1e3), "m": ("m", 1), "metres": ("m", 1),
    "meters": ("m", 1), "mm": ("m", 1e-3), "nm": ("m", 1e-9), "kg": ("g", 1e3), "tonnes": ("g", 1e6), "gbps": ("bps", 1e9), "tbps": ("bps", 1e12), "%": ("%", 1),
}  # fmt: skip
_SCALES = "|".join(sorted(_SCALE, key=len, reverse=True))
_SIGNS = r"us\$|[$€£]"
_WORDS = "dollars?|usd|euros?|eur|pounds?|gbp|livres"
_MONEY = re.compile(
    rf"(?:({_SIGNS})\s?{_NUMBER}\s?(?:({_SCALES})\b)?)|(?:{_NUMBER}\s?({_SCALES})?\s?(?:de |d')?({_SIGNS}|\b(?:{_WORDS})\b))"
)
_MEASURE = re.compile(rf"{_NUMBER}[\s-]?({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?!\w)")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th|e|eme|er|ere)\b")
_SPELT = {
    word: number
    for number, forms in enumerate(
        ("second deuxieme seconde", "third troisieme", "fourth quatrieme", "fifth cinquieme", "sixth sixieme", "seventh septieme",
         "eighth huitieme", "ninth neuvieme", "tenth dixieme", "eleventh onzieme", "twelfth douzieme", "thirteenth treizieme"), 2)
    for word in forms.split()
}  # fmt: skip
_SPELT_WORD = re.compile(rf"\b({'|'.join(_SPELT)})\b")
_NUMBERED = re.compile(
    r"\b([^\W\d_]{3,})[ -](\d{1,3}(?:\.\d+){0,2}|[IVX]{1,4})\b(?![\d%°€$£,.]|[ -]?(?:%|euros?|ans|MW|GW|kW|million|milliard|billion))"
)
_CODE = re.compile(r"\b[A-Z][A-Z0-9]+(?:-[A-Za-z0-9]+){2,}\b")
_PLAIN = re.compile(_NUMBER)
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-6]\d)\b")
_NO_HEAD = frozenset(["the", "les", "des", "plus", "pour", "top", "avec", "dans", "sur", "over", "than", "for", "and", "par", "about", "environ", "first", "juin", "mars", "avril", "mai", "may", "march", "april", "june", "july", "august", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "janvier", "fevrier", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "january", "february", "september", "october", "november", "december", "saison", "episode", "article", "page", "covid"])  # fmt: skip
_MOST = 24  # figures kept of one text


def read_figures(text: str) -> tuple[str, ...]:
    """Return the figures of ``text``, normalised, without repeats, in the order of their reading."""
    found = [f"code:{match[0]}" for match in _CODE.finditer(text) if any(char.isdigit() for char in match[0])]
    found += [
        f"v:{fold(match[1])}:{match[2]}"
        for match in _NUMBERED.finditer(text)
        if match[1][0].isupper() and fold(match[1]) not in _NO_HEAD
    ]
    folded = fold(text)
    found += [f"o:{match[1]}" for match in _ORDINAL.finditer(folded)]
    found += [f"o:{_SPELT[match[1]]}" for match in _SPELT_WORD.finditer(folded)]
    folded = _MONEY.sub(lambda match: _take(found, _money(match)), folded)
    folded = _MEASURE.sub(lambda match: _take(found, _measure(match)), folded)
    found += [f"y:{match[1]}" for match in _YEAR.finditer(folded)]
    found += [
        f"n:{value:g}"
        for match in _PLAIN.finditer(folded)
        if (value := _value(match[1])) >= 10 and not _YEAR.fullmatch(match[1])
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def _take(found: list[str], figure: str) -> str:
    """Note ``figure`` and leave a gap in its place, so that its number is not read twice."""
    found.append(figure)
    return " | "


def _value(number: str) -> float:
    """Read a number with French or English separators."""
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+", number):
        return float(re.sub(r"\D", "", number))
    return float(number.replace(",", "."))


def _money(match: re.Match[str]) -> str:
    """Return a sum of money as currency and value."""
    sign, number, scale = (match[1], match[2], match[3]) if match[1] else (match[6], match[4], match[5])
    return f"{_CURRENCY[sign]}:{_value(number) * _SCALE.get(scale or '', 1):.3g}"


def _measure(match: re.Match[str]) -> str:
    """Return a quantity as unit and value."""
    unit, factor = _UNITS[match[2]]
    return f"{unit}:{_value(match[1]) * factor:.3g}"


def head_of(figure: str) -> str:
    """Return what a figure measures: figures with one head may contradict each other."""
    return figure.rpartition(":")[0]
