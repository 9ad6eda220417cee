"""Fetch 490 good feeds with and without 10 hostile ones beside them, and compare when the last good one is stored.

    .venv/bin/python benchmarks/mixed.py --python PEERS/bin/python [--n 490] [--repeat 3]

Both servers lie beside the project (``../shared/bench`` and ``../shared/hostile``). The hostile feeds hang, drip,
never end, explode when they are inflated and cost seconds of processor time to parse, each on a host of its own. Exit
code 1 when the good ones wait for them longer than TARGET allows.
"""

import argparse
import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from watcher.config.settings import Settings  # noqa: E402 - found through the path above
from watcher.model.catalogue import Catalogue, Network  # noqa: E402
from watcher.model.feed import Feed  # noqa: E402
from watcher.pipeline.fetch import fetch_feeds  # noqa: E402
from watcher.pipeline.runtime import Runtime  # noqa: E402
from watcher.store.database import open_database  # noqa: E402
from watcher.store.feeds import list_feed_states  # noqa: E402

TARGET = 1.2  # times as long as alone
GOOD_PORT, HOSTILE_PORT, OUR_PORT = 8490, 8480, 8491
ELSEWHERE = ("nice", "-n", "19")  # what an attacker's machine does costs ours nothing
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CASES = (
    "q_illformed_5mb?1", "q_illformed_5mb?2", "q_illformed_5mb?3", "silent", "slow_body",
    "slow_headers", "stall_mid_body", "endless_chunked", "gzip_bomb_10g", "body_500mb",
)  # fmt: skip


def main() -> int:
    """Measure in turns, print, and return the exit code."""
    options = _parse_options()
    if options.forward:
        asyncio.run(forward())
    if not SHARED.exists():
        print("The servers are not beside the project: nothing to run.")
        return 2
    flags = ["--feeds", str(options.n), "--port", str(GOOD_PORT), "--latency-ms", "50", "--jitter-ms", "50"]
    server = [options.python, str(SHARED / "bench" / "feedserver.py")]
    good = subprocess.run([*server, "urls", *flags], check=True, capture_output=True, text=True).stdout.split()
    bad = [f"http://{_host(number)}:{OUR_PORT}/c/{case}" for number, case in enumerate(CASES)]
    hostile = [*ELSEWHERE, options.python, str(SHARED / "hostile" / "server.py"), "--seconds", "900"]
    forwarding = [*ELSEWHERE, sys.executable, __file__, "--forward"]
    alone, beside = [], []
    with (
        serving([*server, "serve", *flags], "127.0.0.1", GOOD_PORT),
        serving(hostile, "127.0.0.1", HOSTILE_PORT),
        serving(forwarding, _host(0), OUR_PORT),
    ):
        for _ in range(options.repeat):
            alone.append(measure(good, []))
            beside.append(measure(good, bad))
            print(f"alone {alone[-1]:.2f} s, beside {len(bad)} hostile feeds {beside[-1]:.2f} s", flush=True)
    ratio = median(late / early for early, late in zip(alone, beside, strict=True))
    verdict = "met   " if ratio <= TARGET else "missed"
    print(f"{verdict} the last of {len(good)} good feeds is stored after {ratio:.2f} times the time (at most {TARGET})")
    return 0 if ratio <= TARGET else 1


def measure(good: list[str], bad: list[str]) -> float:
    """Return the seconds from the start of a round until the last good feed is stored."""
    urls = [*bad[::2], *good, *bad[1::2]]
    catalogue = Catalogue(network=Network(allow=("127.0.0.0/8",), gap=0), feeds=tuple(Feed(url=url) for url in urls))
    stored: list[float] = []
    wanted = frozenset(good)
    with TemporaryDirectory() as folder:
        runtime = Runtime(Settings(data=Path(folder)), catalogue, open_database(Path(folder) / "watcher.db"))
        started = time.monotonic()

        def look(_label: str, _done: int, _total: int | None) -> None:
            with runtime.database.read() as connection:
                read = sum(bool(state.last_success) for state in list_feed_states(connection) if state.url in wanted)
            if read == len(wanted) and not stored:
                stored.append(time.monotonic() - started)

        try:
            fetch_feeds(runtime, NOW, progress=look)
        finally:
            runtime.close()
    return stored[0]


@contextmanager
def serving(command: list[str], host: str, port: int) -> Iterator[None]:
    """Run a server until the block ends; it listens when the block begins."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex((host, port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


def _host(number: int) -> str:
    return f"127.99.0.{number + 1}"


async def forward() -> None:
    """Give each hostile case a host of its own, so that none waits for the turn of another."""
    servers = [await asyncio.start_server(_forward, _host(number), OUR_PORT) for number in range(len(CASES))]
    await asyncio.gather(*(server.serve_forever() for server in servers))


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    behind, ahead = await asyncio.open_connection("127.0.0.1", HOSTILE_PORT)
    await asyncio.gather(_pump(reader, ahead), _pump(behind, writer))


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    parser.add_argument("--n", type=int, default=490, help="good feeds")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--forward", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
