"""What `watcher doctor` tells of how the watch has fared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watcher.config.settings import Settings
from watcher.digest.period import parse_week
from watcher.model.report import Check
from watcher.pipeline.condition import list_findings
from watcher.pipeline.doctor import examine
from watcher.pipeline.runtime import Runtime, open_runtime
from watcher.store.editions import mark_edition_written, save_edition
from watcher.store.feeds import list_feed_states, save_feed_states, sync_feeds
from watcher.store.outbox import Letter, claim_delivery, mark_failed, queue_deliveries
from watcher.store.runs import mark_run

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = parse_week("2026-W47")
FILE = "topics:\n  hydrogen:\n    feeds: ['https://one.example/rss', 'https://two.example/rss']\n"


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    """A runtime with two feeds, both read yesterday."""
    (tmp_path / "feeds.yaml").write_text(FILE, "utf-8")
    settings = Settings(config=tmp_path / "feeds.yaml", data=tmp_path / "var", digests=tmp_path / "digests")
    with open_runtime(settings) as opened:
        with opened.database.write() as connection:
            sync_feeds(connection, opened.catalogue.feeds, NOW)
        tell_feeds(opened, failures=(0, 0))
        yield opened


def tell_feeds(runtime: Runtime, *, failures: tuple[int, int]) -> None:
    """Let each feed have failed so often since it was read yesterday."""
    with runtime.database.write() as connection:
        states = list_feed_states(connection)
        told = [
            replace(state, last_success=NOW - timedelta(days=1), failures=count, error="It is away." if count else None)
            for state, count in zip(states, failures, strict=True)
        ]
        save_feed_states(connection, told)


def findings(runtime: Runtime) -> dict[str, Check]:
    """Return the findings by name."""
    with runtime.database.read() as connection:
        return {item.name: item for item in list_findings(connection, runtime.catalogue, NOW)}


def test_a_quiet_start_is_no_fault(runtime: Runtime) -> None:
    """Before the first round and edition everything is in order, and said to be to come."""
    found = findings(runtime)
    assert all(item.ok for item in found.values())
    assert "Europe/Paris, where it is Tuesday 13:00" in found["time zone"].detail
    assert "not fetched yet" in found["last fetch"].detail
    assert "none has been written" in found["last edition"].detail


def test_one_failing_feed_is_news_and_all_are_a_fault(runtime: Runtime) -> None:
    """One feed that fails is told and is nothing to mend here; when none answers the network is asked about."""
    tell_feeds(runtime, failures=(3, 0))
    one = findings(runtime)["feeds"]
    assert one.ok
    assert "1 failing: `watcher feeds` says why" in one.detail
    tell_feeds(runtime, failures=(3, 9))
    both = findings(runtime)["feeds"]
    assert not both.ok
    assert "is there a network?" in both.detail


def test_a_round_that_is_overdue_and_a_clock_that_is_ahead_are_faults(runtime: Runtime) -> None:
    """A daemon that ended days ago and a clock that servers contradict are to be mended."""
    with runtime.database.write() as connection:
        mark_run(connection, "fetch", NOW - timedelta(days=3), NOW, ok=True, detail="2 new")
        mark_run(connection, "clock", NOW, NOW - timedelta(days=365), ok=False, detail="365 days ahead of 5 sites")
    found = findings(runtime)
    assert not found["last fetch"].ok
    assert not found["servers' clocks"].ok
    assert "365 days ahead of 5 sites: set it" in found["servers' clocks"].detail


def test_an_edition_that_is_not_on_the_disk_is_a_fault(runtime: Runtime) -> None:
    """An edition whose writing was cut short is named with the command that writes it."""
    with runtime.database.write() as connection:
        save_edition(
            connection, "hydrogen", WEEK, "fr", edition_json="{}", inputs_json="{}", files=(), sha256="", now=NOW
        )
    found = findings(runtime)["edition"]
    assert not found.ok
    assert "`watcher digest --week 2026-W47`" in found.detail
    with runtime.database.write() as connection:
        mark_edition_written(connection, "hydrogen", WEEK, "fr", NOW)
    assert "edition" not in findings(runtime)
    assert "2026-W47, written 2026-11-24 12:00 UTC" in findings(runtime)["last edition"].detail


def test_mails_that_failed_lately_are_a_fault(runtime: Runtime) -> None:
    """A mail refused in the last four weeks is told, without its address; one of long ago is not."""
    for age, is_told in ((timedelta(weeks=9), False), (timedelta(days=1), True)):
        with runtime.database.write() as connection:
            letter = Letter(edition=f"{age.days}/a", address="a@mail.example", message_id=f"<{age.days}@x>")
            queue_deliveries(connection, [letter], NOW - age)
            claim = claim_delivery(connection, NOW - age)
            assert claim is not None
            mark_failed(connection, claim, "No such user.")
        assert ("mails" in findings(runtime)) is is_told
    assert findings(runtime)["mails"] == Check(
        name="mails", ok=False, detail="in four weeks 1 failed: `watcher deliver status` says why"
    )


def test_digests_that_cannot_be_written_are_a_fault(runtime: Runtime, tmp_path: Path) -> None:
    """A file where the folder of editions should be is told; a folder still to be made is not."""
    good = examine(runtime.settings, NOW)
    assert "digests" not in {item.name for item in good.checks}
    (tmp_path / "digests").write_text("", "utf-8")
    assert [item.ok for item in examine(runtime.settings, NOW).checks if item.name == "digests"] == [False]
