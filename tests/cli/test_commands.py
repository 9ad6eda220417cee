"""Every command of the contract: its exit code, its JSON, its sentences."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from watcher.cli import main
from watcher.cli.commands import FILES, build_app


def test_version_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints one line and ends well."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines() == ["watcher 0.1.0"]


def test_help_imports_nothing_heavy() -> None:
    """`watcher --help` needs neither spaCy, feedparser, SQLAlchemy nor the HTTP client."""
    heavy = ["spacy", "feedparser", "sqlalchemy", "httpx2", "lxml", "pydantic", "rich"]
    code = (
        "import sys\nfrom watcher.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy} if m in sys.modules and m != 'rich'], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603 - our own interpreter
    assert done.stderr.strip() == "[]"
    assert "demo" in done.stdout


@pytest.mark.parametrize("file", FILES)
def test_a_command_is_found_without_the_others(file: str) -> None:
    """Each file registers the commands that the table names for it, so that one of them needs no other file."""
    app = build_app(FILES[file][:1])
    named = [command.name for command in app.registered_commands] + [group.name for group in app.registered_groups]
    assert set(named) == set(FILES[file])


def test_a_command_that_is_mistyped_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    """A name nobody knows is looked for among all commands."""
    with pytest.raises(SystemExit) as ended:
        main(["fecth"])
    assert ended.value.code == 2
    assert "fetch" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("digest", "--dry-run"),
        ("search", "hydrogen"),
        ("feeds",),
        ("topics",),
        ("stories",),
        ("opml", "export"),
        ("doctor",),
    ],
)
def test_json_is_one_document(run: Run, command: tuple[str, ...]) -> None:
    """With `--json` standard output holds one JSON document and nothing else."""
    ended = run(*command, "--json")
    assert ended.code == 0, ended.err
    assert isinstance(json.loads(ended.out), dict)


def test_a_broken_file_is_told_with_its_line(run: Run, folder: Path) -> None:
    """A mistake in feeds.yaml ends every command with exit code 2, its line and what to do."""
    (folder / "feeds.yaml").write_text("topics:\n  hydrogen:\n    feed: []\n")
    ended = run("fetch")
    assert ended.code == 2
    assert "feeds.yaml:3:5" in ended.err
    assert "feeds" in ended.err
    document = json.loads(run("check", "--json").out)
    assert document["ok"] is False
    assert document["errors"][0]["line"] == 3


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("fetch", "helium"), "no topic 'helium'"),
        (("fetch", "--feed", "https://nowhere.example/"), "no feed https://nowhere.example/"),
        (("digest", "--week", "soon"), "not a week"),
        (("digest", "--language", "de"), "no language 'de'"),
        (("search", "x", "--since", "yesterday"), "not a day"),
        (("search", "x", "--since", "2026-11-20", "--until", "2026-11-01"), "is after --until"),
        (("search", "x", "--topic", "helium"), "no topic 'helium'"),
        (("review", "approve", "2026-W47"), "no edition of 2026-W47"),
        (("review", "note", "2026-W47", "Bonjour", "--topic", "helium"), "no topic 'helium'"),
        (("review", "note", "2026-W47", "Bonjour", "--language", "de"), "no language 'de'"),
        (("explain", "s999"), "no entry or story"),
        (("curate", "merge", "1"), "no entry or story"),
        (("curate", "bless", "1"), "no act"),
        (("topics", "add", "hydrogen"), "already"),
        (("feeds", "remove", "https://nowhere.example/"), "is not in"),
        (("digest", "--now", "noon"), "not a time"),
        (("analyse", "absent.jsonl"), "cannot be read"),
        (("opml", "import", "absent.opml", "--topic", "hydrogen"), "cannot be read"),
        (("nonsense",), "No such command"),
    ],
)
def test_bad_arguments_end_in_a_sentence(run: Run, command: tuple[str, ...], words: str) -> None:
    """A wrong argument is told in words, without a traceback, with exit code 2."""
    ended = run(*command)
    assert ended.code == 2
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_topics_and_feeds_are_edited_with_comments_kept(run: Run, folder: Path) -> None:
    """`topics add` and `feeds remove` change what they say and nothing else."""
    assert run("topics", "add", "Éolien flottant", "--feed", "https://www.example.net/rss").code == 0
    text = (folder / "feeds.yaml").read_text("utf-8")
    assert text.startswith("# kept\n")
    assert "https://www.example.net/rss" in text
    assert run("feeds", "remove", "https://www.example.net/rss").code == 0
    assert "https://www.example.net/rss" not in (folder / "feeds.yaml").read_text("utf-8")


def test_opml_goes_out_and_comes_in(run: Run, folder: Path) -> None:
    """What `opml export` prints, `opml import` reads; known feeds are not added twice."""
    exported = run("opml", "export").out
    (folder / "feeds.opml").write_text(exported, "utf-8")
    ended = run("opml", "import", str(folder / "feeds.opml"), "--topic", "hydrogen", "--json")
    document = json.loads(ended.out)
    assert document == {"added": [], "known": ["https://www.example.org/feed/"]}


def test_backup_and_restore(run: Run, folder: Path) -> None:
    """A backup can be put back; the database it replaces is kept."""
    assert run("backup", str(folder / "copy.db")).code == 0
    ended = run("restore", str(folder / "copy.db"), "--json")
    assert ended.code == 0, ended.err
    assert Path(json.loads(ended.out)["kept"]).exists()


def test_a_database_that_is_none_is_told(run: Run, folder: Path) -> None:
    """A file that is no database is named and left as it is."""
    (folder / "var").mkdir()
    (folder / "var" / "watcher.db").write_text("not a database, at all, really")
    ended = run("search", "x")
    assert ended.code == 1
    assert "watcher.db" in ended.err
    assert (folder / "var" / "watcher.db").read_text() == "not a database, at all, really"


def test_a_failing_feed_is_in_the_report_and_not_in_the_code(run: Run, folder: Path) -> None:
    """A feed that cannot be reached is told in a sentence; the command has done its work."""
    (folder / "feeds.yaml").write_text(
        "network: {allow: ['127.0.0.1:9']}\ntopics:\n  hydrogen:\n    match: {any: [hydrogen]}\n"
        "    feeds: ['http://127.0.0.1:9/feed']\n"
    )
    ended = run("fetch", "--json")
    assert ended.code == 0, ended.err
    (feed,) = json.loads(ended.out)["feeds"]
    assert feed["outcome"] == "failed"
    assert feed["error"].endswith(".")
