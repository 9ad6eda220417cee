"""One list of spans out of three: what rules, gazetteer and model say of one text.

Rules settle figures. A safe gazetteer name beats the model where they disagree, unless the model's span is a longer
name that contains it. A doubtful gazetteer name needs the model, the words beside it or a safe name of the same record
in the text; it then gives the kind and the key.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from watcher.model.mention import Kind
from watcher.nlp.context import apposed_kind, kinds_beside, strong_kind
from watcher.nlp.gazetteer import Hit, Pattern
from watcher.nlp.spans import Span, keep_longest
from watcher.nlp.witness import is_witnessed

_VERSION = re.compile(
    r"[ -](?:v?\d{1,4}(?:\.\d{1,4}){0,3}[a-z]?|[48]K|[IVX]{1,4}"
    r"|Pro|Max|Mini|Plus|Ultra|Air|RTK|SE|Lite|Evo|Classic|OLED|Slim)"
    r"(?![\w.]\w|[%€$]| ?(?:%|€|[kMG]W|ans|years|millions?|euros))\b"
)
_FIRM_TAIL = re.compile(
    r" (?:France|Europe|Group|Research|International|Holdings?|Labs|Technologies"
    r"|Inc\.?|Ltd\.?|plc|GmbH|AG|SE|SAS?|S\.A\.|LLC|Corp\.?)(?![\w-])"
)
_THINGS: frozenset[Kind] = frozenset({"PRODUCT", "PROJECT", "EVENT"})
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_YEAR = re.compile(r" (?:19|20)\d\d\b")
_TAILS: dict[Kind, re.Pattern[str]] = {"PRODUCT": _VERSION, "EVENT": _YEAR, "ORG": _FIRM_TAIL}
_FORCES = re.compile(r"(?:Force|Army|Navy|Corps|Guard|Police|armée|marine)$", re.IGNORECASE)


def merge_spans(text: str, figures: tuple[Span, ...], hits: Sequence[Hit], model: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans to keep, without overlaps, in reading order."""
    model = [_by_context(text, span) for span in model]
    known = tuple(_extend(text, span) for span in resolve_hits(text, hits, model))
    spans = keep_longest((*figures, *_settle(text, known, [span for span in model if not _hits_figure(span, figures)])))
    return _join_brands(text, tuple(_extend(text, span) for span in spans))


def _by_context(text: str, span: Span) -> Span:
    """Let a telling head word overrule the model, which knows a name less well than the writer does."""
    if span.source != "model":
        return span
    kind = strong_kind(text, span.start, span.end)
    if kind is None and span.kind != "PERSON":
        kind = apposed_kind(text, span.end)
    return replace(span, kind=kind) if kind else span


def _hits_figure(span: Span, figures: tuple[Span, ...]) -> bool:
    return any(span.overlaps(figure) for figure in figures)


def resolve_hits(text: str, hits: Sequence[Hit], model: Sequence[Span]) -> tuple[Span, ...]:
    """Turn known spellings into spans: the record that context speaks for, doubtful ones only with a witness."""
    safe = {pattern.record.key for hit in hits for pattern in hit.patterns if pattern.certain}
    return tuple(span for hit in hits if (span := _resolve(text, hit, model, safe)))


def _resolve(text: str, hit: Hit, model: Sequence[Span], safe: set[str]) -> Span | None:
    beside = kinds_beside(text, hit.start, hit.end)
    said = [span.kind for span in model if span.start == hit.start and span.end == hit.end]
    witnesses: list[Kind] = [*beside, *said]
    pattern = _choose(hit.patterns, witnesses)
    if not pattern.certain and not said and pattern.record.kind not in beside and pattern.record.key not in safe:
        return None
    if not pattern.certain and apposed_kind(text, hit.end) not in {None, pattern.record.kind}:
        return None  # *Osmo, une batterie de 100 MW* is not the camera
    if (
        not pattern.certain
        and said
        and said[0] != pattern.record.kind
        and pattern.record.kind not in beside
        and _is_other(said[0])
    ):
        return None
    return Span(
        kind=pattern.record.kind,
        start=hit.start,
        end=hit.end,
        source="gazetteer",
        key=pattern.record.key,
        certain=pattern.certain,
    )


def _is_other(kind: Kind) -> bool:
    """Say whether a model's kind is to be believed against a doubtful name: it knows people and places best."""
    return kind in {"PERSON", "PLACE"}


def _choose(patterns: tuple[Pattern, ...], witnesses: list[Kind]) -> Pattern:
    for kind in witnesses:
        for pattern in patterns:
            if pattern.record.kind == kind:
                return pattern
    return next((pattern for pattern in patterns if pattern.certain), patterns[0])


def _settle(text: str, known: tuple[Span, ...], model: Sequence[Span]) -> tuple[Span, ...]:
    kept = list(known)
    for span in model:
        rivals = [other for other in known if other.overlaps(span)]
        if not rivals:
            kept.append(span)
        elif all(span.covers(other) and other != span for other in rivals) and _is_longer_name(text, span, rivals):
            kept.append(_told_by_maker(text, span, rivals))
    return tuple(kept)


def _told_by_maker(text: str, span: Span, rivals: list[Span]) -> Span:
    """Believe the model in a product that its maker's name begins (*Xiaomi Pad 6*)."""
    is_made = span.kind == "PRODUCT" and any(
        other.kind == "ORG" and other.start == span.start and not text[other.end : span.end].islower()
        for other in rivals
    )
    return replace(span, key=None, source="text" if is_made else span.source)


def _is_longer_name(text: str, span: Span, rivals: list[Span]) -> bool:
    """Say whether the model's span is a name around a known one (*US Air Force*), and no glue between two of them."""
    if span.source == "text":
        return True  # its head word says where it begins and ends
    kinds = {span.kind, *(other.kind for other in rivals)}
    if not kinds.isdisjoint(_THINGS) and (
        span.kind == "PERSON" or not is_witnessed(text, span.start, span.end, span.kind)
    ):
        return False  # what nobody else calls a product hides no known name, nor does a person hide a product
    longer = all(span.end - span.start > other.end - other.start for other in rivals)
    return (
        longer
        and len(rivals) == 1
        and (rivals[0].kind != span.kind or rivals[0].kind in {"PERSON", "PLACE"} or not rivals[0].certain)
    )


def _extend(text: str, span: Span) -> Span:
    """Take in the last dot of *U.S.*, a product's version, an event's year, a firm's legal form or branch."""
    if _DOTTED.fullmatch(text, span.start, span.end) and text.startswith(".", span.end):
        span = replace(span, end=span.end + 1)
    pattern = _TAILS.get(span.kind)
    while pattern and (match := pattern.match(text, span.end)):
        span = replace(span, end=match.end())
    return span


def _join_brands(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join a brand with the product right after it: ``DJI`` + ``Mavic Air 2``."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        last = joined[-1] if joined else None
        if last and last.end > span.start:
            continue
        if (
            last
            and span.kind == "PRODUCT"
            and last.kind == "ORG"
            and text[last.end : span.start] == " "
            and not _FORCES.search(text[last.start : last.end])
        ):
            joined[-1] = replace(span, start=last.start)
        else:
            joined.append(span)
    return tuple(joined)
