"""The title a story is printed under: one that an article really carries, in the edition's language if any does."""

import re
from math import sqrt

from watcher.model.entry import Entry
from watcher.stories.features import weigh
from watcher.stories.phrasing import has_phrase
from watcher.words.folding import words
from watcher.words.stems import is_content, stem

_BEST_LENGTH, _TOO_LONG = (35, 110), 160
_CUT = re.compile(r"(?:…|\.\.\.)\W*$")
_LOUD = re.compile(r"\b[A-ZÀ-Ý]{4,}\b")
_SITE_TAIL = re.compile(r"\s[|–—-]\s[^|–—-]{2,40}$")
_LABEL = re.compile(
    r"^(?:\[[^\]]{2,40}\]|(?:BREAKING|EXCLUSI[FV]E?|VID[ÉE]O|DIRECT|LIVE|EN IMAGES|REPORT|WATCH|PODCAST|INTERVIEW)"
    r"\s?[:.–-])\s*",
    re.IGNORECASE,
)


def choose_headline(entries: tuple[Entry, ...], language: str) -> Entry:
    """Return the entry whose title serves best as headline of an edition in ``language``.

    An entry in that language wins whenever its title is usable; the caller marks the language of any other.
    """
    central = _central_units(entries)
    return min(entries, key=lambda entry: (-_quality(entry, language, central), entry.at, entry.id))


def _central_units(entries: tuple[Entry, ...]) -> dict[str, float]:
    """Return the units that titles share, by how many titles hold them and how much each says."""
    counts: dict[str, int] = {}
    for entry in entries:
        for unit in _title_units(entry.title):
            counts[unit] = counts.get(unit, 0) + 1
    return {unit: weigh(unit) * count / len(entries) for unit, count in counts.items()}


def _title_units(title: str) -> frozenset[str]:
    """Return the content stems of a title."""
    return frozenset(stem(word.key) for word in words(title) if is_content(word.key))


def _quality(entry: Entry, language: str, central: dict[str, float]) -> float:
    """Return how well a title serves: language first, then form, then how much of the story it tells."""
    title = entry.title.strip()
    if not title:
        return -100.0
    quality = 6.0 if entry.language == language else 0.0
    quality -= 8.0 if _CUT.search(title) else 0.0
    quality -= 1.5 if title.endswith(("?", "!")) or has_phrase("bait", title) else 0.0
    quality -= 0.7 if _LABEL.search(title) else 0.0
    quality -= min(1.5, 0.5 * len(_LOUD.findall(title))) if title.upper() != title else 3.0
    quality -= 0.3 if _SITE_TAIL.search(title) else 0.0
    quality -= _length_fault(len(title))
    units = _title_units(title)
    return quality + sum(central.get(unit, 0.0) for unit in units) / sqrt(len(units) + 2)


def _length_fault(length: int) -> float:
    """Return what a title's length costs: headlines too short to tell, too long to read."""
    low, high = _BEST_LENGTH
    if length < low:
        return (low - length) / 20
    return max(0, length - high) / 40 if length <= _TOO_LONG else 1.25 + (length - _TOO_LONG) / 60
