"""One entity, one key, all through a text: acronyms with their expansion, surnames after full names, repeated names.

A text explains itself: ``Direction générale de l'armement (DGA)`` makes every later *DGA* the same body, ``Mads
Nipper`` every later *Nipper* the same man, and a name that a longer sentence made an ORG is no PLACE in the headline.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watcher.model.mention import Kind, Mention
from watcher.nlp.gazetteer import Gazetteer
from watcher.nlp.names import fold, is_acronym_of, normalise_name, split_words
from watcher.nlp.spans import Span, keep_longest
from watcher.nlp.witness import is_witnessed

_IN_BRACKETS = re.compile(r"\s?\((?:l[’']|la |le |the |ou |or )?(?P<inner>[^\W_][^()\s]{1,11})(?=[\s,;)])")
_LAST_WORDS = re.compile(r"[^\W\d_]+")
_SOURCE_WEIGHT = {"rule": 9, "gazetteer": 4, "text": 1, "model": 1}
_VERSION = re.compile(r" v?\d[\d.]*$")
_NAMED: frozenset[Kind] = frozenset({"ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT"})


def link_spans(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the spans of a whole text with their keys, kinds made consistent and repeated names added."""
    spans = _without_terms(text, spans)
    linked = _name_keys(text, (*_acronyms(text, spans), *spans))
    linked = _agree_kinds(text, keep_longest(linked))
    linked = _surnames(text, linked)
    told = frozenset(span.key for span in linked if span.source != "model")
    linked = _witnessed(text, keep_longest((*linked, *_repeats(text, linked))), told)
    return tuple(_known_key(text, span, gazetteer) for span in linked)


def _witnessed(text: str, spans: Sequence[Span], told: frozenset[str | None]) -> tuple[Span, ...]:
    """Leave out what only the model names, with nothing beside any of its places to say so.

    An entity that is told once (by a gazetteer, a head word, its form) is believed wherever the text repeats it; a firm
    that is named twice needs no other word.
    """
    counts = Counter(span.key for span in spans)
    known = [span for span in spans if span.key in told or is_witnessed(text, span.start, span.end, span.kind)]
    believed = {span.key for span in known} | {
        normalise_name(_VERSION.sub("", text[span.start : span.end])) for span in known if span.kind == "PRODUCT"
    }
    return tuple(
        span
        for span in spans
        if span.source in {"rule", "gazetteer"}
        or span.kind == "PERSON"
        or span.key in believed
        or (span.kind == "ORG" and counts[span.key] > 1)
    )


def _without_terms(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out acronyms that the text itself expands to common words: ``epsilon-near-zero (ENZ)`` is no body."""
    met = _IN_BRACKETS.finditer(text)
    terms = {match["inner"] for match in met if _abbreviates_words(text[: match.start()], match["inner"])}
    return tuple(span for span in spans if span.source == "gazetteer" or text[span.start : span.end] not in terms)


def _abbreviates_words(before: str, short: str) -> bool:
    letters = "".join(split_words(short))
    words = _LAST_WORDS.findall(before[-120:])[-len(letters) :]
    return len(letters) > 1 and all(word.islower() for word in words) and "".join(word[0] for word in words) == letters


def _name_keys(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(
        span if span.key or span.kind not in _NAMED else replace(span, key=normalise_name(text[span.start : span.end]))
        for span in spans
    )


def _acronyms(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Read ``Long Name (LN)`` and ``LN (Long Name)``: one entity, under the gazetteer's key if it has one."""
    by_start = {span.start: span for span in spans}
    for span in spans:
        match = _IN_BRACKETS.match(text, span.end) if span.kind in _NAMED else None
        if match is None:
            continue
        inner = by_start.get(match.start("inner")) or replace(span, start=match.start("inner"), end=match.end("inner"))
        outer, inside = text[span.start : span.end], text[inner.start : inner.end]
        if is_acronym_of(inside, outer):
            yield from _join(text, span, inner)
        elif is_acronym_of(outer, inside):
            yield from _join(text, inner, span)


def _join(text: str, long: Span, short: Span) -> Iterator[Span]:
    """Give long name and acronym one kind and key: a gazetteer's, else the long name's."""
    known = next((span for span in (long, short) if span.source == "gazetteer" and span.key), long)
    key = known.key or normalise_name(text[known.start : known.end])
    for span in (long, short):
        if span.source != "gazetteer":
            yield replace(span, kind=known.kind, key=key, source="text")


def _agree_kinds(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give one spelling one kind and key; names told apart by a gazetteer or the words beside them stay apart."""
    votes: dict[str, Counter[tuple[Kind, str | None]]] = {}
    for span in spans:
        if span.kind in _NAMED:
            votes.setdefault(_spelling(text, span), Counter())[span.kind, span.key] += _SOURCE_WEIGHT[span.source]
    agreed = []
    for span in spans:
        if span.kind in _NAMED and span.source != "gazetteer":
            kind, key = votes[_spelling(text, span)].most_common(1)[0][0]
            agreed.append(replace(span, kind=kind, key=key))
        else:
            agreed.append(span)
    return tuple(agreed)


def _spelling(text: str, span: Span) -> str:
    return fold(text[span.start : span.end])


def _surnames(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give a surname alone the key of the one full name of the text that ends with it."""
    full: dict[str, set[str]] = {}
    for span in spans:
        words = text[span.start : span.end].split()
        if span.kind == "PERSON" and len(words) > 1 and span.key:
            full.setdefault(fold(words[-1]), set()).add(span.key)
    return tuple(
        replace(span, key=next(iter(full[name])), kind="PERSON")
        if len(full.get(name := _spelling(text, span), ())) == 1 and span.source != "gazetteer"
        else span
        for span in spans
    )


def _repeats(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    """Find further places of a name of this text in the same case; short or lower-case spellings prove nothing."""
    known: dict[str, Span | None] = {}
    for span in spans:
        written = text[span.start : span.end]
        if (
            span.kind in _NAMED
            and len(written) >= 3
            and written[0].isupper()
            and (len(written) > 3 or written.isupper())
        ):
            known.setdefault(written, span)
        if (
            span.kind == "PERSON"
            and " " in written
            and len(surname := written.split()[-1]) > 3
            and surname[0].isupper()
        ):
            other = known.setdefault(surname, span)
            known[surname] = other if other and other.key == span.key else None
    if not known:
        return
    names = sorted(known, key=len, reverse=True)
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text):
        if found := known[match[0]]:
            yield replace(found, start=match.start(), end=match.end(), source="text")


def _known_key(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """Take the gazetteer's key for a name it knows in the same kind under another spelling."""
    if span.kind not in _NAMED or span.source == "gazetteer":
        return span
    key = span.key or normalise_name(text[span.start : span.end])
    return replace(span, key=gazetteer.key_of(key, span.kind))


def explain_mention(mention: Mention, gazetteer: Gazetteer) -> str:
    """Say in one sentence who found a mention and why it has its key."""
    named, key = f"« {mention.text} »", mention.entity
    if mention.amount is not None:
        what = "a sum of money" if mention.kind == "MONEY" else "a quantity"
        return f"{named} is {what} read by rule, {mention.amount:f} {mention.unit}: key {key}"
    known = gazetteer.get(key)
    if known and known.kind == mention.kind:
        where = f"in the gazetteer ({', '.join(known.tags)}): key {key}"
        is_same = normalise_name(known.name) == normalise_name(mention.text)
        return f"{named} is {where}" if is_same else f"{named} is another spelling of « {known.name} » {where}"
    if normalise_name(mention.text) != key:
        return f"{named} stands for a longer name in the same text: key {key}"
    return (
        f"{named} was found by the model or by the words around it; key {key} is its spelling without case or accents"
    )
