"""Files on disk: all or none, old or new, and nowhere but in the digests folder."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from watcher.deliver.files import check_path, write_all
from watcher.errors import DeliveryError
from watcher.model.edition import Rendered

WRITER = """
import sys
from pathlib import Path
from watcher.deliver.files import write_all
from watcher.model.edition import Rendered
print("ready", flush=True)
first, rounds, step = map(int, sys.argv[2:])
for number in range(first, first + rounds * step, step):
    content = f"{number:08}".encode() * 40_000
    files = [Rendered(path=path, content=content) for path in ("2026-W47/a.md", "2026-W47/b.md", "index.html")]
    write_all(Path(sys.argv[1]), tuple(files))
"""
FULL = """
import resource, signal, tempfile
from pathlib import Path
from watcher.deliver.files import write_all
from watcher.errors import DeliveryError
from watcher.model.edition import Rendered
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    write_all(folder, (Rendered(path="a.md", content=b"old"), Rendered(path="b.md", content=b"old")))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        write_all(folder, (Rendered(path="a.md", content=b"new"), Rendered(path="b.md", content=b"x" * 5000)))
    except DeliveryError as error:
        assert "run the digest again" in str(error), error
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert kept == {"a.md": b"old", "b.md": b"old"}, kept
        print("nothing lost")
"""
NOBODY = 65534


def start_writer(folder: Path, first: int = 0, rounds: int = 100_000, step: int = 1) -> subprocess.Popen[bytes]:
    """Start a process that writes one set of three large files after the other, numbered."""
    numbers = [str(number) for number in (first, rounds, step)]
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), *numbers], stdout=subprocess.PIPE)  # noqa: S603 - a fixed command
    assert writer.stdout
    assert writer.stdout.readline() == b"ready\n"
    writer.stdout.close()
    return writer


@contextmanager
def as_nobody() -> Iterator[Path]:
    """Give a folder of its own to a user whom modes of files bind, root or not."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid():
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def render(*pairs: tuple[str, bytes]) -> tuple[Rendered, ...]:
    """Make files to write."""
    return tuple(Rendered(path=path, content=content) for path, content in pairs)


def found(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder, temporary ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


EDITION = render(("2026-W47/drones.fr.md", b"# Drones\n"), ("2026-W47/drones.fr.html", b"<p>"), ("index.html", b"<ul>"))


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """Folders are made, contents are exact, no temporary file stays."""
    write_all(tmp_path / "digests", EDITION)
    assert found(tmp_path / "digests") == {one.path: one.content for one in EDITION}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    """A second run writes only what differs, so that mirrors and backups stay quiet."""
    write_all(tmp_path, EDITION)
    before = {path: (tmp_path / path).stat() for path in found(tmp_path)}
    write_all(tmp_path, (*EDITION[:2], *render(("index.html", b"<ol>"))))
    after = {path: (tmp_path / path).stat() for path in found(tmp_path)}
    kept = [path for path in before if before[path].st_ino == after[path].st_ino]
    assert sorted(kept) == ["2026-W47/drones.fr.html", "2026-W47/drones.fr.md"]
    assert (tmp_path / "index.html").read_bytes() == b"<ol>"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.md",
        "/etc/outside.md",
        "a/b/c.md",
        "2026-W47/../../outside.md",
        "2026-W47/.hidden",
        ".tmp",
        "",
        "/",
        "2026-W47/",
        "a\\b.md",
        "a\x00.md",
        "a\n.md",
        "été.md",
        "-rf",
        "a" * 200,
        "2026-W47/con..md",
        "2026-W47/$(reboot).md",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    """A topic's name cannot write outside the folder, and its siblings are not half written."""
    folder = tmp_path / "digests"
    with pytest.raises(DeliveryError, match="rename the topic"):
        write_all(folder, (*EDITION, *render((path, b"x"))))
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("path", ["index.html", "agenda.fr.ics", "2026-W47/offshore-wind.en.md", "a.fr.cards.atom.xml"])
def test_the_names_we_write_are_ours(path: str) -> None:
    """Every form of name that an edition has is accepted."""
    check_path(path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """One of them would be lost in silence."""
    with pytest.raises(DeliveryError, match="its own key"):
        write_all(tmp_path, render(("a.md", b"1"), ("a.md", b"2")))
    assert found(tmp_path) == {}


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    """A link in place of a file is replaced, one in place of a folder refused; what it points at stays as it was."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "index.html").symlink_to(outside / "secret")
    write_all(folder, render(("index.html", b"<ul>")))
    assert not (folder / "index.html").is_symlink()
    (folder / "2026-W47").symlink_to(outside)
    with pytest.raises(DeliveryError, match="folder"):
        write_all(folder, EDITION)
    assert found(outside) == {"secret": b"secret"}


def test_a_planted_temporary_link_is_removed(tmp_path: Path) -> None:
    """Nor does a link under a temporary name write elsewhere."""
    (tmp_path / "target").write_bytes(b"kept")
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / ".index.html.tmp").symlink_to(tmp_path / "target")
    write_all(folder, render(("index.html", b"<ul>")))
    assert (tmp_path / "target").read_bytes() == b"kept"
    assert found(folder) == {"index.html": b"<ul>"}


def test_the_digests_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """An operator may put the archive on another disk."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "digests").symlink_to(tmp_path / "disk")
    write_all(tmp_path / "digests", EDITION)
    assert len(found(tmp_path / "disk")) == 3


def test_a_folder_where_a_file_should_be_costs_nothing(tmp_path: Path) -> None:
    """The sentence says what stands in the way, and no temporary file is left."""
    (tmp_path / "2026-W47" / "drones.fr.html").mkdir(parents=True)
    with pytest.raises(DeliveryError, match="move it away"):
        write_all(tmp_path, EDITION)
    assert not [path for path in found(tmp_path) if path.endswith(".tmp")]


def test_a_read_only_folder_is_said_in_a_sentence() -> None:
    """What was there stays, and the sentence names the way out."""
    with as_nobody() as folder:
        write_all(folder, EDITION)
        (folder / "2026-W47").chmod(0o500)
        with pytest.raises(DeliveryError, match="--digests"):
            write_all(folder, render(("2026-W47/drones.fr.md", b"new"), ("index.html", b"new")))
        assert found(folder) == {one.path: one.content for one in EDITION}
        (folder / "2026-W47").chmod(0o700)


def test_a_full_disk_costs_nothing_that_was_there() -> None:
    """When the disk refuses while files are written, none of them appears and no part of one stays."""
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - a fixed command
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing lost\n", "")


def test_a_kill_leaves_whole_files(tmp_path: Path) -> None:
    """Killed at any point, each file is whole, the index never ahead of what it lists; the next run mends the set."""
    for at in range(6):
        writer = start_writer(tmp_path)
        time.sleep(0.05 + 0.017 * at)  # some sets are written, the kill falls at another point each time
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
        numbers = {}
        for path, content in found(tmp_path).items():
            if not path.endswith(".tmp"):
                assert content == content[:8] * 40_000, path
                numbers[path] = int(content[:8])
        assert numbers.get("index.html", 0) <= min(numbers.get("2026-W47/a.md", 0), numbers.get("2026-W47/b.md", 0))
        start_writer(tmp_path, rounds=1).wait(10)
        assert {content[:8] for content in found(tmp_path).values()} == {b"00000000"}
        assert len(found(tmp_path)) == 3


def test_two_writers_leave_one_whole_set(tmp_path: Path) -> None:
    """Two processes that write at once wait for each other, and neither fails."""
    writers = [start_writer(tmp_path, first, rounds=25, step=2) for first in (0, 1)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert len(found(tmp_path)) == 3
    assert len(set(found(tmp_path).values())) == 1
