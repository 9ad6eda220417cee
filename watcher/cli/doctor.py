"""`watcher doctor`: is everything in order, and what to mend."""

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(door_command(doctor))


def doctor(door: Door) -> None:
    """Look at versions, pipelines, database, disk, clocks, feeds, editions and mails, and say what to mend."""
    from watcher.pipeline.doctor import examine

    report = examine(door.settings(), door.now)
    lines = [f"{'ok ' if item.ok else 'FIX'}  {item.name}: {item.detail}" for item in report.checks]
    counts = ", ".join(f"{number} {noun}" for noun, number in report.counts.items())
    door.console.show(report, "\n".join([*lines, counts]))
    if not all(item.ok for item in report.checks):
        raise typer.Exit(1)
