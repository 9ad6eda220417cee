"""Every recorded mistake of ``feeds.yaml`` is refused, warned about or accepted as its note says."""

import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from watcher.config.catalogue import load_catalogue
from watcher.errors import ConfigError
from watcher.model.report import Problem

SHARED = Path(__file__).parents[2].parent / "shared"
FILES = SHARED / "hostile" / "yaml"
CASES: list[dict[str, Any]] = json.loads((FILES / "expected.json").read_text()) if FILES.exists() else []
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def _check(file: Path) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    try:
        return (), load_catalogue(file)[1]
    except ConfigError as error:
        return error.problems, ()


def _is_told(case: dict[str, Any], problem: Problem) -> bool:
    said = f"{problem.message} {problem.hint} {problem.path}".lower()
    words = case["message_mentions"]
    return (
        (not words or any(word.lower() in said for word in words))
        and case["line"] in {None, problem.line}
        and (case["path"] is None or _is_near(case["path"], problem.path))
    )


def _is_near(expected: str, path: str) -> bool:
    return path == expected or _is_below(expected, path) or _is_below(path, expected)


def _is_below(path: str, parent: str) -> bool:
    return bool(parent) and path.startswith(parent) and path[len(parent)] in ".["


@pytest.mark.skipif(not FILES.exists(), reason="the recorded files lie beside the project, not in it")
@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_file_is_judged_as_its_note_says(case: dict[str, Any]) -> None:
    """Verdict, words, line, path, completeness and silence about secrets are those of expected.json."""
    errors, warnings = _check(FILES / case["file"])
    told = (*errors, *warnings)
    if case["expect"] == "accept":
        assert told == ()
        return
    assert errors or (case["expect"] == "warn" and warnings)
    assert any(_is_told(case, problem) for problem in told), told[:5]
    assert set(case.get("all_lines", ())) <= {problem.line for problem in told}
    shown = "\n".join(f"{p.path} {p.message} {p.hint}" for p in told)
    assert not any(secret in shown for secret in case.get("must_not_appear", ()))
    assert not RAW.search(shown.replace("\n", ""))
    assert all(len(problem.message) < 1000 for problem in told)


@pytest.mark.skipif(not FILES.exists(), reason="the recorded files lie beside the project, not in it")
def test_memory_stays_within_the_bound_of_each_file() -> None:
    """The recorded files that are large or expand take less memory than their notes allow."""
    costly = [case for case in CASES if any(word in case["file"] for word in ("alias", "merge", "deep", "huge"))]
    assert len(costly) > 10
    tracemalloc.start()
    for case in costly:
        tracemalloc.reset_peak()
        _check(FILES / case["file"])
        assert tracemalloc.get_traced_memory()[1] < case["max_mb"] * 1_000_000, case["file"]
    tracemalloc.stop()
