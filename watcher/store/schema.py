"""The tables as the program sees them; ``migrations/`` says how a database gets there, and a test holds both equal.

Times are seconds, keys of any length 64-bit hashes, and large texts live apart from what is scanned.
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
    text,
)

from watcher.store.index import SEARCH
from watcher.store.rows import Strings, UtcTime

HEAD = "0003"  # the revision this program writes; a newer database is refused

metadata = MetaData()


def _entry_id(*, primary: bool = False) -> Column[int]:
    """Return a column that goes with its entry."""
    return Column("entry_id", Integer, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=primary, nullable=False)


feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("configured_language", Text),
    Column("topics", Strings, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("inactive_since", UtcTime),
    Column("title", Text),  # as its document says, for readers
    Column("state", Text),  # FeedState as JSON: the fetch room's own memory; none before the first fetch
)

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", Integer, ForeignKey("feed.id"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("rules", Text),  # version of the rules it was matched with; none: still to do
    Column("on_topic", Boolean, nullable=False, server_default="0"),
    Column("annotated", Boolean, nullable=False, server_default="0"),
    Column("story", Text),  # where it is now; story_member tells since when
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("at", UtcTime, nullable=False),  # Entry.at
    Column("digest_at", UtcTime, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("published", UtcTime),
    Column("updated", UtcTime),
    Column("date_quality", Text, nullable=False),
    Column("language", Text),
    Column("url", Text),
    Column("author", Text),
    Column("tags", Strings, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Index("entry_feed_at", "feed_id", "at"),
    Index("entry_at", "at"),
    Index("entry_digest_at", "digest_at", "rules"),
    Index("entry_story", "story", sqlite_where=text("story IS NOT NULL")),
    Index("entry_unmatched", "id", sqlite_where=text("rules IS NULL")),
    Index("entry_ungrouped", "at", "id", sqlite_where=text("on_topic = 1 AND story IS NULL")),
    Index("entry_unannotated", "id", sqlite_where=text("on_topic = 1 AND annotated = 0")),
)

entry_content = Table("entry_content", metadata, _entry_id(primary=True), Column("content", Text, nullable=False))

entry_key = Table(
    "entry_key",
    metadata,
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    _entry_id(),
    Index("entry_key_entry", "entry_id"),
    sqlite_with_rowid=False,
)

entry_revision = Table(
    "entry_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    _entry_id(),
    Column("replaced_at", UtcTime, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index("entry_revision_entry", "entry_id"),
)

entry_match = Table(
    "entry_match",
    metadata,
    _entry_id(primary=True),
    Column("topic", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", Strings, nullable=False),
    sqlite_with_rowid=False,
)

annotation = Table(
    "annotation",
    metadata,
    _entry_id(primary=True),
    Column("hash", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("language", Text),
    Column("truncated", Boolean, nullable=False, server_default="0"),
    Index("annotation_hash", "hash", "model"),
)

mention = Table(
    "mention",
    metadata,
    _entry_id(primary=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("amount", Text),
    Column("unit", Text),
    Index("mention_entity", "entity", "entry_id"),
    sqlite_with_rowid=False,
)

spelling = Table(
    "spelling",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("text", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

feature = Table(
    "feature",
    metadata,
    _entry_id(primary=True),
    Column("at", UtcTime, nullable=False),
    Column("data", Text, nullable=False),
)

feature_key = Table(
    "feature_key",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("at", UtcTime, primary_key=True),
    _entry_id(primary=True),
    Index("feature_key_entry", "entry_id"),
    sqlite_with_rowid=False,
)

story = Table(
    "story",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("merged_into", Text),
    Column("merged_at", UtcTime),
    Index("story_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
)

story_member = Table(
    "story_member",
    metadata,
    _entry_id(primary=True),
    Column("assigned_at", UtcTime, primary_key=True),
    Column("story", Text, ForeignKey("story.id"), primary_key=True),
    Column("ended_at", UtcTime),
    Column("copy_of", Integer),
    Column("reasons", Strings, nullable=False),
    Index("story_member_story", "story"),
    sqlite_with_rowid=False,
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("act", Text, nullable=False),
    Column("topic", Text),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
)

decision_entry = Table(
    "decision_entry",
    metadata,
    Column("decision_id", Integer, ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("entry_id", Integer, nullable=False),
    Index("decision_entry_entry", "entry_id"),
    sqlite_with_rowid=False,
)

edition = Table(
    "edition",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("week", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("files", Strings, nullable=False),
    Column("composed_at", UtcTime, nullable=False),
    Column("written_at", UtcTime),
    Column("inputs", Text, nullable=False),
    Column("edition", Text, nullable=False),
)

printed = Table(
    "printed",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("entry_id", Integer, primary_key=True),
    Column("week", Text, primary_key=True),
    Column("story", Text, nullable=False),
    Index("printed_week", "topic", "week"),
    Index("printed_entry", "entry_id"),
    sqlite_with_rowid=False,
)

card = Table(
    "card",
    metadata,
    Column("id", Text, primary_key=True),
    Column("deadline", Date),
    Column("data", Text, nullable=False),
    Index("card_deadline", "deadline"),
)

profile = Table("profile", metadata, Column("topic", Text, primary_key=True), Column("data", Text, nullable=False))

review = Table(
    "review",
    metadata,
    Column("week", Text, primary_key=True),
    Column("topic", Text, primary_key=True),  # empty: every topic
    Column("language", Text, primary_key=True),  # empty: every language
    Column("note", Text, nullable=False),
    Column("approved_at", UtcTime),
    Column("approved_by", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Text, nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("finished", UtcTime, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("detail", Text, nullable=False),
    Index("run_job", "job", "started"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", Text, nullable=False),
    Column("recipient", Text, nullable=False),  # hash: what is unique and may be shown
    Column("address", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("next_attempt", UtcTime, nullable=False),
    Column("lease", UtcTime),
    Column("error", Text),
    Column("queued_at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    Index("delivery_once", "message_id", "recipient", unique=True),
    Index("delivery_state", "state", "next_attempt"),
    Index("delivery_edition", "edition"),
)

for statement in SEARCH:
    event.listen(metadata, "after_create", DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call] # DDL has no types yet
