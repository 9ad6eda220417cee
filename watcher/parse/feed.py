"""The thorough reader: feedparser, which knows every RSS and Atom there ever was, well-formed or not.

It gets bytes that ``repair`` has made harmless, and only bytes: handed a string, feedparser may open files and
addresses. Its own sanitising and link resolution inside HTML are off: we keep no HTML, and they cost most of its time.
"""

import re
import warnings
from typing import Any, Final

import feedparser

from watcher.parse.raw import RawEntry, RawFeed

_PLAIN: Final = "text/plain"
_ILL_FORMED: Final = "&"  # in front of a document, it sends feedparser to its loose reader at once
_ITEM: Final = re.compile(r"<(item|entry)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
Item = dict[str, Any]


def read_feed(text: str) -> RawFeed:
    """Read a repaired document. Without an address to start from, relative links and guids stay as they are."""
    parsed = _parse(text) or _parse(f"{_ILL_FORMED}{text}") or _salvage(text)
    version, feed = str(parsed.get("version") or ""), parsed.feed
    is_atom = version.startswith("atom")
    return RawFeed(
        format=version,
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        language=_text(feed, "language"),
        entries=[_read_entry(item, is_atom=is_atom) for item in parsed.entries],
        damaged=bool(parsed.bozo),
    )


def _parse(text: str) -> feedparser.FeedParserDict | None:
    """Return what feedparser makes of a document, or None when it raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return feedparser.parse(
                text.encode("utf-8"),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - it raises what it likes: ValueError on a space in a namespace, KeyError, …
            return None


def _salvage(text: str) -> feedparser.FeedParserDict:
    """Read a document that makes feedparser raise without the items that do it."""
    items = [match[0] for match in _ITEM.finditer(text)]
    head = text[: text.find(items[0])] if items else ""
    parsed = _parse(_ILL_FORMED + head) or feedparser.FeedParserDict(feed=feedparser.FeedParserDict(), version="")
    return feedparser.FeedParserDict(
        feed=parsed.feed, version=parsed.get("version"), entries=_read_items(head, items), bozo=True
    )


def _read_items(head: str, items: list[str]) -> list[Item]:
    """Return the entries of those items that can be read, found by halving."""
    parsed = _parse(head + "".join(items)) if items else None
    if parsed:
        return list(parsed.entries)
    half = len(items) // 2
    return [*_read_items(head, items[:half]), *_read_items(head, items[half:])] if half else []


def _read_entry(item: Item, *, is_atom: bool) -> RawEntry:
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "feedburner_origlink") or _text(item, "link"),
        enclosure=_enclosure(item),
        title=_text(item, "title"),
        plain_title=not is_atom or _is_plain(item, "title"),
        summary=_text(item, "summary"),
        plain_summary=is_atom and _is_plain(item, "summary"),
        contents=[
            (str(content.get("value") or ""), is_atom and content.get("type") == _PLAIN)
            for content in item.get("content") or ()
        ],
        author=_text(item, "author"),
        language=_text(item, "language"),
        tags=[str(tag.get("label") or tag.get("term") or "") for tag in item.get("tags") or ()],
        published=_text(item, "published"),
        updated=_text(item, "updated"),
        created=_text(item, "created"),
    )


def _text(item: Item, key: str) -> str:
    """Return a string value as stored: feedparser's own lookup would guess ``updated`` from ``published`` and warn."""
    value = dict.get(item, key)
    return value if isinstance(value, str) else ""


def _is_plain(item: Item, key: str) -> bool:
    detail = item.get(f"{key}_detail")
    return detail is not None and detail.get("type") == _PLAIN


def _enclosure(item: Item) -> str:
    links = item.get("links") or ()
    return next((str(link.get("href") or "") for link in links if link.get("rel") == "enclosure"), "")
