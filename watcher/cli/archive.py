"""`watcher search`, `backup` and `restore`: the archive."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("search")(door_command(search))
    app.command("backup")(door_command(backup))
    app.command("restore")(door_command(restore))


def search(
    door: Door,
    query: Annotated[str, typer.Argument(help='Words, "a phrase", or the beginning of a word with *.')],
    *,
    topic: Annotated[str | None, typer.Option("--topic", help="Only entries on this topic.")] = None,
    entity: Annotated[str | None, typer.Option("--entity", help="Only entries that name this entity.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="From this day, e.g. 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Up to and with this day.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20,
) -> None:
    """Search the archive; accents do not matter, and French and English word forms meet."""
    from watcher.pipeline.ask import search_archive

    with door.runtime() as runtime:
        found = search_archive(runtime, query, topic=topic, entity=entity, since=since, until=until, limit=limit)
    lines = [
        f"{_day(hit.published)}{hit.title}\n  {hit.snippet}\n  {hit.feed}  {hit.url or ''}  [{hit.id}]"
        for hit in found.hits
    ]
    door.console.show(found, "\n".join([*lines, f"{len(found.hits)} of {found.total}."]))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d} " if moment else ""


def backup(door: Door, file: Annotated[Path, typer.Argument(help="Where the copy goes.")]) -> None:
    """Copy the database while it is in use; the copy is verified."""
    with door.runtime() as runtime:
        runtime.database.backup(file)
    door.console.show({"file": file, "bytes": file.stat().st_size}, f"{file} written and verified.")


def restore(door: Door, file: Annotated[Path, typer.Argument(help="A copy made by `watcher backup`.")]) -> None:
    """Put a copy back in place; the present database is kept beside it."""
    from watcher.store.database import restore_database

    kept = restore_database(door.settings().database_path, file)
    note = f" The former one is kept as {kept}." if kept else ""
    door.console.show({"file": file, "kept": kept}, f"{file} is the database now.{note}")
