"""Decisions: an editor's recorded acts, which bind every later run."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Act = Literal["merge", "split", "pin", "unpin", "hide", "unhide", "keep", "drop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``merge`` joins all ``entries``; ``split`` keeps ``entries`` apart from each other.

    ``pin``/``hide`` hold for the story of ``entries``; ``keep``/``drop`` say whether ``entries``
    are on ``topic``. Decisions name entries, not stories: story ids may end, entries do not.
    """

    id: int
    act: Act
    entries: tuple[int, ...]
    topic: str | None = None
    at: datetime
    by: str = ""
    note: str = ""
