"""The corpus: lines with inline marks and slots, turned into texts with character spans.

``README.md`` beside this file tells the format to authors. Same files, same examples: every choice comes from a
generator seeded by the line itself, so that adding a line changes no other.
"""

import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from training.invent import invent
from watcher.nlp.gazetteer import FOLDER, Record, read_records

CORPUS = Path(__file__).with_name("corpus")
NAMES = Path(__file__).with_name("names")
LABELS = ("ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT")
_DROPPED = frozenset({"MONEY", "QUANTITY"})  # found by rules: the model need not learn them
_MARK = re.compile(
    r"(?P<escape>\\[\[\]{}])"
    r"|\[(?P<text>[^\[\]|]+)\|(?P<label>[A-Z]+)\]"
    r"|(?:(?P<elision>de|que|jusque)~)?\{(?P<kind>[A-Z]+)(?::(?P<tag>[\w.-]+))?(?:#(?P<number>\d+))?\}"
)
_TITLE_WORD = re.compile(r"(?<![\w'’.-])(?!(?:and|or|of|the|to|in|for|on|at|a|an|with|from|by)\b)[a-z][a-z]+(?![\w.])")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæAEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ]")
_HELD_OUT_EVERY = 12
_INVENTED = 0.5  # share of slots without a tag that get a made-up name


class BadLineError(ValueError):
    """A corpus line that breaks the format; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its spans ``(start, end, label)``."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One corpus line: ``has_slots`` says that it can be printed in several ways."""

    path: Path
    number: int
    text: str

    @property
    def has_slots(self) -> bool:
        """Say whether names are drawn for it."""
        return any(match["kind"] for match in _MARK.finditer(self.text))

    @property
    def is_held_out(self) -> bool:
        """Say whether it chooses the best epoch instead of being trained on."""
        return zlib.crc32(self.text.encode()) % _HELD_OUT_EVERY == 0


def read_lines(language: str, *, test: bool = False, folder: Path = CORPUS) -> tuple[Line, ...]:
    """Return the lines of a language: the test split (``test*.txt``) or all others."""
    paths = [path for path in sorted((folder / language).glob("*.txt")) if path.name.startswith("test") == test]
    return tuple(
        Line(path, number, line.rstrip("\n"))
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if line.strip() and not line.startswith("#")
    )


@lru_cache(maxsize=1)
def _records() -> tuple[Record, ...]:
    return tuple(record for path in sorted(FOLDER.glob("*.tsv")) for record in read_records(path))


@lru_cache(maxsize=256)
def _candidates(kind: str, tag: str | None) -> tuple[str, ...]:
    names: list[str] = []
    for record in _records():
        if record.kind == kind and (tag is None or tag in record.tags):
            names.append(record.name)
            names += [alias for alias in record.aliases if any(char.isupper() for char in alias)]
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=8)
def _people(language: str, part: str) -> tuple[str, ...]:
    text = (NAMES / language / f"{part}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


class _Draw:
    """Names drawn for one printing of one line; numbered slots come out equal."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.random = random.Random(seed)  # noqa: S311 - reproducible choice, no secret
        self.numbered: dict[tuple[str, str], str] = {}

    def name(self, match: re.Match[str]) -> str:
        """Return the name for one slot."""
        kind, tag, number = match["kind"], match["tag"], match["number"]
        if kind == "PERSON" and tag in {None, "surname"}:
            full = self._once(kind, number, self._person)
            return full.split(" ", 1)[1] if tag == "surname" else full
        return self._once(kind, number, lambda: self._from(kind, tag))

    def _once(self, kind: str, number: str | None, draw: Callable[[], str]) -> str:
        if number is None:
            return draw()
        return self.numbered.setdefault((kind, number), draw())

    def _person(self) -> str:
        language = self.language if self.random.random() < 0.7 else self.random.choice(("fr", "en"))
        return f"{self.random.choice(_people(language, 'given'))} {self.random.choice(_people(language, 'surnames'))}"

    def _from(self, kind: str, tag: str | None) -> str:
        if tag is None and kind != "PLACE" and self.random.random() < _INVENTED:
            return invent(kind, self.language, self.random)
        names = _candidates(kind, tag)
        if not names:
            raise BadLineError(f"no name of kind {kind} with tag '{tag}' in the gazetteers")
        return self.random.choice(names)


def print_line(line: Line, language: str, copy: int = 0) -> tuple[Example, ...]:
    """Return the examples of a line: one, or title and summary; raise ``BadLineError`` where the format is broken."""
    draw = _Draw(language, zlib.crc32(f"{copy}:{line.text}".encode()))
    return tuple(_print(part.strip(), draw) for part in line.text.split("\t") if part.strip())


def _print(source: str, draw: _Draw) -> Example:
    text, spans, position = "", [], 0
    for match in _MARK.finditer(source):
        text += source[position : match.start()]
        position = match.end()
        if match["escape"]:
            text += match["escape"][1]
            continue
        label = match["label"] or match["kind"]
        name = match["text"] or draw.name(match)
        text += _elide(match["elision"], name)
        if label not in LABELS and label not in _DROPPED:
            raise BadLineError(f"unknown kind {label}")
        if label in LABELS:
            spans.append((len(text), len(text) + len(name), label))
        text += name
    text += source[position:]
    _check_rest(text, spans)
    return Example(text, tuple(spans))


def _elide(elision: str | None, name: str) -> str:
    if elision is None:
        return ""
    return f"{elision[:-1]}'" if _VOWEL.match(name) else f"{elision} "


def _check_rest(text: str, spans: list[tuple[int, int, str]]) -> None:
    for label in (*LABELS, *_DROPPED):
        if f"|{label}" in text or f"{{{label}" in text:
            raise BadLineError(f"a mark is broken near '{label}'")
    for start, end, _ in spans:
        if text[start:end] != text[start:end].strip():
            raise BadLineError(f"a mark holds spaces at its edge: '{text[start:end]}'")


def vary_case(example: Example, language: str, seed: int) -> Example:
    """Return the example as some feeds print it: Title Case (English), capitals, curled apostrophes; or as it is."""
    pick = random.Random(seed).random()  # noqa: S311 - reproducible choice, no secret
    text = example.text
    if pick < 0.04 and len(text) < 120 and len(text.upper()) == len(text):
        return replace(example, text=text.upper())
    if language == "en" and pick < 0.35 and len(text) < 130 and not text.rstrip().endswith("."):
        return replace(example, text=_TITLE_WORD.sub(lambda match: match[0][0].upper() + match[0][1:], text))
    if pick > 0.6:
        return replace(example, text=text.replace("'", "’"))
    return example


def _print_or_tell(line: Line, language: str, copy: int) -> tuple[Example, ...]:
    """Leave a faulty line out and say so: ``training.check`` is where it is mended."""
    try:
        return print_line(line, language, copy)
    except BadLineError as error:
        if copy == 0:
            print(f"left out: {line.path.name}:{line.number}: {error}")
        return ()


def make_examples(language: str, copies: int, *, held_out: bool) -> Iterator[Example]:
    """Print every training line ``copies`` times where it has slots, once where not, with some case variants."""
    for line in read_lines(language):
        if line.is_held_out != held_out:
            continue
        for copy in range(copies if line.has_slots else 1):
            for example in _print_or_tell(line, language, copy):
                seed = zlib.crc32(f"{copy}/{example.text}".encode())
                yield vary_case(example, language, seed)
