"""A two-sentence summary of a story, taken word for word from its articles, each sentence with its source.

A sentence is good when it holds what the story's articles share, stands near the top of its article and reads
alone. It is left out when its feed cut it, when it only repeats the headline or the sentence before, or when it
points elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from watcher.model.entry import Entry
from watcher.stories.features import weigh
from watcher.stories.phrasing import begins_with, has_phrase
from watcher.stories.sentences import could_be_whole, is_whole, split_sentences
from watcher.words.folding import words
from watcher.words.stems import is_content, stem

_SHORTEST, _LONGEST = 40, 360  # characters
_READ = 8  # sentences read of one article
_MEMBERS = 12  # articles read of one story
_REPEATS = 0.72  # share of a sentence's weight that the headline or the summary already holds
_ADDRESS = re.compile(r"https?://|\bwww\.|©|@\w{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A sentence that might be printed, with its units and where it stood."""

    text: str
    entry: Entry
    units: dict[str, float]
    place: int
    is_ended: bool


def summarise(
    entries: tuple[Entry, ...], language: str, *, headline: Entry | None = None, most: int = 2
) -> tuple[tuple[str, Entry], ...]:
    """Return at most ``most`` sentences for an edition in ``language``, each with the entry it stands in.

    Sentences of that language are taken first and never mixed with another; nothing is said where nothing is whole.
    """
    said = _units(headline.title) if headline else {}
    candidates = [found for entry in _oldest(entries) for found in _candidates(entry)]
    ours = [found for found in candidates if found.entry.language == language] or candidates
    if ours and ours[0].entry.language != language:
        spoken = ours[0].entry.language
        ours = [found for found in ours if found.entry.language == spoken]
    ended = [found for found in ours if found.is_ended and _is_news(found, said)]
    chosen = _choose(ended or [found for found in ours if _is_news(found, said)], said, most)
    return tuple((found.text, found.entry) for found in chosen)


def _oldest(entries: Iterable[Entry]) -> list[Entry]:
    """Return the first members of a story."""
    return sorted(entries, key=lambda entry: (entry.at, entry.id))[:_MEMBERS]


def _candidates(entry: Entry) -> list[_Candidate]:
    """Return the sentences of an entry that could be printed."""
    sentences = split_sentences(entry.summary or entry.content)
    title = _units(entry.title)
    found = []
    for place, text in enumerate(sentences[:_READ]):
        ended = is_whole(text)
        is_last = place == len(sentences) - 1
        if not ended and not (is_last and could_be_whole(text)):
            continue
        if _SHORTEST <= len(text) <= _LONGEST and text[0] not in ".,;:)…" and not _points_elsewhere(text):
            units = _units(text)
            if units.keys() - title.keys():  # some feeds give their title again for a summary
                found.append(_Candidate(text=text, entry=entry, units=units, place=place, is_ended=ended))
    return found


def _points_elsewhere(text: str) -> bool:
    """Return whether a sentence only sends its reader somewhere else."""
    return bool(_ADDRESS.search(text)) or has_phrase("elsewhere", text)


def _units(text: str) -> dict[str, float]:
    """Return the content stems of ``text`` with what each says."""
    return {unit: weigh(unit) for word in words(text) if is_content(word.key) for unit in (stem(word.key),)}


def _is_news(found: _Candidate, said: dict[str, float]) -> bool:
    """Return whether a sentence says more than ``said``."""
    total = sum(found.units.values())
    return total > 0 and sum(weight for unit, weight in found.units.items() if unit in said) < _REPEATS * total


def _choose(candidates: list[_Candidate], said: dict[str, float], most: int) -> list[_Candidate]:
    """Pick sentences one by one: the best that says something new; then in reading order."""
    shared: dict[str, float] = {}
    for found in candidates:
        for unit, weight in found.units.items():
            shared[unit] = shared.get(unit, 0.0) + weight
    said = dict(said)
    chosen: list[_Candidate] = []
    while len(chosen) < most:
        rest = [found for found in candidates if found not in chosen and _is_news(found, said)]
        if not rest:
            break
        best = min(
            rest, key=lambda found: (-_worth(found, shared, said, chosen), found.entry.at, found.entry.id, found.place)
        )
        chosen.append(best)
        said.update(best.units)
    return sorted(chosen, key=lambda found: (found.entry.at, found.entry.id, found.place))


def _worth(found: _Candidate, shared: dict[str, float], said: dict[str, float], chosen: list[_Candidate]) -> float:
    """Return what a sentence is worth: shared content not yet said, an early place, a form that reads alone."""
    content = sum(shared[unit] for unit in found.units if unit not in said) / (len(found.units) + 4)
    worth = content - 0.25 * found.place
    follows = any(other.entry.id == found.entry.id and other.place == found.place - 1 for other in chosen)
    if begins_with("leans", found.text) and not follows:
        worth -= 0.8
    if "?" in found.text[-3:] or found.text.startswith(("«", '"', "“", "- ", "– ", "•")):
        worth -= 0.5
    return worth
