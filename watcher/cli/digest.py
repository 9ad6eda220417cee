"""`watcher digest`: compose and write editions."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("digest")(door_command(digest))


def digest(
    door: Door,
    topics: Annotated[list[str] | None, typer.Argument(help="Topics (default: all).", metavar="[TOPIC]...")] = None,
    *,
    week: Annotated[
        str | None, typer.Option("--week", help="ISO week, e.g. 2026-W47 (default: the last whole one).")
    ] = None,
    language: Annotated[list[str] | None, typer.Option("--language", help="fr or en (default: as configured).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compose, but write nothing.")] = False,
) -> None:
    """Write the week's editions into the digests folder."""
    from watcher.digest.period import last_whole_week, parse_week
    from watcher.pipeline.publish import publish

    with door.runtime() as runtime, door.console.progress() as progress:
        chosen = parse_week(week) if week else last_whole_week(door.now, runtime.catalogue.timezone)
        editions = publish(
            runtime,
            door.now,
            week=chosen,
            topics=tuple(topics or ()),
            languages=tuple(language or ()),
            dry_run=dry_run,
            progress=progress,
        )
    lines = [
        f"{edition.topic}.{edition.language} {edition.week}: {edition.stories} stories, {edition.articles} articles"
        + "".join(f"\n  {path}" for path in edition.files)
        for edition in editions
    ]
    door.console.show({"editions": editions}, "\n".join(lines))
