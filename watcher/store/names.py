"""What a reader is told a feed is called."""

from watcher.urls import host


def publisher_of(name: str | None, title: str | None, url: str) -> str:
    """Return the name of ``feeds.yaml``, else the feed's own title, else its host."""
    return name or title or host(url) or url
