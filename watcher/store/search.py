"""Full-text search of the archive: forms of words by French and English stems, accents folded, any input answered."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, literal_column, select, text

from watcher.model.entry import Entry
from watcher.store.entries import get_entries
from watcher.store.forms import find_forms
from watcher.store.query import Forms, Query, Term, parse_query
from watcher.store.rows import clean_or_none
from watcher.store.schema import entry, mention
from watcher.store.stems import LANGUAGES, stem, words
from watcher.store.work import get_matches, is_on

Order = Literal["date", "relevance"]
MOST_RANKED = 2000  # newest hits among which relevance chooses: bm25 over a whole archive costs seconds
SNIPPET = 200  # characters
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One entry found; ``snippet`` is its own text with [matches] in brackets."""

    entry: Entry
    topics: tuple[str, ...]
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """A page of hits, and how many there are."""

    hits: tuple[Hit, ...] = ()
    total: int = 0


def search_entries(  # noqa: PLR0913 - each filter of the command is an argument
    c: Connection,
    query: str,
    *,
    topic: str | None = None,
    entity: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 20,
    offset: int = 0,
    order: Order = "date",
) -> Hits:
    """Return entries that match ``query`` with dates in [since, until), newest or best first.

    An empty query matches all; one without a single word matches nothing.
    """
    parsed = parse_query(query)
    topic, entity = clean_or_none(topic), clean_or_none(entity)
    if query.strip() and not parsed.wanted and not parsed.excluded:
        return Hits()
    forms = find_forms(c, parsed.words)
    chosen = _filter(_choose(parsed, forms), topic, entity, since, until)
    if order == "relevance" and parsed.wanted:
        ids, total = _rank(c, chosen, parsed.wanted_expression(forms))
        ids = ids[offset : offset + limit]
    else:
        ids, total = _page(c, chosen, limit, offset)
    topics = get_matches(c, ids)
    hits = (
        Hit(entry=one, topics=tuple(match.topic for match in topics[one.id]), snippet=make_snippet(one, parsed))
        for one in get_entries(c, ids)
    )
    return Hits(hits=tuple(hits), total=total)


def _choose(parsed: Query, forms: Forms) -> Select[Any]:
    chosen = select(entry.c.id)
    if parsed.wanted:
        found = text("SELECT rowid FROM entry_search WHERE entry_search MATCH :wanted").bindparams(
            wanted=parsed.wanted_expression(forms)
        )
        chosen = chosen.where(entry.c.id.in_(found.columns(literal_column("rowid"))))
    if parsed.excluded:
        found = text("SELECT rowid FROM entry_search WHERE entry_search MATCH :excluded").bindparams(
            excluded=parsed.excluded_expression(forms)
        )
        chosen = chosen.where(entry.c.id.not_in(found.columns(literal_column("rowid"))))
    return chosen


def _filter(
    chosen: Select[Any], topic: str | None, entity: str | None, since: datetime | None, until: datetime | None
) -> Select[Any]:
    if topic is not None:
        chosen = chosen.where(is_on(topic))
    if entity is not None:
        chosen = chosen.where(entry.c.id.in_(select(mention.c.entry_id).where(mention.c.entity == entity)))
    if since is not None:
        chosen = chosen.where(entry.c.at >= since)
    if until is not None:
        chosen = chosen.where(entry.c.at < until)
    return chosen


def _page(c: Connection, chosen: Select[Any], limit: int, offset: int) -> tuple[list[int], int]:
    """Return a page of the newest, and the count of all: in one reading of the index unless the page is empty."""
    newest = chosen.add_columns(func.count().over()).order_by(entry.c.at.desc(), entry.c.id.desc())
    rows = c.execute(newest.limit(limit).offset(offset)).all()
    total = rows[0][1] if rows else c.scalar(select(func.count()).select_from(chosen.subquery()))
    return [row[0] for row in rows], total or 0


def _rank(c: Connection, chosen: Select[Any], wanted: str) -> tuple[list[int], int]:
    """Return the best of the newest hits; a title counts four times."""
    recent, total = _page(c, chosen, MOST_RANKED, 0)
    ranked = (
        "SELECT rowid, bm25(entry_search, 4.0, 1.0) FROM entry_search WHERE entry_search MATCH :wanted"
        " AND +rowid IN (SELECT value FROM json_each(:recent))"  # the plus: filter hits, do not look each up
    )
    rows = c.execute(text(ranked), {"wanted": wanted, "recent": json.dumps(recent)})
    scores = {row[0]: row[1] for row in rows}
    return sorted(recent, key=lambda one: scores.get(one, 0.0)), total


def make_snippet(one: Entry, parsed: Query) -> str:
    """Return the part of the entry's text around its first match, matches in brackets."""
    wanted = [term for group in parsed.wanted for term in group]
    source = re.sub(r"\s+", " ", one.summary or one.content or one.title)
    spans = list(_spans(source, wanted))
    if not spans and one.content and one.summary:
        content = re.sub(r"\s+", " ", one.content)
        spans = list(_spans(content, wanted))
        source = content if spans else source
    return _cut(source, spans)


def _spans(source: str, wanted: Iterable[Term]) -> Iterable[tuple[int, int]]:
    """Yield the places of words that match a term by stem or beginning."""
    terms = tuple(wanted)
    exact = {stem(word, language) for term in terms for word in term.words for language in LANGUAGES}
    beginnings = tuple(term.words[-1] for term in terms if term.prefix)
    if not exact:
        return
    for token in _TOKEN.finditer(source):
        for word in words(token[0]):
            if any(stem(word, language) in exact for language in LANGUAGES) or (
                beginnings and word.startswith(beginnings)
            ):
                yield token.span()
                break


def _cut(source: str, spans: list[tuple[int, int]]) -> str:
    start = max(0, spans[0][0] - SNIPPET // 3) if spans else 0
    end = min(len(source), start + SNIPPET)
    if start:
        start = source.find(" ", start) + 1 or start
    if end < len(source):
        end = max(source.rfind(" ", start, end), start) or end
    parts, place = [], start
    for left, right in spans:
        if start <= left and right <= end:
            parts += [source[place:left], "[", source[left:right], "]"]
            place = right
    return ("… " if start else "") + "".join([*parts, source[place:end]]).strip() + (" …" if end < len(source) else "")
