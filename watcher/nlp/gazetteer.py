"""Names we know: read from plain TSV, found in text by their words.

Matching is by whole words, blind to accents and hyphens, and strict about capitals: a name is written with one. A
name that is a word, a surname or a town as well is only a suspicion (``context``), which ``context.py`` settles.
The format is told in ``gazetteer/README.md``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from watcher.errors import ConfigError
from watcher.model.mention import Kind, Name
from watcher.model.report import Problem
from watcher.nlp.names import fold, normalise_name, split_words

FOLDER = Path(__file__).with_name("gazetteer")
_HEADER = ["name", "kind", "aliases", "country", "topics", "rule"]
_RULES = frozenset({"exact", "context", "alias-context"})
_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\-–‑'’.&/+]{0,4}")
_DOMAIN = re.compile(r"\.(?:org|com|net|fr|eu|io|ai|co|de|uk|info|gov)\b")
_MAX_WORDS = 12
_THINGS = frozenset({"PRODUCT", "PROJECT", "EVENT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row: a name with its other spellings; ``tags`` are file stem, country and topics."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rule: frozenset[str] = frozenset()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling of a record; ``exact`` demands the very case, ``certain`` needs no second witness."""

    words: tuple[str, ...]
    text: str
    record: Record
    exact: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A known spelling met in a text, with every record it may stand for."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


@dataclass(slots=True)
class Gazetteer:
    """Spellings by first word, longest first; ``keys`` joins a folded spelling with its records."""

    records: tuple[Record, ...]
    _by_first: dict[str, list[Pattern]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, Record] = field(default_factory=dict)
    _keys: dict[tuple[str, Kind], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.records:
            self._by_key.setdefault(record.key, record)
            for pattern in _patterns(record):
                self._keys.setdefault((normalise_name(pattern.text), record.kind), record.key)
                self._by_first[pattern.words[0]].append(pattern)
        for patterns in self._by_first.values():
            patterns.sort(key=lambda one: -len(one.words))

    def get(self, key: str) -> Record | None:
        """Return the record behind an entity key."""
        return self._by_key.get(key)

    def describe(self) -> str:
        """Return all that decides what is found, the same in every process (a set's own order is not)."""
        return repr([(one.key, one.name, one.kind, one.aliases, sorted(one.rule)) for one in self.records])

    def key_of(self, key: str, kind: Kind) -> str:
        """Return the key of the entity of ``kind`` that ``key`` is a spelling of, else ``key``."""
        return self._keys.get((key, kind), key)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return known spellings in reading order; at each place the longest, without overlaps."""
        tokens = [(match.start(), match.end(), fold(match[0])) for match in _TOKEN.finditer(text)]
        hits: list[Hit] = []
        position = 0
        while position < len(tokens):
            hit, width = self._at(text, tokens, position)
            if hit:
                hits.append(hit)
            position += width
        return tuple(hits)

    def _at(self, text: str, tokens: list[tuple[int, int, str]], position: int) -> tuple[Hit | None, int]:
        found: list[Pattern] = []
        for pattern in self._by_first.get(tokens[position][2], ()):
            width = len(pattern.words)
            if found and width < len(found[0].words):
                break
            if _fits(pattern, text, tokens[position : position + width]):
                found.append(pattern)
        if not found:
            return None, 1
        width = len(found[0].words)
        end = tokens[position + width - 1][1]
        if _DOMAIN.match(text, end):
            return None, width
        if found[0].text[-1] in "'’" and text[end : end + 1] in {"'", "’"}:
            end += 1  # MaPrimeRénov' ends in its apostrophe
        return Hit(tokens[position][0], end, tuple(found)), width


def _fits(pattern: Pattern, text: str, tokens: list[tuple[int, int, str]]) -> bool:
    if len(tokens) < len(pattern.words) or any(
        token[2] != word for token, word in zip(tokens[1:], pattern.words[1:], strict=False)
    ):
        return False
    if any(not _GAP.fullmatch(text, left[1], right[0]) for left, right in pairwise(tokens)):
        return False
    written = text[tokens[0][0] : tokens[-1][1]]
    return _same_case(pattern, written)


def _same_case(pattern: Pattern, written: str) -> bool:
    if pattern.exact:
        return _TOKEN.findall(written) == _TOKEN.findall(pattern.text)
    if written.isupper() or not any(char.isupper() for char in pattern.text):
        return True
    mine, theirs = _TOKEN.findall(pattern.text), _TOKEN.findall(written)
    # In French only the first word of many names has a capital, so the first capital decides.
    first = next(index for index, word in enumerate(mine) if any(char.isupper() for char in word))
    return first < len(theirs) and any(char.isupper() or char.isdigit() for char in theirs[first])


def _patterns(record: Record) -> Iterator[Pattern]:
    seen: set[tuple[tuple[str, ...], bool]] = set()
    for index, text in enumerate((record.name, *record.aliases)):
        words = split_words(text)
        if not words or len(words) > _MAX_WORDS:
            continue
        doubtful = _is_doubtful(record, text, is_alias=index > 0)
        exact = "exact" in record.rule or len(text) <= 4
        if (words, exact) not in seen:
            seen.add((words, exact))
            yield Pattern(words, text, record, exact, not doubtful)
        if record.kind == "PRODUCT" and "exact" not in record.rule and words[-1].isalpha() and words[-1][-1] != "s":
            yield Pattern((*words[:-1], words[-1] + "s"), text + "s", record, exact, not doubtful)


def _is_doubtful(record: Record, text: str, *, is_alias: bool) -> bool:
    """Say whether a spelling needs a witness; a long alias (*Parrot Drones*) of a doubtful firm needs none."""
    if is_alias and "alias-context" in record.rule:
        return True
    is_plain_alias = is_alias and " " in text and record.kind in {"ORG", "PRODUCT"}
    return "context" in record.rule and not is_plain_alias


def make_gazetteer(names: Iterable[Name] = (), folder: Path | None = FOLDER) -> Gazetteer:
    """Return the names of ``folder`` (None: none) and ``names``, which come first where both know a spelling.

    An alias that names a thing here stays one: a firm watched under the name of its drone is not called like it.
    """
    known = _read_folder(folder) if folder else ()
    things = {normalise_name(one.name): one.kind for one in known if one.kind in _THINGS and not one.rule}
    own = tuple(
        Record(
            name=name.name,
            kind=name.kind,
            aliases=tuple(other for other in name.aliases if things.get(normalise_name(other), name.kind) == name.kind),
            tags=("watch",),
            key=normalise_name(name.name),
        )
        for name in names
        if split_words(name.name)
    )
    return Gazetteer(_settle_keys((*own, *known)))


def _settle_keys(records: Iterable[Record]) -> tuple[Record, ...]:
    """Give each (name, kind) one key, and a second kind under one name a key of its own."""
    taken: dict[str, Kind] = {}
    settled = []
    for record in records:
        key = record.key
        if taken.setdefault(key, record.kind) != record.kind:
            key = f"{key}.{record.kind.lower()}"
        settled.append(
            Record(
                name=record.name, kind=record.kind, aliases=record.aliases, tags=record.tags, rule=record.rule, key=key
            )
        )
    return tuple(settled)


@lru_cache(maxsize=4)
def _read_folder(folder: Path) -> tuple[Record, ...]:
    return tuple(record for path in sorted(folder.glob("*.tsv")) for record in read_records(path))


def read_records(path: Path) -> tuple[Record, ...]:
    """Read one TSV file; raise ``ConfigError`` with every faulty line."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if number == 1 or not line.strip() or line.startswith("#"):
            continue
        cells = (line.split("\t") + [""] * len(_HEADER))[: len(_HEADER)]
        fault = _fault(line, cells)
        if fault:
            problems.append(Problem(file=str(path), line=number, column=None, path="", message=fault))
        else:
            records.append(_record(cells, path.stem))
    if problems:
        raise ConfigError(tuple(problems))
    return tuple(records)


def _fault(line: str, cells: list[str]) -> str | None:
    if line.count("\t") >= len(_HEADER):
        return f"more than {len(_HEADER)} columns"
    if not split_words(cells[0]):
        return "the name is empty"
    if cells[1].strip() not in get_args(Kind):
        return f"unknown kind '{cells[1]}'"
    unknown = set(cells[5].split()) - _RULES
    return f"unknown rule '{', '.join(sorted(unknown))}'" if unknown else None


def _record(cells: list[str], stem: str) -> Record:
    name, kind, aliases, country, topics, rule = (cell.strip() for cell in cells)
    return Record(
        name=name,
        kind=cast("Kind", kind),
        aliases=tuple(alias.strip() for alias in aliases.split("|") if alias.strip()),
        tags=(stem, *(word for word in (country, *topics.split()) if word)),
        rule=frozenset(rule.split()),
        key=normalise_name(name),
    )
