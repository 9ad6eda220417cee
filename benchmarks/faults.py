"""Kill the watch at drawn moments of every step, and say what that cost.

    .venv/bin/python benchmarks/faults.py [--lives 5] [--seed 1]

A life is six sample weeks, fetched over HTTP and mailed over SMTP on loopback by processes of their own; in each
week the process group is killed (SIGKILL) once in each step: opening the database, fetch, annotate, group, publish,
queue, send. After every kill the database is checked and compared with what stood before, and every file judged; after
every week entries, editions and mails are compared with a life that nobody disturbed. Exits 1 when a promise is broken.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.flow.lives import MONDAYS, STEPS, Tally, live_killed, live_undisturbed, open_stage  # noqa: E402 - found through the path above


def main() -> int:
    """Live, kill, audit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lives", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally, started = Tally(), time.monotonic()
    weeks = range(len(MONDAYS))
    with open_stage() as stage, tempfile.TemporaryDirectory() as folder:
        calm = live_undisturbed(Path(folder) / "calm", stage, weeks)
        for seed in range(options.seed, options.seed + options.lives):
            known = len(tally.faults)
            live_killed(Path(folder) / str(seed), stage, weeks, calm, seed, tally)
            print(f"life {seed}: {tally.rounds} kills so far, {len(tally.faults)} promises broken", flush=True)
            print("".join(f"  {fault}\n" for fault in tally.faults[known:]), end="", flush=True)
    where = ", ".join(f"{tally.killed[step]} {step}" for step in (*STEPS, "done") if tally.killed[step])
    print(f"{tally.rounds} kills in {time.monotonic() - started:.0f} s; the last step begun was: {where}")
    print(f"mails that arrived twice because the sender died under way: {tally.doubled}")
    print(f"mails given up in doubt because two senders died under way: {tally.doubted}, not arrived: {tally.missing}")
    print(f"sets of files seen between two renames (mended by the next run): {tally.half_swapped}")
    print(f"promises broken: {len(tally.faults)}")
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
