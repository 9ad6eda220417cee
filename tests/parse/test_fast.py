"""The fast reader against feedparser: equal on every document that it takes.

``WATCHER_FEEDS=FOLDER`` adds a folder of documents of any kind to those beside this file.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parse.documents import DATA, SHARED, URL, make_rss
from watcher.parse.document import finish_feed, read_thoroughly
from watcher.parse.encoding import decode
from watcher.parse.fast import read_fast, read_remains
from watcher.parse.repair import repair
from watcher.parse.sniff import describe_binary, judge

_LARGEST = 25_000  # bytes: keeps the walk over a big folder within seconds
_FOLDERS = (DATA, SHARED / "data" / "feeds", SHARED / "hostile" / "corpus")


def find_feeds(folder: Path, largest: int = _LARGEST) -> Iterator[tuple[Path, str]]:
    """Yield the text of each feed document below ``folder``, as the readers get it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size <= largest):
        body = path.read_bytes()
        if not describe_binary(body):
            text = decode(body)[0]
            verdict = judge(text)
            if verdict.kind == "feed":
                yield path, text[verdict.start :].lstrip("\ufeff \t\r\n")


def compare(text: str) -> bool | None:
    """Return whether both readers agree on a document, or None when the fast one leaves it."""
    raw = read_fast(text)
    if raw is None:
        text = repair(text)[0]
        raw = read_fast(text)
    return None if raw is None else finish_feed(raw, text, URL, None) == read_thoroughly(text, URL, None)


def check_folder(folder: Path) -> tuple[int, list[str]]:
    """Return how many documents of a folder the fast reader takes, and those on which the readers differ."""
    verdicts = {str(path): compare(text) for path, text in find_feeds(folder)}
    taken = {path: verdict for path, verdict in verdicts.items() if verdict is not None}
    return len(taken), [path for path, verdict in taken.items() if not verdict]


def test_agrees_on_samples() -> None:
    """Every sample document is taken and read alike."""
    assert check_folder(DATA) == (5, [])


@pytest.mark.skipif(not SHARED.exists(), reason="the recorded feeds lie outside the project")
@pytest.mark.parametrize("folder", _FOLDERS[1:], ids=["feeds", "corpus"])
def test_agrees_on_recorded_documents(folder: Path) -> None:
    """Hundreds of recorded feeds and feedparser's own odd documents are read alike, most of them by the fast reader."""
    taken, different = check_folder(folder)
    assert taken > 100
    assert different == []


@pytest.mark.skipif("WATCHER_FEEDS" not in os.environ, reason="WATCHER_FEEDS names no folder")
def test_agrees_on_any_folder() -> None:
    """Documents of the folder that the environment names are read alike."""
    assert check_folder(Path(os.environ["WATCHER_FEEDS"]))[1] == []


@pytest.mark.parametrize(
    "item",
    [
        "<title>a</title><title>b</title><media:title>c</media:title>",
        "<media:title>c</media:title><title>a</title>",
        "<title/><media:group><media:title>deep</media:title></media:group>",
        "<title>a</title><image>x</image><media:title>b</media:title>",
        "<title>a</title><source url='x'>s</source><dc:title>b</dc:title>",
        "<description>a</description><description>b</description><content:encoded>c</content:encoded>",
        "<content:encoded>c</content:encoded><description>a</description>",
        "<description/><itunes:summary>a</itunes:summary><media:description>b</media:description>",
        "<guid>https://x.example/1</guid>",
        "<guid isPermaLink='false'>https://x.example/1</guid><link/>",
        "<link>https://x.example/?a=1&amp;b=2</link><guid>g</guid><link>https://x.example/2</link>",
        "<link href='https://x.example/3' type='application/json'/><link href='https://x.example/4'/>",
        "<author>a@x.example (Ann)</author><dc:creator>Bob</dc:creator>",
        "<author><name>Ann</name><email>a@x.example</email></author>",
        "<category domain='d'>a</category><category/><category>b</category>",
        "<category domain='d'/><category>c</category><category>c</category>",
        "<itunes:category text='a'><itunes:category text='b'/></itunes:category>",
        "<itunes:keywords>c, d,,e</itunes:keywords><media:keywords>f</media:keywords>",
        "<pubDate>Mon, 16 Nov 2026 12:00:00 GMT</pubDate><dc:date>2026-11-17</dc:date>",
        "<dcterms:created>2026-11-15</dcterms:created><pubDate/>",
        "<title>CafÃ©</title><description>\x80 5</description>",
        "<media:content><media:description>deep</media:description></media:content><description>d</description>",
        "<TITLE>Upper</TITLE><PubDate>2026-11-16</PubDate>",
        "<dc:language>fr</dc:language><language>en</language><feedburner:origLink>https://x.example/o</feedburner:origLink>",
        "<site xmlns='com-wordpress:feed-additions:1'>7</site><title>x</title>",
        "<enclosure url='https://x.example/1.mp3'/><enclosure url='https://x.example/2.mp3'/>",
        "<unknown><title>inner</title></unknown><other a='b'><pubDate>2026-11-16</pubDate></other>",
    ],
)  # fmt: skip
def test_keeps_feedparsers_rules(item: str) -> None:
    """Which of several titles, texts, links, dates and tags counts is decided as feedparser decides."""
    spaces = {
        "media": "http://search.yahoo.com/mrss/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    }
    attributes = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    assert compare(make_rss(item, attributes=attributes)) is True


@pytest.mark.parametrize(
    "text",
    [
        make_rss("a")[:-9],
        make_rss("a &nosuch; b"),
        f"<!DOCTYPE rss SYSTEM 'x.dtd'>{make_rss('a')[38:]}",
        make_rss("<link>relative</link>").replace("<rss ", "<rss xml:base='https://x.example/' "),
        make_rss("<link>relative</link>", attributes=" base='https://x.example/'"),
        make_rss("<title mode='base64'>YQ==</title>"),
        make_rss("<title>a <b>bold</b></title>"),
        make_rss("a", attributes=' xmlns="http://backend.userland.com/rss2"'),
        '<feed xmlns="http://purl.org/atom/ns#" version="0.3"><entry/></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="image/png">aGk=</content></entry></feed>',
        "<html/>",
    ],
)  # fmt: skip
def test_leaves_what_it_is_not_sure_of(text: str) -> None:
    """What is ill-formed, has a document type or a base that matters, or is rare, is left to feedparser."""
    assert read_fast(text) is None


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (make_rss("a", "b")[:-9], ["a", "b"]),
        (make_rss("a", "b")[:-30], ["a", "b"]),
        (make_rss("<title>a</title><description><b>x</b></description>", "b")[:-9], ["a", "b"]),
        (make_rss("<title>a</title><description>" + "<b>" * 3000), ["a"]),
        (make_rss("a", "<title>b</title><dc:title>c</dc:title>"), ["a", "b"]),
    ],
)
def test_reads_what_remains(text: str, titles: list[str]) -> None:
    """A document that is cut, nested too deeply or otherwise ill-formed keeps all its items, without odd elements."""
    assert read_fast(text) is None
    raw = read_remains(text)
    assert raw is not None
    assert [entry.title for entry in raw.entries] == titles


@pytest.mark.parametrize(
    "text",
    [
        make_rss("a"),
        make_rss("<title>a <b>bold</b></title>"),
        make_rss("<title>a <b>bold</b></title>", attributes=" xmlns:x='relative'"),
        make_rss("<title>a</title><x y='>", "b", "c"),
        make_rss("<description>" + "<b>" * 3000 + "</b>" * 3000, "b"),
        make_rss("<link>a</link>", attributes=" base='https://x.example/'")[:-9],
        "<rss",
        "",
    ],
)
def test_leaves_remains_that_lack_an_item(text: str) -> None:
    """Well-formed documents, and those of which recovering loses an item, are left to feedparser."""
    assert read_remains(text) is None
