"""What travels between ``pool`` and its children, and the limits of one document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

CPU_SECONDS: Final = 7
WALL_SECONDS: Final = 14.0
STARTED: Final = b"started"  # what a child says before its first answer
SLOW_SECONDS: Final = 0.15  # after which a document waits for the others, and not they for it
MEMORY_BYTES: Final = 600_000_000  # of address space


@dataclass(frozen=True, slots=True)
class ParseJob:
    """A body to parse and where it came from; with ``now``, dates in the future are recognised."""

    body: bytes
    content_type: str | None
    url: str
    now: datetime | None = None
