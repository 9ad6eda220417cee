"""Figures that tell two events apart: amounts, powers, counts, ordinals, numbered names and reference codes.

Every figure becomes a short string whose head says what it measures, so that two texts can be asked whether they
agree: ``usd:3.3e+08``, ``W:1.1e+09``, ``%:25``, ``n:300``, ``o:12``, ``v:hornsea:3``, ``q:turbin:62``, ``code:AB-1-2``.
"""

import re
from importlib.resources import files

from watcher.words.folding import fold, key_of
from watcher.words.stems import stem

_MOST = 24  # figures kept of one text
CURRENCIES = frozenset({"usd", "eur", "gbp"})  # codes that stand before a sum, and say nothing without it
VAGUE = frozenset({"y:", "n:", "o:", "q:", "d:"})  # heads of figures that many events share


def _read_units() -> dict[str, tuple[str, float]]:
    """Return the authored units: spelling → what it measures and its factor."""
    text = (files("watcher.stories") / "data" / "units.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {spelling: (measure, float(factor)) for spelling, measure, factor in rows}


def _any_of(spellings: list[str]) -> str:
    """Return a pattern for any of ``spellings``, longest first."""
    return "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))


_UNITS = _read_units()
_MONIES = [spelling for spelling, (measure, _) in _UNITS.items() if measure in {"usd", "eur", "gbp"}]
_MEASURES = [spelling for spelling, (measure, _) in _UNITS.items() if measure not in {"usd", "eur", "gbp", "scale"}]
_SCALES = _any_of([spelling for spelling, (measure, _) in _UNITS.items() if measure == "scale"])
_NUMBER = r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d{1,15}(?:[.,]\d{1,6})?)"
_SIGN = _any_of([spelling for spelling in _MONIES if not spelling.isalpha()])
_COIN = _any_of([spelling for spelling in _MONIES if spelling.isalpha()])
_MONEY = re.compile(
    rf"(?:({_SIGN}|\b(?:{_any_of([*CURRENCIES])})\b)\s?{_NUMBER}\s?(?:({_SCALES})\b)?)"
    rf"|(?:{_NUMBER}\s?({_SCALES})?\s?(?:de |d')?({_SIGN}|\b(?:{_COIN})\b))"
)
_MEASURE = re.compile(rf"{_NUMBER}[\s-]?({_any_of(_MEASURES)})(?!\w)")
_PLAIN = re.compile(_NUMBER)
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-6]\d)\b")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th|e|eme|er|ere)\b")
_ORDINALS = (
    ("second", "deuxieme", "seconde"), ("third", "troisieme"), ("fourth", "quatrieme"), ("fifth", "cinquieme"),
    ("sixth", "sixieme"), ("seventh", "septieme"), ("eighth", "huitieme"), ("ninth", "neuvieme"), ("tenth", "dixieme"),
    ("eleventh", "onzieme"), ("twelfth", "douzieme"), ("thirteenth", "treizieme"), ("fourteenth", "quatorzieme"),
)  # fmt: skip
_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen",
)  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july",
         "aout august", "septembre september", "octobre october", "novembre november", "decembre december"), 1)
    for name in names.split()
}  # fmt: skip
_SPELT = {word: number for number, forms in enumerate(_ORDINALS, 2) for word in forms}
_SPELT_WORD = re.compile(rf"\b({'|'.join(_SPELT)})\b")
_AMOUNT_FOLLOWS = r"(?![\d%°€$£,.]|[ -]?(?:%|euros?|ans|MW|GW|kW|million|milliard|billion))"
_NUMBERED = re.compile(rf"\b([^\W\d_]{{3,40}})[ -](\d{{1,3}}(?:\.\d+){{0,2}}|[IVX]{{1,4}})\b{_AMOUNT_FOLLOWS}")
_COUNTED = re.compile(r"(?<![\w.,])(\d{1,5}) ([^\W\d_]{5,30})\b")
# The parts of a series, the rounds of a competition: their numbers are names, and one is not another.
_PART = re.compile(
    r"\b(part(?:ie)?|episode|chapter|chapitre|tome|vol(?:ume)?|issue|numero|cours|saison|season|round|day|jour|etape|stage"
    r"|journee|acte)\s(?:n°\s?|no\.?\s?|#)?(\d{1,4}|"
    rf"{'|'.join(_CARDINALS)})\b(?!\s?(?:%|euros?|ans|million|milliard|billion))"
)
_ISSUE = re.compile(r"\bn°\s?(\d{1,5})\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)?\s({'|'.join(_MONTHS)})\b")
_CODE = re.compile(r"\b[A-Z][A-Z0-9]{1,20}(?:-[A-Za-z0-9]{1,20}){2,8}\b")
# Words with a capital at the start of a sentence or of a date, that a number does not make a name.
_NO_HEAD = frozenset(
    ("the", "les", "des", "plus", "pour", "top", "avec", "dans", "sur", "over", "than", "for", "and", "par", "about",
     "environ", "first", "page", "article", "covid", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet",
     "aout", "septembre", "octobre", "novembre", "decembre", "january", "february", "march", "april", "may", "june",
     "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
     "sep", "sept", "oct", "nov", "dec")
)  # fmt: skip


def read_figures(text: str) -> tuple[str, ...]:
    """Return the figures of ``text``, normalised, without repeats, in the order of their reading."""
    found = read_codes(text)
    found += [
        f"v:{fold(match[1])}:{match[2]}"
        for match in _NUMBERED.finditer(text)
        if match[1][0].isupper() and fold(match[1]) not in _NO_HEAD | CURRENCIES
    ]
    found += [
        f"q:{stem(key_of(match[2]))}:{match[1]}" for match in _COUNTED.finditer(text) if fold(match[2]) not in _UNITS
    ]
    folded = fold(text)
    found += [f"o:{match[1]}" for match in _ORDINAL.finditer(folded)]
    found += [f"o:{_SPELT[match[1]]}" for match in _SPELT_WORD.finditer(folded)]
    found += [f"v:{match[1]}:{_number_of(match[2])}" for match in _PART.finditer(folded)]
    found += [f"v:n:{int(match[1])}" for match in _ISSUE.finditer(folded)]
    found += [f"d:{_MONTHS[match[2]]}-{int(match[1])}" for match in _DAY.finditer(folded)]
    folded = _MONEY.sub(lambda match: _take(found, _money(match)), folded)
    folded = _MEASURE.sub(lambda match: _take(found, _measure(match)), folded)
    found += [f"y:{match[1]}" for match in _YEAR.finditer(folded)]
    found += [
        f"n:{value:g}"
        for match in _PLAIN.finditer(folded)
        if (value := _value(match[1])) >= 10 and not _YEAR.fullmatch(match[1])
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def _number_of(word: str) -> int:
    """Return a cardinal, in digits or spelt."""
    return int(word) if word.isdigit() else _CARDINALS.index(word) + 1


def read_codes(text: str) -> list[str]:
    """Return the reference codes of a text or of an address (a call's number, say)."""
    return [f"code:{match[0]}" for match in _CODE.finditer(text) if any(char.isdigit() for char in match[0])]


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
    factor = _UNITS[scale][1] if scale else 1
    return f"{_UNITS[sign][0]}:{_value(number) * factor:.3g}"


def _measure(match: re.Match[str]) -> str:
    """Return a quantity as unit and value."""
    measure, factor = _UNITS[match[2]]
    return f"{measure}:{_value(match[1]) * factor:.3g}"


def head_of(figure: str) -> str:
    """Return what a figure measures: figures with one head may contradict each other."""
    return figure.rpartition(":")[0]


def is_measure(figure: str) -> bool:
    """Return whether a figure is a sum, a code or a quantity with its unit, which two events hardly share by chance."""
    return figure[:2] not in VAGUE and figure[:2] != "v:"
