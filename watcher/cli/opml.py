"""`watcher opml`: OPML 2.0 in and out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="OPML 2.0 in and out.", no_args_is_help=True)
    group.command("import")(door_command(import_))
    group.command("export")(door_command(export))
    app.add_typer(group, name="opml")


def import_(
    door: Door,
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    *,
    topic: Annotated[str, typer.Option("--topic", help="The topic its feeds go under.")],
) -> None:
    """Add the feeds of an OPML file to a topic of feeds.yaml."""
    from watcher.pipeline.enrol import import_opml

    added, known = import_opml(door.settings(), file, topic)
    door.console.show(
        {"added": added, "known": known}, f"{len(added)} feeds added to '{topic}', {len(known)} were there."
    )


def export(door: Door) -> None:
    """Print all feeds as OPML, grouped by topic."""
    from watcher.config.opml import render_opml
    from watcher.pipeline.check import check_files

    data = render_opml(check_files(door.settings()).catalogue).decode("utf-8")
    if door.json:
        door.console.show({"opml": data}, "")
    else:
        sys.stdout.write(data)
