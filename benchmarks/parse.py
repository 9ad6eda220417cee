"""How fast documents are parsed, against feedparser as it comes: ``benchmarks/parse.py DIR``.

Walks DIR, parses each document both ways in turn (so that noise hits both alike) and prints the share that the fast
reader takes, documents and entries a second, the ratio of processor times on what it takes and on everything, and
what reading an entry and making it cost by themselves.
"""

import sys
import time
import warnings
from pathlib import Path

import feedparser

from watcher.model.entry import ParsedFeed
from watcher.parse.document import parse_document
from watcher.parse.encoding import decode
from watcher.parse.entries import make_entries
from watcher.parse.fast import read_fast
from watcher.parse.sniff import judge

_ROUNDS = 3
_URL = "https://example.org/feed"


def main(folder: Path) -> None:
    """Measure every file below ``folder``."""
    warnings.simplefilter("ignore")
    ours, theirs = {True: 0.0, False: 0.0}, {True: 0.0, False: 0.0}
    counts, entries, size = {True: 0, False: 0}, 0, 0
    taken: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        parsed = parse_document(body, None, _URL)
        if not isinstance(parsed, ParsedFeed) or parsed.format.startswith("json"):
            continue
        text = decode(body)[0]
        text = text[judge(text).start :]
        is_fast = read_fast(text) is not None
        taken += [text] * is_fast
        counts[is_fast] += 1
        entries += len(parsed.entries)
        size += len(body)
        ours[is_fast] += min(_time_ours(body) for _ in range(_ROUNDS))
        theirs[is_fast] += min(_time_theirs(body) for _ in range(_ROUNDS))
    total = sum(counts.values())
    print(f"{total} documents, {entries} entries, {size / 1e6:.1f} MB; fast reader takes {counts[True] / total:.1%}")
    print(f"taken by the fast reader: {theirs[True] / ours[True]:.1f} times faster than feedparser")
    print(f"all: {sum(theirs.values()) / sum(ours.values()):.1f} times, {entries / sum(ours.values()):.0f} entries/s")
    print(f"seconds of processor time: ours {sum(ours.values()):.2f}, feedparser {sum(theirs.values()):.2f}")
    print(_describe_phases(taken))


def _describe_phases(texts: list[str]) -> str:
    """Say what an entry costs to read and to make, in microseconds, each document once as in a round of fetches."""
    reading, making, entries = 0.0, 0.0, 0
    for text in texts:
        start = time.process_time()
        raw = read_fast(text)
        middle = time.process_time()
        entries += len(make_entries(raw, _URL, None)[0]) if raw else 0
        making += time.process_time() - middle
        reading += middle - start
    return f"an entry: read in {reading / entries * 1e6:.1f} us, made in {making / entries * 1e6:.1f} us"


def _time_ours(body: bytes) -> float:
    start = time.process_time()
    parse_document(body, None, _URL)
    return time.process_time() - start


def _time_theirs(body: bytes) -> float:
    start = time.process_time()
    feedparser.parse(body, response_headers={"content-type": "application/xml"})
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
