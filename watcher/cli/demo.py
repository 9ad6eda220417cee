"""`watcher demo`: the whole job over bundled sample feeds, without network."""

import time

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(door_command(demo))


def demo(door: Door) -> None:
    """Run the whole job on bundled sample feeds: fetch, annotate, group, digest. No network needed."""
    from watcher.pipeline.demo import run_demo

    started = time.monotonic()
    with door.console.progress() as progress:
        editions = run_demo(door.settings(), door.now if door.at else None, progress=progress)
    seconds = round(time.monotonic() - started, 1)
    paths = [path for edition in editions for path in edition.files]
    door.console.show(
        {"editions": editions, "seconds": seconds},
        "\n".join([*dict.fromkeys(paths), "", f"{len(editions)} editions in {seconds} s. Open the index.html above."]),
    )
