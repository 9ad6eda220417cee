"""`watcher stories` and `watcher explain`: what was put together, and why."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("stories")(door_command(stories))
    app.command("explain")(door_command(explain))


def stories(
    door: Door,
    *,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    week: Annotated[str | None, typer.Option("--week", help="ISO week (default: the one under way).")] = None,
) -> None:
    """List a week's stories in the order of their rank, with the parts of each score."""
    from watcher.pipeline.ask import list_ranked

    with door.runtime() as runtime:
        ranked = list_ranked(runtime, door.now, topic=topic, week=week)
    lines = []
    for item in ranked:
        marks = " (pinned)" * item.pinned + " (hidden)" * item.hidden
        articles = f"[{item.id}: {len(item.members)} articles]{marks}"
        lines.append(f"{item.score:6.3f}  {item.topic}  {item.headline}  {articles}")
        lines.append("        " + ", ".join(f"{part.name} {part.value * part.weight:.2f}" for part in item.parts))
    door.console.show({"stories": ranked}, "\n".join(lines) or "No story in that week.")


def explain(
    door: Door, id_: Annotated[str, typer.Argument(metavar="ID", help="An entry's number or a story's id.")]
) -> None:
    """Say why an article is on a topic, in its story and at its rank."""
    from watcher.pipeline.explain import explain_id

    with door.runtime() as runtime:
        explanation = explain_id(runtime, door.now, id_)
    door.console.show(explanation, explanation.text())
