"""Sweep the same feeds with this project and its peers in one run, and print the ratios against the targets.

    .venv/bin/python benchmarks/sweep.py --python PEERS/bin/python [--n 500] [--repeat 1] [--watcher .venv/bin/watcher]

The feed server and the peers lie beside the project (``../shared/bench``; its README says what PEERS needs). Ratios
and not seconds, because only what was measured in one run on one machine compares. Exit code 1 when one is missed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SWEEP = ROOT.parent / "shared" / "bench" / "sweep.py"
OURS, READER, NEWSBOAT, BARE = "watcher-fetch", "reader-50", "newsboat-50", "bare-pycurl-100"
COLD_MEMORY = 220  # MB
CPU_OF_304 = 1.2  # ms, the start of the program taken off by the sweep of a tenth as many feeds
# phase, what is compared, whose, ours at most as a multiple of theirs
TARGETS = (
    ("cold", READER, 1 / 7),
    ("cold", NEWSBOAT, 1 / 2.2),
    ("warm", READER, 1 / 4),
    ("warm", BARE, 1.8),
    ("warm10", READER, 1 / 6),
    ("warm10", BARE, 1.8),
)

Rows = dict[tuple[str, str], list[dict[str, Any]]]


def main() -> int:
    """Sweep, print, and return the exit code."""
    options = _parse_options()
    if not SWEEP.exists():
        print(f"{SWEEP} is not there: this benchmark needs the peers beside the project.")
        return 2
    rows = run_sweep(options, options.n, (READER, NEWSBOAT, BARE, OURS))
    few = run_sweep(options, max(options.n // 10, 1), (OURS,))
    return 0 if all([*_print_ratios(rows), *_print_costs(rows, few, options.n)]) else 1


def run_sweep(options: argparse.Namespace, feeds: int, peers: tuple[str, ...]) -> Rows:
    """Return the measurements of a sweep by peer and phase."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "sweep.jsonl"
        command = [options.python, str(SWEEP), "--n", str(feeds), "--repeat", str(options.repeat), "--out", str(out)]
        command += ["--peers", ",".join(peers), "--work", f"{folder}/work", "--timeout", str(options.timeout)]
        subprocess.run(command, check=True, env=os.environ | {"WATCHER": str(options.watcher.absolute())})
        rows: Rows = defaultdict(list)
        for line in out.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["peer"], row["phase"]].append(row)
        return rows


def _print_ratios(rows: Rows) -> list[bool]:
    met = []
    for phase, peer, most in TARGETS:
        ours, theirs = (_middle(rows, one, phase, "wall") for one in (OURS, peer))
        met.append(ours <= theirs * most)
        ratio, wanted = (theirs / ours, 1 / most) if most < 1 else (ours / theirs, most)
        words = "times faster than" if most < 1 else "times as long as"
        bound = "at least" if most < 1 else "at most"
        what = f"{ratio:5.2f} {words} {peer} ({bound} {wanted:.1f})"
        print(f"{_verdict(met[-1])} {phase:7} {what}: {ours:.2f} s, {theirs:.2f} s")
    entries = {peer: rows[peer, "cold"][-1]["entries"] for peer in (OURS, READER, NEWSBOAT)}
    met.append(len(set(entries.values())) == 1)
    print(f"{_verdict(met[-1])} entries stored: {', '.join(f'{peer} {count}' for peer, count in entries.items())}")
    return met


def _print_costs(rows: Rows, few: Rows, feeds: int) -> list[bool]:
    memory = max(row["rss_mb"] for row in rows[OURS, "cold"])
    cpu = (_middle(rows, OURS, "warm", "cpu") - _middle(few, OURS, "warm", "cpu")) / (feeds - max(feeds // 10, 1))
    met = [memory <= COLD_MEMORY, cpu * 1000 <= CPU_OF_304]
    print(f"{_verdict(met[0])} memory of the cold sweep: {memory:.0f} MB (at most {COLD_MEMORY})")
    print(f"{_verdict(met[1])} processor time of a 304: {cpu * 1000:.2f} ms (at most {CPU_OF_304})")
    return met


def _middle(rows: Rows, peer: str, phase: str, what: str) -> float:
    return median(float(row[what]) for row in rows[peer, phase])


def _verdict(is_met: bool) -> str:  # noqa: FBT001 - reads as a sentence
    return "met   " if is_met else "missed"


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    parser.add_argument("--watcher", type=Path, default=ROOT / ".venv" / "bin" / "watcher")
    parser.add_argument("--n", type=int, default=500, help="feeds")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--timeout", type=int, default=900, help="seconds for one phase of one peer")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
