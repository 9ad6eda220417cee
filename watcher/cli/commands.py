"""The command line: a file a group of commands, each of which opens the runtime, calls a step and prints.

Nothing heavy is imported before a command runs: `watcher --help` needs neither spaCy, feedparser nor a database, and a
command that is named needs nothing of the others.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

# The files with the commands of each, in the order of the help.
FILES = {
    "demo": ("demo",),
    "check": ("check",),
    "fetch": ("fetch",),
    "digest": ("digest",),
    "run": ("run",),
    "analyse": ("analyse",),
    "archive": ("search", "backup", "restore"),
    "feeds": ("feeds",),
    "topics": ("topics",),
    "opml": ("opml",),
    "stories": ("stories", "explain"),
    "curate": ("curate",),
    "replay": ("replay",),
    "members": ("members",),
    "deliver": ("deliver", "review"),
    "doctor": ("doctor",),
}


def build_app(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the application: with the file of the command that ``arguments`` begin with, else with all of them."""
    app = typer.Typer(
        name="watcher",
        help="Technology watch for business clusters: feeds in, weekly digests out.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_version)
    named = [file for file, commands in FILES.items() if set(arguments[:1]) & set(commands)]
    for file in named or FILES:
        import_module(f"watcher.cli.{file}").register(app)
    return app


def _version(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Technology watch for business clusters: feeds in, weekly digests out."""
    if version:
        from watcher import __version__

        typer.echo(f"watcher {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
