"""An edition as plain text: the first part of a mail, and what a terminal or a reader for the blind gets.

Lines are folded at 76 characters; addresses stand alone on their line so that clients link them whole.
"""

import textwrap
from collections.abc import Iterable, Iterator

from watcher.digest import wording
from watcher.digest.inert import one_line, safe_link
from watcher.i18n import message
from watcher.model.edition import CardItem, Edition, PersonalEdition, Sentence, SourceLink, StoryItem
from watcher.model.member import Relevance

WIDTH = 76


def to_text(edition: Edition | PersonalEdition) -> str:
    """Render an edition, or a member's own digest, as plain text ending with a newline."""
    if isinstance(edition, Edition):
        return "\n\n".join(_edition(edition)) + "\n"
    blocks = [*_for_you(edition)]
    for one in edition.editions:
        blocks += _edition(one)
    return "\n\n".join(blocks) + "\n"


def _edition(edition: Edition) -> Iterator[str]:
    yield _title(f"{edition.topic_name} – {edition.cluster}") + "\n" + wording.say_dates(edition)
    if edition.note:
        yield _heading("note", edition.language)
        yield "\n".join(_fold(line) for line in edition.note.splitlines() if line.strip())
    if wording.is_empty(edition):
        yield _fold(wording.say_empty(edition))
    for key, blocks in _sections(edition):
        found = list(blocks)
        if found:
            yield _heading(key, edition.language)
            yield from found


def _sections(edition: Edition) -> Iterator[tuple[str, Iterable[str]]]:
    yield "brief", [_fold(line.text, "- ") for line in edition.brief]
    yield "top", (_story(item, edition, f"{number}. ") for number, item in enumerate(edition.top, 1))
    yield "members", _members(edition)
    yield "opportunities", _cards(edition.opportunities, edition.opportunities_more, edition)
    yield "agenda", _cards(edition.agenda, edition.agenda_more, edition)
    yield "trends", ["\n".join(_trends(edition))] if edition.trends else []
    yield "follow_ups", (_story(item, edition, "- ") for item in edition.follow_ups)
    yield "also", _also(edition)
    yield "sources", [_fold(line) for line in wording.say_sources(edition)]


def _title(text: str) -> str:
    line = one_line(text)
    return f"{line}\n{'=' * min(len(line), WIDTH)}"


def _heading(key: str, language: str) -> str:
    text = message(key, language).upper()
    return f"{text}\n{'-' * len(text)}"


def _fold(text: str, mark: str = "") -> str:
    """Return a paragraph folded at the width, its first line after ``mark``."""
    indent = " " * len(mark)
    return textwrap.fill(
        one_line(text, 4000),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _address(url: str | None, indent: str) -> list[str]:
    target = safe_link(url)
    return [f"{indent}{target}"] if target else []


def _story(item: StoryItem, edition: Edition, mark: str) -> str:
    indent = " " * len(mark)
    headline = f"{item.headline} {wording.say_language(item.headline_language, edition)}"
    lines = [_fold(headline, mark), *_address(item.url, indent)]
    for text in (
        wording.say_since(item, edition),
        _quoted(item.summary),
        _sources(item, edition),
        wording.say_why(item, edition),
    ):
        lines += [_fold(indent + text, indent)] if text else []
    return "\n".join(lines)


def _quoted(summary: tuple[Sentence, ...]) -> str:
    return " ".join(f"{sentence.text} ({sentence.source.publisher})" for sentence in summary)


def _source(source: SourceLink, edition: Edition) -> str:
    name = f"{source.publisher} {wording.say_language(source.language, edition)}".strip()
    return ", ".join(part for part in (name, wording.say_day(source, edition)) if part)


def _sources(item: StoryItem, edition: Edition) -> str:
    named = [_source(source, edition) for source in item.sources]
    if item.sources_more:
        named.append(message("and_more", edition.language, count=item.sources_more))
    return " · ".join(named)


def _members(edition: Edition) -> Iterator[str]:
    for items in wording.group_members(edition):
        pointer, quoted = wording.see_stories(items, edition), wording.quote_member(items, edition)
        said = " · ".join(part for part in (pointer, *(_quoted((sentence,)) for sentence in quoted)) if part)
        addresses = [line for sentence in quoted for line in _address(sentence.source.url, "  ")]
        yield "\n".join([_fold(f"{items[0].name} – {said}", "- "), *addresses])
    if edition.members_more:
        yield _fold(message("members_more", edition.language, count=edition.members_more), "- ")


def _cards(items: tuple[CardItem, ...], more: int, edition: Edition) -> Iterator[str]:
    for item in items:
        yield _card(item, edition)
    if more:
        yield _fold(message("cards_more", edition.language, count=more), "- ")


def _card(item: CardItem, edition: Edition) -> str:
    found, language = item.card.opportunity, edition.language
    state = wording.say_state(item, language)
    kind = "" if found.kind == "event" else message(found.kind, language)
    lines = [_fold(" – ".join(part for part in (found.title, kind, state) if part), "- ")]
    lines += [_fold(fact, "  ") for fact in wording.say_facts(item, language)]
    url = next((source.url for source in item.sources if source.url), None)
    return "\n".join([*lines, *_address(url, "  ")])


def _trends(edition: Edition) -> Iterator[str]:
    for trend in edition.trends:
        new = f" · {message('trend_new', edition.language)}" if trend.is_new else ""
        count = message("trend_count", edition.language, count=trend.count)
        yield f"{wording.draw_sparkline(trend)}  {one_line(trend.name)} ({count}{new})"


def _also(edition: Edition) -> Iterator[str]:
    for item in edition.also:
        yield "\n".join([_fold(f"{item.headline} ({_sources(item, edition)})", "- "), *_address(item.url, "  ")])
    if edition.also_more:
        yield _fold(message("also_more", edition.language, count=edition.also_more), "- ")


def _for_you(personal: PersonalEdition) -> Iterator[str]:
    if not personal.for_you:
        return
    yield _title(f"{message('for_you', personal.language)} – {personal.name}")
    for relevance, item in personal.for_you:
        yield _for_one(relevance, item, personal)


def _for_one(relevance: Relevance, item: StoryItem | CardItem, personal: PersonalEdition) -> str:
    edition = personal.editions[0]
    shown = _card(item, edition) if isinstance(item, CardItem) else _story(item, edition, "- ")
    reasons = message("for_reason", personal.language, reasons=" · ".join(relevance.reasons))
    return f"{shown}\n{_fold(reasons, '  ')}"
