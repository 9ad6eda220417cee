"""`watcher run`: the scheduler in the foreground."""

from typing import Annotated

import typer

from watcher.cli.door import Door, door_command


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(door_command(run))


def run(
    door: Door,
    *,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then stop.")] = False,
) -> None:
    """Run for years: fetch what is due, write each week's editions, catch up on what was missed."""
    from watcher.log import configure_log
    from watcher.schedule import Daemon, run_forever

    with door.runtime() as runtime, runtime.database.lock("run"):
        configure_log(json=door.json, quiet=door.quiet)
        daemon = Daemon(runtime, clock=lambda: door.now)
        if once:
            daemon.tick()
        else:
            run_forever(daemon)
