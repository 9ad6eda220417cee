"""What an editor says of a week before it is sent: a note for its editions, and leave to send them."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table."""
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
