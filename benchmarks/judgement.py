"""The gate of the editor's judgement: floors on authored data, and how cost grows.

    python benchmarks/judgement.py             topics and stories against the floors; exit 1 below one
    python benchmarks/judgement.py --growth    seconds for 10,000 and 100,000 entries, and for one entry against both

Every article of ``data/judgement.jsonl`` is written for this file; names and events are invented. Floors only rise.
"""

import gc
import json
import random
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from watcher.config.catalogue import load_catalogue
from watcher.model.entry import Entry
from watcher.model.story import Features
from watcher.stories.features import make_features
from watcher.stories.grouping import group
from watcher.topics.matching import Matcher

ROOT = Path(__file__).parents[1]
FLOORS = {"topics precision": 0.97, "topics recall": 0.95, "stories precision": 0.97, "stories recall": 0.9}
START = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An authored article with what an editor would say of it."""

    entry: Entry
    topics: frozenset[str]
    story: str | None


def read_told() -> tuple[Told, ...]:
    """Read the authored articles."""
    lines = (ROOT / "benchmarks" / "data" / "judgement.jsonl").read_text(encoding="utf-8").splitlines()
    told = []
    for number, item in enumerate(map(json.loads, lines), 1):
        at = datetime.fromisoformat(item["published"])
        entry = make_entry(number, item["title"], item["summary"], item["language"], at)
        told.append(Told(entry=entry, topics=frozenset(item["topics"]), story=item["story"]))
    return tuple(told)


def make_entry(number: int, title: str, summary: str, language: str, at: datetime) -> Entry:
    """Make an entry of a publisher of its own."""
    return Entry(
        id=number,
        feed_url=f"https://www.example.org/{number % 97}/feed",
        title=title,
        url=f"https://www.example.org/{number}",
        summary=summary,
        publisher=f"Paper {number % 97}",
        language=language,
        published=at,
        first_seen=at,
        digest_at=at,
    )


def judge_topics(told: tuple[Told, ...]) -> dict[str, float]:
    """Return micro precision and recall of the shipped topics, everything through shared feeds."""
    catalogue, _ = load_catalogue(ROOT / "feeds.yaml")
    matcher = Matcher(catalogue.topics)
    right = wrong = missed = 0
    for item in told:
        found = {match.topic for match in matcher.match(item.entry, None, ())}
        for what, topics in (("wrong", found - item.topics), ("missed", item.topics - found)):
            if topics:
                print(f"  {what}: {', '.join(sorted(topics))}: {item.entry.title}")
        right, wrong, missed = (
            right + len(found & item.topics),
            wrong + len(found - item.topics),
            missed + len(item.topics - found),
        )
    return {"topics precision": right / (right + wrong), "topics recall": right / (right + missed)}


def judge_stories(told: tuple[Told, ...]) -> dict[str, float]:
    """Return pairwise precision and recall."""
    grouping = group(tuple(make_features(item.entry, None) for item in told), ())
    story = {item.entry_id: item.story for item in grouping.assignments}
    right = wrong = missed = 0
    for a, b in combinations(told, 2):
        is_one, is_said = bool(a.story and a.story == b.story), story[a.entry.id] == story[b.entry.id]
        right, wrong, missed = (
            right + (is_one and is_said),
            wrong + (is_said and not is_one),
            missed + (is_one and not is_said),
        )
        if is_one != is_said:
            print(f"  {'apart' if is_one else 'together'}: {a.entry.title} / {b.entry.title}")
    return {"stories precision": right / (right + wrong), "stories recall": right / (right + missed)}


def invent(count: int) -> tuple[Features, ...]:
    """Invent the features of ``count`` entries at a steady three hundred a day, in stories of one to six."""
    dice = random.Random(7)  # noqa: S311 - a fixed sequence is the point
    makers = [
        f"{a}{b}"
        for a in ("Kor", "Nor", "Lum", "Tur", "Hal", "Vex", "Bal", "Sel")
        for b in ("vex", "vind", "ona", "tis", "dal", "mar")
    ]
    deeds = ["unveils", "orders", "wins", "sells", "tests", "builds", "opens", "delays", "buys", "ships"]
    things = ["drone", "turbine", "laser", "sensor", "plant", "vessel", "cable", "satellite", "camera", "battery"]
    places = ["Brest", "Esbjerg", "Hull", "Lyon", "Oslo", "Turin", "Gdansk", "Bilbao", "Cork", "Turku"]
    found: list[Features] = []
    while len(found) < count:
        maker, other, deed, thing, place = (
            dice.choice(makers),
            dice.choice(makers),
            dice.choice(deeds),
            dice.choice(things),
            dice.choice(places),
        )
        code, size = f"{dice.choice(makers)}{dice.randrange(9000)}", dice.randrange(20, 900)
        for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
            number = len(found) + 1
            title = (
                f"{maker} {deed} {size}MW {thing} {code} in {place}"
                if dice.random() < 0.5
                else f"{code}: {maker} {deed} a {thing} for {other}"
            )
            summary = f"The {thing} named {code} comes to {place}, said {maker} and {other}."
            at = START + timedelta(days=number / 300)
            found.append(make_features(make_entry(number, title, summary, "en", at), None))
    return tuple(found[:count])


def measure_growth() -> None:
    """Print what grouping costs at both sizes, and one new entry against the entries that share its keys.

    Processor time, for machines are shared; what is held already is kept from the collector, as in a fresh process.
    """
    seconds = {}
    for count in (10_000, 100_000):
        entries = invent(count)
        gc.collect()
        gc.freeze()
        started = time.process_time()
        grouping = group(entries, ())
        seconds[count] = time.process_time() - started
        story = {item.entry_id: item.story for item in grouping.assignments}
        one = time_one(entries, story)
        stories = len(set(story.values()))
        print(f"{count:>7} entries: {seconds[count]:.1f} s, {stories} stories; one more: {one:.1f} ms")
    print(f"growth: {seconds[100_000] / seconds[10_000]:.1f} times for 10 times the entries")


def time_one(entries: tuple[Features, ...], story: dict[int, str]) -> float:
    """Return the median milliseconds of one new entry against its candidates of the last fortnight."""
    spent = []
    for new in entries[-40:]:
        keys = frozenset(new.keys)
        near = [
            item
            for item in entries
            if item is not new and new.at - item.at < timedelta(days=14) and keys & frozenset(item.keys)
        ]
        archive = tuple(replace(item, story=story[item.entry_id]) for item in near)
        started = time.process_time()
        group((new,), archive)
        spent.append(time.process_time() - started)
    return 1000 * sorted(spent)[len(spent) // 2]


def main() -> int:
    """Run the gate, or the growth."""
    if "--growth" in sys.argv[1:]:
        measure_growth()
        return 0
    told = read_told()
    figures = judge_topics(told) | judge_stories(told)
    for name, value in figures.items():
        print(f"{name}: {value:.3f} (floor {FLOORS[name]})")
    return int(any(value < FLOORS[name] for name, value in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
