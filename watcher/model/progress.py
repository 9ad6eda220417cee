"""How a long step tells a door how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]  # label, done, total (None: unknown)


def no_progress(label: str, done: int, total: int | None) -> None:
    """Say nothing."""
