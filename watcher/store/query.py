"""What a person types into the search box, as an FTS5 expression that is always valid.

Words must all occur; "quotes" make phrases, a trailing * any ending, a leading - excludes, OR between two
words takes either. Everything else is read as words: no input is an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from watcher.store.plain import clean
from watcher.store.stems import drop_elision, words

LONGEST_QUERY = 1000  # characters
MOST_TERMS = 40
MOST_PHRASES = 200  # ways to write one phrase with other forms of its words

Forms = Mapping[str, tuple[str, ...]]
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A text whose words must stand together; with ``prefix`` the last may go on."""

    text: str
    words: tuple[str, ...]
    prefix: bool = False

    def expression(self, forms: Forms) -> str:
        """Return the term as it was typed, which the index takes apart itself, or in other forms of its words."""
        if self.prefix:
            return f'"{self.text}"*'
        written = [self.text, *(" ".join(one) for one in product(*self._choices(forms)))]
        return "(" + " OR ".join(f'"{one}"' for one in dict.fromkeys(written)) + ")"

    def _choices(self, forms: Forms) -> list[tuple[str, ...]]:
        """Return the forms of each word, fewer where they would make too many phrases."""
        choices = [forms.get(word, (word,)) for word in self.words]
        most = max(map(len, choices))
        while prod(map(len, choices)) > MOST_PHRASES:
            most -= 1
            choices = [some[: max(most, 1)] for some in choices]
        return choices


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: groups of alternatives that must all be met, and terms that must not occur."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words whose forms count."""
        terms = (*(term for group in self.wanted for term in group), *self.excluded)
        return tuple(dict.fromkeys(word for term in terms if not term.prefix for word in term.words))

    def wanted_expression(self, forms: Forms) -> str:
        """Return the FTS5 expression of what must occur, empty for anything."""
        return " AND ".join("(" + " OR ".join(term.expression(forms) for term in group) + ")" for group in self.wanted)

    def excluded_expression(self, forms: Forms) -> str:
        """Return the FTS5 expression of what must not occur, empty for nothing."""
        return " OR ".join(term.expression(forms) for term in self.excluded)


def parse_query(text: str) -> Query:
    """Return the query that ``text`` means; never raises."""
    wanted: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    either = False
    for found in list(_TERM.finditer(clean(text)[:LONGEST_QUERY]))[:MOST_TERMS]:
        raw = found["word"]
        if raw == "OR" and not found["minus"]:
            either = bool(wanted)
            continue
        term = _term(raw if raw is not None else found["phrase"], can_end=raw is not None)
        if term is None:
            continue
        if found["minus"]:
            excluded.append(term)
        elif either:
            wanted[-1] += (term,)
        else:
            wanted.append((term,))
        either = False
    return Query(tuple(wanted), tuple(excluded))


def _term(raw: str, *, can_end: bool) -> Term | None:
    text = drop_elision(raw)
    found = tuple(words(text))
    return Term(text, found, prefix=can_end and raw.endswith("*")) if found else None
