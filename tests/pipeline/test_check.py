"""Checking files against the archive, and finding feeds behind an address, over a real loopback server."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.flow.conftest import Demo, demo
from tests.pipeline.test_fetch import ShortFetcher
from watcher.config.settings import Settings
from watcher.errors import UsageError, WatcherError
from watcher.model.topic import Match, Topic
from watcher.pipeline.check import check_files, judge_rules, probe, probe_feeds
from watcher.pipeline.demo import SAMPLE_NOW
from watcher.pipeline.enrol import add_feed, remove_feed

__all__ = ["demo"]

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Vent</title><link>https://vent.example/</link>
<item><title>Une nouvelle</title><link>https://vent.example/1</link>
<pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
PAGE = b"""<!DOCTYPE html><html><head><title>Vent du large</title>
<link rel="alternate" type="application/rss+xml" title="Vent" href="/feed.xml"></head><body>Bonjour</body></html>"""
PAGES = {
    "/": (PAGE, "text/html"),
    "/feed.xml": (RSS, "application/rss+xml"),
    "/plain": (b"<html><title>Rien</title></html>", "text/html"),
}


class Handler(BaseHTTPRequestHandler):
    """A site with a page that links to its feed."""

    def do_GET(self) -> None:
        """Answer with a page, a feed, or 404."""
        body, kind = PAGES.get(self.path, (b"", ""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path, port: int) -> Settings:
    """A configuration that may reach the site."""
    network = f"network: {{allow: ['127.0.0.1:{port}', '127.0.0.1:9'], gap: 0}}"
    text = f"# mine\n{network}\ntopics:\n  wind:\n    match: {{any: [éolien]}}\n"
    (tmp_path / "feeds.yaml").write_text(text, "utf-8")
    return Settings(config=tmp_path / "feeds.yaml", data=tmp_path / "var", digests=tmp_path / "digests")


def test_a_site_leads_to_its_feed(settings: Settings, port: int) -> None:
    """`feeds add` takes a site's address, finds the feed it links to, and keeps the file's comments."""
    dry = add_feed(settings, f"http://127.0.0.1:{port}/", "wind", SAMPLE_NOW, dry_run=True)
    assert not dry.written
    assert "feed.xml" not in settings.config.read_text("utf-8")
    added = add_feed(settings, f"http://127.0.0.1:{port}/", "wind", SAMPLE_NOW)
    assert added.chosen == f"http://127.0.0.1:{port}/feed.xml"
    assert added.found[0].title == "Vent"
    assert "2026-11-16" in added.found[0].detail
    assert settings.config.read_text("utf-8").startswith("# mine\n")
    again = add_feed(settings, f"http://127.0.0.1:{port}/feed.xml", "wind", SAMPLE_NOW)
    assert not again.written
    (only,) = probe_feeds(check_files(settings).catalogue, SAMPLE_NOW)
    assert (only.outcome, only.entries) == ("ok", 1)
    remove_feed(settings, added.chosen or "")
    assert "feed.xml" not in settings.config.read_text("utf-8")


def test_a_page_without_a_feed_is_said(settings: Settings, port: int) -> None:
    """Where no feed is found, the reasons are in the sentence and the file is as it was."""
    before = settings.config.read_bytes()
    with pytest.raises(WatcherError, match="No feed was found"):
        add_feed(settings, f"http://127.0.0.1:{port}/plain", "wind", SAMPLE_NOW)
    with pytest.raises(UsageError, match="no topic"):
        add_feed(settings, f"http://127.0.0.1:{port}/", "water", SAMPLE_NOW)
    assert settings.config.read_bytes() == before


def test_an_address_without_a_scheme_takes_http_where_https_is_not_spoken(settings: Settings, port: int) -> None:
    """A site that speaks no https is asked by http, which is said; with an answer of any kind https would stay."""
    added = add_feed(settings, f"127.0.0.1:{port}/feed.xml", "wind", SAMPLE_NOW)
    assert added.chosen == f"http://127.0.0.1:{port}/feed.xml"
    assert "no answer over https" in added.message
    assert "http was taken" in added.message
    with pytest.raises(WatcherError, match=r"no answer over https.*answered 404"):
        add_feed(settings, f"127.0.0.1:{port}/nothing", "wind", SAMPLE_NOW)
    with pytest.raises(WatcherError, match=r"at 127\.0\.0\.1:9/rss\. https://127\.0\.0\.1:9/rss: "):
        add_feed(settings, "127.0.0.1:9/rss", "wind", SAMPLE_NOW)
    assert "https" not in add_feed(settings, f"http://127.0.0.1:{port}/", "wind", SAMPLE_NOW).message


def test_a_round_that_is_cut_short_is_told(settings: Settings, port: int) -> None:
    """A feed that was not asked before the round was closed has a line that says so."""
    catalogue = check_files(settings).catalogue
    fetcher = ShortFetcher(catalogue.network, "test")
    urls = (f"http://127.0.0.1:{port}/feed.xml", f"http://127.0.0.1:{port}/plain")
    first, second = probe(catalogue, urls, SAMPLE_NOW, fetcher=fetcher)
    assert first.outcome == "ok"
    assert "cut short" in second.detail


def test_rules_that_take_nothing_or_everything_are_warned_of(demo: Demo) -> None:
    """With an archive, rules are judged by what they take of it, with counts."""
    catalogue = check_files(demo.settings).catalogue
    assert judge_rules(demo.settings, catalogue, SAMPLE_NOW) == ()
    odd = (
        Topic(key="nothing", match=Match(any=("xyzzy",))),
        Topic(key="everything", match=Match(any=("le", "la", "les", "the", "de", "of", "a", "et", "and", "un"))),
    )
    warnings = judge_rules(demo.settings, replace(catalogue, topics=odd), SAMPLE_NOW)
    assert [problem.path for problem in warnings][:1] == ["topics.nothing.match"]
    assert "0 of the" in warnings[0].message
