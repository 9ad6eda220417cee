"""Entries made ready for their rows, so that whoever holds the write lock only has to write them.

Nothing here needs a database, so the children that parse do it too. What travels are tuples: they cost a fifth of
dataclasses on the way.
"""

from dataclasses import replace
from json import JSONEncoder
from typing import NamedTuple

from watcher.model.entry import DateQuality, ParsedEntry, ParsedFeed
from watcher.store.plain import clean, clean_or_none, hash_key, hash_text, seconds

_to_json = JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one for each entry


class Draft(NamedTuple):
    """An entry as its rows will hold it; times in seconds, ``tags`` as JSON."""

    hash: str
    keys: tuple[int, ...]
    title: str
    summary: str
    content: str
    url: str | None
    author: str | None
    tags: str
    published: int | None
    updated: int | None
    quality: DateQuality


class Prepared(NamedTuple):
    """A document: what it says of the feed, and its entries as drafts."""

    feed: ParsedFeed  # without its entries
    drafts: tuple[Draft, ...]


def prepare(parsed: ParsedFeed) -> Prepared:
    """Make the entries of a document ready for their rows."""
    return Prepared(replace(parsed, entries=()), tuple(map(_draft, parsed.entries)))


def _draft(one: ParsedEntry) -> Draft:
    text_hash = hash_text(one.title, one.summary, one.content)
    return Draft(
        hash=text_hash,
        keys=tuple(dict.fromkeys(map(hash_key, one.keys or (f"text:{text_hash}",)))),
        title=clean(one.title),
        summary=clean(one.summary),
        content=clean(one.content),
        url=clean_or_none(one.url),
        author=clean_or_none(one.author),
        tags=_to_json([clean(tag) for tag in one.tags]),
        published=None if one.published is None else seconds(one.published),
        updated=None if one.updated is None else seconds(one.updated),
        quality=one.date_quality,
    )
