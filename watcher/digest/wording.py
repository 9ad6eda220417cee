"""The words of an edition, the same in every format: who, when, how long left, why.

Renderers take these sentences and escape them for their form; nothing here knows of markup.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from watcher.i18n import format_clock, format_day, format_month, format_range, join_words, message
from watcher.model.edition import CardItem, Edition, MemberItem, Sentence, SourceLink, StoryItem
from watcher.model.feed import FeedHealth
from watcher.model.opportunity import Opportunity
from watcher.model.story import Trend

BARS = "▁▂▃▄▅▆▇█"
NAMED = 12  # feeds named in one sentence
FAR = 60  # days from which months are said
MONTH = 365.25 / 12  # days
NO_BREAK = "\u00a0"


def say_title(edition: Edition) -> str:
    """Return the one-line title of an edition: topic and week."""
    return message("title", edition.language, topic=edition.topic_name, number=edition.week.number)


def say_dates(edition: Edition) -> str:
    """Return ``du 16 au 22 novembre 2026 · semaine 47``."""
    week = message("week", edition.language, number=edition.week.number)
    return f"{format_range(edition.first_day, edition.last_day, edition.language)} · {week}"


def local_day(moment: datetime | None, edition: Edition) -> date | None:
    """Return the day of an instant for the edition's readers."""
    return moment.astimezone(ZoneInfo(edition.timezone)).date() if moment else None


def say_day(source: SourceLink, edition: Edition) -> str:
    """Return an article's day, ``17 nov.``, with its year when that is not the edition's; empty if unknown."""
    day = local_day(source.published, edition)
    if day is None:
        return ""
    near = day.year in (edition.first_day.year, edition.last_day.year)
    return format_day(day, edition.language, year=not near, short=True).replace(" ", NO_BREAK)


def say_language(language: str | None, edition: Edition) -> str:
    """Return ``[en]`` where a text is not in the edition's language, else nothing."""
    return f"[{language}]" if language and language != edition.language else ""


def say_why(item: StoryItem, edition: Edition) -> str:
    """Return why a story is here, in one line; empty when no reason was given."""
    pinned = (message("pinned", edition.language),) if item.pinned else ()
    reasons = " · ".join((*pinned, *item.reasons))
    return message("why", edition.language, reasons=reasons) if reasons else ""


def say_since(item: StoryItem, edition: Edition) -> str:
    """Return what changed since a story was last printed; empty for a new story."""
    if item.last_printed is None or not item.changed:
        return ""
    changed = " · ".join(item.changed)
    return message("since", edition.language, number=item.last_printed.number, changed=changed)


def say_days_left(days: int, language: str) -> str:
    """Return ``dans 12 jours``, months when it is far, a word for today and tomorrow, ``en cours`` once begun."""
    if days < 0:
        return message("under_way", language)
    if days < 2:
        return message("tomorrow" if days else "today", language)
    if days >= FAR:
        return message("months_left", language, count=round(days / MONTH))
    return message("days_left", language, count=days)


def say_when(item: CardItem, language: str) -> str:
    """Return a card's date and the days left; what was not read is not said."""
    found = item.card.opportunity
    dates = say_dates_of(found, language)
    if not dates:
        return message("no_deadline", language) if found.kind != "event" else ""
    left = "" if item.days_left is None or item.state == "closed" else say_days_left(item.days_left, language)
    moved = item.card.previous_deadline
    if item.state == "extended" and moved:
        left = " · ".join(filter(None, (message("instead_of", language, date=format_day(moved, language)), left)))
    return f"{dates} ({left})" if left else dates


def say_dates_of(found: Opportunity, language: str) -> str:
    """Return an opportunity's dates as read: a deadline, the days of an event, or a month."""
    if found.start and found.kind == "event":
        return _capital(format_range(found.start, found.end or found.start, language))
    if found.deadline:
        day = format_day(found.deadline, language)
        if found.deadline_time:
            day = message("deadline_at", language, date=day, time=format_clock(found.deadline_time, language))
        return message("deadline", language, date=day)
    if found.month:
        year, month = found.month.split("-")
        return _capital(format_month(int(year), int(month), language))
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def say_details(item: CardItem, language: str) -> tuple[str, ...]:
    """Return organiser, place and amount of a card, each in words, leaving out what was not read."""
    found = item.card.opportunity
    details = [message("organiser", language, name=found.organiser)] if found.organiser else []
    details += [message("place", language, name=found.place)] if found.place else []
    details += [message("amount", language, amount=found.amount)] if found.amount else []
    return tuple(details)


def say_facts(item: CardItem, language: str) -> tuple[str, ...]:
    """Return what is known of a card: its dates first, then its details."""
    when = say_when(item, language)
    return (when, *say_details(item, language)) if when else say_details(item, language)


def say_state(item: CardItem, language: str) -> str:
    """Return a card's state where it is worth a word: new, reminder with the days left, extended, closed."""
    if item.state == "reminder" and item.days_left is not None and item.days_left > 0:
        return message("reminder_in", language, count=item.days_left)
    return "" if item.state == "open" else message(item.state, language)


def group_members(edition: Edition) -> tuple[tuple[MemberItem, ...], ...]:
    """Return what is said of each member together, in the order in which members come first."""
    lines: dict[str, tuple[MemberItem, ...]] = {}
    for item in edition.members:
        lines[item.member] = (*lines.get(item.member, ()), item)
    return tuple(lines.values())


def see_stories(items: Sequence[MemberItem], edition: Edition) -> str:
    """Return a pointer to the stories of a member that stand elsewhere in the edition; empty if none does."""
    language = edition.language
    headlines = {one.story: one.headline for one in (*edition.top, *edition.follow_ups)}
    quoted = [
        message("quoted", language, text=headlines[item.story])
        for item in items
        if item.is_printed and item.story in headlines
    ]
    return message("see_stories", language, headlines=join_words(quoted, language)) if quoted else ""


def quote_member(items: Sequence[MemberItem], edition: Edition) -> tuple[Sentence, ...]:
    """Return the sentences that name a member and stand nowhere else in the edition."""
    printed = {one.story for one in (*edition.top, *edition.follow_ups)}
    return tuple(item.sentence for item in items if not item.is_printed or item.story not in printed)


def draw_sparkline(trend: Trend) -> str:
    """Return a trend's weeks as text bars that any mail client shows, this week last."""
    counts = (*trend.before, trend.count)
    most = max(*counts, 1)
    return "".join(BARS[round(max(count, 0) / most * (len(BARS) - 1))] for count in counts)


def say_history(trend: Trend, language: str) -> str:
    """Return a sparkline in words, for those who hear it."""
    before = ", ".join(str(count) for count in trend.before)
    return message("trend_history", language, before=before or "0", count=trend.count)


def is_empty(edition: Edition) -> bool:
    """Say whether a week brought no news at all (cards of earlier weeks may still be open)."""
    return not (edition.top or edition.follow_ups or edition.also or edition.members)


def say_empty(edition: Edition) -> str:
    """Return the one line of a week without news: that it is so, and which feeds were alive."""
    language, alive = edition.language, edition.sources.alive
    if not alive:
        return f"{message('empty', language)} {message('none_alive', language)}"
    named = message("alive", language, count=len(alive), names=_name_some(alive, language))
    return f"{message('empty', language)} {named}"


def _name_some(names: tuple[str, ...], language: str) -> str:
    more = len(names) - NAMED
    shown = names[:NAMED] if more <= 0 else (*names[:NAMED], message("others", language, count=more))
    return join_words(shown, language)


def say_sources(edition: Edition) -> tuple[str, ...]:
    """Return how many articles from how many feeds, and which feeds are broken or silent."""
    language, sources = edition.language, edition.sources
    lines = []
    if sources.articles:
        articles = message("articles", language, count=sources.articles)
        feeds = message("feeds", language, count=sources.feeds)
        lines.append(message("drawn_from", language, articles=articles, feeds=feeds))
    for key, health in (("broken", sources.broken), ("silent", sources.silent)):
        if health:
            names = _name_some(tuple(_name_since(health, edition)), language)
            lines.append(message(key, language, count=len(health), names=names))
    return tuple(lines)


def _name_since(health: Iterable[FeedHealth], edition: Edition) -> Iterable[str]:
    for one in health:
        day = local_day(one.since, edition)
        if day is None:
            yield one.name
        else:
            shown = format_day(day, edition.language, year=day.year != edition.last_day.year)
            yield message("since_day", edition.language, name=one.name, date=shown)
