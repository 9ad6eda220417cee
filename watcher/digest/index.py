"""The archive's index page: every edition by week, newest first."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from watcher.digest.inert import safe_link
from watcher.digest.look import Look, accent_of
from watcher.digest.period import week_days
from watcher.digest.to_html import environment, tidy
from watcher.i18n import LANGUAGES, format_range, message
from watcher.model.catalogue import Cluster
from watcher.model.edition import Edition, Week


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One edition as the index lists it: its first headline, and how many stories it holds."""

    topic: str
    topic_name: str
    week: Week
    language: str
    headline: str = ""
    stories: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One topic in one week: the edition in the page's language if there is one, and those in others."""

    entry: IndexEntry
    look: Look
    stories: str
    others: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Week:
    name: str
    dates: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _IndexView:
    language: str
    look: Look

    def css(self, name: str) -> Markup:
        return self.look.css(name)

    def say(self, key: str, count: int | None = None, **values: object) -> str:
        return message(key, self.language, count=count, **values)

    def href(self, url: str | None) -> str | None:
        return safe_link(url)

    def page(self, entry: IndexEntry) -> str:
        return f"{entry.week}/{entry.topic}.{entry.language}.html"

    def tongue(self, language: str) -> str:
        return message(f"language_{language}", self.language) if language in LANGUAGES else language


def index_entry(edition: Edition) -> IndexEntry:
    """Return an edition's line for the index."""
    first = next(iter((*edition.top, *edition.follow_ups, *edition.also)), None)
    return IndexEntry(
        topic=edition.topic,
        topic_name=edition.topic_name,
        week=edition.week,
        language=edition.language,
        headline=first.headline if first else "",
        stories=len(edition.top) + len(edition.follow_ups) + len(edition.also) + edition.also_more,
    )


def to_index(entries: tuple[IndexEntry, ...], cluster: Cluster, language: str) -> str:
    """Render the index page in ``language``: newest week first, a line for each topic."""
    newest = sorted(entries, key=lambda one: one.week, reverse=True)
    weeks = [_week(week, tuple(group), language) for week, group in groupby(newest, key=lambda one: one.week)]
    calendars = sorted({one.language for one in entries}, key=lambda code: (code != language, code))
    view = _IndexView(language=language, look=Look())
    template = environment().get_template("index.html.j2")
    return tidy(template.render(v=view, cluster=cluster, weeks=weeks, calendars=calendars))


def _week(week: Week, entries: tuple[IndexEntry, ...], language: str) -> _Week:
    name = message("week", language, number=week.number)
    topics: dict[str, list[IndexEntry]] = {}
    for entry in sorted(entries, key=lambda one: (one.language != language, one.language)):
        topics.setdefault(entry.topic, []).append(entry)
    return _Week(
        name=name[:1].upper() + name[1:],
        dates=format_range(*week_days(week), language),
        lines=tuple(_line(group, language) for group in sorted(topics.values(), key=_alphabetical)),
    )


def _alphabetical(group: list[IndexEntry]) -> tuple[str, str]:
    """Return where a topic stands in the alphabet, accents and case apart (É with E)."""
    bare = unicodedata.normalize("NFKD", group[0].topic_name.casefold())
    return "".join(char for char in bare if not unicodedata.combining(char)), group[0].topic


def _line(group: list[IndexEntry], language: str) -> _Line:
    count = group[0].stories
    return _Line(
        entry=group[0],
        look=Look(accent=accent_of(group[0].topic)),
        stories=message("archive_stories", language, count=count) if count else message("archive_quiet", language),
        others=tuple(group[1:]),
    )
