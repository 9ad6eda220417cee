"""Plain text out of markup."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.text import MAX_TEXT, clean_line, clean_text, shorten


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<p>One</p><p>Two <b>bold</b> end</p>", "One\nTwo bold end"),
        ("a<br/>b<br>c", "a\nb\nc"),
        ("Caf&eacute; &amp; th&#233;", "Café & thé"),
        ("Caf&amp;eacute;", "Café"),
        ("&lt;p&gt;Twice&lt;/p&gt;&lt;p&gt;escaped&lt;/p&gt;", "Twice\nescaped"),
        ("x<script>alert(1)</script>y<style>p{}</style>z", "x y z"),
        ("x<!-- hidden --> y", "x y"),
        ("<!-- a --><!-- b", ""),
        ("kept <a href='x>y' title=\"<b>\">link</a>", "kept link"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ('cut off <a href="http', "cut off"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<![CDATA[ inner <i>text</i> ]]>", "inner text"),
        ("no&nbsp;break  and\n\n a\ttab", "no break and\na tab"),
        ("&#0;&#x1;&#99999999999999999999;ok", "\ufffdok"),
        ("<iframe src=x></iframe>seen", "seen"),
        ("one<o:p>two<section-x>three", "one\ntwothree"),
        ("if (a[b[0]]> 1 && c <3)", "if (a[b[0]]> 1 && c <3)"),
        ("<p>one <script type='x'>two</p>", "one"),
        ("<iframe src='x'<br /> title='y'>one", "one"),
    ],
)
def test_cleans_html(value: str, expected: str) -> None:
    """Tags go, blocks become lines, entities become characters, scripts and comments vanish."""
    assert clean_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("history of the <blink> tag", "history of the <blink> tag"),
        ("<b>bold</b> title", "bold title"),
        ("AT&amp;T", "AT&T"),
        ("a <img src=x onerror=alert(1)> b", "a b"),
        ("line one\nline two", "line one line two"),
        ("Hello\r\nBcc: victim@example.org", "Hello Bcc: victim@example.org"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tag\U000e0041s", "tags"),
        ("e\u0301" + "\u0301" * 50, unicodedata.normalize("NFC", "e" + "\u0301" * 4)),
        ("bad\ud800 \ufffe\x00\x1b[31m", "bad [31m"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_cleans_titles(value: str, expected: str) -> None:
    """Titles are one line of legible text; what only looks a little like a tag is kept."""
    assert clean_line(value) == expected


@given(st.text() | st.from_regex(r"(<[a-z!/]{0,6}[^>]{0,5}>?|&#?x?[0-9a-z]{0,9};?|[a-z\x00\u202e\ud800 ]){0,30}"))
def test_is_always_safe_to_store(value: str) -> None:
    """Any text comes out as valid UTF-8 in NFC without controls, and clean lines are lines."""
    text = clean_text(value)
    assert text.encode("utf-8").decode("utf-8") == text
    assert text == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text if c != "\n")
    assert "\n" not in clean_line(value)


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<![",
        "<?",
        "<a ",
        "&#",
        "&",
        "<a href",
        '<p style="a:b;',
        '<a "x>"',
        "<script>",
        "<",
        "'<b '",
        "a\u0301\u0300",
    ],
)
def test_reads_floods_to_the_end(piece: str) -> None:
    """Half a megabyte of one broken construct is read in linear time, and the result is bounded."""
    assert len(clean_text(piece * (500_000 // len(piece)))) <= MAX_TEXT


def test_shortens_between_words() -> None:
    """A long title is cut between two words and says so; one endless word is cut anywhere."""
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("a" * 50, 10) == "a" * 9 + "…"
    assert len(clean_line("word " * 1000)) <= 300
