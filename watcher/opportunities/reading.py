"""An entry's text as this room reads it: in lower case without accents, cut into sentences.

Folding keeps every character's place, so that what is found in the folded text is quoted from the real one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from watcher.model.entry import Entry

LONGEST = 6_000  # characters looked at: an announcement says what it is at its beginning

# What blog software adds below an article repeats its title, and with it every cue.
_FOOTER = re.compile(
    r"\b(?:l'article .{1,300}? est apparu en premier|the post .{1,300}? (?:appeared first|first appeared))"
)
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "ß": "s"}
_END = re.compile(
    r"(?<=[.!?…])(?<!\b[a-z]\.)(?<!\bmr\.)(?<!\bdr\.)(?<!\bno\.)(?<!\bst\.)(?<!\binc\.)(?<!\bvs\.)(?<!janv\.)(?<!fevr\.)"
    r"(?<!sept\.)(?<!\boct\.)(?<!\bnov\.)(?<!\bdec\.)(?<!\bjan\.)(?<!\bfeb\.)(?<!\baug\.)[\"'»”)]?\s+|\n+|\s[•→►]\s|\s>\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A span of a text and its folded form; the title is the first."""

    index: int
    start: int
    end: int
    flat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is read of an entry: title, a newline, then summary and content."""

    whole: str
    flat: str
    title_end: int
    published: date
    sentences: tuple[Sentence, ...]

    def sentence_at(self, position: int) -> Sentence:
        """Return the sentence that holds a position."""
        found = bisect_right([sentence.start for sentence in self.sentences], position) - 1
        return self.sentences[max(0, found)]

    def around(self, sentence: Sentence, reach: int = 1) -> tuple[Sentence, ...]:
        """Return a sentence and its neighbours, nearest first, itself leading."""
        near = [one for one in self.sentences if abs(one.index - sentence.index) <= reach]
        return tuple(sorted(near, key=lambda one: (abs(one.index - sentence.index), -one.index)))


@lru_cache(maxsize=4096)
def _flatten(char: str) -> str:
    return _SIGNS.get(char) or unicodedata.normalize("NFKD", char.lower())[:1] or char


def flatten(text: str) -> str:
    """Return ``text`` in lower case without accents, its apostrophes and spaces plain, character for character."""
    return text.lower() if text.isascii() else "".join(map(_flatten, text))


def read_text(entry: Entry) -> Text:
    """Return the text of an entry; a summary that its content repeats is read once."""
    body = entry.summary
    if entry.content:
        repeats = entry.content.startswith(entry.summary.rstrip(" .…")[:80])
        body = entry.content if repeats else f"{entry.summary}\n{entry.content}"
    whole = f"{entry.title}\n{body}"[:LONGEST]
    flat = flatten(whole)
    footer = _FOOTER.search(flat, len(entry.title))
    if footer:
        whole, flat = whole[: footer.start()], flat[: footer.start()]
    return Text(
        whole=whole,
        flat=flat,
        title_end=min(len(entry.title), LONGEST),
        published=entry.at.date(),
        sentences=tuple(_cut(flat, len(entry.title))),
    )


def _cut(flat: str, title_end: int) -> Iterator[Sentence]:
    """Yield the title as one sentence, whatever its points, then those of the body."""
    yield Sentence(index=0, start=0, end=title_end, flat=flat[:title_end])
    start, index = title_end + 1, 1
    ends = [(match.start(), match.end()) for match in _END.finditer(flat, title_end + 1)]
    for end, following in (*ends, (len(flat), len(flat))):
        if flat[start:end].strip():
            yield Sentence(index=index, start=start, end=end, flat=flat[start:end])
            index += 1
        start = following
