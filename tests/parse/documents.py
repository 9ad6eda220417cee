"""Feed documents for tests: the samples beside this file, and small ones built in place."""

from dataclasses import replace
from pathlib import Path

from watcher.model.entry import ParsedFeed
from watcher.parse.document import parse_document

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared"
URL = "https://base.example.org/feed"


def read_sample(name: str) -> ParsedFeed:
    """Parse a sample document."""
    return must_parse((DATA / name).read_bytes())


def must_parse(body: bytes | str, content_type: str | None = None) -> ParsedFeed:
    """Parse a document that is a feed."""
    parsed = parse_document(body if isinstance(body, bytes) else body.encode(), content_type, URL)
    assert isinstance(parsed, ParsedFeed), parsed
    return parsed


def make_rss(*items: str, head: str = "", attributes: str = "") -> str:
    """Build an RSS 2.0 document; an item that begins with ``<`` stands as it is, any other is a title."""
    body = "".join(f"<item>{item if item.startswith('<') else f'<title>{item}</title>'}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"{attributes}><channel><title>Feed</title>'
        f"{head}{body}</channel></rss>"
    )


def spend(parsed: ParsedFeed) -> ParsedFeed:
    """Stand for a document that costs more than it may: endless time, or all memory, by its title."""
    title = parsed.entries[0].title
    while title == "Slow":
        pass
    return replace(parsed, entries=parsed.entries * 2_000_000_000) if title == "Fat" else parsed
