"""Migrations: the same schema by either way, whole or not at all."""

import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from watcher.errors import StoreError
from watcher.store.database import Database, open_database
from watcher.store.dialect import make_engine
from watcher.store.migrate import MIGRATIONS, migrate, revision_of
from watcher.store.schema import HEAD
from watcher.store.search import search_entries

LATER = '''"""A later change that fails half-way."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.execute("CREATE TABLE later (x)")
    op.execute("DROP TABLE profile")
    op.execute("{last}")
'''


def schema_of(c: Connection) -> dict[str, str]:
    """Return the SQL of every table and index, whitespace and Alembic's own table aside."""
    rows = c.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"))
    return {row.name: " ".join(row.sql.split()).replace("( ", "(").replace(" )", ")") for row in rows}


def fresh(path: Path) -> Engine:
    """Return an engine on an empty file."""
    return make_engine(path)


def test_migrated_equals_fresh(database: Database, tmp_path: Path) -> None:
    """The migrations and schema.py describe the same tables and indexes, and both end at the same revision."""
    engine = fresh(tmp_path / "migrated.db")
    with engine.connect().execution_options(write=True) as c, c.begin():
        migrate(c)
    with engine.connect() as c, database.read() as made:
        assert (schema_of(made), revision_of(made)) == (schema_of(c), revision_of(c))
        settings = "SELECT * FROM entry_search_config ORDER BY k"
        assert made.execute(text(settings)).all() == c.execute(text(settings)).all()
    engine.dispose()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file that holds somebody else's tables is refused, and nothing is added to it."""
    path = tmp_path / "watcher.db"
    engine = fresh(path)
    with engine.connect() as c:
        c.exec_driver_sql("CREATE TABLE bookmarks (x)")
        c.commit()
        with pytest.raises(StoreError, match="another program"):
            open_database(path)
        assert set(schema_of(c)) == {"bookmarks"}
    engine.dispose()


def test_head_is_the_last_migration() -> None:
    """The revision the program expects is the one the migrations end at."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def later(tmp_path: Path, last: str) -> Path:
    """Return a copy of the migrations with one more that ends in ``last``."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "v0004_later.py").write_text(LATER.format(last=last))
    return folder


def test_a_migration_that_fails_changes_nothing(database: Database, tmp_path: Path) -> None:
    """STO-08: what a migration did before it failed is rolled back, its version with it."""
    folder = later(tmp_path, "SELECT no_such_function()")
    with database.read() as c:
        before = schema_of(c)

    def upgrade() -> None:
        with database.write() as c:
            migrate(c, folder)

    with pytest.raises(StoreError):
        upgrade()
    with database.read() as c:
        assert (schema_of(c), revision_of(c)) == (before, HEAD)


def test_a_later_migration_keeps_the_data(database: Database, tmp_path: Path) -> None:
    """A database of this version goes on to the next in place."""
    with database.write() as c:
        c.execute(text("INSERT INTO feed (id, url, topics, added_at) VALUES (1, 'https://a.example/', '[]', 0)"))
        migrate(c, later(tmp_path, "SELECT 1"))
    with database.read() as c:
        assert (revision_of(c), c.scalar(text("SELECT count(*) FROM feed"))) == ("0004", 1)
        assert "later" in schema_of(c)


def test_a_database_without_tables_is_filled(tmp_path: Path) -> None:
    """A SQLite file that holds nothing yet gets the schema."""
    engine = fresh(tmp_path / "watcher.db")
    with engine.connect() as c:
        c.exec_driver_sql("PRAGMA user_version=0")
        c.exec_driver_sql("CREATE TABLE scratch (x)")
        c.exec_driver_sql("DROP TABLE scratch")
        c.commit()
    engine.dispose()
    opened = open_database(tmp_path / "watcher.db")
    assert all(check.ok for check in opened.check())
    opened.close()


def test_the_index_of_an_older_database_is_made_anew(tmp_path: Path) -> None:
    """Entries stored before 0003, when the index held stems, are found after it, with their full text."""
    path = tmp_path / "watcher.db"
    engine = fresh(path)
    with engine.connect().execution_options(write=True) as c, c.begin():
        migrate(c, to="0002")
        c.exec_driver_sql("INSERT INTO feed (id, url, topics, added_at) VALUES (1, 'https://a.example/', '[]', 0)")
        c.exec_driver_sql(
            "INSERT INTO entry (id, feed_id, hash, at, digest_at, first_seen, date_quality, tags, title, summary)"
            " VALUES (7, 1, 'h', 0, 0, 0, 'given', '[]', 'Éoliennes', 'Un parc')"
        )
        c.exec_driver_sql("INSERT INTO entry_content (entry_id, content) VALUES (7, 'Les turbines tournent.')")
        c.exec_driver_sql("INSERT INTO entry_search (rowid, title, body) VALUES (7, 'eolien', 'parc turbin')")
    engine.dispose()
    database = open_database(path)
    with database.read() as c:
        assert [search_entries(c, query).total for query in ("éolienne", "parcs", "turbine", "usine")] == [1, 1, 1, 0]
    database.close()
