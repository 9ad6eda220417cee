"""A feed that attacks: its strings go through the whole job and do nothing in any format, command or mail."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from tests.fetch.site import answer, serving
from tests.flow.test_weeks import MONDAYS, make_runtime
from watcher.digest.period import last_whole_week
from watcher.pipeline.deliver import preview
from watcher.pipeline.explain import explain_id
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime
from watcher.pipeline.steps import fetch_and_take_in

NOW = MONDAYS[5]
STRINGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;svg onload=alert(1)&gt;",
    "</title><iframe src=//evil.example>",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.gif)",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "Subject\r\nBcc: all@evil.example\r\n.\r\nQUIT",
    "red \x1b[31m alarm \x9b2J \u202egnp.exe \u2028 next",
    "]]><entry><title>forged</title></entry>",
    "=HYPERLINK('http://evil.example')",
)
LINKS = ("javascript:alert(1)", "data:text/html,x", "http://user@evil.example/", "https://ok.example/a?b=c&d=<e>")
ACTIVE = {"script", "iframe", "object", "embed", "form", "svg", "math", "base", "link", "img", "input", "style"}
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def make_feed() -> bytes:
    """Return a feed whose every field holds every string."""
    items = "".join(
        f"<item><guid>{number}</guid><title>Item {number} {escape(text)}</title><link>{escape(link)}</link>"
        f"<author>{escape(text)}</author><category>{escape(text)}</category>"
        f"<description>{escape(text)} {escape(escape(text))}</description>"
        f"<pubDate>Wed, 18 Nov 2026 0{number % 10}:00:00 GMT</pubDate></item>"
        for number, (text, link) in enumerate((text, LINKS[i % 4]) for i, text in enumerate(STRINGS))
    )
    head = escape(STRINGS[0] + STRINGS[7])
    document = f"<rss version='2.0'><channel><title>{head}</title>{items}</channel></rss>"
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", document).encode()


class Judge(HTMLParser):
    """Collects what a browser would do with a page beyond showing it."""

    def __init__(self, page: str, *, allowed: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.found: list[str] = []
        self._allowed = allowed
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note active elements, event handlers and links that are no web addresses."""
        if tag in ACTIVE - self._allowed:
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            if name.startswith("on") or (
                name in {"href", "src"} and scheme and scheme[1].lower() not in {"http", "https", "mailto"}
            ):
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """An archive and editions made from the attacking feed."""
    folder = tmp_path_factory.mktemp("attack")
    with serving({"/feed": answer(body=make_feed(), Content_Type="application/rss+xml")}) as site:
        (folder / "feeds.yaml").write_text(
            f"network: {{allow: ['127.0.0.1:{site.port}']}}\nmail: {{sender: a@b.example}}\n"
            f"topics: {{news: {{feeds: [{{url: '{site.url('/feed')}', excerpt: full}}]}}}}\n",
            "utf-8",
        )
        (folder / "members.yaml").write_text("members: [{name: Firm, emails: [a@firm.example]}]\n", "utf-8")
        runtime = make_runtime(folder)
        assert fetch_and_take_in(runtime, NOW).new == len(STRINGS)
        publish(runtime, NOW, week=last_whole_week(NOW, "Europe/Paris"))
    yield runtime
    runtime.close()


def files(runtime: Runtime, pattern: str) -> list[str]:
    """Return the text of all digest files of a kind, of which there are some."""
    found = [path.read_bytes().decode("utf-8") for path in sorted(runtime.settings.digests.rglob(pattern))]
    assert found
    return found


def test_pages_are_inert(attacked: Runtime) -> None:
    """OUT-01, OUT-02, OUT-04: pages hold the strings as text, no element, handler or link of the feed's making."""
    pages = files(attacked, "*.html")
    for page in pages:
        assert Judge(page, allowed=frozenset({"style"})).found == []
        assert 'evil.example/p.gif"' not in page
    assert any("{{7*7}}" in page for page in pages)


def test_markdown_renders_to_the_same_text(attacked: Runtime) -> None:
    """OUT-03: a renderer that lets HTML through finds none, and no image or link of the feed's making."""
    for text in files(attacked, "*.md"):
        assert Judge(MarkdownIt("commonmark", {"html": True}).render(text)).found == []


def test_other_formats_parse(attacked: Runtime) -> None:
    """OUT-05, OUT-07: Atom is well-formed, calendars parse, and no file holds a control or a mark of direction."""
    for text in files(attacked, "*.xml"):
        assert ET.fromstring(text).tag.endswith("feed")  # noqa: S314 - our own file
    for text in files(attacked, "*.ics"):
        assert Calendar.from_ical(text)
    for text in files(attacked, "*.*"):
        assert not OBEYED.search(text.replace("\r\n", "\n"))


def test_mails_are_inert(attacked: Runtime) -> None:
    """MAI-01, MAI-11: subject on one line, nothing active or remote in the page, no control in the text."""
    (mail,) = preview(attacked, datetime.fromisoformat("2026-11-23T07:00:00+01:00"))
    assert "\n" not in mail.subject
    assert Judge(mail.html).found == []
    assert not OBEYED.search(mail.text + mail.html)


def test_explanations_are_one_line_a_fact(attacked: Runtime) -> None:
    """A title cannot forge a line of `watcher explain`."""
    for number in range(1, len(STRINGS) + 1):
        lines = explain_id(attacked, NOW, str(number)).text().splitlines()
        assert not any(line.startswith(("Bcc:", ".", "QUIT")) for line in lines)


def test_nothing_lands_outside_the_folder(attacked: Runtime) -> None:
    """OUT-06: file names come from topics and weeks alone."""
    names = {path.name for path in Path(attacked.settings.digests).rglob("*") if path.is_file()}
    assert all(re.fullmatch(r"(news|agenda)[a-z.]*|index\.html", name) for name in names), names
