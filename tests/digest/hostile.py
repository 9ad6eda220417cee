"""Strings and links of hostile feeds, and an edition with one of each wherever a feed's word can come.

Authored for these tests. Each text should come out as itself, on one line, and do nothing.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from tests.digest.sample import WEEK, make_card, make_entry, make_story
from watcher.digest.compose import compose
from watcher.digest.material import CardMaterial, Material, MemberNews
from watcher.model.catalogue import Cluster
from watcher.model.edition import Edition, Link
from watcher.model.entry import Entry
from watcher.model.feed import FeedHealth
from watcher.model.member import MemberMention
from watcher.model.opportunity import Opportunity
from watcher.model.story import Trend

TEXTS = (
    "<script>steal()</script>",
    "<img src=x onerror=steal()>",
    "<svg/onload=steal()>",
    "</title></style></textarea><script>steal()</script>",
    '"><a href=\'javascript:steal()\' onmouseover="steal()">x</a>',
    "&lt;iframe src=//evil.test&gt;&amp;lt;script&amp;gt;",
    "<!--[if mso]><form action=http://evil.test><input></form><![endif]-->",
    "<div style='position:fixed;background:url(http://evil.test/p.gif)'>x</div>",
    "]]><entry><title>forged</title></entry>",
    "{{7*7}} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "[click](javascript:steal()) ![p](http://evil.test/p.gif) <javascript:steal()>",
    "# Heading",
    "- item\n- item\n\n1. item",
    "> quote\n***\n---\n===",
    "```\ncode\n```",
    "| a | b |\n|---|---|\n| c | d |",
    "[ref]: http://evil.test 'title'",
    "www.evil.test http://evil.test mailto:a@evil.test",
    "1986. A great year",
    "+ plus = equals ~~~ tildes",
    "    indented code",
    "two  \nlines\\\nand a break<br>",
    "subject\r\nBcc: victim@example.org\r\n\r\nBody",
    "line\u2028separator\u2029and\u0085next",
    "null\x00bell\x07escape\x1b[31mred\x1b]0;title\x07",
    "right\u202eto left\u2066isolated\u2069 zero\u200bwidth\ufeff",
    "z" + "\u0300\u0301\u0302\u0303" * 60 + "algo",
    "lone \ud800 surrogate and \ufffe non-character",
    "👩\u200d🚀 joined emoji, می\u200cخواهم",
    '=HYPERLINK("http://evil.test") @SUM(A1) \'; DROP TABLE story; --',
    "../../etc/passwd \\\\server\\share $(reboot) `reboot`",
    "END:VEVENT\r\nBEGIN:VALARM\r\nACTION:EMAIL;x,y\\n",
    "word " * 3000,
    "x" * 20_000,
    "&#106;avascript:steal() &Tab; &nbsp; &copy",
    "*bold* _under_ ~~gone~~ `code` \\*escaped\\*",
)
LINKS = (
    "javascript:steal()",
    "JaVaScRiPt:steal()",
    "java\tscript:steal()",
    " javascript:steal()",
    "data:text/html,<script>steal()</script>",
    "vbscript:steal()",
    "file:///etc/passwd",
    "ftp://evil.test/x",
    "//evil.test/x",
    "/relative",
    "http:evil.test",
    "https://bank.example@evil.test/",
    "https://user:secret@evil.test/",
    "https://",
    "https://exa mple.org/",
    "https://example.org:99999/",
    "https://[::1",
    "https://example.org/\r\nBcc: victim@example.org",
    "https://example.org/\x00",
    "https://example.org/" + "a" * 5000,
    "https://exa<mple.org/",
    "",
)
ODD_BUT_GOOD = (
    "https://example.org/a?b=<script>&c='\"`d)",
    "https://example.org/a>[x](y)",
    "https://example.org/été/Ünï?q=ça#ñ",
    "https://bücher.example/",
    "http://example.org:8080/a%20b;c,d",
)


def make_hostile(texts: tuple[str, ...] = TEXTS, links: tuple[str, ...] = LINKS) -> Edition:
    """Compose an edition whose every word and link is a stranger's."""
    return compose(make_material(texts, links))


def make_material(texts: tuple[str, ...], links: tuple[str, ...]) -> Material:
    """Return what the hostile edition is composed from: a story, a card, a trend, a feed for each text."""
    entries = [_entry(number, text, texts, links) for number, text in enumerate(texts, 1)]
    stories = [make_story((entry,), names=texts[entry.id % len(texts)], reasons=texts[:2]) for entry in entries[:14]]
    suites = [make_story((entry,), since=44, changed=(entry.title,)) for entry in entries[14:20]]
    return Material(
        cluster=Cluster(name=texts[0], url=links[0]),
        topic="drones",
        topic_name=texts[1 % len(texts)],
        week=WEEK,
        timezone="Europe/Paris",
        language="fr",
        stories=(*stories, *suites, *(make_story((entry,)) for entry in entries[20:])),
        cards=tuple(_card(entry, texts) for entry in entries),
        members=tuple(_news(entry) for entry in entries[:9]),
        trends=tuple(
            Trend(key=text[:9], name=text, kind="term", count=3, before=(0, 1), score=1.0, is_new=True)
            for text in texts
        ),
        links=tuple(Link(a=text, b=f"{texts[0]}!", count=2) for text in texts),
        health=tuple(_health(number, text) for number, text in enumerate(texts)),
        articles=len(texts),
        feeds_read=1,
        note="\n".join(texts),
    )


def _entry(number: int, text: str, texts: tuple[str, ...], links: tuple[str, ...]) -> Entry:
    entry = make_entry(number, "echo", text, f"{text} and so on.")
    return replace(
        entry,
        url=links[number % len(links)],
        publisher=texts[number * 5 % len(texts)],
        language=text[:8] if number % 2 else "fr",
    )


def _card(entry: Entry, texts: tuple[str, ...]) -> CardMaterial:
    told = replace(entry, id=entry.id + 1000)
    odd = entry.id % 2 == 0
    text = texts[entry.id * 3 % len(texts)]
    found = Opportunity(
        kind="event" if odd else "tender",
        title=entry.title,
        organiser=text,
        place=text,
        amount=text,
        start=date(2026, 12, 3) if odd else None,
        deadline=None if odd else date(2026, 12, 9),
        deadline_time=None if odd else text,
    )
    return make_card(told, found)


def _news(entry: Entry) -> MemberNews:
    told = replace(entry, id=entry.id + 2000)
    mention = MemberMention(member=f"m{entry.id % 4}", entry_id=told.id, text=entry.title, start=0, end=3, reason="x")
    return MemberNews(mention=mention, name=entry.title, entry=told, story=f"s{entry.id}" if entry.id % 2 else None)


def _health(number: int, text: str) -> FeedHealth:
    return FeedHealth(
        url=f"https://example.org/{number}",
        name=text,
        topics=("drones",),
        status="failing" if number % 2 else "silent",
        since=datetime(2026, 11, 12, tzinfo=UTC),
    )


class Page(HTMLParser):
    """What a browser would find in a page: tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data

    def links(self) -> list[str]:
        """Return the address of every link."""
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]
