"""What a plain YAML value means here, and which ones other readers take otherwise.

The rules are those of the YAML 1.2 core schema with two choices: ``10_000_000`` is a number, as
the contract shows, and nothing but ``true`` and ``false`` is a truth value, so ``no`` is a word.
"""

import re

from watcher.config.tree import Plain

MAX_DIGITS = 18  # longer numbers mean nothing here and cost time to read

_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = {".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}
_TRUE_OR_FALSE = {"true": True, "false": False}
_OLD_TRUE_OR_FALSE = frozenset({"y", "n", "yes", "no", "on", "off"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ tT].*)?")
_OCTAL = re.compile(r"[-+]?0[0-9_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")


def resolve(text: str) -> Plain:
    """Return the value of a plain scalar; raises OverflowError for a number of too many digits."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in _TRUE_OR_FALSE and text in {text.lower(), text.title(), text.upper()}:
        return _TRUE_OR_FALSE[text.lower()]
    if text.lower() in _SPECIAL:
        return float(_SPECIAL[text.lower()])
    if text[0] in "+-.0123456789":
        return _number(text)
    return text


def _number(text: str) -> Plain:
    is_integer = bool(_INTEGER.fullmatch(text))
    if not is_integer and not _HEXADECIMAL.fullmatch(text) and not _FLOAT.fullmatch(text):
        return text
    if sum(char.isdigit() for char in text) > MAX_DIGITS:
        raise OverflowError
    if is_integer:
        return int(text.replace("_", ""), 10)
    return int(text, 0) if _HEXADECIMAL.fullmatch(text) else float(text)


def ambiguity(text: str) -> str | None:
    """Return how other YAML readers take this plain value, where they differ from us."""
    if text.lower() in _OLD_TRUE_OR_FALSE:
        return "is true or false for some readers of YAML, and a word here"
    if _DATE.fullmatch(text):
        return "is a date for some readers of YAML, and text here"
    if _OCTAL.fullmatch(text):
        return "has a leading zero: some readers of YAML take it as an octal number"
    if _SEXAGESIMAL.fullmatch(text):
        return "is a number in base sixty for some readers of YAML, and text here"
    return None
