"""The bilingual glossary (``data/glossary.tsv``): words of either language lead to one concept."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from watcher.words.folding import keys
from watcher.words.frequency import zipf
from watcher.words.phrases import PhraseIndex
from watcher.words.stems import stem

ConceptKind = Literal["action", "thing", "place", "field"]
_WEIGHT: dict[ConceptKind, float] = {"action": 0.55, "thing": 0.8, "place": 0.6, "field": 0.3}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its unit in comparisons (``c:launch``), its kind and what it weighs."""

    unit: str
    kind: ConceptKind
    weight: float


@cache
def concepts_of(language: str | None) -> PhraseIndex[Concept]:
    """Return the terms of ``language``; of both when it is neither French nor English."""
    pairs: list[tuple[str, Concept]] = []
    for line in (files("watcher.stories") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, french, english = line.split("\t")
            concept = Concept(f"c:{name}", kind, _weight(kind, french, english))  # type: ignore[arg-type] # authored file, checked by a test
            columns = {"fr": [french], "en": [english]}.get(language or "", [french, english])
            pairs += [(term, concept) for column in columns for term in column.split("; ")]
    return PhraseIndex(pairs)


def _weight(kind: str, french: str, english: str) -> float:
    """Weigh a concept by its kind and by how common its commonest word is (see `frequency`)."""
    common = max(min(zipf(stem(key)) for key in keys(term)) for term in (*french.split("; "), *english.split("; ")))
    return round(_WEIGHT[kind] * min(1.0, max(0.35, (7.2 - common) / 2.6)), 3)  # type: ignore[index] # as above
