"""The whole job over the sample weeks, done once for all tests that only look at its result."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from watcher.config.settings import Settings
from watcher.model.report import EditionReport
from watcher.pipeline.demo import SAMPLE_NOW, run_demo
from watcher.pipeline.runtime import Runtime, open_runtime


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo wrote, and what it reported."""

    digests: Path
    settings: Settings
    editions: tuple[EditionReport, ...]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo as `watcher demo` runs it."""
    folder = tmp_path_factory.mktemp("demo")
    editions = run_demo(Settings(data=folder / "var", digests=folder / "digests"), SAMPLE_NOW)
    own = folder / "var" / "demo"
    settings = Settings(config=own / "feeds.yaml", data=own, digests=folder / "digests")
    return Demo(folder / "digests", settings, editions)


@pytest.fixture
def runtime(demo: Demo) -> Iterator[Runtime]:
    """A runtime on the demo's archive, for tests that only read."""
    with open_runtime(demo.settings) as opened:
        yield opened
