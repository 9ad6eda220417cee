"""What is offered to members: a story or a card, as this room reads it.

A small type of our own, so that matching needs neither the archive nor the edition; the pipeline fills it.
"""

from dataclasses import dataclass
from typing import Literal

from watcher.model.opportunity import Card
from watcher.words.folding import words
from watcher.words.stems import is_content, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A story or card: its id, the texts that tell of it (headline first), names met in it, and its topics."""

    id: str
    kind: Literal["story", "card"] = "story"
    texts: tuple[str, ...]
    entities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return all texts and names as one, a line each."""
        return "\n".join((*self.texts, *self.entities))


def subject_of_card(card: Card, texts: tuple[str, ...] = ()) -> Subject:
    """Return a card as a subject; ``texts`` are those of its entries, its own title always leads."""
    organiser = card.opportunity.organiser
    return Subject(
        id=card.id,
        kind="card",
        texts=tuple(dict.fromkeys((card.opportunity.title, *texts))),
        entities=(organiser,) if organiser else (),
        topics=card.topics,
    )


def stems_of(text: str) -> dict[str, str]:
    """Return the stems of the telling words of a text, each with the word as first written."""
    found: dict[str, str] = {}
    for word in words(text):
        if is_content(word.key):
            found.setdefault(stem(word.key), word.text)
    return found
