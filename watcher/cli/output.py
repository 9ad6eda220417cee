"""What commands print: JSON on standard output, or text; progress and notes on standard error.

All of it goes through ``write``: feeds, servers and files put text into it, and a terminal obeys control characters.
"""

import dataclasses
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO

from watcher.model.progress import Progress, no_progress

# Controls but tab and line end, separators of lines, marks of direction, surrogates without a partner.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write(stream: TextIO, text: str) -> None:
    """Write ``text`` with what a terminal would obey, or cannot show, spelt out; in JSON that means the same."""
    safe = _UNSAFE.sub(lambda found: _spell(found[0]), text)
    try:
        stream.write(safe)
    except UnicodeEncodeError:  # a terminal of another age
        stream.write("".join(char if char.isascii() else _spell(char) for char in safe))
    stream.flush()


def _spell(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def as_plain(value: object) -> object:
    """Return ``value`` as what JSON knows: dataclasses as objects, times as ISO 8601."""
    match value:
        case None | str() | int() | float():  # most of what there is
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case dict():
            return {str(key): as_plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [as_plain(item) for item in value]
        case _ if type(value).__str__ is not object.__str__:  # a path, a week
            return str(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: as_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return value


def as_json(value: object) -> str:
    """Return one JSON document, indented, with characters as they are."""
    return json.dumps(as_plain(value), ensure_ascii=False, indent=2)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Where a command writes: ``show`` its result, ``note`` what a person may want to know."""

    json: bool = False
    quiet: bool = False

    def show(self, document: object, text: str) -> None:
        """Print ``document`` with ``--json``, else ``text``."""
        write(sys.stdout, (as_json(document) if self.json else text.rstrip("\n")) + "\n")

    def note(self, text: str) -> None:
        """Print a line on standard error unless ``--quiet``."""
        if not self.quiet:
            write(sys.stderr, text + "\n")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Yield a callback that draws bars on standard error when a person looks at it."""
        if self.quiet or not sys.stderr.isatty():
            yield no_progress
            return
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
        from rich.progress import Progress as Bars

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bars(*columns, console=RichConsole(stderr=True), transient=True) as bars:
            tasks: dict[str, object] = {}

            def draw(label: str, done: int, total: int | None) -> None:
                if label not in tasks:
                    tasks[label] = bars.add_task(label, total=total)
                bars.update(tasks[label], completed=done, total=total)  # type: ignore[arg-type]  # Rich's TaskID

            yield draw


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, limit: int = 60) -> str:
    """Return rows in aligned columns, each cell cut at ``limit`` characters but the last of a row."""
    if not rows:
        return ""
    cut = [
        [_cell(cell, None if index == len(headers) - 1 else limit) for index, cell in enumerate(row)] for row in rows
    ]
    widths = [max(len(headers[i]), *(len(row[i]) for row in cut)) for i in range(len(headers) - 1)]
    lines = [headers, *cut]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line[:-1], widths, strict=True)), line[-1]]).rstrip()
        for line in lines
    )


def _cell(text: str, limit: int | None) -> str:
    flat = " ".join(text.split())
    return flat if limit is None or len(flat) <= limit else flat[: limit - 1] + "…"
