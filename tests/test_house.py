"""The house keeps its own rules: sizes, names, what is imported where, and docs that tell the truth."""

import ast
import re
from pathlib import Path

import pytest

from watcher.cli.commands import build_app

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for path in (ROOT / "watcher").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES, MOST_TEST_LINES, MOST_FUNCTION_LINES = 300, 500, 40

# Each waiver with its reason.
WAIVERS: dict[str, str] = {}
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "service", "base", "core"}
ONLY = {
    "sqlalchemy": "watcher/store/",
    "alembic": "watcher/store/",
    "spacy": "watcher/nlp/",
    "httpx2": "watcher/fetch/client.py",
    "feedparser": "watcher/parse/",
    "apscheduler": "watcher/schedule.py",
    "typer": "watcher/cli/",
    "jinja2": "watcher/digest/",
    "apprise": "watcher/deliver/",
}


def name(path: Path) -> str:
    """Return a path as the tables here have it."""
    return str(path.relative_to(ROOT))


def imports(path: Path) -> set[str]:
    """Return the top-level names of every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_files_stay_small() -> None:
    """No source file has over 300 lines, no test file over 500, but for waivers with their reason."""
    long = {name(path): len(path.read_text("utf-8").splitlines()) for path in (*SOURCES, *TESTS)}
    over = {
        path: lines
        for path, lines in long.items()
        if lines > (MOST_TEST_LINES if path.startswith("tests/") else MOST_LINES) and path not in WAIVERS
    }
    assert over == {}


def test_functions_stay_small() -> None:
    """No function has over 40 lines, but for waivers with their reason."""
    over = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                key = f"{name(path)}:{node.name}"
                if lines > MOST_FUNCTION_LINES and key not in WAIVERS:
                    over[key] = lines
    assert over == {}


def test_no_file_is_called_utils() -> None:
    """A file is called after what it does."""
    assert [name(path) for path in SOURCES if path.stem in BANNED_NAMES] == []


@pytest.mark.parametrize(("library", "room"), ONLY.items())
def test_a_library_lives_in_one_room(library: str, room: str) -> None:
    """What a library does for us is behind one door."""
    strangers = [name(path) for path in SOURCES if library in imports(path) and not name(path).startswith(room)]
    assert strangers == []


def test_async_lives_in_fetch() -> None:
    """Only the fetch room is asynchronous."""
    found = [
        name(path)
        for path in SOURCES
        if any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    ]
    assert [path for path in found if not path.startswith("watcher/fetch/")] == []


def test_only_doors_ask_the_clock() -> None:
    """Time is an argument everywhere else."""
    asking = [name(path) for path in SOURCES if "watcher.clock" in path.read_text("utf-8")]
    assert set(asking) <= {"watcher/cli/door.py", "watcher/schedule.py", "watcher/pipeline/doctor.py"}


def test_every_test_says_what_it_proves() -> None:
    """Each test has a docstring, and none patches or skips by hand."""
    silent = []
    for path in TESTS:
        text = path.read_text("utf-8")
        if path != Path(__file__):
            assert not re.search(r"unittest\.mock|monkeypatch\.setattr|pytest\.skip\(", text), path
        silent += [
            f"{name(path)}:{node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
        ]
    assert silent == []


def test_the_readme_names_commands_that_exist() -> None:
    """Every `watcher …` command that README shows is a command."""
    app = build_app()
    known = {command.callback.__name__.strip("_") for command in app.registered_commands if command.callback}
    known |= {str(group.name) for group in app.registered_groups}
    known |= {str(command.name) for command in app.registered_commands if command.name}
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(?:\.venv/bin/)?watcher ([a-z]+)", text)) - {"run", "command"}
    assert named <= known


def test_the_house_map_points_at_files_that_exist() -> None:
    """Every path in docs/house.md is there."""
    text = (ROOT / "docs" / "house.md").read_text("utf-8")
    table = text.partition("| I want to")[2]
    paths = re.findall(r"`((?:[a-z_]+/)+[a-z_*]*(?:\.(?:py|tsv|md|json))?)`", table)
    missing = [
        path
        for path in paths
        if not list((ROOT / "watcher").glob(path.rstrip("/"))) and not list(ROOT.glob(path.rstrip("/")))
    ]
    assert paths
    assert missing == []
