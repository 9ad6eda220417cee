"""Bytes to text: which encoding a document is in, decided before any parser sees it.

The encodings are a list of ours, because Python's codec registry also holds punycode, zlib and other things that no
document may ask for. Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever anybody declares; single wrong bytes
in a UTF-8 document are read as Windows-1252, which is what they are in practice.
"""

import codecs
import re
from typing import Final

_LONGEST_NAME: Final = 40
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]{0,400}?encoding\s*=\s*[\"']([^\"'>]{1,100})[\"']")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,100})", re.IGNORECASE)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_FAMILIES: Final = (("iso8859-", range(1, 17)), ("cp", range(1250, 1259)))
_ALLOWED: Final = {f"{family}{number}" for family, numbers in _FAMILIES for number in numbers} | {
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "koi8-r", "koi8-u",
    "mac-roman", "tis-620", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp",
    "iso2022_jp", "euc_kr", "cp949", "cp437", "cp850", "cp866", "cp874",
}  # fmt: skip
# What pages call by the left name is the right one in practice (WHATWG Encoding Standard).
_SUPERSETS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
}


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str | None]:
    """Return the text of ``body`` and, where it is not what it claims to be, a sentence that says so. Never raises."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _decode_as(body[len(bom) :], name)
    for start, name in _UNMARKED:
        if body.startswith(start):
            return _decode_as(body, name)
    names = declared_encodings(body, content_type)
    if "utf-8" in names or not names or not body.isascii():
        try:
            return body.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
    for name in names:
        if name != "utf-8":
            try:
                return body.decode(_SUPERSETS.get(name, name)), None
            except UnicodeDecodeError:
                continue
    return _decode_as(body, "utf-8")


def declared_encodings(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """Return the allowed encodings that the XML declaration and the header name, under their Python names."""
    declared = _DECLARATION.match(body[:1000])
    header = _CHARSET.search((content_type or "")[:1000])
    found = (declared[1].decode("latin-1") if declared else "", header[1] if header else "")
    return tuple(name for label in found if (name := _known(label)))


def _known(label: str) -> str | None:
    """Return Python's name of an encoding that documents may be in, or None."""
    if not label or len(label) > _LONGEST_NAME or not label.isascii():
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return name if name in _ALLOWED else None


def _decode_as(body: bytes, name: str) -> tuple[str, str | None]:
    """Decode leniently; the sentence tells when bytes did not fit."""
    try:
        return body.decode(name), None
    except UnicodeDecodeError:
        if name != "utf-8":
            return body.decode(name, "replace"), f"Some bytes of the document are not valid {name} and were replaced."
    return body.decode("utf-8", _STRAY), "Some bytes of the document are not UTF-8; they were read as Windows-1252."


def _read_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252, but drop encoded surrogates."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    if data[start] == 0xED and data[start + 1 : start + 2] >= b"\xa0":
        return "", min(start + 3, len(data))
    return data[start : error.end].decode("cp1252", "replace"), error.end


_STRAY: Final = "watcher.stray"
codecs.register_error(_STRAY, _read_stray_bytes)
