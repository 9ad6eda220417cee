"""An entry as matching reads it: its words in one row, and which stand in the title, the lead or the body."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.entry import Entry
from watcher.words.folding import Word, words

Place = Literal["title", "lead", "body"]

_TITLE_WORDS = 80
_LEAD_WORDS = 70  # of the summary: what a teaser holds
_SUMMARY_WORDS = 600
_CONTENT_WORDS = 600
_GAP = Word("", "", 0, 0)  # between parts: no phrase runs over it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Words and their keys, in order; ``lead`` and ``body`` are the indices at which those parts begin."""

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    sources: tuple[str, ...]  # the texts of title, summary, content
    lead: int
    body: int
    content: int

    def place(self, index: int) -> Place:
        """Return the part that the word at ``index`` stands in."""
        return "title" if index < self.lead else "lead" if index < self.body else "body"

    def written(self, start: int, end: int) -> str:
        """Return the words ``start`` to ``end`` as the article writes them, in lower case."""
        source = self.sources[0 if start < self.lead else 1 if start < self.content else 2]
        return " ".join(source[self.words[start].start : self.words[end - 1].end].split()).lower()


def read_entry(entry: Entry) -> Reading:
    """Read the bounded beginning of an entry's title, summary and content."""
    title = words(entry.title[:2_000])[:_TITLE_WORDS]
    summary = words(entry.summary)[:_SUMMARY_WORDS]
    content = words(entry.content)[:_CONTENT_WORDS] if entry.content and entry.content != entry.summary else ()
    row = (*title, _GAP, *summary, _GAP, *content)
    lead = len(title) + 1
    return Reading(
        words=row,
        keys=tuple(word.key for word in row),
        sources=(entry.title, entry.summary, entry.content),
        lead=lead,
        body=lead + min(len(summary), _LEAD_WORDS),
        content=lead + len(summary) + 1,
    )
