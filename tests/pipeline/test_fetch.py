"""Fetching: rounds that are cut short, and feeds that hang beside feeds that answer."""

import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.fetch.site import FEED, Reply, Site, serving
from watcher.config.settings import Settings
from watcher.fetch.fetcher import HttpFetcher
from watcher.model.fetch import FetchRequest, FetchResult
from watcher.pipeline.fetch import fetch_feeds
from watcher.pipeline.runtime import Runtime, open_runtime
from watcher.store.entries import count_entries

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED


class ShortFetcher(HttpFetcher):
    """Stands for a round that is closed after its first answer."""

    def fetch(
        self, requests: Iterable[FetchRequest], now: datetime
    ) -> Generator[tuple[FetchRequest, FetchResult], None, None]:
        """Yield one answer and no more."""
        yield next(super().fetch(requests, now))


@contextmanager
def open_on(site: Site, paths: tuple[str, ...], folder: Path, *, timeout: float = 20) -> Iterator[Runtime]:
    """Open a runtime whose feeds are ``paths`` of ``site``, each on a host of its own."""
    feeds = "".join(f"  - {site.url(path, f'127.0.0.{1 + number}')}\n" for number, path in enumerate(paths))
    network = f"network: {{allow: [127.0.0.0/8], gap: 0, timeout: {timeout}}}\n"
    (folder / "feeds.yaml").write_text(f"{network}topics: {{}}\nfeeds:\n{feeds}", encoding="utf-8")
    settings = Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")
    with open_runtime(settings) as runtime:
        yield runtime


def test_a_round_cut_short_reports_what_it_did(tmp_path: Path) -> None:
    """Feeds that were not asked before a round was closed are left out of its report, and raise nothing."""
    with serving({"/a": REPLY, "/b": REPLY}) as site, open_on(site, ("/a", "/b"), tmp_path) as runtime:
        runtime.fetcher = ShortFetcher(runtime.catalogue.network, "test")
        report = fetch_feeds(runtime, NOW)
    assert [feed.outcome for feed in report.feeds] == ["fetched"]


def test_answers_are_stored_while_a_feed_hangs(tmp_path: Path) -> None:
    """An article of a feed that answered is in the archive before a feed that hangs has been given up."""
    stored = threading.Event()

    def hang(connection: object) -> None:
        stored.wait(15)

    replies: dict[str, Reply] = {"/good": REPLY, "/hung": hang}
    with serving(replies) as site, open_on(site, ("/good", "/hung"), tmp_path) as runtime:

        def look(_label: str, done: int, _total: int | None) -> None:
            with runtime.database.read() as connection:
                if done == 1 and count_entries(connection) == 1:
                    stored.set()

        report = fetch_feeds(runtime, NOW, progress=look)
    assert stored.is_set()
    assert [feed.outcome for feed in report.feeds] == ["fetched", "failed"]
