"""`watcher replay`: what past weeks would have looked like."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay")(door_command(replay))


def replay(
    door: Door,
    *,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=10, help="How many whole weeks back.")] = 4,
) -> None:
    """Compose past weeks again and say what this feeds.yaml would gain, lose, merge or move; nothing is written.

    Exit code 1 when anything differs from what was printed.
    """
    from watcher.pipeline.replay import replay as replay_weeks

    with door.runtime() as runtime, door.console.progress() as progress:
        found = replay_weeks(runtime, door.now, weeks=weeks, progress=progress)
    lines = [f"{name}: the recorded inputs no longer give the same bytes" for name in found.changed_bytes]
    lines += [f"{d.week} {d.topic:<16} {d.kind:<7} {d.headline}  ({d.detail})" for d in found.differences]
    verdict = "as they were" if found.is_same else f"{len(found.differences)} stories would differ"
    door.console.show(found, "\n".join([*lines, f"{found.editions} editions replayed: {verdict}."]))
    if not found.is_same:
        raise typer.Exit(1)
