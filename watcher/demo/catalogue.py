"""The demo's ``feeds.yaml`` and ``members.yaml``: what a watch officer of the sample cluster would keep.

Feeds are written with the address they are served at, one of them with its old address and one
that has gone, because a real list has both.
"""

from pathlib import Path
from urllib.parse import urlsplit

from watcher.demo.feeds import FEEDS, GONE_PATH, GONE_TITLE, SampleFeed

_HERE = Path(__file__).parent / "data"
_FEEDS_MARK = "      # feeds of {topic}\n"
_SHARED_MARK = "  # shared feeds\n"


def sample_feeds_yaml(base_url: str) -> str:
    """Return the text of ``feeds.yaml`` for sample feeds served at ``base_url`` (``http://host:port``)."""
    text = (_HERE / "feeds.yaml").read_text(encoding="utf-8").replace("127.0.0.1:0", urlsplit(base_url).netloc)
    text = text.replace(_SHARED_MARK, _lines(base_url, None))
    for topic in ("drones", "optics", "offshore-wind"):
        text = text.replace(_FEEDS_MARK.format(topic=topic), _lines(base_url, topic))
    return text


def sample_members_yaml() -> str:
    """Return the register of the sample cluster: ten invented companies and laboratories."""
    return (_HERE / "members.yaml").read_text(encoding="utf-8")


def _lines(base_url: str, topic: str | None) -> str:
    indent = "  " if topic is None else "      "
    feeds = "".join(f"{indent}- {_feed(base_url, feed)}\n" for feed in FEEDS if feed.topic == topic)
    if topic != "drones":
        return feeds
    return feeds + f"{indent}- {{url: {base_url}{GONE_PATH}, name: {GONE_TITLE}, language: fr}}\n"


def _feed(base_url: str, feed: SampleFeed) -> str:
    return f"{{url: {base_url}{feed.listed_path}, name: {feed.title}, language: {feed.language}}}"
