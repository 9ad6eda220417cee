"""Markdown: what strangers write stays text, on its own line, in its own list item."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.digest.hostile import LINKS, ODD_BUT_GOOD, TEXTS, Page, make_hostile
from tests.digest.sample import sample_editions
from watcher.digest.inert import one_line
from watcher.digest.to_markdown import escape, link, to_markdown

STRICT = MarkdownIt("commonmark", {"html": True})
EAGER = MarkdownIt("gfm-like", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
LINES = tuple(text for text in TEXTS if one_line(text))


def inline(tokens: list[Token]) -> list[Token]:
    """Return the tokens within all lines of text."""
    return [child for token in tokens for child in token.children or ()]


def read(tokens: list[Token]) -> str:
    """Return the text that a reader sees."""
    return "".join(token.content for token in inline(tokens) if token.type == "text")


@pytest.mark.parametrize("text", LINES, ids=lambda text: ascii(text[:18]))
@pytest.mark.parametrize("renderer", [STRICT, EAGER], ids=["commonmark", "gfm"])
def test_a_hostile_title_is_one_list_item_of_plain_text(renderer: MarkdownIt, text: str) -> None:
    """A title neither leaves its item nor becomes markup, and reads as its author wrote it."""
    tokens = renderer.parse(f"- {link(text, 'https://example.org/')} – then\n- {escape(text)}\n- next\n")
    kinds = [token.type for token in tokens]
    assert kinds[0] == "bullet_list_open"
    assert kinds.count("bullet_list_open") == 1
    assert kinds.count("list_item_open") == 3
    assert {token.type for token in inline(tokens)} <= {"text", "link_open", "link_close"}
    assert [token.attrGet("href") for token in inline(tokens) if token.type == "link_open"] == ["https://example.org/"]
    assert read(tokens) == f"{one_line(text)} – then{one_line(text)}next"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_line_renders_as_itself(text: str) -> None:
    """Escaping holds for texts that nobody thought of, wherever they stand."""
    clean = re.sub(r"[\u00a0\u202f]+$|^[\u00a0\u202f]+", "", one_line(text))
    tokens = EAGER.parse(f"word {escape(clean)}\n\n- {escape(clean)}\n")
    assert {token.type for token in inline(tokens)} <= {"text"}
    assert read(tokens) == (f"word {clean}" if clean else "word") + clean


@pytest.mark.parametrize("url", LINKS, ids=lambda url: ascii(url[:24]))
def test_a_link_not_to_trust_leaves_its_text(url: str) -> None:
    """The words stay, the address goes."""
    tokens = STRICT.parse(link("Title", url))
    assert [token.type for token in inline(tokens)] == ["text"]


@pytest.mark.parametrize("url", ODD_BUT_GOOD)
def test_an_odd_address_stays_one_link(url: str) -> None:
    """Brackets, quotes and letters of all the world do not end a target early."""
    found = [token for token in inline(STRICT.parse(link("Title", url))) if token.type == "link_open"]
    assert len(found) == 1
    assert str(found[0].attrGet("href")).startswith(("http://", "https://"))


def test_a_hostile_edition_renders_to_harmless_html() -> None:
    """The whole document, read with raw HTML allowed, holds only what we meant: lists, links, emphasis."""
    edition = make_hostile()
    page = Page(EAGER.render(to_markdown(edition)))
    assert {tag for tag, _ in page.tags} <= {*("h1", "h2", "p", "ul", "ol", "li", "a", "strong", "em", "blockquote")}
    assert page.links() == [] or all(re.match("https?://", url) for url in page.links())
    assert "{{7*7}}" in page.text
    headings = [tag for tag, _ in page.tags].count("h2")
    assert headings == len(re.findall("(?m)^## ", to_markdown(edition)))
    lines = Page(STRICT.render(to_markdown(edition))).text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", lines)


def test_each_also_line_is_one_item() -> None:
    """Every story of the one-line list is one list item, hostile or not."""
    edition = make_hostile()
    section = to_markdown(edition).split("## Aussi cette semaine\n\n")[1].split("\n\n## ")[0]
    tokens = STRICT.parse(section)
    assert [token.type for token in tokens].count("list_item_open") == len(edition.also) + bool(edition.also_more)


def test_an_edition_without_news_says_so() -> None:
    """A quiet week is one sentence and the feeds that were alive."""
    text = to_markdown(sample_editions()[2])
    assert "Rien de nouveau sur ce sujet cette semaine." in text
    assert "L’Écho des ateliers" in text
    assert "## " not in text
