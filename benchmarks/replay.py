"""Run the whole job over a folder of recorded feed documents.

    .venv/bin/python benchmarks/replay.py DIR [--keep FOLDER] [--no-annotate]

Serves every document under DIR (``*.xml``, ``*.json``) on loopback; files that differ only in a trailing date or number
are successive snapshots of one feed, served one a round. Prints counts per outcome for each round, whether every entry
that feedparser sees in each document is in the archive, rates, and what a second run of the last round does.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import feedparser
from sqlalchemy import func, select

from watcher.config.settings import Settings
from watcher.digest.period import week_of
from watcher.parse.document import parse_document
from watcher.pipeline.fetch import fetch_feeds
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime, open_runtime
from watcher.pipeline.steps import take_in
from watcher.store.database import Connection
from watcher.store.entries import count_entries
from watcher.store.feeds import list_feed_states
from watcher.store.rows import hash_key
from watcher.store.schema import annotation, entry_key
from watcher.store.work import count_all

_SNAPSHOT = re.compile(r"(-\d{4}-\d\d-\d\dt\d{4}|-\d)?(?=\.(xml|json)$)")
TOPICS = """
  drones: {match: {any: [drone, drones, UAV, quadcopter]}}
  optics: {match: {any: [photonique, photonics, laser, lasers, lidar, optique, optical]}}
  offshore-wind: {match: {any: [éolien en mer, offshore wind, éolienne*, wind farm*]}}
"""


class Snapshots:
    """The documents as a server publishes them: one snapshot of each feed at a time."""

    def __init__(self, folder: Path) -> None:
        found: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".xml", ".json"}:
                found[_SNAPSHOT.sub("", str(path.relative_to(folder)), count=1)].append(path)
        self.feeds = dict(found)
        self.round = 0

    @property
    def rounds(self) -> int:
        """Return how many snapshots the longest series has."""
        return max(map(len, self.feeds.values()))

    def read(self, name: str) -> bytes | None:
        """Return the document of feed ``name`` in this round."""
        series = self.feeds.get(name)
        return series[min(self.round, len(series) - 1)].read_bytes() if series else None


def serve(snapshots: Snapshots) -> ThreadingHTTPServer:
    """Serve the snapshots on loopback with true validators."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            body = snapshots.read(self.path.lstrip("/"))
            etag = f'"{hash(body) & 0xFFFFFFFF:x}"'
            if body is None:
                self.send_error(404)
                return
            if self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if self.path.endswith("json") else "text/xml")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def configure(folder: Path, snapshots: Snapshots, port: int) -> Settings:
    """Write a configuration that shares every feed among three topics."""
    lines = [f"network: {{allow: ['127.0.0.1:{port}'], gap: 0}}", "feeds:"]
    lines += [f"  - http://127.0.0.1:{port}/{name}" for name in snapshots.feeds]
    (folder / "feeds.yaml").write_text("\n".join(lines) + "\ntopics:" + TOPICS, "utf-8")
    return Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")


def find_lost(connection: Connection, port: int, snapshots: Snapshots) -> tuple[int, list[str]]:
    """Return how many entries feedparser sees in all documents, and the documents of which some are not stored."""
    ids = {state.url: state.id for state in list_feed_states(connection)}
    seen, lost = 0, []
    for name, series in snapshots.feeds.items():
        query = entry_key.select().where(entry_key.c.feed_id == ids[f"http://127.0.0.1:{port}/{name}"])
        stored = {row.key for row in connection.execute(query)}
        for path in series:
            expected = len(feedparser.parse(path.read_bytes()).entries)
            if path.suffix == ".json":
                expected = len(json.loads(path.read_bytes()).get("items", ()))
            parsed = parse_document(path.read_bytes(), None, f"http://127.0.0.1:{port}/{name}", datetime.now(UTC))
            entries = getattr(parsed, "entries", ())
            kept = sum(any(hash_key(key) in stored for key in entry.keys) for entry in entries)
            seen += expected
            if kept < expected:
                lost.append(f"{path.name}: {kept} of {expected}")
    return seen, lost


def run_rounds(runtime: Runtime, snapshots: Snapshots, now: datetime) -> float:
    """Fetch every round a day apart; return seconds spent fetching, parsing and storing."""
    spent = 0.0
    for number in range(snapshots.rounds):
        snapshots.round = number
        report = fetch_feeds(runtime, now + timedelta(days=number), force=True)
        spent += report.seconds
        outcomes = dict(Counter(feed.outcome for feed in report.feeds))
        print(f"round {number + 1}: {report.new} new, {report.updated} updated, {outcomes}, {report.seconds:.1f} s")
    for feed in report.feeds:
        if feed.outcome not in {"fetched", "unchanged"}:
            print(f"  {feed.outcome}: {feed.url.rsplit('/', 1)[1]}: {feed.error}")
    return spent


def main() -> None:
    """Replay a folder and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    parser.add_argument("--no-annotate", action="store_true")
    arguments = parser.parse_args()
    snapshots = Snapshots(arguments.folder)
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="replay-"))
    work.mkdir(parents=True, exist_ok=True)
    server = serve(snapshots)
    port = server.server_address[1]
    documents = sum(map(len, snapshots.feeds.values()))
    print(f"{documents} documents, {len(snapshots.feeds)} feeds, {snapshots.rounds} rounds")
    now = datetime.now(UTC).replace(microsecond=0)
    with open_runtime(configure(work, snapshots, port)) as runtime:
        spent = run_rounds(runtime, snapshots, now)
        with runtime.database.read() as connection:
            stored = count_entries(connection)
            seen, lost = find_lost(connection, port, snapshots)
        print(f"entries: feedparser sees {seen} in all documents, {stored} distinct stored")
        print(f"documents of which an entry is missing: {lost or 'none'}")
        print(f"fetch + parse + store: {stored / spent:.0f} new entries, {documents / spent:.0f} documents a second")
        last = now + timedelta(days=snapshots.rounds)
        again = fetch_feeds(runtime, last, force=True)
        print(f"second run: {again.new} new, {again.updated} updated, {dict(Counter(f.outcome for f in again.feeds))}")
        if not arguments.no_annotate:
            start = time.monotonic()
            take_in(runtime, last)
            seconds = time.monotonic() - start
            with runtime.database.read() as connection:
                counts = count_all(connection)
                annotated = connection.execute(select(func.count()).select_from(annotation)).scalar_one()
            print(f"annotated: {annotated} of {stored}; no topic could print the rest ({1 - annotated / stored:.0%})")
            print(f"annotate + match + group: {stored / seconds:.0f} entries a second ({seconds:.1f} s); {counts}")
            editions = publish(runtime, last, week=week_of(now, "Europe/Paris"))
            print(f"digests: {[(item.topic, item.language, item.stories, item.articles) for item in editions]}")
    server.shutdown()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory: {peak:.0f} MB, largest child {children:.0f} MB")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
