"""`watcher curate`: an editor's acts, recorded once and binding for every later run."""

from typing import Annotated, get_args

import typer

from watcher.cli.door import Door, door_command
from watcher.errors import UsageError
from watcher.model.decision import Act


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("curate")(door_command(curate))


def curate(
    door: Door,
    act: Annotated[str, typer.Argument(help="merge, split, pin, unpin, hide, unhide, keep or drop.")],
    ids: Annotated[list[str], typer.Argument(help="Entries by number, or stories by id.")],
    *,
    topic: Annotated[str | None, typer.Option("--topic", help="For keep and drop: on this topic or not.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why, for whoever reads it later.")] = "",
) -> None:
    """Merge, split, pin or hide stories, keep or drop articles: no later run undoes it."""
    from watcher.pipeline.curate import decide

    if act not in get_args(Act):
        raise UsageError(f"'{act}' is no act; use one of: {', '.join(get_args(Act))}.")
    with door.runtime() as runtime:
        decision = decide(runtime, act, tuple(ids), door.now, topic=topic, note=note)  # type: ignore[arg-type]  # checked above
    door.console.show(decision, f"Recorded: {act} {', '.join(ids)}.")
