"""From an empty or older database to the schema of this program, in one transaction.

Alembic is imported only for an older one: making a database and opening an up-to-date one must be quick.
"""

from pathlib import Path

from sqlalchemy import Connection, text

from watcher.store.schema import HEAD, metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(c: Connection) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    if not c.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")):
        return None
    revision: str | None = c.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def is_empty(c: Connection) -> bool:
    """Tell whether the database holds nothing at all."""
    return not c.scalar(text("SELECT count(*) FROM sqlite_master"))


def create(c: Connection) -> None:
    """Make the schema in an empty database at once, as the migrations would leave it."""
    metadata.create_all(c)
    c.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    c.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def migrate(c: Connection, folder: Path = MIGRATIONS, to: str = "head") -> None:
    """Run the migrations that are missing up to ``to``, inside the transaction of ``c``."""
    from alembic import command  # noqa: PLC0415 - 200 ms that a database of this version does not need
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = c
    command.upgrade(config, to)
