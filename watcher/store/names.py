"""What a reader is told a feed is called."""

from urllib.parse import urlsplit


def publisher_of(name: str | None, title: str | None, url: str) -> str:
    """Return the name of ``feeds.yaml``, else the feed's own title, else its host."""
    return name or title or urlsplit(url).netloc or url
