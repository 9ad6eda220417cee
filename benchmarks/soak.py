"""Fetch 50 loopback feeds 200 times through the product's own step; memory and descriptors must stay as they are.

    .venv/bin/python benchmarks/soak.py [--rounds 200] [--feeds 50]

In each round about a tenth of the feeds has a new entry, the rest answer 304. The server is a process of its own.
Memory is compared after a fifth of the rounds and at the end. Exit code 1 when it drifts by 5 % or a descriptor stays.
"""

import argparse
import gc
import os
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from watcher.config.settings import Settings
from watcher.pipeline.fetch import fetch_feeds
from watcher.pipeline.runtime import Runtime, open_runtime

DRIFT = 0.05
ENTRIES = 20
CHANGES_EVERY = 10  # requests of one feed
START = datetime(2026, 11, 2, 8, tzinfo=UTC)


class _Server(ThreadingHTTPServer):
    """Counts what each path was asked, because that decides which version it answers with."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: dict[str, count[int]] = {}
        super().__init__(("0.0.0.0", 0), _Handler)  # noqa: S104 - every loopback address is a host of its own


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        """Answer with the version that is due, or 304 to who has it."""
        assert isinstance(self.server, _Server)  # noqa: S101 - narrows a type
        number = int(self.path.strip("/"))
        version = (next(self.server.asked.setdefault(self.path, count())) + number) // CHANGES_EVERY
        etag = f'"{version}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        body = make_feed(number, version)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Say nothing."""


def make_feed(number: int, version: int) -> bytes:
    """Return version ``version`` of a feed: one entry more and one fewer than the version before."""
    items = (
        f"<item><title>Article {one} of feed {number}</title><link>https://f{number}.example/{one}</link>"
        f"<guid>https://f{number}.example/{one}</guid><description>{'An invented sentence. ' * 20}</description></item>"
        for one in range(version + ENTRIES, version, -1)
    )
    return f'<rss version="2.0"><channel><title>{number}</title>{"".join(items)}</channel></rss>'.encode()


def serve(parent: Connection) -> None:
    """Run the server until its process is ended; tell the parent its port first."""
    server = _Server()
    parent.send(server.server_address[1])
    server.serve_forever()


def main() -> int:
    """Soak, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--feeds", type=int, default=50)
    options = parser.parse_args()
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        with TemporaryDirectory() as folder:
            settings = _write_catalogue(Path(folder), ours.recv(), options.feeds)
            with open_runtime(settings) as runtime:
                return judge(_soak(runtime, options.rounds))
    finally:
        server.terminate()
        server.join(timeout=5)


def _write_catalogue(folder: Path, port: int, feeds: int) -> Settings:
    lines = [f"      - http://127.0.{1 + n // 200}.{1 + n % 200}:{port}/{n}" for n in range(feeds)]
    text = "network: {allow: [127.0.0.0/8], gap: 0}\ntopics:\n  soak:\n    feeds:\n" + "\n".join(lines) + "\n"
    (folder / "feeds.yaml").write_text(text, encoding="utf-8")
    return Settings.resolve(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")


def _soak(runtime: Runtime, rounds: int) -> list[tuple[float, int]]:
    """Return memory (MB) and open descriptors after each round."""
    seen = []
    for number in range(rounds):
        report = fetch_feeds(runtime, START + number * timedelta(hours=1), force=True)
        failed = [feed.error for feed in report.feeds if feed.outcome not in {"fetched", "unchanged"}]
        if failed:
            raise SystemExit(f"round {number}: {failed[0]}")
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        seen.append((pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list(Path("/proc/self/fd").iterdir()))))
        if number % max(rounds // 10, 1) == 0:
            print(f"round {number}: {report.new} new, {seen[-1][0]:.1f} MB, {seen[-1][1]} descriptors", flush=True)
    return seen


def judge(seen: list[tuple[float, int]]) -> int:
    """Print how memory and descriptors moved, and return the exit code."""
    fifth = max(len(seen) // 5, 1)
    early = median(memory for memory, _ in seen[fifth : 2 * fifth] or seen)
    late = median(memory for memory, _ in seen[-fifth:])
    drift = late / early - 1
    first, last = seen[min(fifth, len(seen) - 1)][1], seen[-1][1]
    print(f"{len(seen)} rounds: memory {early:.1f} -> {late:.1f} MB ({drift:+.1%}), descriptors {first} -> {last}")
    return 0 if drift < DRIFT and first == last else 1


if __name__ == "__main__":
    sys.exit(main())
