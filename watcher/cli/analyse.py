"""`watcher analyse`: annotate, match and group articles from a file, storing nothing."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import as_plain, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyse")(door_command(analyse))


def analyse(
    door: Door,
    file: Annotated[
        Path, typer.Argument(help="JSON Lines: {id, title, summary?, url?, source?, published?, language?}.")
    ],
) -> None:
    """Say what articles in a file are about: language, topics, entities, opportunity, story. Stores nothing."""
    from watcher.pipeline.analyse import analyse_file

    with door.console.progress() as progress:
        for line in analyse_file(door.settings(), file, door.now, progress=progress):
            write(sys.stdout, json.dumps(as_plain(line), ensure_ascii=False) + "\n")
