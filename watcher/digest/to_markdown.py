"""An edition as CommonMark: readable as it stands, inert when rendered.

Every string of a feed is escaped, so that it stays text on its own line whatever it holds, and
links stand in ``<…>`` targets whose URL cannot end early. No HTML is written.
"""

import re
from collections.abc import Iterable, Iterator

from watcher.digest import wording
from watcher.digest.inert import one_line, safe_link
from watcher.i18n import message
from watcher.model.edition import CardItem, Edition, MemberItem, Sentence, SourceLink, StoryItem
from watcher.model.story import Trend

PAIRS = 8  # lines of who appears with whom: a picture in the page, but a list here

# These can open markup anywhere in a line: & where it looks like an entity, ! where an image could follow.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#$@]|&(?=#?\w+;)|!(?=\[|$))")
_OPENING = re.compile(r"^(\d{1,9})?([-+.)=])")  # these only where a line starts
_BARE = re.compile(
    r"(?i)(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)"
)  # renderers turn bare addresses into links


def escape(text: str) -> str:
    """Return one line of text that renders as itself, wherever in a document it stands."""
    text = _SPECIAL.sub(r"\\\1", one_line(text))
    text = _BARE.sub(lambda found: f"\\{found[0]}", text)
    return _OPENING.sub(r"\1\\\2", text)


def link(text: str, url: str | None) -> str:
    """Return a Markdown link, or the text alone where there is no address to trust."""
    target = safe_link(url)
    return f"[{escape(text)}](<{target}>)" if target else escape(text)


def to_markdown(edition: Edition) -> str:
    """Render an edition as CommonMark, ending with a newline."""
    blocks = [
        f"# {escape(edition.topic_name)}",
        f"{link(edition.cluster, edition.cluster_url)} · {wording.say_dates(edition)}",
    ]
    blocks += _note(edition)
    if wording.is_empty(edition):
        blocks.append(escape(wording.say_empty(edition)))
    for key, lines in _sections(edition):
        if lines:
            blocks += [f"## {message(key, edition.language)}", "\n".join(lines)]
    blocks.append(f"*{escape(message('verbatim', edition.language))}*")
    return "\n\n".join(blocks) + "\n"


def _note(edition: Edition) -> list[str]:
    paragraphs = [escape(line) for line in edition.note.splitlines() if line.strip()]
    quoted = "\n>\n".join(f"> {line}" for line in paragraphs)
    return [f"## {message('note', edition.language)}", quoted] if quoted else []


def _sections(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Yield each section's name and lines, in the order of the letters that clusters print."""
    yield "brief", [f"- {link(line.text, line.source.url)} ({escape(line.source.publisher)})" for line in edition.brief]
    yield "top", _numbered(edition.top, edition)
    yield (
        "members",
        _with_more(
            [_member(items, edition) for items in wording.group_members(edition)],
            "members_more",
            edition.members_more,
            edition,
        ),
    )
    yield "opportunities", _cards(edition.opportunities, edition.opportunities_more, edition)
    yield "agenda", _cards(edition.agenda, edition.agenda_more, edition)
    yield "trends", [_trend(trend, edition) for trend in edition.trends]
    yield "links", [_link_line(edition, one.a, one.b, one.count) for one in edition.links[:PAIRS]]
    yield "follow_ups", [_follow_up(item, edition) for item in edition.follow_ups]
    yield "also", _with_more([_also(item, edition) for item in edition.also], "also_more", edition.also_more, edition)
    yield "sources", [f"- {escape(line)}" for line in wording.say_sources(edition)]


def _with_more(lines: list[str], key: str, more: int, edition: Edition) -> list[str]:
    return [*lines, f"- *{escape(message(key, edition.language, count=more))}*"] if more else lines


def _numbered(items: Iterable[StoryItem], edition: Edition) -> list[str]:
    lines = []
    for number, item in enumerate(items, 1):
        body = [
            f"**{link(item.headline, item.url)}**{_mark(item.headline_language, edition)}",
            *_story_lines(item, edition),
        ]
        lines.append(f"{number}. " + "\n\n   ".join(body))
    return ["\n\n".join(lines)] if lines else []


def _story_lines(item: StoryItem, edition: Edition) -> Iterator[str]:
    since = wording.say_since(item, edition)
    if since:
        yield f"**{escape(since)}**"
    if item.summary:
        yield " ".join(_sentence(sentence) for sentence in item.summary)
    yield _sources(item, edition)
    if item.entities:
        yield escape(message("entities", edition.language, names=", ".join(entity.name for entity in item.entities)))
    why = wording.say_why(item, edition)
    if why:
        yield f"*{escape(why)}*"


def _sentence(sentence: Sentence) -> str:
    return f"{escape(sentence.text)} ({link(sentence.source.publisher or '↗', sentence.source.url)})"


def _sources(item: StoryItem, edition: Edition) -> str:
    named = [_source(source, edition) for source in item.sources]
    if item.sources_more:
        named.append(escape(message("and_more", edition.language, count=item.sources_more)))
    return " · ".join(named)


def _source(source: SourceLink, edition: Edition) -> str:
    day = wording.say_day(source, edition)
    copy = message("copy", edition.language) if source.is_copy else ""
    detail = ", ".join(part for part in (day, copy) if part)
    name = link(source.publisher or source.title, source.url)
    return f"{name}{_mark(source.language, edition)}{', ' + escape(detail) if detail else ''}"


def _mark(language: str | None, edition: Edition) -> str:
    mark = wording.say_language(language, edition)
    return f" {escape(mark)}" if mark else ""


def _follow_up(item: StoryItem, edition: Edition) -> str:
    head = f"- **{link(item.headline, item.url)}**{_mark(item.headline_language, edition)}"
    return "\n\n  ".join([head, *_story_lines(item, edition)])


def _also(item: StoryItem, edition: Edition) -> str:
    since = wording.say_since(item, edition)
    tail = f" – {escape(since)}" if since else ""
    return f"- {link(item.headline, item.url)} – {_sources(item, edition)}{tail}"


def _member(items: tuple[MemberItem, ...], edition: Edition) -> str:
    pointer = escape(wording.see_stories(items, edition))
    said = (pointer, *(_sentence(sentence) for sentence in wording.quote_member(items, edition)))
    return f"- **{escape(items[0].name)}** – {' · '.join(part for part in said if part)}"


def _cards(items: tuple[CardItem, ...], more: int, edition: Edition) -> list[str]:
    return _with_more([_card(item, edition) for item in items], "cards_more", more, edition)


def _card(item: CardItem, edition: Edition) -> str:
    found = item.card.opportunity
    state = wording.say_state(item, edition.language)
    kind = "" if found.kind == "event" else message(found.kind, edition.language)
    tail = "".join(f" – {escape(part)}" for part in (kind, state) if part)
    url = next((source.url for source in item.sources if source.url), None)
    facts = " · ".join(escape(fact) for fact in wording.say_facts(item, edition.language))
    sources = " · ".join(_source(source, edition) for source in item.sources)
    return "\n\n  ".join(part for part in (f"- **{link(found.title, url)}**{tail}", facts, sources) if part)


def _trend(trend: Trend, edition: Edition) -> str:
    count = message("trend_count", edition.language, count=trend.count)
    new = f" · **{message('trend_new', edition.language)}**" if trend.is_new else ""
    return f"- {escape(trend.name)} {wording.draw_sparkline(trend)} {count}{new}"


def _link_line(edition: Edition, a: str, b: str, count: int) -> str:
    return f"- {escape(message('link', edition.language, count=count, a=a, b=b))}"
