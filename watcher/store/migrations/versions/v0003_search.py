"""Search over the words as they stand: no stems, no second copy of the texts; their forms meet when a query is read."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index anew from the entries."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        op.execute(statement)
