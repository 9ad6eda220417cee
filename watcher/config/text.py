"""Bytes of a file to text that a YAML reader can be given.

Everything that readers disagree on is refused or settled here: size, encoding, control
characters, line ends. A file saved by an old editor gets the remedy, not a stack of errors.
"""

import codecs
import re

from watcher.config.tree import Fault

MAX_BYTES = 1_000_000  # the contract's bound on a file
MAX_SHOWN = 20  # odd characters named one by one

# What YAML 1.2 calls not printable, and the breaks that YAML 1.1 counts and 1.2 does not.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def decode(raw: bytes) -> tuple[str, tuple[Fault, ...]]:
    """Return the text with line feeds as its line ends, and what makes it unreadable (then do not read it)."""
    if len(raw) > MAX_BYTES:
        return "", (Fault(message=f"The file is too large: {len(raw):,} bytes.", hint="at most 1 MB is read"),)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", (_encoding("The file is encoded in UTF-16, not UTF-8.", 1),)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", (_undecodable(raw, error),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, _odd_characters(text)


def _undecodable(raw: bytes, error: UnicodeDecodeError) -> Fault:
    before = raw[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    if error.reason == "unexpected end of data":
        return _encoding("The text ends inside a character: the file is truncated, or not UTF-8.", line)
    return _encoding("The file is not text in UTF-8: is it saved as latin-1 or Windows-1252, or binary?", line)


def _encoding(message: str, line: int) -> Fault:
    return Fault(line=line, message=message, hint="save it again with the encoding UTF-8")


def _odd_characters(text: str) -> tuple[Fault, ...]:
    if text.count("\0") > len(text) // 4:
        return (_encoding("The file is full of NUL characters: it is UTF-16 or binary, not UTF-8 text.", 1),)
    faults = []
    for match in _REFUSED.finditer(text):
        start = match.start()
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        code = f"U+{ord(match[0]):04X}"
        message = f"The character {code} is not allowed: it is an invisible control character."
        faults.append(Fault(line=line, column=column, message=message, hint="delete it and type the line again"))
        if len(faults) == MAX_SHOWN:
            break
    return tuple(faults)
