"""The way in: one body becomes a ``ParsedFeed``, or an ``Unreadable`` that says what it is instead.

Well-formed documents are read by ``fast``, and so is what is whole of long ones after ``repair``; the rest by
feedparser. Both end in ``entries``.
Nothing here raises on any bytes, but it may take long or much memory on hostile ones: that is what ``pool`` is for.
"""

from datetime import datetime

from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.cadence import read_cadence
from watcher.parse.encoding import decode
from watcher.parse.entries import absolute, language, make_entries
from watcher.parse.fast import read_fast, read_remains
from watcher.parse.jsonfeed import read_json_feed
from watcher.parse.raw import RawFeed
from watcher.parse.repair import repair
from watcher.parse.sniff import describe_binary, judge
from watcher.parse.text import clean_line

_DAMAGED = "The feed is not well-formed XML; what could be read of it was kept."
_LONG = 1_200_000  # characters that feedparser takes two seconds for
_NO_ENTRIES = "The document looks like a feed, but nothing in it could be read: check the address in a browser."


def parse_document(
    body: bytes, content_type: str | None, url: str, now: datetime | None = None
) -> ParsedFeed | Unreadable:
    """Parse what was fetched from ``url``; with ``now``, dates in the future are recognised as such."""
    binary = describe_binary(body)
    if binary:
        return Unreadable(error=f"The address serves {binary} and not a feed: check it in a browser.")
    text, warning = decode(body, content_type)
    verdict = judge(text)
    if verdict.kind == "page":
        return _describe_page(body, url)
    if verdict.kind == "other":
        return Unreadable(error=f"The address serves {verdict.what} and not a feed: {verdict.remedy}.")
    if verdict.kind == "json":
        return _read_json(text, url, now, warning)
    if verdict.what:
        warning = warning or f"There is {verdict.what}; it was skipped."
    return read_text(text[verdict.start :].lstrip("\ufeff \t\r\n"), url, now, warning)


def read_text(text: str, url: str, now: datetime | None, warning: str | None = None) -> ParsedFeed | Unreadable:
    """Parse the text of a feed: as it stands, else repaired, else what is whole of a long one, else by feedparser."""
    raw = read_fast(text)
    if raw:
        return finish_feed(raw, text, url, now, warning)
    repaired, was_damaged = repair(text)
    raw = read_fast(repaired)
    if not raw and len(repaired) > _LONG:
        raw = read_remains(repaired)
        was_damaged = was_damaged or bool(raw)
    warning = warning or (_DAMAGED if was_damaged else None)
    return finish_feed(raw, text, url, now, warning) if raw else read_thoroughly(repaired, url, now, warning)


def _read_json(text: str, url: str, now: datetime | None, warning: str | None) -> ParsedFeed | Unreadable:
    raw = read_json_feed(text)
    return raw if isinstance(raw, Unreadable) else finish_feed(raw, text, url, now, warning)


def read_thoroughly(text: str, url: str, now: datetime | None, warning: str | None = None) -> ParsedFeed | Unreadable:
    """Parse the text of a feed with feedparser."""
    from watcher.parse.feed import read_feed  # noqa: PLC0415 - children that meet no odd document never load it

    raw = read_feed(text)
    if not (raw.entries or raw.format or raw.title or raw.link):
        return Unreadable(error=_NO_ENTRIES)
    return finish_feed(raw, text, url, now, warning or (_DAMAGED if raw.damaged else None))


def finish_feed(raw: RawFeed, text: str, url: str, now: datetime | None, warning: str | None = None) -> ParsedFeed:
    """Turn what a reader found into the model."""
    entries, truncated = make_entries(raw, url, now)
    cadence = read_cadence(text)
    return ParsedFeed(
        format=raw.format or "unknown",
        title=clean_line(raw.title) or None,
        site_url=absolute(raw.link, url),
        language=language(raw.language),
        entries=entries,
        truncated=truncated,
        ttl=cadence.ttl,
        skip_hours=cadence.skip_hours,
        skip_days=cadence.skip_days,
        warning=warning,
    )


def _describe_page(body: bytes, url: str) -> Unreadable:
    from watcher.parse.discover import read_page  # noqa: PLC0415 - a page in a feed's place is the exception

    page = read_page(body, url)
    called = f" titled “{page.title}”" if page.title else ""
    if page.feeds:
        remedy = f"it links to {page.feeds[0].url}" + (f" and {len(page.feeds) - 1} more" if page.feeds[1:] else "")
    else:
        remedy = "it links to no feed" + (", and asks to log in" if page.has_login else "")
    return Unreadable(
        error=f"The address serves a web page{called} and not a feed; {remedy}.",
        feeds=tuple(link.url for link in page.feeds),
    )
