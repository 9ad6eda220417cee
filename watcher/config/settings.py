"""Where things are: options of the command first, then the environment, then the defaults.

Resolved once at the door and passed on, so that no room reads the environment by itself.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Paths of the files and folders, and the database when it is not the one in ``data``."""

    config: Path = Path("feeds.yaml")
    data: Path = Path("var")
    digests: Path = Path("digests")
    database_url: str | None = None

    @classmethod
    def resolve(
        cls,
        *,
        config: Path | None = None,
        data: Path | None = None,
        digests: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> "Settings":
        """Return the settings that options and ``environment`` say; an empty variable counts as unset."""
        return cls(
            config=config or Path(environment.get("WATCHER_CONFIG") or "feeds.yaml"),
            data=data or Path(environment.get("WATCHER_DATA") or "var"),
            digests=digests or Path(environment.get("WATCHER_DIGESTS") or "digests"),
            database_url=environment.get("WATCHER_DATABASE_URL") or None,
        )

    @property
    def members(self) -> Path:
        """Return where the register of members is: beside the catalogue."""
        return self.config.parent / "members.yaml"

    @property
    def database_path(self) -> Path:
        """Return the SQLite file that is used while ``database_url`` is None."""
        return self.data / "watcher.db"
