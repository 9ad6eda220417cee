"""HTML: self-contained, inert, readable; the same for mails."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from tests.digest.hostile import LINKS, ODD_BUT_GOOD, TEXTS, Page, make_hostile, make_material
from tests.digest.sample import sample_editions
from tests.strategies import editions
from watcher.digest.compose import compose
from watcher.digest.index import index_entry, to_index
from watcher.digest.inert import one_line
from watcher.digest.personal import compose_personal
from watcher.digest.to_html import environment, tidy, to_html, to_mail_html
from watcher.digest.to_markdown import to_markdown
from watcher.model.catalogue import Cluster
from watcher.model.edition import Edition
from watcher.model.entry import ParsedFeed
from watcher.model.member import Member, Relevance
from watcher.parse.document import parse_document

SHARED = Path(__file__).parents[2].parent / "shared"
CASES = (
    *("o_html_desc", "o_html_cdata", "o_html_title", "o_html_title2", "o_html_author_cat", "o_atom_xhtml"),
    *("o_atom_title_html", "o_atom_base64", "o_links", "o_xml_base", "o_text", "o_text_categories", "o_unicode"),
    *("o_mail", "o_log", "o_css_mail", "o_json_break", "o_atom_break", "o_ents", "o_redos_user"),
)
PLAIN = {"html", "head", "meta", "title", "body", "main", "header", "footer", "section", "article", "div", "table"}
PLAIN |= {"tr", "td", "th", "p", "h1", "h2", "h3", "ol", "ul", "li", "a", "span", "br"}
ATTRIBUTES = {"href", "rel", "style", "lang", "hreflang", "aria-label", "role", "title", "scope", "colspan", "charset"}
ATTRIBUTES |= {"name", "content", "width", "cellpadding", "cellspacing", "align"}


def pages(edition: Edition) -> tuple[str, str, str]:
    """Return the page, the mail and the index of an edition."""
    cluster = Cluster(name=edition.cluster, url=edition.cluster_url)
    return to_html(edition), to_mail_html(edition), to_index((index_entry(edition),), cluster, edition.language)


def check_page(page: str, *, is_mail: bool) -> None:
    """Assert that a page holds nothing active, nothing remote and no hook for a style of a feed."""
    found = Page(page)
    assert {tag for tag, _ in found.tags} <= PLAIN
    assert {name for _, attributes in found.tags for name in attributes} <= ATTRIBUTES
    assert not [tag for tag, attributes in found.tags if "name" in attributes and tag != "meta"]
    styles = " ".join(attributes.get("style") or "" for _, attributes in found.tags)
    assert not re.search(r"url\(|expression|position|@import|display:none", styles)
    for tag, attributes in found.tags:
        if tag == "a" and "hreflang" not in attributes:
            assert re.match("https?://[^/]", attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer nofollow"
    if is_mail:
        assert not [tag for tag, attributes in found.tags if tag == "meta" and "charset" not in attributes]


@pytest.mark.parametrize(
    "edition", [*sample_editions(), make_hostile(), make_hostile(links=ODD_BUT_GOOD)], ids=range(5)
)
def test_pages_hold_nothing_active_or_remote(edition: Edition) -> None:
    """No script, style sheet, form or picture; links are absolute and give nothing away."""
    page, mail, index = pages(edition)
    check_page(page, is_mail=False)
    check_page(mail, is_mail=True)
    check_page(index, is_mail=False)


@given(editions())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_edition_becomes_a_harmless_page(edition: Edition) -> None:
    """Whatever types allow can be rendered, and renders harmless."""
    for page in pages(edition):
        check_page(page, is_mail=False)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:18]))
def test_a_hostile_title_is_read_as_it_was_written(text: str) -> None:
    """Escaping is on everywhere: readers see the title's own characters, template signs included."""
    edition = compose(make_material((text,), LINKS))
    shown = " ".join(Page(to_html(edition)).text.replace("\u00a0", " ").split())
    assert " ".join(one_line(text).replace("\u00a0", " ").split()) in shown


def test_hostile_links_are_left_out_and_their_words_stay() -> None:
    """A link that cannot be trusted costs the link, not the title."""
    edition = make_hostile()
    assert Page(to_html(edition)).links() == []
    assert len(Page(to_html(make_hostile(links=ODD_BUT_GOOD))).links()) > 50


def test_templates_escape_by_default() -> None:
    """Autoescape is on and an unknown variable is an error, not a hole."""
    assert environment().autoescape is True
    assert environment().from_string("{{ x }}").render(x="<b>{{ 7*7 }}</b>") == "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;"


def test_a_mail_needs_no_style_sheet_and_no_dark_mode() -> None:
    """Mail clients drop style sheets and darken by themselves: all styles stand in place, by day."""
    mail = to_mail_html(sample_editions()[0])
    assert "light-dark" not in mail
    assert "<style" not in mail
    assert "light-dark" in to_html(sample_editions()[0])


def test_a_page_is_self_contained() -> None:
    """Nothing is loaded from anywhere: the page reads the same in a hundred years."""
    page = to_html(sample_editions()[0])
    assert not re.search(r"(?i)<(link|img|script|iframe|source|style)|src=|@import|url\(", page)


def test_every_sentence_names_its_source() -> None:
    """Behind each sentence of a summary stands the link to its article."""
    edition = sample_editions()[0]
    page = to_html(edition)
    for item in (*edition.top, *edition.follow_ups):
        for sentence in item.summary:
            behind = page.split(sentence.text.replace(" :", "\u00a0:"), 1)[1]
            assert f'href="{sentence.source.url}"' in behind[:200]


def test_a_text_in_another_language_says_so() -> None:
    """Screen readers change their voice at a headline in English."""
    assert re.search(r'<h3[^>]* lang="en">', to_html(sample_editions()[0]))


def test_a_members_own_digest_starts_with_what_is_for_them() -> None:
    """Pour vous stands above the editions, each item with its reason, escaped as all else."""
    edition = sample_editions()[0]
    reason = "votre compétence : <b>capteurs</b>"
    relevances = (
        Relevance(member="altivue", score=0.9, reasons=(reason,), story="s8"),
        Relevance(member="altivue", score=0.5, reasons=("marché cible : ouvrages d’art",), card="c50"),
    )
    mail = to_mail_html(compose_personal(Member(slug="altivue", name="Altivue"), relevances, (edition,)))
    check_page(mail, is_mail=True)
    text = Page(mail).text
    assert text.index("Pour vous") < text.index("Altivue · du 16") < text.index("En bref")
    assert reason in text.replace("\u00a0", " ").replace("\u202f", " ")


def test_tidy_leaves_no_blank_lines() -> None:
    """Templates leave gaps; files do not keep them."""
    assert tidy("\n<p>\n\n  \n</p>\n\n") == "<p>\n</p>\n"


@pytest.fixture(scope="module")
def judge() -> ModuleType:
    """Return the judge of pages made from hostile feeds."""
    spec = importlib.util.spec_from_file_location("verify_html", SHARED / "hostile" / "verify_html.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SHARED.exists(), reason="the hostile feeds are not beside this checkout")
@pytest.mark.parametrize("case", CASES)
def test_the_judge_finds_nothing_in_what_hostile_feeds_become(judge: ModuleType, case: str) -> None:
    """Entries of each hostile feed, printed in every place of an edition, leave no finding in any form."""
    server = SHARED / "hostile" / "server.py"
    command = [sys.executable, str(server), "--dump", case]
    dump = subprocess.run(command, capture_output=True, check=True, timeout=20)  # noqa: S603 - a fixed command
    feed = parse_document(dump.stdout, None, "https://example.org/feed")
    assert isinstance(feed, ParsedFeed)
    assert feed.entries
    texts = [text for entry in feed.entries for text in (entry.title, entry.summary, entry.author or "", *entry.tags)]
    links = tuple(entry.url or "" for entry in feed.entries) + LINKS
    kept = tuple(dict.fromkeys(text for text in texts if text)) or ("x",)
    for at in range(0, len(kept), 40):
        edition = compose(make_material(kept[at : at + 40], links))
        page, mail, index = pages(edition)
        markdown = MarkdownIt("commonmark", {"html": True}).render(to_markdown(edition))
        assert judge.findings(page, strict=True) == []
        assert judge.findings(index, strict=True) == []
        assert judge.findings(markdown, strict=True) == []
        assert judge.findings(mail, strict=True, mail=True) == []
