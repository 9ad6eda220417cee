"""The articles of the sample weeks, read from ``data/*.txt``.

A block a piece, blocks parted by blank lines, so that an editor can read a week like a paper::

    @ cap-drone | 2026-10-13 08:10 | drones | aerolys-hors-vue | tender 2027-01-29
    Headline
    Teaser.
    Further paragraphs, if the feed carries the full text.

The head line says feed, local time in Paris, topics, story and opportunity; ``-`` means none.
Topics, story and opportunity are the truth about the article and never reach a feed document.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from watcher.demo.feeds import FEEDS, SampleFeed

DATA = Path(__file__).parent / "data"
PARIS = ZoneInfo("Europe/Paris")
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOpportunity:
    """What a reader could still answer or attend; dates ISO, ``YYYY-MM`` or None as the text says."""

    kind: str
    date: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One piece with the truth about it; ``paragraphs`` may hold inline HTML."""

    feed: SampleFeed
    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    topics: tuple[str, ...]
    story: str | None
    opportunity: SampleOpportunity | None

    @property
    def url(self) -> str:
        """Return the address on the (fictitious) publisher's site."""
        return f"{self.feed.site}/{self.at:%Y/%m}/{slug(self.title)}"

    @property
    def summary(self) -> str:
        """Return the teaser as plain text."""
        return plain(self.paragraphs[0]) if self.paragraphs else ""


def plain(html: str) -> str:
    """Return the text of a paragraph without its inline tags."""
    return _TAG.sub("", html)


def slug(title: str) -> str:
    """Return the title as papers write it in addresses: ascii words and hyphens."""
    ascii_text = (
        unicodedata.normalize("NFKD", title.lower().replace("œ", "oe").replace("’", " "))
        .encode("ascii", "ignore")
        .decode()
    )
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text)[:10])


@cache
def sample_articles() -> tuple[SampleArticle, ...]:
    """Return every article of the sample weeks, oldest first."""
    blocks = (block for path in sorted(DATA.glob("*.txt")) for block in _blocks(path))
    return tuple(sorted((_article(*block) for block in blocks), key=lambda article: (article.at, article.url)))


def _blocks(path: Path) -> list[tuple[str, list[str]]]:
    chunks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    lines = [chunk.splitlines() for chunk in chunks]
    return [(head.removeprefix("@"), rest) for head, *rest in lines if head.startswith("@")]


def _article(head: str, lines: list[str]) -> SampleArticle:
    key, time, topics, story, opportunity = (cell.strip() for cell in head.split("|"))
    title, *paragraphs = lines
    return SampleArticle(
        feed=_BY_KEY[key],
        at=datetime.fromisoformat(time).replace(tzinfo=PARIS),
        title=title,
        paragraphs=tuple(paragraphs),
        topics=() if topics == "-" else tuple(topics.split()),
        story=None if story == "-" else story,
        opportunity=_opportunity(opportunity),
    )


def _opportunity(cell: str) -> SampleOpportunity | None:
    if cell == "-":
        return None
    kind, _, dates = cell.partition(" ")
    start, _, end = dates.partition("/")
    return SampleOpportunity(kind=kind, date=start or None, end=end or None)


_BY_KEY = {feed.key: feed for feed in FEEDS}
