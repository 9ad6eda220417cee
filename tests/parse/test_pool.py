"""Parsing in children that can be killed."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from tests.parse.documents import URL, make_rss, spend
from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.crew import MOST_SLOW
from watcher.parse.job import ParseJob
from watcher.parse.pool import ParsePool
from watcher.parse.ready import ROOM

GOOD = ParseJob(make_rss("Good").encode(), None, URL)
SLOW, FAT = (ParseJob(make_rss(title).encode(), None, URL) for title in ("Slow", "Fat"))


def title_of(result: ParsedFeed | Unreadable | None) -> str:
    """Return the first title of a feed."""
    assert isinstance(result, ParsedFeed), result
    return result.entries[0].title


def children() -> set[int]:
    """Return the ids of this process's children, zombies included."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return {int(pid) for task in tasks for pid in (task / "children").read_text(encoding="ascii").split()}


def test_parses_all_and_passes_through() -> None:
    """Each tag comes back once with its own result; tags without a job come back with None."""
    jobs = [(n, ParseJob(make_rss(f"Title {n}").encode(), None, URL) if n % 3 else None) for n in range(30)]
    with ParsePool(2) as pool:
        results = dict(pool.parse_all(jobs))
    assert set(results) == set(range(30))
    assert all((result is None) if n % 3 == 0 else title_of(result) == f"Title {n}" for n, result in results.items())


def test_starts_children_only_for_jobs_and_leaves_none() -> None:
    """A round without bodies starts no child; after closing, no child and no zombie is left."""
    before = children()
    with ParsePool(2) as pool:
        assert list(pool.parse_all([("a", None)])) == [("a", None)]
        assert children() == before
        assert len(list(pool.parse_all([(n, GOOD) for n in range(4)]))) == 4
        assert len(children() - before) == 2
    assert children() == before


def test_children_can_be_started_before_the_first_job() -> None:
    """A pool that was warmed up, even twice, has its children, answers with them and leaves none."""
    before = children()
    with ParsePool(2) as pool:
        pool.warm_up()
        pool.warm_up()
        started = children() - before
        assert len(started) == 2
        assert [title_of(result) for _, result in pool.parse_all([("a", GOOD)])] == ["Good"]
        assert children() - before == started
    assert children() == before


def test_pulls_lazily_and_stops_early() -> None:
    """No more items are taken than may wait, and a generator closed early ends its children's work."""
    pulled = []
    heavy = replace(GOOD, body=GOOD.body + b" " * (ROOM // 4))

    def source() -> Iterator[tuple[int, ParseJob]]:
        for n in range(100):
            pulled.append(n)
            yield n, heavy

    with ParsePool(2) as pool:
        results = pool.parse_all(source())
        next(results)
        assert len(pulled) <= 10
        assert hasattr(results, "close")
        results.close()
        assert title_of(dict(pool.parse_all([(1, GOOD)]))[1]) == "Good"


def test_a_source_that_hangs_holds_up_no_answer() -> None:
    """What was parsed is handed on while the source has nothing more to give."""
    answered = threading.Event()

    def source() -> Iterator[tuple[str, ParseJob | None]]:
        yield "first", GOOD
        yield "second", None
        assert answered.wait(20), "the first answers did not come before the third item"
        yield "third", GOOD

    with ParsePool(2) as pool:
        batches = pool.parse_batches(source(), size=64, patience=0.2)
        early: list[str] = []
        while len(early) < 2:
            early += [tag for tag, _ in next(batches)]
        answered.set()
        rest = [tag for batch in batches for tag, _ in batch]
    assert sorted(early + rest) == ["first", "second", "third"]


def test_an_error_of_the_source_is_raised() -> None:
    """What goes wrong while items are pulled is the caller's to see."""

    def source() -> Iterator[tuple[str, None]]:
        yield "first", None
        raise LookupError("no more")

    with ParsePool(2) as pool, pytest.raises(LookupError):
        list(pool.parse_all(source()))


def test_finishes_in_the_child() -> None:
    """The function given to the pool is called in the child, and its result is the answer."""
    with ParsePool(1, finish=attrgetter("format")) as pool:
        assert dict(pool.parse_all([(1, GOOD)])) == {1: "rss20"}


def test_a_killed_child_costs_its_own_document_only() -> None:
    """When a child dies, its feed gets a sentence, and the next documents are parsed by a new child."""
    before = children()

    def source() -> Iterator[tuple[str, ParseJob]]:
        yield "first", GOOD
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        yield "second", GOOD
        yield "third", GOOD

    with ParsePool(1) as pool:
        results = dict(pool.parse_all(source()))
    assert title_of(results["third"]) == "Good"
    assert set(results) == {"first", "second", "third"}


def test_slow_documents_hold_up_no_other() -> None:
    """While the only child is at a document that takes seconds, others are parsed in another, and that one is last."""
    jobs = [("slow", SLOW), *((f"good {n}", GOOD) for n in range(20))]
    with ParsePool(1, finish=spend, cpu_seconds=1) as pool:
        list(pool.parse_all([("warm", GOOD)]))
        tags = [tag for tag, _ in pool.parse_all(jobs)]
    assert len(tags) == 21
    assert tags[-1] == "slow"


def test_more_slow_documents_than_may_be_are_all_answered() -> None:
    """A source of slow documents alone is worked off, and no child is left."""
    before = children()
    with ParsePool(1, finish=spend, wall_seconds=0.2) as pool:
        results = dict(pool.parse_all([(n, SLOW) for n in range(MOST_SLOW + 3)]))
    assert len(results) == MOST_SLOW + 3
    assert children() == before


def test_a_document_that_takes_too_long_is_given_up() -> None:
    """At the wall limit the child is killed, the feed's error says so, and a sibling is parsed."""
    with ParsePool(1, finish=spend, wall_seconds=0.7) as pool:
        list(pool.parse_all([("warm", GOOD)]))
        results = dict(pool.parse_all([("slow", SLOW), ("good", GOOD)]))
    slow = results["slow"]
    assert isinstance(slow, Unreadable)
    assert "it is tried again" in slow.error
    assert title_of(results["good"]) == "Good"


def test_a_document_that_computes_too_long_is_given_up() -> None:
    """The kernel ends a child over its processor time, and the feed's error says so."""
    with ParsePool(1, finish=spend, cpu_seconds=1) as pool:
        results = dict(pool.parse_all([("slow", SLOW), ("good", GOOD)]))
    slow = results["slow"]
    assert isinstance(slow, Unreadable)
    assert "takes over 1 s of processor time" in slow.error
    assert title_of(results["good"]) == "Good"


def test_memory_is_bounded() -> None:
    """A document that needs more memory than a child may have is that feed's error."""
    with ParsePool(1, finish=spend) as pool:
        ((_, result),) = pool.parse_all([(1, FAT)])
        assert isinstance(result, Unreadable)
        assert "of memory" in result.error
        assert title_of(dict(pool.parse_all([(1, GOOD)]))[1]) == "Good"
