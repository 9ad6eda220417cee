"""What the HTML templates may ask of an edition: words, styles, and nothing that decides."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from watcher.digest import wording
from watcher.digest.inert import one_line, safe_link
from watcher.digest.look import Look
from watcher.i18n import format_day, format_month, message
from watcher.model.edition import CardItem, Edition, Link, MemberItem, NamedEntity, Sentence, SourceLink, StoryItem
from watcher.model.story import Trend

NODES = 8  # names in the picture of who appears with whom: more would not fit a phone
NODE_NAME = 24  # characters of a name there


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A square of the picture: how many stories two names share, and how dark to draw it."""

    count: int = 0
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step of the staircase: squares with the names above, then this name at their end."""

    name: str
    cells: tuple[Cell, ...]
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One edition and its look, as the templates see them."""

    edition: Edition
    look: Look

    def css(self, name: str) -> Markup:
        """Return the style attribute of a named style."""
        return self.look.css(name)

    def say(self, key: str, count: int | None = None, **values: object) -> str:
        """Return a message in the edition's language."""
        return message(key, self.edition.language, count=count, **values)

    def href(self, url: str | None) -> str | None:
        """Return a link's address if it may be trusted."""
        return safe_link(url)

    def dates(self) -> str:
        """Return the days and the week of the edition."""
        return wording.say_dates(self.edition)

    def note(self) -> list[str]:
        """Return the editor's word, a string a paragraph."""
        return [line for line in self.edition.note.splitlines() if line.strip()]

    def is_empty(self) -> bool:
        """Say whether the week brought no news."""
        return wording.is_empty(self.edition)

    def empty(self) -> str:
        """Return the one line of a week without news."""
        return wording.say_empty(self.edition)

    def mark(self, language: str | None) -> str:
        """Return ``[en]`` for a text in another language."""
        return wording.say_language(language, self.edition)

    def foreign(self, language: str | None) -> str:
        """Return a language code for the ``lang`` attribute where a text is in another language."""
        is_code = language is not None and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
        return language if language and is_code and language != self.edition.language else ""

    def day(self, source: SourceLink) -> str:
        """Return the day of an article."""
        return wording.say_day(source, self.edition)

    def since(self, item: StoryItem) -> str:
        """Return what changed since a story was last printed."""
        return wording.say_since(item, self.edition)

    def why(self, item: StoryItem) -> str:
        """Return why a story is here."""
        return wording.say_why(item, self.edition)

    def names(self, entities: tuple[NamedEntity, ...]) -> str:
        """Return entities in one line."""
        return " · ".join(entity.name for entity in entities)

    def members(self) -> tuple[tuple[MemberItem, ...], ...]:
        """Return what is said of each member together."""
        return wording.group_members(self.edition)

    def pointer(self, items: tuple[MemberItem, ...]) -> str:
        """Return where a member's stories stand that are printed elsewhere."""
        return wording.see_stories(items, self.edition)

    def quotes(self, items: tuple[MemberItem, ...]) -> tuple[Sentence, ...]:
        """Return the sentences that name a member and stand nowhere else."""
        return wording.quote_member(items, self.edition)

    def state(self, item: CardItem) -> str:
        """Return a card's state where it is worth a word."""
        return wording.say_state(item, self.edition.language)

    def facts(self, item: CardItem) -> tuple[str, ...]:
        """Return what is known of a card in two lines at most: its dates, and the rest."""
        details = " · ".join(wording.say_details(item, self.edition.language))
        return tuple(line for line in (wording.say_when(item, self.edition.language), details) if line)

    def url(self, item: CardItem) -> str | None:
        """Return the first address that tells of a card."""
        return next((source.url for source in item.sources if source.url), None)

    def tile(self, item: CardItem) -> tuple[str, str]:
        """Return the leaf of a calendar beside a card: day and month, or month and year; a dash where none was read."""
        found, language = item.card.opportunity, self.edition.language
        day = found.start if found.kind == "event" and found.start else found.deadline
        if day:
            return str(day.day), format_day(day, language, year=False, short=True).split(" ", 1)[1]
        if found.month:
            year, month = found.month.split("-")
            return "", format_month(int(year), int(month), language, short=True)
        return "–", ""

    def bars(self, trend: Trend) -> str:
        """Return a trend's sparkline."""
        return wording.draw_sparkline(trend)

    def history(self, trend: Trend) -> str:
        """Return a trend's sparkline in words."""
        return wording.say_history(trend, self.edition.language)

    def sources(self) -> tuple[str, ...]:
        """Return where the edition comes from."""
        return wording.say_sources(self.edition)

    def matrix(self) -> tuple[Row, ...]:
        """Return who appears with whom as a staircase, the best connected name first."""
        return draw_matrix(self.edition.links, self.edition.language)


def draw_matrix(links: tuple[Link, ...], language: str) -> tuple[Row, ...]:
    """Return the lower triangle of the co-occurrence matrix over the best connected names."""
    weights: dict[str, int] = {}
    pairs: dict[frozenset[str], int] = {}
    for one in links:
        pairs[frozenset((one.a, one.b))] = one.count
        for name in (one.a, one.b):
            weights[name] = weights.get(name, 0) + one.count
    names = sorted(weights, key=lambda name: (-weights[name], name))[:NODES]
    most = max(pairs.values(), default=1)
    rows = []
    for at, name in enumerate(names):
        cells = tuple(
            _cell(other, name, pairs.get(frozenset((other, name)), 0), most, language) for other in names[:at]
        )
        rows.append(Row(name=one_line(name, NODE_NAME), cells=cells, span=len(names) - at))
    return tuple(rows)


def _cell(a: str, b: str, count: int, most: int, language: str) -> Cell:
    if not count:
        return Cell()
    level = 1 if most == 1 else 1 + round(2 * (count - 1) / (most - 1))
    return Cell(count=count, level=level, label=message("link", language, count=count, a=a, b=b))
