"""What is compared of an entry: units, names, figures, actions, a sketch of its text, and blocking keys.

A *unit* is a concept of the glossary (``c:launch``), else the stem of a word; both languages share them. Its
weight needs no archive: the rarer a word is in general French and English, the more it says (see `frequency`),
while the trade's daily words, in the glossary as ``field``, say little whatever their rarity.
"""

import re
from datetime import datetime
from itertools import combinations
from zlib import crc32

from watcher.model.entry import Entry
from watcher.model.mention import Annotation
from watcher.model.story import Features
from watcher.stories.cleaning import clean_summary
from watcher.stories.figures import CURRENCIES, read_codes, read_figures
from watcher.stories.glossary import Concept, concepts_of
from watcher.stories.names import common_names, name_units
from watcher.stories.phrasing import begins_with, has_phrase
from watcher.urls import canonical_url
from watcher.words.folding import Word, words
from watcher.words.frequency import zipf
from watcher.words.phrases import longest
from watcher.words.stems import is_content, stem

_TITLE_WORDS, _LEAD_WORDS = 40, 60
_MOST_TERMS = 40
_LEAD_SHARE = 0.55  # what a word of the lead weighs against one of the title
_COMMON_NAME = 0.6  # what a name made of everyday words weighs
_SKETCH = 24  # smallest shingle hashes kept
_SHINGLE = 3  # words
_LONG_LEAD = 12  # words from which the same lead is worth a look
_MOST_WEIGHT = 0.9
_MEASURED = re.compile(r"\d[\d.,]*(?:[kmgt]?(?:w|wh|wc|bps)|k|m|bn|km|kg|nm|mm)?")  # figures are compared apart
_PAIRED, _ALONE = 6, 7  # units that make keys by two, rare units that make a key alone
_RARE = 0.62  # weight from which a unit alone brings two entries together for comparison

_Unit = tuple[str, float, Concept | None]  # the unit, its weight, the concept it stands for


def make_features(entry: Entry, annotation: Annotation | None) -> Features:
    """Return what grouping compares of ``entry``; bounded whatever its length."""
    language = (annotation.language if annotation else None) or entry.language
    lead_text = clean_summary(entry.summary or entry.content)
    title, lead = words(entry.title[:600])[:_TITLE_WORDS], words(lead_text)[:_LEAD_WORDS]
    title_units, lead_units = _units(title, language), _units(lead, language)
    common = common_names(annotation)
    names = name_units(title, lead, annotation) | common
    terms = _weigh_terms(title_units, lead_units, names, common)
    kinds = {unit: concept.kind for unit, _, concept in (*title_units, *lead_units) if concept}
    figures = _read_all_figures(entry, lead_text)
    sketch = _sketch([word.key for word in (*title, *lead)])
    url = canonical_url(entry.url) if entry.url else None
    return Features(
        entry_id=entry.id,
        language=language,
        at=entry.at,
        publisher=entry.publisher or entry.feed_url,
        url=url,
        keys=_keys_of_text(url, sketch, [word.key for word in lead], entry.at)
        if _is_no_event(entry.title, lead_text)
        else _keys(url, sketch, terms, [unit for unit, _, _ in title_units], figures),
        title=tuple(dict.fromkeys(unit for unit, _, _ in title_units)),
        terms=tuple(terms),
        entities=tuple(sorted(names)),
        places=tuple(sorted(unit for unit, kind in kinds.items() if kind == "place")),
        figures=figures,
        actions=tuple(sorted(unit for unit, kind in kinds.items() if kind == "action")),
        shingles=sketch,
    )


def _weigh_terms(
    title: list[_Unit], lead: list[_Unit], names: frozenset[str], common: frozenset[str]
) -> list[tuple[str, float]]:
    """Return the weightiest units: those of the title in full, those of the lead less, names a quarter more."""
    weights = {unit: weight for unit, weight, _ in title}
    for unit, weight, _ in lead:
        weights.setdefault(unit, round(weight * _LEAD_SHARE, 3))
    for unit in common:
        weights.setdefault(unit, _COMMON_NAME)
    for name in names & weights.keys():
        weights[name] = round(min(_MOST_WEIGHT, weights[name] * 1.25), 3)
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_TERMS]


def _read_all_figures(entry: Entry, lead: str) -> tuple[str, ...]:
    """Return the figures of the title, then those of the address and the lead, marked ``+``: they contradict less."""
    figures = read_figures(entry.title[:600])
    more = (*read_codes(entry.url or ""), *read_figures(lead[:800]))
    return figures + tuple(f"+{figure}" for figure in more if figure not in figures)


def _units(row: tuple[Word, ...], language: str | None) -> list[_Unit]:
    """Return the units of a row of words, in order: concepts where the glossary has one, else stems."""
    sequence = [word.key for word in row]
    concepts = {hit.start: hit for hit in reversed(longest(concepts_of(language).find(sequence)))}
    found: list[_Unit] = []
    position = 0
    while position < len(row):
        hit = concepts.get(position)
        if hit:
            found.append((hit.payload.unit, hit.payload.weight, hit.payload))
            position = hit.end
            continue
        word = sequence[position]
        if is_content(word) and word not in CURRENCIES and not _MEASURED.fullmatch(word):
            unit = stem(word)
            found.append((unit, weigh(unit), None))
        position += 1
    return found


def weigh(unit: str) -> float:
    """Return what a stem says, from 0.1 (everyday) to 0.9 (a name, a rare word)."""
    return round(min(_MOST_WEIGHT, max(0.1, (6.6 - zipf(unit)) / 3.6)), 3)


def _sketch(sequence: list[str]) -> tuple[int, ...]:
    """Return the smallest hashes of the text's shingles (bottom-k sketch, Broder 1997)."""
    shingles = {" ".join(sequence[i : i + _SHINGLE]) for i in range(max(0, len(sequence) - _SHINGLE + 1))}
    return tuple(sorted(crc32(shingle.encode()) for shingle in shingles)[:_SKETCH])


def _is_no_event(title: str, lead: str) -> bool:
    """Return whether an entry gathers several events or comes back day after day: it would glue what it names."""
    is_titled = has_phrase("gathers", title[:600]) or begins_with("column", title[:600])
    return is_titled or begins_with("serial", lead[:200])


def _keys_of_text(url: str | None, sketch: tuple[int, ...], lead: list[str], at: datetime) -> tuple[str, ...]:
    """Return keys under which an entry meets its own text only, elsewhere or under another title, in its own week."""
    wholes = [" ".join(map(str, sketch))]
    if len(lead) >= _LONG_LEAD:
        wholes.append(" ".join(lead))
    year, week, _ = at.isocalendar()
    keys = (f"s:{year}-{week}-{crc32(whole.encode())}" for whole in wholes)
    return (*((f"u:{url}",) if url else ()), *keys)


def _keys(
    url: str | None,
    sketch: tuple[int, ...],
    terms: list[tuple[str, float]],
    title: list[str],
    figures: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the blocking keys: address, sketch, reference codes, rare units, pairs of the title's weightiest units."""
    keys = [f"u:{url}"] if url else []
    keys += [f"s:{value}" for value in sketch[:3]]
    keys += [f"k:{figure.partition(':')[2]}" for figure in figures if "code:" in figure][:2]
    weights = dict(terms)
    rare = [unit for unit, weight in terms if weight >= (_RARE if unit in title else _RARE * _LEAD_SHARE)]
    keys += [f"n:{unit}" for unit in rare[:_ALONE]]
    heavy = sorted({unit for unit in title if unit in weights}, key=lambda unit: (-weights[unit], unit))[:_PAIRED]
    keys += [f"p:{a}+{b}" for a, b in combinations(sorted(heavy), 2)]
    return tuple(dict.fromkeys(keys))
