"""Documents made harmless."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.repair import repair


def test_document_types_are_cut_without_expansion() -> None:
    """Entities that refer to others or to files are never expanded; a feed's own plain ones are put in."""
    text = (
        '<!DOCTYPE r [<!ENTITY a "A"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&a;&b;&x;</rss>'
    )
    assert repair(text) == ("<rss>A&amp;b;&amp;x;</rss>", True)


def test_own_entities_cannot_blow_a_document_up() -> None:
    """Entities whose use would add a megabyte stay unexpanded."""
    text = f'<!DOCTYPE r [<!ENTITY q "{"q" * 100}">]><rss>{"&q;" * 20_000}</rss>'
    assert len(repair(text)[0]) < 200_000


def test_illegal_characters_and_references_go() -> None:
    """What XML forbids is removed, legal references stay."""
    assert repair("<a>\x00&#0;&#x110000;&#xD800;&#99999999999999;&#233;</a>")[0] == "<a>&#233;</a>"


def test_bare_signs_and_html_names_are_written_out() -> None:
    """Outside CDATA and comments, ampersands and brackets are escaped and HTML's names replaced."""
    assert repair("<a>AT&T &eacute; 3 < 4 &nosuch; &lt;</a>")[0] == "<a>AT&amp;T é 3 &lt; 4 &amp;nosuch; &lt;</a>"
    assert repair("<a><![CDATA[R&D &eacute;]]></a>") == ("<a><![CDATA[R&D &eacute;]]></a>", False)


def test_what_stands_around_the_feed_is_cut() -> None:
    """Blank lines before and text after the root go."""
    assert repair("\n <rss>x</rss><!-- cached --> bye")[0] == "<rss>x</rss>"


def test_a_document_type_in_a_comment_is_no_document_type() -> None:
    """Only a real document type is cut."""
    text = "<!-- <!DOCTYPE --><rss>x</rss>"
    assert repair(text) == (text, False)


@given(st.text(alphabet="<>&;![]-'\"#xDOCTYPENI a0", max_size=200))
def test_repairs_anything_and_only_once(text: str) -> None:
    """Any text is repaired without an exception, and holds no character that XML forbids."""
    assert "\x00" not in repair(f"{text}\x00")[0]
