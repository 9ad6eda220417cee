"""Whole documents: what comes out of samples of each kind, of damaged ones, and of what is no feed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parse.documents import DATA, URL, make_rss, must_parse, read_sample
from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.document import parse_document


def test_reads_rss_of_a_blog() -> None:
    """A WordPress feed gives clean titles, whole sentences, full text, tags and its own rhythm."""
    feed = read_sample("wordpress.xml")
    first, second = feed.entries
    assert (feed.format, feed.title, feed.language, feed.ttl) == (
        "rss20",
        "Vent d’Ouest – l’actualité",
        "fr-fr",
        21600.0,
    )
    assert first.title == "Un parc de 500 MW au large d’Oléron"
    assert first.summary.endswith("Le chantier durera quatre ans.\n500 MW\n40 éoliennes\nMise en service en 2032.")
    assert first.content == ""
    assert (first.author, first.tags) == ("Anne Le Goff", ("Éolien", "Appel d'offres"))
    assert first.published == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    assert (second.title, second.summary) == ("L'hydrogène & la mer", "Un électrolyseur flottant est à l'essai.")


def test_reads_rss_of_a_paper() -> None:
    """Media descriptions, an original link, double escapes, odd dates and a lone enclosure end in the right places."""
    feed = read_sample("news.xml")
    first, second, third = feed.entries
    assert (feed.ttl, feed.skip_hours, feed.skip_days) == (2700.0, (0, 1), (6,))
    assert (first.title, first.url) == ("Lens maker Alpha opens a plant & hires 40", "https://optics.example.com/alpha")
    assert (first.author, first.tags) == ("News desk", ("Lasers", "Jobs"))
    assert (second.url, second.date_quality) == ("https://base.example.org/relative/2", "unreadable")
    assert (third.url, third.published) == ("https://cdn.example.com/3.mp3", datetime(2026, 11, 1, tzinfo=UTC))


def test_reads_atom() -> None:
    """Types of text constructs, XHTML, media groups, sources and mojibake are handled."""
    feed = read_sample("atom.xml")
    first, second, third = feed.entries
    assert (feed.format, feed.title, feed.site_url, feed.language) == (
        "atom10", "Drone & Air", "https://drone.example.net/", "en-gb",
    )  # fmt: skip
    assert (first.title, first.summary) == ("Fleet of 40 drones", "Use a <b> tag? No: 3 < 4.")
    assert first.content == "A fleet of forty drones flew.\nIt landed & rested."
    assert (first.author, first.tags) == ("Zoé Martin", ("Drones",))
    assert second.summary == "A film about drones.\nSecond paragraph."
    assert (third.title, third.url) == ("Café au lait", "https://drone.example.net/a/3")


def test_reads_rdf_in_latin_1() -> None:
    """RSS 1.0 keeps its items beside the channel, and its dates in Dublin Core."""
    feed = read_sample("rdf.xml")
    assert (feed.format, feed.language) == ("rss10", "fr")
    assert [entry.title for entry in feed.entries] == ["Un laser à fibre", "Sans date"]
    assert [entry.date_quality for entry in feed.entries] == ["given", "missing"]


def test_reads_what_is_damaged() -> None:
    """A careless document keeps its entries and says that it is careless; nothing in it is expanded."""
    feed = read_sample("damaged.xml")
    assert (feed.title, feed.warning is not None) == ("R&D & cafés", True)
    assert [entry.title for entry in feed.entries] == ["AT&T au Pôle Exemple", "Control and &bomb;"]
    assert feed.entries[0].url == "https://damaged.example.org/?a=1&b=2"


@pytest.mark.parametrize("cut", [40, 200, 900])
def test_keeps_the_entries_of_a_document_that_was_cut(cut: int) -> None:
    """A body that ends early keeps what came before."""
    whole = make_rss(*(f"Item {n}" for n in range(40)))
    feed = must_parse(whole[:-cut])
    assert len(feed.entries) >= 40 - cut // 30 - 1
    assert feed.entries[0].title == "Item 0"
    assert feed.warning


def test_keeps_the_entries_of_a_long_document_that_was_cut() -> None:
    """What feedparser would take seconds for is read as far as it is whole, and said to be damaged."""
    items = [f"<title>Item {n}</title><description>{'text ' * 400}</description>" for n in range(1000)]
    parsed = must_parse(make_rss(*items)[:-20] + "<oops")
    assert len(parsed.entries) == 1000
    assert "not well-formed" in (parsed.warning or "")


def test_no_bad_entry_costs_another() -> None:
    """Empty items, bad dates, hostile links and huge guids stand beside good items, and all are kept."""
    feed = must_parse(
        make_rss(
            "<title></title>", "<pubDate>never</pubDate>", "<link>javascript:alert(1)</link><title>x</title>",
            f"<guid>{'g' * 50_000}</guid>", "Good",
        )
    )  # fmt: skip
    assert len(feed.entries) == 5
    assert feed.entries[2].url is None
    assert feed.entries[4].title == "Good"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example", "http://user:pw@x.example/",
     "java\nscript:alert(1)", "http://[bad", "http://", "about:blank", "tel:1"],
)  # fmt: skip
def test_only_web_links_come_out(link: str) -> None:
    """No link with another scheme, with credentials or without a host leaves the room."""
    feed = must_parse(make_rss(f"<title>x</title><link><![CDATA[{link}]]></link>"))
    assert feed.entries[0].url is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty document"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (
            b"<html><head><title>Log in</title></head><form><input type=password></form>",
            "titled “Log in”",
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG image"),
        (b"<opml version='2.0'><body/></opml>", "watcher opml import"),
        (b'{"error": "no"}', "JSON that is no JSON Feed"),
        (b"[" * 100_000, "broken JSON"),
        (b"nothing to see here", "plain text"),
    ],
)
def test_says_what_is_no_feed(body: bytes, words: str) -> None:
    """Everything that is no feed is refused with one sentence that names it."""
    parsed = parse_document(body, "application/rss+xml", URL)
    assert isinstance(parsed, Unreadable)
    assert words in parsed.error
    assert parsed.error.endswith(".")


def test_a_page_in_a_feeds_place_names_its_feeds() -> None:
    """The feeds that a page announces are offered."""
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    parsed = parse_document(page, "text/html", URL)
    assert parsed == Unreadable(
        error="The address serves a web page and not a feed; it links to https://base.example.org/rss.xml.",
        feeds=("https://base.example.org/rss.xml",),
    )


def test_bounds_entries_and_texts() -> None:
    """Of 5,201 entries the 5,000 newest are kept and the rest counted; titles and texts are cut."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    items = (f"<title>t{n}</title><pubDate>{(day + timedelta(hours=n)).isoformat()}</pubDate>" for n in range(5200))
    feed = must_parse(make_rss(*items, f"<title>{'long ' * 9000}</title><description>{'word ' * 90_000}</description>"))
    assert (len(feed.entries), feed.truncated) == (5000, 201)
    assert (feed.entries[0].title, feed.entries[-2].title) == ("t201", "t5199")
    assert len(feed.entries[-1].title) <= 300
    assert len(feed.entries[-1].content) <= 200_000


def test_future_dates_are_not_kept() -> None:
    """With the time of the fetch, a date far ahead of it is flagged and dropped; a few hours ahead are believed."""
    body = make_rss("<pubDate>2099-01-01</pubDate>", "<pubDate>2026-11-24T00:00:00Z</pubDate>").encode()
    parsed = parse_document(body, None, URL, datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert isinstance(parsed, ParsedFeed)
    assert [(entry.date_quality, entry.published is None) for entry in parsed.entries] == [
        ("future", True),
        ("given", False),
    ]


def test_entity_bombs_do_not_go_off() -> None:
    """Nested entities, in text or in attributes, are neither expanded nor fatal."""
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    items = '<item><title>&l9;</title><enclosure url="&l9;"/></item><item><title>ok</title></item>'
    body = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{bomb}]><rss version="2.0"><channel>{items}</channel></rss>'
    feed = must_parse(body)
    assert [entry.title for entry in feed.entries] == ["&l9;", "ok"]


def test_an_item_that_makes_feedparser_raise_costs_no_other() -> None:
    """Documents on which both of feedparser's readers fail are read without the items that make them."""
    feed = must_parse(make_rss("Good", "<source><link>x</source></link><title>Bad</title>", "Better"))
    assert [entry.title for entry in feed.entries] == ["Good", "Better"]
    assert feed.warning


def test_feedparsers_strict_reader_may_raise() -> None:
    """A space in a namespace breaks Python's expat binding: the loose reader takes over."""
    spaces = ' xmlns:media="h ttp://search.yahoo.com/mrss/"'
    assert len(must_parse(make_rss("<media:title>x</media:title><title>y</title>", attributes=spaces)).entries) == 1


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed(body: bytes) -> None:
    """No bytes make the parser raise."""
    assert isinstance(parse_document(body, None, URL), ParsedFeed | Unreadable)


@given(
    st.sampled_from(sorted(path.name for path in DATA.iterdir())),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_any_mutation_is_parsed(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    """Sample documents with pieces cut out and put in never make the parser raise, and stay storable."""
    body = bytearray((DATA / name).read_bytes())
    for start, length, piece in edits:
        body[start : start + length] = piece
    parsed = parse_document(bytes(body), None, URL)
    if isinstance(parsed, ParsedFeed):
        for entry in parsed.entries:
            assert entry.keys
            assert all(text.isprintable() or "\n" in text or text for text in (entry.title, entry.summary))
            assert f"{entry.title}{entry.summary}{entry.content}{entry.url}".encode()
