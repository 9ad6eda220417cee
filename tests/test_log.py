"""Log lines: one a record, nothing forged, quick to import."""

import json
import subprocess
import sys

import pytest

from watcher.log import configure_log, escape, get_log


def test_a_line_cannot_be_forged(capsys: pytest.CaptureFixture[str]) -> None:
    """Line ends, escapes and control characters of a feed are written out, in both forms."""
    evil = "a\r\nERROR fake \x1b[31mred\x9b\u2028end"
    for as_json in (False, True):
        configure_log(json=as_json)
        get_log("fetch").info("fetched", title=evil, number=3)
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert "\x1b" not in printed.err
    assert json.loads(printed.err)["number"] == 3
    assert json.loads(printed.err)["part"] == "fetch"


def test_quiet_keeps_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    """With --quiet only warnings and worse are written; the setting may change while loggers live."""
    configure_log(quiet=True)
    log = get_log("run")
    log.info("all is well")
    log.warning("mind this")
    assert "mind this" in (printed := capsys.readouterr().err)
    assert "all is well" not in printed
    configure_log()


def test_a_traceback_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception in the log takes one line like anything else."""
    configure_log()
    try:
        int("x")
    except ValueError:
        get_log("run").exception("job failed")
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "plain é"])
def test_plain_values_stay(value: object) -> None:
    """What cannot harm is left alone."""
    assert escape(value) == value


def test_importing_the_log_is_cheap() -> None:
    """Until the first line structlog is not imported."""
    code = (
        "import sys, watcher.log; watcher.log.configure_log(json=True, quiet=True); print('structlog' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert ran.stdout == "False\n"
