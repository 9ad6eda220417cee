"""JSON Feed 1 and 1.1 (jsonfeed.org), which feedparser does not read. Lenient: a bad item costs no other."""

import json
from collections.abc import Mapping
from typing import Any, Final

from watcher.model.entry import Unreadable
from watcher.parse.raw import RawEntry, RawFeed

_NOT_A_FEED: Final = "The address serves JSON that is no JSON Feed: check it in a browser."


def read_json_feed(text: str) -> RawFeed | Unreadable:
    """Read a document that begins like JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Unreadable(error="The address serves broken JSON and not a feed: check it in a browser.")
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return Unreadable(error=_NOT_A_FEED)
    version = _text(data, "version")
    if "jsonfeed.org" not in version and not _text(data, "feed_url"):
        return Unreadable(error=_NOT_A_FEED)
    return RawFeed(
        format="json11" if version.rstrip("/").endswith("1.1") else "json10",
        title=_text(data, "title"),
        link=_text(data, "home_page_url"),
        language=_text(data, "language"),
        entries=[_read_item(item) for item in data["items"] if isinstance(item, dict)],
    )


def _read_item(item: Mapping[str, Any]) -> RawEntry:
    as_html, as_text = _text(item, "content_html"), _text(item, "content_text")
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        enclosure=_text(_first(item, "attachments"), "url"),
        title=_text(item, "title"),
        plain_title=True,
        summary=_text(item, "summary"),
        plain_summary=True,
        contents=[(as_html, False)] if as_html else [(as_text, True)] if as_text else [],
        author=_text(_first(item, "authors") or _mapping(item, "author"), "name"),
        language=_text(item, "language"),
        tags=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    """Return a string; numbers, which some feeds use as ids, are written out."""
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:100]
    return value.strip() if isinstance(value, str) else ""


def _list(item: Mapping[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _first(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = next(iter(_list(item, key)), None)
    return value if isinstance(value, dict) else {}
