"""From an empty or older database to the schema of this program, in one transaction.

Alembic is imported only when there is something to do: opening an up-to-date database must be quick.
"""

from pathlib import Path

from sqlalchemy import Connection, text

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(c: Connection) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    if not c.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")):
        return None
    revision: str | None = c.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def migrate(c: Connection, folder: Path = MIGRATIONS) -> None:
    """Run the migrations that are missing, inside the transaction of ``c``."""
    from alembic import command  # noqa: PLC0415 - 200 ms that an up-to-date database does not need
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = c
    command.upgrade(config, "head")
