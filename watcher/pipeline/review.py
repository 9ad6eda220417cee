"""An editor's hand on a week: leave to send it, and a word of their own in it."""

from datetime import datetime

from watcher.errors import UsageError
from watcher.model.edition import Week
from watcher.pipeline.known import require_known
from watcher.pipeline.runtime import Runtime
from watcher.store.editions import list_editions
from watcher.store.reviews import mark_approved, save_note


def approve_week(runtime: Runtime, week: Week, now: datetime) -> None:
    """Give leave to send the editions of ``week``. Raise UsageError when there is none to have been read."""
    with runtime.database.write() as connection:
        if not list_editions(connection, week=week):
            raise UsageError(f"There is no edition of {week} to approve: `watcher digest --week {week}` writes it.")
        mark_approved(connection, week, now)


def keep_note(runtime: Runtime, week: Week, text: str, *, topic: str = "", language: str = "") -> None:
    """Keep a note for the editions of ``week``, of one topic or language or of all ("").

    Raise UsageError for a topic or language that ``feeds.yaml`` does not name.
    """
    if topic:
        require_known("topic", topic, [one.key for one in runtime.catalogue.topics])
    if language:
        require_known("language", language, runtime.catalogue.languages)
    with runtime.database.write() as connection:
        save_note(connection, week, text, topic=topic, language=language)
