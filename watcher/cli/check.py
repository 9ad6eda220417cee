"""`watcher check`: validate the files people edit, and try the feeds when asked."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.errors import describe_problem


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(door_command(check))


def check(
    door: Door,
    *,
    online: Annotated[bool, typer.Option("--online", help="Also try every feed once, politely.")] = False,
) -> None:
    """Check feeds.yaml (and members.yaml): every mistake with its line and what to do about it."""
    from watcher.pipeline.check import check_files, judge_rules, probe_feeds

    result = check_files(door.settings())
    warnings = (*result.warnings, *judge_rules(door.settings(), result.catalogue, door.now))
    document: dict[str, object] = {
        "ok": True,
        "errors": [],
        "warnings": warnings,
        "topics": len(result.catalogue.topics),
        "feeds": len(result.catalogue.feeds),
        "members": len(result.members),
    }
    lines = [f"warning: {describe_problem(warning)}" for warning in warnings]
    counts = ", ".join(f"{document[noun]} {noun}" for noun in ("topics", "feeds", "members"))
    lines.append(f"{door.settings().config}: {counts}.")
    if online:
        with door.console.progress() as progress:
            probes = probe_feeds(result.catalogue, door.now, progress=progress)
        document["probes"] = probes
        lines += [f"{probe.outcome:<9} {probe.url}  {probe.detail}" for probe in probes]
    door.console.show(document, "\n".join(lines))
