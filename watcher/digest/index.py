"""The archive's index page: every edition by week, newest first."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from watcher.digest.inert import safe_link
from watcher.digest.look import Look, accent_of
from watcher.digest.period import week_days
from watcher.digest.to_html import environment, tidy
from watcher.i18n import format_range, message
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
    entry: IndexEntry
    href: str
    look: Look
    tongue: str
    stories: str


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
    """Render the index page in ``language``."""
    newest = sorted(
        entries, key=lambda one: (-one.week.year, -one.week.number, one.topic_name, one.topic, one.language)
    )
    weeks = [_week(week, tuple(lines), language) for week, lines in groupby(newest, key=lambda one: one.week)]
    view = _IndexView(language=language, look=Look())
    return tidy(environment().get_template("index.html.j2").render(v=view, cluster=cluster, weeks=weeks))


def _week(week: Week, entries: tuple[IndexEntry, ...], language: str) -> _Week:
    name = message("week", language, number=week.number)
    dates = format_range(*week_days(week), language)
    lines = tuple(_line(entry, language) for entry in entries)
    return _Week(name=name[:1].upper() + name[1:], dates=dates, lines=lines)


def _line(entry: IndexEntry, language: str) -> _Line:
    stories = (
        message("archive_stories", language, count=entry.stories)
        if entry.stories
        else message("archive_quiet", language)
    )
    return _Line(
        entry=entry,
        href=f"{entry.week}/{entry.topic}.{entry.language}.html",
        look=Look(accent=accent_of(entry.topic)),
        tongue=message(f"language_{entry.language}", language),
        stories=stories,
    )
