"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.encoding import declared_encodings, decode

DOCUMENT = '<?xml version="1.0" encoding="{}"?><rss><channel><title>{}</title></channel></rss>'


@pytest.mark.parametrize(
    ("declared", "used", "title"),
    [
        ("utf-8", "utf-8-sig", "Café"),
        ("utf-16", "utf-16", "Café"),
        ("utf-16be", "utf-16-be", "Café"),
        ("utf-8", "utf-16", "Café"),
        ("utf-32", "utf-32", "Café"),
        ("iso-8859-1", "latin-1", "Café"),
        ("iso-8859-1", "cp1252", "“Café” – 5 €"),
        ("windows-1252", "cp1252", "“Café”"),
        ("iso-8859-15", "iso-8859-15", "5 €"),
        ("iso-8859-1", "utf-8", "Café"),
        ("utf-8", "latin-1", "Café"),
        ("gb2312", "gb18030", "北京科技"),
        ("big5", "big5", "台北"),
        ("shift_jis", "shift_jis", "東京"),
        ("euc-kr", "euc-kr", "서울"),
        ("koi8-r", "koi8-r", "Москва"),
        ("punycode", "utf-8", "Café"),
        ("zlib_codec", "utf-8", "Café"),
        ("undefined", "utf-8", "Café"),
        ("x-klingon", "utf-8", "Café"),
        ("a" * 100_000, "utf-8", "Café"),
    ],
)
def test_finds_the_encoding(declared: str, used: str, title: str) -> None:
    """Marks, declarations, wrong declarations and names that are no encodings all end in the right title."""
    assert f"<title>{title}</title>" in decode(DOCUMENT.format(declared, title).encode(used))[0]


def test_reads_documents_of_mixed_encodings() -> None:
    """Latin-1 bytes in a UTF-8 document are read as what they are, surrogates go, and a sentence says so."""
    text, warning = decode(b"<rss>\xe9 \xc3\xa9 \x93q\x94 \xed\xa0\xbd</rss>")
    assert text == "<rss>é é “q” </rss>"
    assert warning
    assert "Windows-1252" in warning


def test_the_header_counts_when_the_document_says_nothing() -> None:
    """A charset in Content-Type is used for bytes that are not UTF-8; codec names that are no charsets are not."""
    assert decode(b"<rss>\xcc\xee\xf1\xea\xe2\xe0</rss>", "text/xml; charset=windows-1251")[0] == "<rss>Москва</rss>"
    assert declared_encodings(b"", "text/xml; charset=rot13") == ()


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_decodes_any_bytes(body: bytes, content_type: str | None) -> None:
    """Nothing raises, whatever the bytes and the header are."""
    assert isinstance(decode(body, content_type)[0], str)
