"""From a reader's strings to the model: cleaned text, absolute links, UTC dates, identities, bounds.

Both readers end here, so an article comes out the same whichever of them read it.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from watcher.model.entry import DateQuality, ParsedEntry
from watcher.parse.dates import read_date
from watcher.parse.identity import Marks, make_keys
from watcher.parse.raw import RawEntry, RawFeed
from watcher.parse.teaser import make_summary
from watcher.parse.text import clean_line, clean_text, shorten
from watcher.urls import resolve_url

MAX_ENTRIES: Final = 5000  # a real feed holds 3,000, see docs/decisions/0006-most-entries.md
_MAX_TAGS: Final = 30
_SLACK: Final = timedelta(hours=36)  # a wrong zone and a day's embargo are no lie about the date
_SIMPLE_URL: Final = re.compile(
    r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+/[\w/.,;:?&=+~!*()%#\[\]-]*", re.ASCII
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}")
_LEFT_OVER: Final = re.compile(r"[(<\[]?\s*mailto:|[(<\[]\s*[)>\]]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def make_entries(raw: RawFeed, url: str, now: datetime | None) -> tuple[tuple[ParsedEntry, ...], int]:
    """Return the newest entries of a document in its own order, and how many more it holds."""
    kept, truncated = _newest(raw.entries)
    latest = now + _SLACK if now else None
    made = [_Draft(entry, url, latest) for entry in kept]
    homes = (url, absolute(raw.link, url))
    keys = make_keys([draft.marks for draft in made], homes)
    return tuple(draft.finish(own) for draft, own in zip(made, keys, strict=True)), truncated


def absolute(link: str, base: str) -> str | None:
    """Return ``link`` as an absolute http(s) address seen from ``base``, or None."""
    if len(link) < 1000 and _SIMPLE_URL.fullmatch(link):
        return link
    link = re.sub(r"[\t\r\n]+", "", link).strip()
    return resolve_url(base, link) if link else None


def language(tag: str) -> str | None:
    """Return a language tag in its usual spelling, or None when it is none."""
    match = _LANGUAGE.fullmatch(tag.strip()[:40]) if tag else None
    return match[0].replace("_", "-").lower() if match else None


class _Draft:
    """An entry on its way: cleaned once, then given the keys that depend on its neighbours."""

    __slots__ = ("date", "entry", "link", "marks", "quality", "text", "title", "updated")

    def __init__(self, entry: RawEntry, url: str, latest: datetime | None) -> None:
        self.entry = entry
        self.title = clean_line(entry.title, plain=entry.plain_title)
        self.link = absolute(entry.link, url) or absolute(entry.guid, "") or absolute(entry.enclosure, url)
        self.text = self._texts()
        self.date, self.updated, self.quality = judge_dates(entry, latest)
        self.marks = Marks(entry.guid.strip(), self.link or "", self.title, self.text[0], self.date)

    def _texts(self) -> tuple[str, str]:
        """Return summary and full text."""
        summary, content = self.entry.summary, ""
        for value, plain in self.entry.contents:
            if value != summary:
                content = max(content, clean_text(value, plain=plain), key=len)
        return make_summary(clean_text(summary, plain=self.entry.plain_summary), content)

    def finish(self, keys: tuple[str, ...]) -> ParsedEntry:
        """Return the entry as the model has it."""
        entry, (summary, content) = self.entry, self.text
        return ParsedEntry(
            keys=keys,
            title=self.title or _substitute_title(summary, self.link, entry.guid),
            url=self.link,
            summary=summary,
            content=content,
            author=_author(entry.author),
            language=language(entry.language),
            tags=_tags(entry.tags),
            published=self.date,
            updated=self.updated,
            date_quality=self.quality,
        )


def judge_dates(entry: RawEntry, latest: datetime | None) -> tuple[datetime | None, datetime | None, DateQuality]:
    """Return when an entry was published and updated, and how far its date can be trusted.

    A date after ``latest`` is not kept: it would pin its entry to the top for ever.
    """
    updated = read_date(entry.updated)
    published = read_date(entry.published) or updated or read_date(entry.created)
    if not published:
        given = f"{entry.published}{entry.updated}{entry.created}".strip()
        return None, None, "unreadable" if given else "missing"
    if latest and published > latest:
        return None, None, "future"
    return published, updated if updated and not (latest and updated > latest) else None, "given"


def _newest(entries: list[RawEntry]) -> tuple[list[RawEntry], int]:
    """Return the entries to keep: the newest by date, undated ones by their place, which is newest first."""
    if len(entries) <= MAX_ENTRIES:
        return entries, 0
    ages = []
    for place, entry in enumerate(entries):
        date = read_date(entry.published) or read_date(entry.updated)
        ages.append((-date.timestamp() if date else float("-inf"), place))
    places = sorted(place for _, place in sorted(ages)[:MAX_ENTRIES])
    return [entries[place] for place in places], len(entries) - MAX_ENTRIES


def _substitute_title(summary: str, link: str | None, guid: str) -> str:
    """Return what stands in the place of a title that is missing."""
    return shorten(summary.replace("\n", " "), 100) or clean_line(link or guid, limit=100)


@lru_cache(maxsize=1024)
def _author(text: str) -> str | None:
    """Return a person's name without the mail address, which is nobody's business here."""
    name = clean_line(text, limit=120) if text else ""
    if "@" in name:
        name = _LEFT_OVER.sub(" ", _EMAIL.sub("", name)).strip(" ()<>,;-")
    return " ".join(name.split()) or None


def _tags(tags: list[str]) -> tuple[str, ...]:
    """Return the tags without repetitions, in their order."""
    return tuple(filter(None, dict.fromkeys(map(_tag, tags[: 10 * _MAX_TAGS]))))[:_MAX_TAGS]


@lru_cache(maxsize=4096)
def _tag(text: str) -> str:
    """Clean a tag; remembered like authors, because the entries of a feed share them."""
    return clean_line(text, limit=80)
