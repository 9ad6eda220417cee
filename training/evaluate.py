"""Precision, recall and F1 by kind on the authored test split: ``python -m training.evaluate fr``."""

import sys
from collections import Counter
from pathlib import Path

from training.corpus import LABELS, Example, print_line, read_lines
from watcher.nlp.annotator import Annotator
from watcher.nlp.pipelines import MODELS


def read_test(language: str) -> tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]:
    """Return the test split as texts (title and summary joined by a line end) with spans."""
    out = []
    for line in read_lines(language, test=True):
        parts: tuple[Example, ...] = print_line(line, language)
        text, spans = "", []
        for part in parts:
            offset = len(text) + 1 if text else 0
            text = f"{text}\n{part.text}" if text else part.text
            spans += [(start + offset, end + offset, label) for start, end, label in part.spans]
        out.append((text, tuple(spans)))
    return tuple(out)


def count_hits(language: str, models: Path = MODELS) -> dict[str, tuple[int, int, int]]:
    """Return (right, found, wanted) by kind for the whole annotator on the test split, exact span and kind."""
    test = read_test(language)
    annotations = Annotator(models=models).annotate([(text, language) for text, _ in test])
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for (_, spans), annotation in zip(test, annotations, strict=True):
        mine = {(mention.start, mention.end, mention.kind) for mention in annotation.mentions if mention.kind in LABELS}
        right.update(label for _, _, label in mine & set(spans))
        found.update(label for _, _, label in mine)
        wanted.update(label for _, _, label in spans)
    return {label: (right[label], found[label], wanted[label]) for label in LABELS}


def f1(right: int, found: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def evaluate(language: str, folder: Path) -> None:
    """Print one line a kind."""
    counts = count_hits(language, folder.parent)
    total = tuple(sum(column) for column in zip(*counts.values(), strict=True))
    for label, (right, found, wanted) in (*counts.items(), ("ALL", total)):
        precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
        print(f"{language} {label:8} P {precision:.3f} R {recall:.3f} F1 {f1(right, found, wanted):.3f} ({wanted})")


if __name__ == "__main__":
    evaluate(sys.argv[1], MODELS / sys.argv[1])
