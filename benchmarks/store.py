"""How the store grows: inserting, candidates for grouping, search and a week's stories over generated archives.

    python benchmarks/store.py [--sizes 10000,100000] [--plans]

Prints a line a size and the ratio of the last to the first; ``--plans`` adds the query plan of every hot query.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import event

from watcher.model.entry import ParsedEntry, ParsedFeed
from watcher.model.feed import Feed
from watcher.model.mention import Annotation, Mention
from watcher.model.story import Assignment, Features, Grouping
from watcher.model.topic import TopicMatch
from watcher.store.annotations import save_annotations
from watcher.store.database import Connection, Database, open_database
from watcher.store.entries import save_entries
from watcher.store.feeds import list_feed_health, list_feed_states, sync_feeds
from watcher.store.search import search_entries
from watcher.store.stories import find_candidates, list_stories, save_features, save_grouping
from watcher.store.trends import count_entities_by_week
from watcher.store.work import list_ungrouped, list_unmatched, mark_matched

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PER_WEEK = 1000  # entries: an archive grows by its length, a week does not
TOPICS = ("drones", "optics", "offshore-wind")
FEEDS = 500
_CONSONANTS, _VOWELS = "bcdfglmnprstv", "aeiou"


def make_words(count: int, random_: random.Random) -> list[str]:
    """Return invented words, the first used most often."""
    return [
        "".join(random_.choice(_CONSONANTS) + random_.choice(_VOWELS) for _ in range(random_.randint(2, 5)))
        for _ in range(count)
    ]


class Archive:
    """Fills a database with ``size`` entries in weekly portions and times what a run asks of it."""

    def __init__(self, database: Database, size: int) -> None:
        self.database, self.size = database, size
        self._random = random.Random(7)  # noqa: S311 - data, no secret
        self.words = make_words(40_000, self._random)
        self._names = [f"{word.title()} SA" for word in self.words[:8000]]
        self._number = 0

    def fill(self) -> float:
        """Return seconds spent in saving entries alone."""
        with self.database.write() as c:
            sync_feeds(c, tuple(Feed(url=f"https://f{n}.example/feed") for n in range(FEEDS)), NOW)
            feeds = [state.id for state in list_feed_states(c)]
        weeks = max(1, self.size // PER_WEEK)
        return sum(self._fill_week(feeds, NOW - timedelta(weeks=weeks - week)) for week in range(weeks))

    def _fill_week(self, feeds: list[int], start: datetime) -> float:
        documents = [self._document(start) for _ in range(50)]
        began = time.perf_counter()
        ids: list[int] = []
        with self.database.write() as c:
            for feed_id, document in zip(self._random.sample(feeds, 50), documents, strict=True):
                ids += save_entries(c, feed_id, document, start + timedelta(days=3)).new
        spent = time.perf_counter() - began
        with self.database.write() as c:
            self._work(c, ids, start)
        return spent

    def _document(self, start: datetime) -> ParsedFeed:
        return ParsedFeed(
            format="rss20", language="fr", entries=tuple(self._entry(start) for _ in range(PER_WEEK // 50))
        )

    def _text(self, count: int) -> str:
        last = len(self.words)
        return " ".join(self.words[min(int(self._random.paretovariate(0.6)), last) - 1] for _ in range(count))

    def _entry(self, start: datetime) -> ParsedEntry:
        self._number += 1
        url = f"https://x.example/{self._number}"
        at = start + timedelta(seconds=self._random.randrange(3 * 86400))
        return ParsedEntry(
            keys=(url, f"guid {self._number}"),
            title=self._text(9),
            url=url,
            summary=self._text(45),
            content=self._text(150),
            published=at,
        )

    def _work(self, c: Connection, ids: list[int], start: datetime) -> None:
        mark_matched(
            c, "rules", [(one, (TopicMatch(topic=TOPICS[one % 3], score=0.9),) if one % 2 else ()) for one in ids]
        )
        chosen = [one for one in ids if one % 2]
        save_annotations(c, [(one, str(one), self._annotation()) for one in chosen])
        save_features(c, [self.features(one, start) for one in chosen])
        stories = tuple(Assignment(entry_id=one, story=f"s{one // 6}") for one in chosen)
        save_grouping(c, Grouping(assignments=stories), start)

    def _annotation(self) -> Annotation:
        names = self._random.sample(self._names, 6)
        mentions = (Mention(kind="ORG", text=name, start=9, end=20, entity=name.lower()) for name in names)
        return Annotation(language="fr", mentions=tuple(mentions), model="m")

    def features(self, entry_id: int, start: datetime) -> Features:
        """Return features with 30 keys: some that half of all entries have, some rare."""
        keys = tuple(dict.fromkeys(self._text(30).split()))
        at = start + timedelta(days=self._random.random() * 3)
        return Features(
            entry_id=entry_id,
            at=at,
            keys=keys,
            title=keys[:9],
            terms=tuple((key, 0.5) for key in keys),
            shingles=tuple(range(64)),
        )


def measure(run: Callable[[Connection], object], database: Database, rounds: int = 15) -> float:
    """Return the median milliseconds of ``run``."""
    times = []
    for _ in range(rounds):
        with database.read() as c:
            began = time.perf_counter()
            run(c)
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[rounds // 2]


def questions(archive: Archive) -> dict[str, Callable[[Connection], object]]:
    """Return what is timed, by name."""
    since, until = NOW - timedelta(days=14), NOW
    week = NOW - timedelta(days=7)
    weeks = tuple((NOW - timedelta(days=7 * n + 7), NOW - timedelta(days=7 * n)) for n in range(9))
    keys = archive.features(0, NOW).keys
    batch = {key for _ in range(200) for key in archive.features(0, NOW).keys}
    common, rare = archive.words[1], archive.words[5000]
    return {
        "candidates": lambda c: find_candidates(c, keys, since, until),
        "candidates of 200": lambda c: find_candidates(c, batch, since, until),
        "search common": lambda c: search_entries(c, common),
        "search rare": lambda c: search_entries(c, rare),
        "search best": lambda c: search_entries(c, common, order="relevance"),
        "search topic": lambda c: search_entries(c, common, topic="drones", since=week),
        "search prefix": lambda c: search_entries(c, common[:3] + "*"),
        "week's stories": lambda c: list_stories(c, topic="drones", since=week, until=NOW),
        "trends": lambda c: count_entities_by_week(c, "drones", weeks),
        "to match": lambda c: list_unmatched(c, "rules", since=week),
        "to group": list_ungrouped,
        "feed health": lambda c: list_feed_health(c, NOW),
    }


def show_plans(archive: Archive) -> None:
    """Print the query plan of every statement behind the questions."""
    for name, ask in questions(archive).items():
        print(f"\n{name}")
        with archive.database.read() as c:
            statements: list[tuple[str, tuple[object, ...]]] = []

            def note(_c: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
                statements.append((statement, parameters))  # noqa: B023 - used within this round

            event.listen(c.engine, "before_cursor_execute", note)
            ask(c)
            event.remove(c.engine, "before_cursor_execute", note)
            for statement, parameters in statements:
                if statement.startswith(("SELECT", "WITH")):
                    for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                        print("  ", row[3])
                    print("   --")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    results: list[dict[str, float]] = []
    for size in (int(text) for text in options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            database = open_database(Path(folder) / "watcher.db")
            archive = Archive(database, size)
            seconds = archive.fill()
            result = {name: measure(ask, database) for name, ask in questions(archive).items()}
            megabytes = database.path.stat().st_size / 1e6
            print(f"{size:>7} entries, {megabytes:.0f} MB, {size / seconds:.0f} inserted a second, ms:")
            print("  " + "  ".join(f"{name} {value:.1f}" for name, value in result.items()), flush=True)
            results.append(result)
            if options.plans:
                show_plans(archive)
            database.close()
    if len(results) > 1:
        print(
            "ratios: "
            + "  ".join(f"{name} {results[-1][name] / max(results[0][name], 0.01):.1f}" for name in results[0])
        )


if __name__ == "__main__":
    main()
