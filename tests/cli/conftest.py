"""The command line, run in this process on files of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from watcher.cli import main


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small ``feeds.yaml``."""
    (tmp_path / "feeds.yaml").write_text(
        "# kept\ntopics:\n  hydrogen:\n    match: {any: [hydrogen]}\n    feeds:\n      - https://www.example.org/feed/\n"
    )
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on the files of ``folder`` and return how it ended."""

    def run_command(*arguments: str) -> Ended:
        places = ("--config", folder / "feeds.yaml", "--data", folder / "var", "--digests", folder / "digests")
        with pytest.raises(SystemExit) as ended:
            main([*arguments, *map(str, places)])
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run_command
