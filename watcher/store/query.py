"""What a person types into the search box, as an FTS5 expression that is always valid.

Words must all occur; "quotes" make phrases, a trailing * any ending, a leading - excludes, OR between two
words takes either. Everything else is read as words: no input is an error.
"""

import re
from dataclasses import dataclass

from watcher.store.stems import LANGUAGES, stem, words

LONGEST_QUERY = 1000  # characters
MOST_TERMS = 40

_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together; with ``prefix`` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def expression(self) -> str:
        """Return the term in French stems or English stems."""
        forms = {tuple(stem(word, language) for word in self.words) for language in LANGUAGES}
        star = "*" if self.prefix else ""
        if self.prefix:
            forms.add(self.words)
        return "(" + " OR ".join(f'"{" ".join(form)}"{star}' for form in sorted(forms)) + ")"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: groups of alternatives that must all be met, and terms that must not occur."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def wanted_expression(self) -> str:
        """Return the FTS5 expression of what must occur, empty for anything."""
        return " AND ".join("(" + " OR ".join(term.expression for term in group) + ")" for group in self.wanted)

    @property
    def excluded_expression(self) -> str:
        """Return the FTS5 expression of what must not occur, empty for nothing."""
        return " OR ".join(term.expression for term in self.excluded)


def parse_query(text: str) -> Query:
    """Return the query that ``text`` means; never raises."""
    wanted: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    either = False
    for found in list(_TERM.finditer(text[:LONGEST_QUERY]))[:MOST_TERMS]:
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
    found = tuple(words(raw))
    return Term(found, prefix=can_end and raw.endswith("*")) if found else None
