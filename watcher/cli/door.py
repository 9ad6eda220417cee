"""The options every command takes, and how a command ends.

``door_command`` adds the common options to a command's own, so that they are accepted after the command's
name, and hands the command a ``Door``: settings, clock, output. Errors leave here as one sentence on
standard error (and one JSON document with ``--json``) with the contract's exit codes: 0, 1 or 2.
"""

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from watcher.cli.output import Console, as_json, write
from watcher.clock import utc_now
from watcher.errors import ConfigError, UsageError, WatcherError, describe_problem

if TYPE_CHECKING:
    from watcher.config.settings import Settings
    from watcher.pipeline.runtime import Runtime

PANEL = "Options of every command"
STOPPED = "Stopped; what was done so far is kept."
BAD_USAGE = 2
INTERRUPTED = 130  # what Typer makes of Ctrl-C


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What a command needs from outside: where files are, what time it is, how to print."""

    config: Path | None
    data: Path | None
    digests: Path | None
    json: bool
    quiet: bool
    at: str | None

    @property
    def now(self) -> datetime:
        """Return ``--now`` or the time on the clock, in UTC."""
        return parse_now(self.at) if self.at else utc_now()

    @property
    def console(self) -> Console:
        """Return where text, JSON and progress go."""
        return Console(json=self.json, quiet=self.quiet)

    def settings(self) -> "Settings":
        """Return the places this run works with, from options, else the environment, else defaults."""
        from watcher.config.settings import Settings

        return Settings.resolve(config=self.config, data=self.data, digests=self.digests)

    @contextmanager
    def runtime(self) -> Iterator["Runtime"]:
        """Open database and tools for one command; warnings of the files people edit go to stderr."""
        from watcher.log import configure_log
        from watcher.pipeline.runtime import open_runtime

        configure_log(json=False, quiet=self.quiet)
        with open_runtime(self.settings()) as runtime:
            for warning in runtime.warnings:
                self.console.note(f"warning: {describe_problem(warning)}")
            yield runtime


def parse_now(text: str) -> datetime:
    """Return an ISO 8601 time in UTC; a time without an offset is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now: '{text}' is not a time; write it as 2026-11-23T07:00:00+01:00.") from None
    if not 1980 <= moment.year <= 2100:
        raise UsageError(f"--now: {moment.year} is out of range; give a year from 1980 to 2100.")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def door_command(function: Callable[..., None]) -> Callable[..., None]:
    """Give ``function(door, ...)`` the common options in place of its ``door``."""
    common = list(inspect.signature(_common).parameters.values())
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    @functools.wraps(function)
    def command(**options: Any) -> None:
        shared = {parameter.name: options.pop(parameter.name) for parameter in common}
        door = Door(
            config=shared["config"],
            data=shared["data"],
            digests=shared["digests"],
            json=shared["json_"],
            quiet=shared["quiet"],
            at=shared["now"],
        )
        function(door, **options)

    signature = inspect.Signature([*own, *common])
    command.__signature__ = signature  # type: ignore[attr-defined]  # Typer reads the signature it is given
    command.__annotations__ = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    return command


def _common(
    *,
    config: Annotated[
        Path | None, typer.Option("--config", help="feeds.yaml to use (WATCHER_CONFIG).", rich_help_panel=PANEL)
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder of the database (WATCHER_DATA).", rich_help_panel=PANEL)
    ] = None,
    digests: Annotated[
        Path | None, typer.Option("--digests", help="Folder of the editions (WATCHER_DIGESTS).", rich_help_panel=PANEL)
    ] = None,
    json_: Annotated[
        bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.", rich_help_panel=PANEL)
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no notes.", rich_help_panel=PANEL)] = False,
    now: Annotated[
        str | None,
        typer.Option("--now", help="Set the clock, e.g. 2026-11-23T07:00:00+01:00.", rich_help_panel=PANEL),
    ] = None,
) -> None:
    """Carry the common options; only its signature is used."""


def run_app(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Run the application on ``arguments`` and exit with the contract's code."""
    _open_closed()
    wants_json = "--json" in arguments
    fail = partial(_fail, wants_json=wants_json)
    try:
        app(args=list(arguments), prog_name="watcher")
    except ConfigError as error:
        fail(str(error), 2, document=config_document(error))
    except UsageError as error:
        fail(str(error), 2)
    except WatcherError as error:
        fail(str(error), 1)
    except SystemExit as ended:
        _end(ended, fail, wants_json=wants_json)
    except KeyboardInterrupt:
        fail(STOPPED, 1)
    except OSError as error:
        fail(f"{error.filename or 'The output'} could not be used: {error.strerror or error}.", 1)
    except Exception as error:
        if os.environ.get("WATCHER_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".strip()[:300]
        fail(f"A fault of the program, nothing stored is lost ({what}). WATCHER_DEBUG=1 shows where, for a report.", 1)


def _open_closed() -> None:
    """Let an output that was closed before the program began take everything and keep nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - it ends with the program


def _end(ended: SystemExit, fail: Callable[[str, int], NoReturn], *, wants_json: bool) -> NoReturn:
    """End as Typer would, which handles Ctrl-C and bad options itself, but by the contract."""
    if ended.code == INTERRUPTED:
        fail(STOPPED, 1)
    if ended.code == BAD_USAGE and wants_json:
        write(sys.stdout, as_json({"ok": False, "error": "Bad usage: standard error says what is wrong."}) + "\n")
    raise ended


def config_document(error: ConfigError) -> dict[str, object]:
    """Return what ``check --json`` prints when a file is wrong."""
    return {"ok": False, "errors": error.problems, "warnings": [], "topics": 0, "feeds": 0, "members": 0}


def _fail(message: str, code: int, *, wants_json: bool, document: dict[str, object] | None = None) -> NoReturn:
    with suppress(OSError):  # what could not be written may be standard output itself
        if wants_json:
            write(sys.stdout, as_json(document or {"ok": False, "error": message}) + "\n")
    write(sys.stderr, message + "\n")
    sys.exit(code)
