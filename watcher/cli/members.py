"""`watcher members`: the register, checked, imported, searched in the news, and forgotten on request."""

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import table


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The register of members: list, import, forget, mentions.", invoke_without_command=True)
    group.callback()(door_command(members))
    group.command("import")(door_command(import_))
    group.command("forget")(door_command(forget))
    group.command("mentions")(door_command(mentions))
    group.command("hints")(door_command(hints))
    app.add_typer(group, name="members")


def members(door: Door, ctx: typer.Context) -> None:
    """List the members of members.yaml, without their addresses."""
    if ctx.invoked_subcommand:
        return
    from watcher.pipeline.register import list_members

    rows = list_members(door.settings())
    text = table(
        ("member", "name", "topics", "competences"),
        [(m.slug, m.name, " ".join(m.topics), ", ".join(m.competences)) for m in rows],
    )
    door.console.show({"members": rows}, text or "No register yet: docs/members.example.yaml shows one.")


def import_(
    door: Door,
    file: Annotated[Path, typer.Argument(help="A CSV file as spreadsheets save it; headings in French or English.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, change nothing.")] = False,
) -> None:
    """Write members.yaml from a CSV file; faulty rows are named and left out."""
    from watcher.errors import describe_problem
    from watcher.pipeline.register import import_members

    result = import_members(door.settings(), file, dry_run=dry_run)
    lines = [describe_problem(problem) for problem in result.problems]
    verb = "would be written" if dry_run else "written"
    lines.append(f"{result.members} members {verb} to {result.path}.")
    if dry_run and not door.json:
        lines.append(result.text)
    door.console.show(result, "\n".join(lines))


def forget(
    door: Door, name: Annotated[str, typer.Argument(help="A member's name, key, or a person's mail address.")]
) -> None:
    """Remove a member, or a person's address, from the register and from everything kept of them."""
    from watcher.pipeline.register import forget_member

    with door.runtime() as runtime:
        removed = forget_member(runtime, name)
    door.console.show(removed, f"{name} is forgotten: {removed.deliveries} mails on record removed.")


def mentions(
    door: Door,
    *,
    since: Annotated[str | None, typer.Option("--since", help="From this day (default: four weeks back).")] = None,
) -> None:
    """List where members are named in the news, and why we think it is them."""
    from watcher.pipeline.register import list_mentions

    with door.runtime() as runtime:
        found = list_mentions(runtime, door.now, since=since)
    rows = [(f"{m.published:%Y-%m-%d}" if m.published else "", m.name, m.publisher, m.title, m.reason) for m in found]
    door.console.show(
        {"mentions": found}, table(("date", "member", "paper", "title", "why"), rows) or "No member is named."
    )


def hints(door: Door) -> None:
    """For each open call, the members whose competences together cover it, and what stays uncovered."""
    from watcher.pipeline.register import list_hints

    with door.runtime() as runtime:
        found = list_hints(runtime, door.now)
    lines = []
    for hint in found:
        lines.append(hint.title)
        lines += [f"  {name}: {', '.join(words)}" for name, words in hint.covered]
        lines += [f"  uncovered: {', '.join(hint.uncovered)}"] if hint.uncovered else []
    door.console.show({"hints": found}, "\n".join(lines) or "No open call meets a competence of a member.")
