"""What an edition costs as the archive grows: 10,000 articles against 100,000, a week of a thousand in both.

    .venv/bin/python benchmarks/edition.py [--sizes 10000,100000]

Also prints the start of `watcher --help` against `python -c "import click"`, as a ratio of medians of the same run.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.store import FEEDS, NOW, TOPICS, Archive
from watcher.config.settings import Settings
from watcher.digest.period import last_whole_week
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import open_runtime
from watcher.store.database import open_database

FILE = "languages: [fr, en]\nfeeds:\n" + "".join(f"  - https://f{n}.example/feed\n" for n in range(FEEDS))
FILE += "topics:\n" + "".join(f"  {topic}: {{match: {{any: [{topic} word]}}}}\n" for topic in TOPICS)


def time_editions(size: int, folder: Path) -> float:
    """Return the median seconds of composing one topic's editions in two languages over ``size`` articles."""
    (folder / "feeds.yaml").write_text(FILE, "utf-8")
    settings = Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")
    database = open_database(settings.database_path)
    Archive(database, size).fill()
    database.close()
    week = last_whole_week(NOW, "Europe/Paris")
    spent = []
    with open_runtime(settings) as runtime:
        publish(runtime, NOW, week=week, topics=TOPICS[:1], dry_run=True)
        for _ in range(3):
            for topic in TOPICS:
                start = time.perf_counter()
                (first, _) = publish(runtime, NOW, week=week, topics=(topic,), dry_run=True)
                spent.append(time.perf_counter() - start)
    median = statistics.median(spent)
    printed = f"{first.stories} stories, {first.articles} articles"
    print(f"{size:>7} articles: {median:.2f} s a topic in two languages ({printed})")
    return median


def time_start() -> None:
    """Print what starting the command costs beside importing click."""
    commands = {
        "watcher --help": [sys.executable, "-m", "watcher", "--help"],
        "import click": [sys.executable, "-c", "import click"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(7):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    ratio = medians["watcher --help"] / medians["import click"]
    print(", ".join(f"{name} {value * 1000:.0f} ms" for name, value in medians.items()), f"ratio {ratio:.1f}")


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    time_start()
    medians = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            medians.append(time_editions(size, Path(folder)))
    print(f"growth: {medians[-1] / medians[0]:.2f} times")


if __name__ == "__main__":
    main()
