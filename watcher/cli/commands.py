"""The command line: a file a group of commands, each of which opens the runtime, calls a step and prints.

Nothing heavy is imported before a command runs: `watcher --help` needs neither spaCy, feedparser nor a database.
"""

from typing import Annotated

import typer

from watcher.cli import (
    analyse,
    archive,
    check,
    curate,
    deliver,
    demo,
    digest,
    doctor,
    feeds,
    fetch,
    members,
    opml,
    replay,
    run,
    stories,
    topics,
)

app = typer.Typer(
    name="watcher",
    help="Technology watch for business clusters: feeds in, weekly digests out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    demo, check, fetch, digest, run, analyse, archive, feeds, topics, opml,
    stories, curate, replay, members, deliver, doctor,
):  # fmt: skip
    module.register(app)


@app.callback(invoke_without_command=True)
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
