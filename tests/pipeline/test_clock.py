"""Which time editions and mails go by when this machine's clock is wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watcher.config.settings import Settings
from watcher.model.report import FeedReport
from watcher.pipeline.clock import compare_clocks, trusted_now
from watcher.pipeline.runtime import Runtime, open_runtime

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    """A runtime without feeds."""
    (tmp_path / "feeds.yaml").write_text("topics: {}\n", "utf-8")
    with open_runtime(Settings(config=tmp_path / "feeds.yaml", data=tmp_path, digests=tmp_path)) as opened:
        yield opened


def answers(*times: datetime | None) -> tuple[FeedReport, ...]:
    """Return the reports of a round in which each site said what time it is."""
    return tuple(
        FeedReport(url=f"https://site{number}.test/rss", topics=(), outcome="fetched", server_time=time)
        for number, time in enumerate(times)
    )


def test_a_clock_that_is_right_is_believed(runtime: Runtime) -> None:
    """A clock that agrees with the servers, or is behind them, is the time."""
    assert trusted_now(runtime, NOW) == NOW
    for theirs in (NOW, NOW - timedelta(minutes=20), NOW + YEAR):
        compare_clocks(runtime, answers(theirs, theirs, theirs), NOW)
        assert trusted_now(runtime, NOW) == NOW


def test_a_clock_ahead_of_all_sites_is_not_believed(runtime: Runtime) -> None:
    """Where three sites say that it is a year earlier it is, until they agree, or the clock is put right."""
    ahead = NOW + YEAR
    compare_clocks(runtime, answers(NOW, NOW, NOW), ahead)
    assert trusted_now(runtime, ahead) == NOW
    assert trusted_now(runtime, ahead + timedelta(hours=3)) == NOW + timedelta(hours=3)
    assert trusted_now(runtime, NOW) == NOW
    compare_clocks(runtime, answers(ahead, ahead, ahead), ahead)
    assert trusted_now(runtime, ahead) == ahead


def test_few_or_odd_sites_say_nothing(runtime: Runtime) -> None:
    """Two sites are too few, many feeds of one site count once, and one site that is a week behind is outvoted."""
    week = NOW - timedelta(days=7)
    same = tuple(
        FeedReport(url=f"https://site.test/{number}", topics=(), outcome="fetched", server_time=week)
        for number in range(9)
    )
    for reports in (answers(week, week, None), same, answers(week, NOW, NOW)):
        compare_clocks(runtime, reports, NOW)
        assert trusted_now(runtime, NOW) == NOW
