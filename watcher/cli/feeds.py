"""`watcher feeds`: health of every feed; `feeds add` and `feeds remove` edit ``feeds.yaml``."""

from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import table

if TYPE_CHECKING:
    from watcher.model.feed import FeedHealth
    from watcher.store.returns import FeedReturn


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Health of every feed; add and remove feeds.", invoke_without_command=True)
    group.callback()(door_command(feeds))
    group.command("add")(door_command(add))
    group.command("remove")(door_command(remove))
    app.add_typer(group, name="feeds")


def feeds(
    door: Door,
    ctx: typer.Context,
    *,
    returns: Annotated[
        bool, typer.Option("--return", help="What each feed brings: stories alone, lead time, copies.")
    ] = False,
) -> None:
    """Show the health of every feed: last success, error in words, rhythm, share that reached a digest."""
    if ctx.invoked_subcommand:
        return
    from watcher.pipeline.ask import feed_health, feed_returns

    with door.runtime() as runtime:
        health = feed_health(runtime, door.now)
        gains = feed_returns(runtime, door.now) if returns else ()
    if returns:
        door.console.show({"feeds": health, "returns": gains}, show_returns(gains))
    else:
        text = show_health(health)
        door.console.show({"feeds": health}, text or "No feeds yet: add one with `watcher feeds add URL --topic T`.")


def show_health(health: "tuple[FeedHealth, ...]") -> str:
    """Return a line a feed: how it fares, in words."""
    rows = [
        (
            item.status,
            item.name,
            " ".join(item.topics) or "(shared)",
            str(item.entries),
            str(item.printed),
            f"{item.last_success:%Y-%m-%d %H:%M}" if item.last_success else "never",
            f"{item.rhythm_days:.1f} d" if item.rhythm_days else "",
            item.detail or "",
        )
        for item in health
    ]
    return table(("status", "feed", "topics", "entries", "printed", "last success", "rhythm", "detail"), rows, limit=40)


def show_returns(gains: "tuple[FeedReturn, ...]") -> str:
    """Return a line a feed: what it brings that others do not."""
    rows = [
        (
            gain.name,
            str(gain.stories),
            str(gain.alone),
            str(gain.first),
            f"{gain.lead_hours:.0f} h" if gain.lead_hours is not None else "",
            str(gain.copies),
            f"{gain.printed_share:.0%}",
            " ".join(gain.sole_topics),
        )
        for gain in gains
    ]
    return table(("feed", "stories", "alone", "first", "lead", "copies", "printed", "sole source of"), rows, limit=40)


def add(
    door: Door,
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a site that has one.")],
    *,
    topic: Annotated[str | None, typer.Option("--topic", help="The topic it goes under (default: shared).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what was found, change nothing.")] = False,
) -> None:
    """Find the feed behind an address and add it to feeds.yaml, keeping its comments."""
    from watcher.pipeline.enrol import add_feed

    result = add_feed(door.settings(), url, topic, door.now, dry_run=dry_run)
    lines = [f"{found.url}\n  {found.title or '(no title)'}; {found.detail}" for found in result.found]
    door.console.show(result, "\n".join([*lines, result.message]))


def remove(door: Door, url: Annotated[str, typer.Argument(help="Address as written in feeds.yaml.")]) -> None:
    """Take a feed out of feeds.yaml; its entries stay in the archive."""
    from watcher.pipeline.enrol import remove_feed

    remove_feed(door.settings(), url)
    door.console.show({"removed": url}, f"{url} is out of feeds.yaml; its entries stay in the archive.")
