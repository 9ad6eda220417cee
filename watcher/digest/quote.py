"""What an edition may quote: sources and sentences within the rights of each feed.

A feed's ``excerpt`` bounds everything quoted of one entry (0: its title only). Quotes stay
verbatim: they are cut at the end of a sentence, or at a word with an ellipsis, and never inside.
"""

import re
from collections.abc import Mapping

from watcher.digest.inert import cut_at_word, one_line, safe_link
from watcher.model.edition import Sentence, SourceLink
from watcher.model.entry import Entry
from watcher.urls import drop_tracking

DEFAULT_EXCERPT = 240  # characters, as feeds.yaml has it
MOST = 600  # what a digest wants of one entry even where all of it may be quoted
LEAST = 40  # a shorter piece of a sentence tells nothing
NAME = 80  # characters of a publisher's name

Rights = Mapping[str, int | None]  # feed URL -> characters
_END = re.compile(r"(?<=[.!?…])[»\"”)]*\s+(?=[«\"“(]*[A-ZÀ-ÝŒ0-9])")


def allowed(entry: Entry, rights: Rights) -> int:
    """Return how many characters of an entry's text an edition may quote."""
    limit = rights.get(entry.feed_url, DEFAULT_EXCERPT)
    return MOST if limit is None else max(0, min(limit, MOST))


def make_source(entry: Entry, rights: Rights, *, is_copy: bool = False) -> SourceLink:
    """Return an entry as an edition cites it."""
    title = one_line(entry.title) or one_line(entry.summary, 120)
    return SourceLink(
        entry_id=entry.id,
        title=title,
        url=safe_link(drop_tracking(entry.url) if entry.url else None),
        publisher=one_line(entry.publisher, NAME),
        language=entry.language,
        published=entry.published,
        excerpt="" if is_copy else cut_quote(one_line(entry.summary, 4000), allowed(entry, rights)),
        is_copy=is_copy,
    )


def cut_quote(text: str, room: int) -> str:
    """Return the whole sentences of ``text`` that fit in ``room``, else its start cut at a word."""
    if len(text) <= room:
        return text
    kept = ""
    for sentence in _END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > room or not text.startswith(longer):
            break
        kept = longer
    if kept:
        return kept
    return cut_at_word(text, room) if room >= LEAST else ""


def quote_summary(summary: tuple[tuple[str, Entry], ...], rights: Rights) -> tuple[Sentence, ...]:
    """Return summary sentences, the characters of each entry's quotes staying within its rights."""
    used: dict[int, int] = {}
    quoted = []
    for text, entry in summary:
        room = allowed(entry, rights) - used.get(entry.id, 0)
        kept = cut_quote(one_line(text), room)
        if kept:
            used[entry.id] = used.get(entry.id, 0) + len(kept)
            quoted.append(Sentence(text=kept, source=make_source(entry, rights)))
    return tuple(quoted)


def sentence_at(entry: Entry, start: int, end: int, spelling: str) -> str:
    """Return the sentence of an entry that holds a span of its text (or of its content)."""
    text = entry.text if entry.text[start:end] == spelling or not entry.content else entry.content
    before = max((found.end() for found in re.finditer(rf"\n|{_END.pattern}", text[: start + 1])), default=0)
    after = re.search(rf"\n|{_END.pattern}", text[end:])
    return one_line(text[before : end + after.start() if after else len(text)])
