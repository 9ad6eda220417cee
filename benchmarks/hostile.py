"""Run the hostile set through the product's own fetch step, guard on, and print the score.

    sudo .venv/bin/python benchmarks/hostile.py [--only GROUP_OR_ID ...] [--fuzz N] [--verbose]

The set lies beside the project (``../shared/hostile``: cases, expectations, a private network laboratory
that needs root). Each case is polled as its entry in ``index.json`` says and judged by class, seconds,
memory, entries, entries new at a refetch, requests, titles, leaked tokens and forbidden contacts; then
come the hostile addresses and the etiquette of the whole run. Exit code 1 when anything is missed.
"""

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT.parent / "shared" / "hostile"
SERVER = "44.44.44.44"
FUZZ_ROUND = 500
STEP = timedelta(minutes=10)  # between two polls of a case: shorter than any Retry-After of the set
sys.path.insert(0, str(ROOT))

from watcher.config.settings import Settings  # noqa: E402 - found through the path above
from watcher.model.catalogue import Catalogue, Network  # noqa: E402
from watcher.model.feed import Feed  # noqa: E402
from watcher.model.report import FeedReport  # noqa: E402
from watcher.pipeline.fetch import fetch_feeds  # noqa: E402
from watcher.pipeline.runtime import Runtime  # noqa: E402
from watcher.store.database import open_database  # noqa: E402

Case = dict[str, Any]


@dataclass
class Poll:
    """What one poll of a case came to."""

    outcome: str  # ok, error, refused, not_due
    error: str | None = None
    new: int = 0
    titles: list[str] = field(default_factory=list)
    text: str = ""


class Product:
    """The pipeline's own fetch step over a database of its own, a feed at a time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "watcher.db"
        self._database = open_database(self._path)
        self._network = Network(allow=(f"{SERVER}:8480", f"{SERVER}:8482"), timeout=10, gap=0)

    def poll(self, url: str, now: datetime, *, force: bool) -> Poll:
        """Fetch, parse and store ``url`` once, unless it may not be asked now."""
        (report,) = self._fetch([url], now, force=force)
        rows = self._read(url)
        return Poll(_outcome(report), report.error, report.new, [row[0] for row in rows], repr(rows))

    def poll_all(self, urls: list[str]) -> list[Poll]:
        """Fetch, parse and store all ``urls`` in one round."""
        reports = self._fetch(urls, datetime(2026, 11, 23, tzinfo=UTC), force=True)
        return [Poll(_outcome(report), report.error, report.new) for report in reports]

    def _fetch(self, urls: list[str], now: datetime, *, force: bool) -> tuple[FeedReport, ...]:
        catalogue = Catalogue(network=self._network, feeds=tuple(Feed(url=url) for url in urls))
        runtime = Runtime(Settings(data=self._path.parent), catalogue, self._database)
        try:
            return fetch_feeds(runtime, now, force=force).feeds
        finally:
            runtime.fetcher.close()

    def _read(self, url: str) -> list[tuple[str, ...]]:
        """Read what is stored of a feed with no code of the product's."""
        with closing(sqlite3.connect(self._path)) as database:
            return database.execute(
                "SELECT entry.title, entry.summary, entry_content.content, feed.state FROM feed "
                "JOIN entry ON entry.feed_id = feed.id LEFT JOIN entry_content ON entry_content.entry_id = entry.id "
                "WHERE feed.url = ?",
                (url,),
            ).fetchall()


def _outcome(report: FeedReport) -> str:
    names = {"fetched": "ok", "unchanged": "ok", "failed": "error", "gone": "error"}
    return names.get(report.outcome, report.outcome)


def judge(case: Case, polls: list[Poll], seconds: float, megabytes: float, state: Case) -> list[str]:
    """Return what a case expected and did not get."""
    first, expect = polls[0], case["expect"]
    faults = [
        f"{expect} expected, {poll.outcome} came ({poll.error})"
        for poll in polls[:1]
        if (expect == "ok") != (poll.outcome == "ok") and expect != "bounded"
    ]
    if "entries" in case and first.outcome == "ok" and first.new != case["entries"]:
        faults.append(f"{case['entries']} entries expected, {first.new} came")
    again = sum(poll.new for poll in polls[1:])
    if "new_on_refetch" in case and again != case["new_on_refetch"]:
        faults.append(f"{case['new_on_refetch']} new at refetch expected, {again} came")
    if seconds > case["max_seconds"] * case["fetches"]:
        faults.append(f"{seconds:.1f} s, more than {case['max_seconds']} a poll")
    if megabytes > case["max_mb"]:
        faults.append(f"{megabytes:.0f} MB, more than {case['max_mb']}")
    requests = sum(entry["id"] == case["id"] for entry in state["requests"])
    if requests > case.get("max_requests", 10**6):
        faults.append(f"{requests} requests, more than {case['max_requests']}")
    if titles := re.search('title (is|contains) ["“](.+)["”]$', case.get("check") or ""):
        faults += [f"title {titles[2]} missing"] * (not any(titles[2] in title for title in first.titles))
    faults += [f"{token} leaked" for token in state["tokens"] if any(token in poll.text for poll in polls)]
    faults += [f"forbidden contact: {hit['target']}" for hit in state["hits"]]
    faults += [f"etiquette: {violation}" for violation in state["violations"] if violation["id"] == case["id"]]
    return faults + [
        f"no reason given: {poll.outcome}" for poll in polls if poll.outcome != "ok" and not _explained(poll)
    ]


def _explained(poll: Poll) -> bool:
    return poll.outcome == "not_due" or bool(poll.error and poll.error.endswith("."))


def control(path: str) -> Any:
    """Ask the hostile server about itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:8480{path}", timeout=20) as answer:
        return json.load(answer)


@contextmanager
def measured() -> Iterator[list[float]]:
    """Give the seconds and the growth of resident memory in MB of the block, children included."""
    figures: list[float] = []
    Path("/proc/self/clear_refs").write_text("5")
    before, started = _peak_megabytes("VmRSS"), time.monotonic()
    yield figures
    figures += [time.monotonic() - started, _peak_megabytes("VmHWM") - before]


def _peak_megabytes(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def run_case(product: Product, case: Case, tokens: list[str]) -> list[str]:
    """Poll one case as often as it asks for and return its faults."""
    control("/__reset")
    scheme, port = ("https", 8482) if case.get("scheme") == "https" else ("http", 8480)
    url = f"{scheme}://{SERVER}:{port}{case['path']}"
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    force = "max_requests" not in case
    with measured() as figures:
        polls = [product.poll(url, now + STEP * number, force=force) for number in range(case["fetches"])]
    state = control("/__state") | {"hits": control("/__hits"), "tokens": tokens}
    state["requests"] = [{"id": entry["target"].split("?")[0].removeprefix("/c/")} for entry in control("/__log")]
    etiquette = [
        f"etiquette: {name}: {state[name]}" for name in ("cookie_sent", "auth_sent", "referer_sent") if state[name]
    ]
    return judge(case, polls, figures[0], figures[1], state) + etiquette


def run_addresses(product: Product, index: Case) -> list[tuple[str, str]]:
    """Ask for every hostile address and return those that were not refused, with what came instead."""
    control("/__reset")
    missed = []
    for case in index["direct_urls"]:
        poll = product.poll(case["url"], datetime(2026, 11, 23, tzinfo=UTC), force=True)
        if poll.outcome != "refused":
            missed.append((case["url"][:60], f"{poll.outcome}: {poll.error}"))
    return missed + [("canary", str(hit["target"])) for hit in control("/__hits")]


def run_fuzz(product: Product, seeds: int) -> list[str]:
    """Fetch, parse and store mutated feeds in rounds; return those that end in neither entries nor a sentence."""
    faults = []
    for first in range(0, seeds, FUZZ_ROUND):
        urls = [f"http://{SERVER}:8480/fuzz/{seed}" for seed in range(first, min(first + FUZZ_ROUND, seeds))]
        started = time.monotonic()
        for url, poll in zip(urls, product.poll_all(urls), strict=True):
            if poll.outcome not in {"ok", "error"} or (poll.outcome == "error" and not _explained(poll)):
                faults.append(f"{url}: {poll.outcome}, {poll.error}")
        if time.monotonic() - started > 2 * len(urls):
            faults.append(f"{urls[0]} and the round after it: more than two seconds a feed")
    return faults


def inside(options: argparse.Namespace) -> int:
    """Run everything, inside the laboratory, and print the score."""
    index = json.loads((HOSTILE / "index.json").read_text("utf-8"))
    tokens = [index["tokens"]["file"], index["tokens"]["net"]]
    cases = [c for c in index["cases"] if not options.only or {c["id"], c["group"]} & set(options.only)]
    total, survived, rude = Counter(c["group"] for c in cases), Counter[str](), 0
    with TemporaryDirectory() as folder:
        product = Product(Path(folder))
        for case in cases:
            faults = run_case(product, case, tokens)
            survived[case["group"]] += not faults
            rude += sum(fault.startswith("etiquette") for fault in faults)
            if faults or options.verbose:
                print(f"  {case['id']}: {'; '.join(faults) or 'ok'}"[:400], flush=True)
        missed = [] if options.only else run_addresses(product, index)
        faults = run_fuzz(product, options.fuzz)
    for group, count in total.items():
        print(f"{group:20} {survived[group]:4} of {count}")
    print(f"{'survived':20} {survived.total():4} of {total.total()}")
    print(f"{'etiquette violations':20} {rude:4}")
    if not options.only:
        print(f"{'addresses refused':20} {len(index['direct_urls']) - len(missed):4} of {len(index['direct_urls'])}")
    for what in (*missed, *faults):
        print(f"  missed: {what}")
    if options.fuzz:
        print(f"{'fuzz seeds':20} {options.fuzz - len(faults):4} of {options.fuzz}")
    return int(bool(missed or faults or survived.total() < total.total()))


def main() -> int:
    """Enter the laboratory and run there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="GROUP_OR_ID", default=[])
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options)
    if not HOSTILE.exists():
        print("The hostile set is not beside the project: nothing to run.")
        return 2
    lab = [str(HOSTILE / "lab.sh"), "--seconds", "1500", "--", sys.executable, __file__, "--inside", *sys.argv[1:]]
    return subprocess.run(["/bin/bash", *lab], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
