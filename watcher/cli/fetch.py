"""`watcher fetch`: fetch now, then annotate, match and group what is new."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("fetch")(door_command(fetch))


def fetch(
    door: Door,
    topics: Annotated[
        list[str] | None, typer.Argument(help="Topics to fetch (default: all).", metavar="[TOPIC]...")
    ] = None,
    *,
    feed: Annotated[list[str] | None, typer.Option("--feed", help="Fetch this feed only.", metavar="URL")] = None,
    force: Annotated[bool, typer.Option("--force", help="Fetch even what is not due yet.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask for whole documents, without validators.")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate/--no-annotate", help="Look for entities, topics, stories.")
    ] = True,
) -> None:
    """Fetch the feeds that are due and take in what is new."""
    from watcher.fetch.agent import contact_warning
    from watcher.pipeline.steps import fetch_and_take_in

    with door.runtime() as runtime, door.console.progress() as progress:
        if warning := contact_warning(runtime.catalogue.cluster):
            door.console.note(f"warning: {warning}")
        report = fetch_and_take_in(
            runtime,
            door.now,
            topics=tuple(topics or ()),
            urls=tuple(feed or ()),
            force=force,
            fresh=fresh,
            annotate=annotate,
            progress=progress,
        )
    rows = [
        (item.outcome, str(item.new or ""), item.url, item.error or "")
        for item in report.feeds
        if item.outcome not in {"unchanged", "not_due"} or item.error
    ]
    feeds = "1 feed" if len(report.feeds) == 1 else f"{len(report.feeds)} feeds"
    summary = f"{report.new} new, {report.updated} updated, from {feeds} in {report.seconds:.1f} s."
    door.console.show(report, "\n".join(filter(None, [table(("", "new", "feed", ""), rows, limit=80), summary])))
