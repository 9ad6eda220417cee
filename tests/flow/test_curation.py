"""What an editor decided stands: later fetches, groupings and digests never undo it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.test_weeks import MONDAYS, make_runtime
from watcher.demo.catalogue import sample_feeds_yaml
from watcher.demo.server import SampleServer, serve_samples
from watcher.digest.period import last_whole_week, week_bounds
from watcher.digest.to_json import from_json
from watcher.model.decision import Act
from watcher.model.edition import Edition, Week
from watcher.pipeline.curate import decide
from watcher.pipeline.explain import explain_id
from watcher.pipeline.publish import publish
from watcher.pipeline.runtime import Runtime
from watcher.pipeline.steps import fetch_and_take_in
from watcher.store.editions import get_edition
from watcher.store.entries import list_entries
from watcher.store.stories import get_story_of

BEFORE, LATER = MONDAYS[4], MONDAYS[5]
WEEK: Week = last_whole_week(BEFORE, "Europe/Paris")
TOPIC = "drones"


@pytest.fixture
def server() -> Iterator[SampleServer]:
    """The samples as of the fifth Monday."""
    with serve_samples(BEFORE) as running:
        yield running


@pytest.fixture
def runtime(server: SampleServer, tmp_path: Path) -> Iterator[Runtime]:
    """An archive with what was out on the fifth Monday."""
    (tmp_path / "feeds.yaml").write_text(sample_feeds_yaml(server.base_url), "utf-8")
    runtime = make_runtime(tmp_path)
    fetch_and_take_in(runtime, BEFORE)
    yield runtime
    runtime.close()


def printed(runtime: Runtime, topic: str = TOPIC) -> Edition:
    """Write the week's edition and return it."""
    publish(runtime, LATER, week=WEEK, topics=(topic,), languages=("en",))
    with runtime.database.read() as connection:
        stored = get_edition(connection, topic, WEEK, "en")
    assert stored is not None
    return from_json(stored.edition_json)


def shown(edition: Edition) -> list[tuple[int, ...]]:
    """Return the entries of each story, in the order in which the edition shows them."""
    items = (*edition.top, *edition.follow_ups, *edition.also)
    return [tuple(source.entry_id for source in item.sources) for item in items]


def act(runtime: Runtime, name: Act, *entries: int, topic: str | None = None) -> None:
    """Decide as an editor does who opens the program for it."""
    decide(runtime, name, tuple(map(str, entries)), BEFORE, topic=topic)


def live_on(runtime: Runtime, server: SampleServer) -> None:
    """Let a week pass: new articles, new groups, and rules that have learnt."""
    server.move_to(LATER)
    assert fetch_and_take_in(runtime, LATER, force=True).new > 0


def story_of(runtime: Runtime, *entries: int) -> list[str]:
    """Return the story of each entry."""
    with runtime.database.read() as connection:
        stories = get_story_of(connection, entries)
    return [stories[entry] for entry in entries]


def test_merged_stays_merged_and_split_stays_split(runtime: Runtime, server: SampleServer) -> None:
    """Two events told as one stay one story; the articles of one event told apart stay apart."""
    stories = shown(printed(runtime))
    together = next(story for story in stories if len(story) > 1)
    (first, *_), (second, *_) = [story for story in stories if story is not together][:2]
    act(runtime, "merge", first, second)
    act(runtime, "split", *together)
    live_on(runtime, server)
    assert len(set(story_of(runtime, first, second))) == 1
    assert len(set(story_of(runtime, *together))) == len(together)
    again = shown(printed(runtime))
    assert any({first, second} <= set(story) for story in again)
    assert all(len(set(together) & set(story)) <= 1 for story in again)


def test_pinned_leads_and_hidden_is_gone(runtime: Runtime, server: SampleServer) -> None:
    """A pinned story opens the edition, a hidden one is in none; taken back, they are as before."""
    before = shown(printed(runtime))
    last, leading = before[-1], before[0]
    act(runtime, "pin", last[0])
    act(runtime, "hide", leading[0])
    live_on(runtime, server)
    after = shown(printed(runtime))
    assert last[0] in after[0]
    assert all(leading[0] not in story for story in after)
    act(runtime, "unpin", last[0])
    act(runtime, "unhide", leading[0])
    restored = shown(printed(runtime))
    assert last[0] not in restored[0]
    assert any(leading[0] in story for story in restored)


def test_kept_is_printed_and_dropped_is_not(runtime: Runtime, server: SampleServer) -> None:
    """An article that no rule takes comes in, a trusted feed's goes out, and `explain` says who said so."""
    on_it = {entry for story in shown(printed(runtime)) for entry in story}
    with runtime.database.read() as connection:
        start, end = week_bounds(WEEK, "Europe/Paris")
        others = [e.id for e in list_entries(connection, since=start, until=end) if e.id not in on_it]
    dropped, kept = min(on_it), others[0]
    act(runtime, "drop", dropped, topic=TOPIC)
    act(runtime, "keep", kept, topic=TOPIC)
    live_on(runtime, server)
    after = {entry for story in shown(printed(runtime)) for entry in story}
    assert kept in after
    assert dropped not in after
    assert "editor: kept" in explain_id(runtime, LATER, str(kept)).text()
    assert f"drop on {TOPIC}" in explain_id(runtime, LATER, str(dropped)).text()
