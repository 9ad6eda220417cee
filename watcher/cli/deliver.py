"""`watcher deliver` and `watcher review`: mails to members, and an editor's leave to send them."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command
from watcher.cli.output import table
from watcher.errors import DeliveryError
from watcher.model.delivery import Accepted


def register(app: typer.Typer) -> None:
    """Add the groups."""
    group = typer.Typer(help="Mail the week's digests to members.", invoke_without_command=True)
    group.callback()(door_command(deliver))
    group.command("status")(door_command(status))
    app.add_typer(group, name="deliver")
    review = typer.Typer(help="Approve a week for sending; give it an editor's note.", no_args_is_help=True)
    review.command("approve")(door_command(approve))
    review.command("note")(door_command(note))
    app.add_typer(review, name="review")


def deliver(
    door: Door,
    ctx: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compose the mails, send none.")] = False,
    to: Annotated[str | None, typer.Option("--to", help="Send one digest to this address, to look at it.")] = None,
) -> None:
    """Send what is due: the last week's digests to members, each once."""
    if ctx.invoked_subcommand:
        return
    from watcher.pipeline import deliver as step

    with door.runtime() as runtime:
        if dry_run:
            mailings = step.preview(runtime, door.now, to=to)
            rows = [{"subject": m.subject, "characters": len(m.html)} for m in mailings]
            door.console.show({"mails": rows}, f"{len(rows)} mails would go out.")
        elif to:
            result = step.send_to(runtime, door.now, to)
            if not isinstance(result, Accepted):
                raise DeliveryError(result.error)
            door.console.show({"sent": True}, "Sent.")
        else:
            with runtime.database.lock("deliver"):
                report = step.deliver(runtime, door.now)
            lines = [f"{mail.state}: {mail.recipient} {mail.error or ''}" for mail in report.mails if mail.error]
            sent = sum(mail.state == "sent" for mail in report.mails)
            door.console.show(report, "\n".join([*lines, f"{sent} of {len(report.mails)} mails sent."]))


def status(door: Door) -> None:
    """Show the outbox: how many mails are in each state, and what went wrong; recipients as hashes only."""
    from watcher.pipeline.deliver import outbox_status

    with door.runtime() as runtime:
        counts, troubled = outbox_status(runtime)
    rows = [(mail.state, mail.edition, mail.recipient, str(mail.attempts), mail.error or "") for mail in troubled]
    text = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "The outbox is empty."
    door.console.show(
        {"counts": counts, "troubled": troubled},
        "\n".join(filter(None, [text, table(("state", "edition", "recipient", "tries", "why"), rows)])),
    )


def approve(door: Door, week: Annotated[str, typer.Argument(help="ISO week, e.g. 2026-W47.")]) -> None:
    """Give leave to send a week's editions."""
    from watcher.digest.period import parse_week
    from watcher.pipeline.review import approve_week

    chosen = parse_week(week)
    with door.runtime() as runtime:
        approve_week(runtime, chosen, door.now)
    door.console.show({"approved": chosen}, f"{chosen} is approved; `watcher deliver` or `watcher run` sends it.")


def note(
    door: Door,
    week: Annotated[str, typer.Argument(help="ISO week, e.g. 2026-W47.")],
    text: Annotated[str, typer.Argument(help="The editor's word; an empty text takes it back.")],
    *,
    topic: Annotated[str, typer.Option("--topic", help="Only for this topic (default: all).")] = "",
    language: Annotated[str, typer.Option("--language", help="Only in this language (default: all).")] = "",
) -> None:
    """Give a week's editions an editor's note (édito); `watcher digest --week` writes them again with it."""
    from watcher.digest.period import parse_week
    from watcher.pipeline.review import keep_note

    chosen = parse_week(week)
    with door.runtime() as runtime:
        keep_note(runtime, chosen, text, topic=topic, language=language)
    act, verb = ("Kept.", "writes it into") if text.strip() else ("Taken back.", "takes it out of")
    door.console.show({"week": chosen, "note": text}, f"{act} `watcher digest --week {chosen}` {verb} the editions.")
