"""How commands end when they are stopped, misused, or asked for what is not there yet."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_ctrl_c_ends_a_fetch(tmp_path: Path) -> None:
    """Interrupted while a feed hangs, a command says so in a sentence and ends with exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        text = (
            f"network: {{allow: ['{address}'], timeout: 60}}\ntopics: {{hydrogen: {{feeds: ['http://{address}/']}}}}\n"
        )
        (tmp_path / "feeds.yaml").write_text(text, "utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "watcher", "fetch"], stderr=subprocess.PIPE, cwd=tmp_path, env=dict(os.environ)
        )
        silent.settimeout(30)
        with silent.accept()[0]:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert errors.decode().endswith("Stopped; what was done so far is kept.\n")
    assert b"Traceback" not in errors


@pytest.mark.parametrize("command", [("fetch", "--bogus"), ("nonsense",), ("search",), ("search", "x", "--limit", "0")])
def test_bad_usage_is_one_document_too(run: Run, command: tuple[str, ...]) -> None:
    """With `--json` a mistyped command still prints one JSON document, and exit code 2."""
    ended = run(*command, "--json")
    assert ended.code == 2
    assert json.loads(ended.out)["ok"] is False


def test_a_week_to_come_is_not_written(run: Run, folder: Path) -> None:
    """An edition of a week that has not begun is refused: it would be empty, and stand for the real one."""
    ended = run("digest", "--week", "2026-W49", "--now", "2026-11-23T07:00:00+01:00")
    assert ended.code == 2
    assert "has not begun" in ended.err
    assert not (folder / "digests").exists()


def test_an_import_without_a_member_writes_nothing(run: Run, folder: Path) -> None:
    """A CSV file whose rows are all faulty is told row by row and leaves no empty register in the way of the next."""
    (folder / "members.csv").write_text("name;emails\nExail;nobody\n", "utf-8")
    ended = run("members", "import", str(folder / "members.csv"))
    assert ended.code == 2
    assert ended.err.startswith(f"{folder / 'members.csv'}:2:")
    assert not (folder / "members.yaml").exists()


def test_ctrl_c_while_it_starts_is_quiet(tmp_path: Path) -> None:
    """Interrupted while its modules are imported, the program ends with exit code 130 and says nothing."""
    script = (
        "import os, signal, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'typer':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from watcher.cli import main\n"
        "main(['--version'])\n"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script], check=False, capture_output=True, timeout=30, env=dict(os.environ)
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def test_ctrl_c_is_heard_again_once_it_has_started(run: Run) -> None:
    """The start leaves the handling of Ctrl-C as it found it."""
    before = signal.getsignal(signal.SIGINT)
    assert run("topics").code == 0
    assert signal.getsignal(signal.SIGINT) is before


def test_a_file_that_is_given_is_named(run: Run, folder: Path) -> None:
    """What is wrong in a CSV or OPML file is told of that file, and of no draft of ours."""
    csv, opml = folder / "list.csv", folder / "list.opml"
    csv.write_text("name;topics\nExail;drones\n", "utf-8")
    opml.write_text("<opml><body/></opml>", "utf-8")
    for command in (("members", "import", str(csv)), ("opml", "import", str(opml), "--topic", "hydrogen")):
        ended = run(*command)
        assert ended.code == 2
        assert ended.err.startswith(f"{command[2]}:")
        assert ended.err.count("\n") == 1


@pytest.mark.parametrize("target", [".", "feeds.yaml/x", "feeds.yaml"])
def test_a_backup_that_cannot_be_is_told_of_its_own_file(run: Run, folder: Path, target: str) -> None:
    """A folder, a place below a file and a file that is no backup are refused in a sentence that names them."""
    assert run("topics").code == 0
    ended = run("backup", str(folder / target))
    assert ended.code == 1
    assert str(folder / target) in ended.err
    assert "fault" not in ended.err
    assert run("restore", str(folder / "feeds.yaml")).err.startswith(f"{folder / 'feeds.yaml'} is no backup")


def test_a_file_in_the_place_of_a_folder_is_told(run: Run, folder: Path) -> None:
    """A file where the database's folder or that of the editions should be is named as one."""
    (folder / "digests").write_text("", "utf-8")
    assert "digests: there is a file of that name: move it away, then run" in run("digest").err
    (folder / "var").rename(folder / "old")
    (folder / "var").write_text("", "utf-8")
    assert "there is a file of that name" in run("fetch").err


@pytest.mark.parametrize("options", ["> /dev/full", "--json > /dev/full", ">&-", "--json >&- 2>&-", "2>&-"])
def test_an_output_that_takes_nothing_is_no_fault(folder: Path, options: str) -> None:
    """A full disk or a closed standard output behind a command ends in a sentence at most."""
    command = f"{sys.executable} -m watcher topics --config {folder / 'feeds.yaml'} --data {folder / 'var'} {options}"
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        ["/bin/sh", "-c", command], check=False, capture_output=True, timeout=30, env=dict(os.environ)
    )
    assert b"Traceback" not in ended.stderr
    assert b"fault" not in ended.stderr
    assert ended.returncode == (1 if "full" in options else 0)
