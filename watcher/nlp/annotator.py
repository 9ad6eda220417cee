"""The annotator: texts in, language and mentions out, in batches; nothing in a text makes it raise.

Title and summary are read apart, since a headline has no full stop and runs into the first sentence. Text beyond a
cap is not read, and runs of characters that no language writes are blanked first, so that time and memory are bounded
for any input. An entry that breaks a pipeline costs its batch nothing: it is read alone and, failing again, marked in
``Annotation.error``.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ModelMissing
from watcher.model.mention import KINDS, Annotation, Entity, Mention, Name
from watcher.nlp.cleaning import clean_span
from watcher.nlp.entities import explain_mention, link_spans
from watcher.nlp.gazetteer import FOLDER, Gazetteer, make_gazetteer
from watcher.nlp.grammar import add_by_grammar, find_by_grammar
from watcher.nlp.language import detect_language
from watcher.nlp.merging import merge_spans
from watcher.nlp.names import normalise_name
from watcher.nlp.pipelines import (
    MODELS,
    STOCK,
    find_model,
    is_installed,
    load_pipeline,
    map_kind,
    mend_command,
    model_version,
)
from watcher.nlp.quantities import find_quantities
from watcher.nlp.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULES_VERSION = "4"  # grows when rules change what comes out, so that caches notice
MAX_CHARS = 10_000  # of one text: names come early, and a feed's text is longer only when it is a whole article
BATCH = 64
BATCH_CHARS = 40_000
_MONSTER = re.compile(r"\S{100,}")


@dataclass(frozen=True, slots=True)
class _Part:
    """Title or summary of one text, where it starts in it, and what the model said of it."""

    text: str
    offset: int
    spans: tuple[Span, ...] = ()


class Annotator:
    """Finds language and mentions; loads a pipeline when the first text of its language comes, and once."""

    def __init__(
        self,
        names: Iterable[Name] = (),
        *,
        stock: Mapping[str, str] = STOCK,
        models: Path = MODELS,
        gazetteer: Path | None = FOLDER,
        load: Callable[[str | Path, str], "Language"] = load_pipeline,
    ) -> None:
        """Keep names to recognise (``watch``, members); ``stock`` names packages, ``models`` holds our own."""
        own = tuple(names)
        self._gazetteer = make_gazetteer(own, gazetteer)
        self._models = {language: model for language in stock if (model := find_model(language, stock, models))}
        self._load = load
        self.version = _version(self._models, self._gazetteer)

    @property
    def gazetteer(self) -> Gazetteer:
        """Return the names known."""
        return self._gazetteer

    def missing_models(self) -> tuple[ModelMissing, ...]:
        """Return a finding for each language whose pipeline is not installed, without loading any."""
        return tuple(
            ModelMissing(language, mend_command(model, language))
            for language, model in self._models.items()
            if not is_installed(model)
        )

    def annotate(self, texts: Sequence[tuple[str, str | None]]) -> tuple[Annotation, ...]:
        """Return an annotation for each text (title, line end, summary) with its language prior, in order.

        Offsets count in the text given. Languages without a pipeline get what rules and gazetteer find.
        Raises ``ModelMissing`` when a pipeline that a text needs cannot be loaded, and nothing else.
        """
        return tuple(annotation for batch in _batches(texts) for annotation in self._batch(batch))

    def _batch(self, texts: Sequence[tuple[str, str | None]]) -> list[Annotation]:
        capped = [_blank_monsters(text[:MAX_CHARS]) for text, _ in texts]
        languages = [detect_language(text, prior) for text, (_, prior) in zip(capped, texts, strict=True)]
        found: dict[int, Annotation] = {}
        for language in dict.fromkeys(languages):
            group = [index for index, other in enumerate(languages) if other == language]
            parts = self._read([capped[index] for index in group], language)
            for index, own in zip(group, parts, strict=True):
                found[index] = self._finish(capped[index], own, language, truncated=len(texts[index][0]) > MAX_CHARS)
        return [found[index] for index in range(len(texts))]

    def _read(self, texts: list[str], language: str | None) -> list[tuple[_Part, ...] | None]:
        """Run the model over titles and summaries; None for a text that breaks it."""
        split = [_split(text) for text in texts]
        model = self._models.get(language or "")
        if model is None or language is None:
            return list(split)
        nlp = self._load(model, language)
        flat = [part.text for parts in split for part in parts]
        try:
            spans = [_ents(doc) for doc in nlp.pipe(flat, batch_size=BATCH)]
        except Exception:  # noqa: BLE001 - whatever one text did to the model, its neighbours are read
            return [self._read_alone(parts, model, language) for parts in split]
        found = iter(spans)
        return [tuple(_Part(part.text, part.offset, next(found)) for part in parts) for parts in split]

    def _read_alone(self, parts: tuple[_Part, ...], model: str | Path, language: str) -> tuple[_Part, ...] | None:
        nlp = self._load(model, language)
        try:
            return tuple(_Part(part.text, part.offset, _ents(nlp(part.text))) for part in parts)
        except Exception:  # noqa: BLE001 - as above: this one is marked
            return None

    def _finish(
        self, text: str, parts: tuple[_Part, ...] | None, language: str | None, *, truncated: bool
    ) -> Annotation:
        if parts is None:
            error = "The entity model failed on this text: it is tried again with the next batch."
            return Annotation(language=language, model=self.version, error=error, truncated=truncated)
        spans = [span for part in parts for span in self._merge(part, language)]
        mentions = tuple(_mention(text, span) for span in link_spans(text, spans, self._gazetteer))
        return Annotation(language=language, mentions=mentions, model=self.version, truncated=truncated)

    def _merge(self, part: _Part, language: str | None) -> Iterable[Span]:
        cleaned = add_by_grammar(
            [span for raw in part.spans if (span := clean_span(part.text, raw))], find_by_grammar(part.text, language)
        )
        merged = merge_spans(part.text, find_quantities(part.text), self._gazetteer.find(part.text), cleaned)
        return (_shift(span, part.offset) for span in merged)

    def get_entity(self, key: str) -> Entity | None:
        """Return the gazetteer's entity of ``key``; None when only texts know it."""
        record = self._gazetteer.get(key)
        if record is None:
            return None
        return Entity(key=record.key, name=record.name, kind=record.kind, aliases=record.aliases)

    def find_key(self, name: str) -> str:
        """Return the key of the entity that ``name`` is a spelling of; an unknown name has its own."""
        key = normalise_name(name)
        return next((known for kind in KINDS if (known := self._gazetteer.key_of(key, kind)) != key), key)

    def explain(self, mention: Mention) -> str:
        """Say in one sentence who found a mention and why it has its entity."""
        return explain_mention(mention, self._gazetteer)


def _version(models: Mapping[str, str | Path], gazetteer: Gazetteer) -> str:
    digest = hashlib.sha256(gazetteer.describe().encode()).hexdigest()[:10]
    return "+".join(
        [*(model_version(model) for _, model in sorted(models.items())), f"names-{digest}", f"rules-{RULES_VERSION}"]
    )


def _batches(texts: Sequence[tuple[str, str | None]]) -> Iterator[Sequence[tuple[str, str | None]]]:
    """Cut texts into batches of bounded number and bounded characters: a model's memory grows with both."""
    start, size = 0, 0
    for at, (text, _) in enumerate(texts):
        length = min(len(text), MAX_CHARS)
        if at > start and (at - start == BATCH or size + length > BATCH_CHARS):
            yield texts[start:at]
            start, size = at, 0
        size += length
    if start < len(texts):
        yield texts[start:]


def _blank_monsters(text: str) -> str:
    """Put spaces for runs of a hundred characters without one: they hold no name and cost tokenizers dearly."""
    return _MONSTER.sub(lambda match: " " * len(match[0]), text)


def _split(text: str) -> tuple[_Part, ...]:
    title, _, summary = text.partition("\n")
    return (_Part(title, 0), _Part(summary, len(title) + 1)) if summary else (_Part(title, 0),)


def _ents(doc: "Doc") -> tuple[Span, ...]:
    return tuple(
        Span(kind=kind, start=ent.start_char, end=ent.end_char, source="model")
        for ent in doc.ents
        if (kind := map_kind(ent.label_))
    )


def _shift(span: Span, offset: int) -> Span:
    return Span(
        kind=span.kind, start=span.start + offset, end=span.end + offset, source=span.source, key=span.key,
        certain=span.certain, amount=span.amount, unit=span.unit,
    )  # fmt: skip


def _mention(text: str, span: Span) -> Mention:
    written = text[span.start : span.end]
    entity = span.key or (f"{span.amount:f}-{span.unit}" if span.amount is not None else normalise_name(written))
    return Mention(
        kind=span.kind, text=written, start=span.start, end=span.end, entity=entity, amount=span.amount, unit=span.unit
    )
