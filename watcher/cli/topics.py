"""`watcher topics`: the topics of ``feeds.yaml``, and adding one."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import table


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The topics of feeds.yaml; add one.", invoke_without_command=True)
    group.callback()(door_command(topics))
    group.command("add")(door_command(add))
    app.add_typer(group, name="topics")


def topics(door: Door, ctx: typer.Context) -> None:
    """List the topics with their feeds, and what the archive holds for each."""
    if ctx.invoked_subcommand:
        return
    from watcher.pipeline.ask import topic_overview

    with door.runtime() as runtime:
        overview = topic_overview(runtime, door.now)
    rows = [(t.key, t.name, str(t.feeds), str(t.entries), str(t.entries_last_week)) for t in overview]
    door.console.show({"topics": overview}, table(("topic", "name", "feeds", "entries", "last 7 days"), rows))


def add(
    door: Door,
    name: Annotated[str, typer.Argument(help="Key of the topic, e.g. hydrogen.")],
    *,
    feed: Annotated[list[str] | None, typer.Option("--feed", help="A feed that is on it.", metavar="URL")] = None,
    term: Annotated[
        list[str] | None, typer.Option("--term", help="A word or phrase that makes an entry match.")
    ] = None,
) -> None:
    """Add a topic to feeds.yaml, keeping its comments."""
    from watcher.pipeline.enrol import add_topic

    key = add_topic(door.settings(), name, tuple(feed or ()), tuple(term or ()))
    door.console.show(
        {"topic": key}, f"Topic '{key}' is in feeds.yaml; give it a feed with `watcher feeds add URL --topic {key}`."
    )
