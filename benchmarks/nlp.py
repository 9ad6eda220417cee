"""Entities: speed against raw spaCy, memory, and a gate on the authored test split.

``python benchmarks/nlp.py`` prints everything and fails when a floor is broken; floors only rise. Speed is a ratio
taken in one run on one core: the annotator (rules, names, keys and all) against ``nlp.pipe`` of the stock
pipelines with ``tok2vec`` and ``ner`` alone, over the same texts. ``--quick`` leaves the speed out.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import spacy

from training.corpus import LABELS
from training.evaluate import count_hits, f1, read_test
from watcher.nlp.annotator import Annotator
from watcher.nlp.pipelines import STOCK

FLOORS = {
    "fr": {"ORG PERSON PLACE": 0.94, "PRODUCT PROJECT EVENT": 0.95},
    "en": {"ORG PERSON PLACE": 0.93, "PRODUCT PROJECT EVENT": 0.88},
}
SPEED_FLOOR = 0.85
MEMORY_CEILING = 450  # MB, both languages loaded
_WORDS = 30_000
_UNNEEDED = ["tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]


def check_quality() -> list[str]:
    """Print precision, recall and F1 by kind; return the floors broken."""
    broken = []
    for language, floors in FLOORS.items():
        counts = count_hits(language)
        for label in LABELS:
            right, found, wanted = counts[label]
            print(
                f"{language} {label:8} P {right / (found or 1):.3f} R {right / (wanted or 1):.3f} "
                f"F1 {f1(right, found, wanted):.3f} of {wanted}"
            )
        for kinds, floor in floors.items():
            right, found, wanted = (
                sum(column) for column in zip(*(counts[kind] for kind in kinds.split()), strict=True)
            )
            print(f"{language} {kinds}: F1 {f1(right, found, wanted):.3f}, floor {floor}")
            if f1(right, found, wanted) < floor:
                broken.append(f"{language} {kinds} under {floor}")
    return broken


def _texts(language: str) -> list[str]:
    texts = [text for text, _ in read_test(language)]
    words = sum(len(text.split()) for text in texts)
    return texts * max(1, _WORDS // max(1, words))


def check_speed() -> list[str]:
    """Print words a second of annotator and raw pipelines, and memory; return the floors broken."""
    broken = []
    annotator = Annotator()
    for language, name in STOCK.items():
        texts = _texts(language)
        raw = spacy.load(name, exclude=_UNNEEDED)
        parts = [part for text in texts for part in text.split("\n", 1)]
        for _ in raw.pipe(parts[:64]):
            pass
        annotator.annotate([(text, language) for text in texts[:64]])
        began = time.process_time()
        for _ in raw.pipe(parts, batch_size=64):
            pass
        middle = time.process_time()
        annotator.annotate([(text, language) for text in texts])
        ended = time.process_time()
        words = sum(len(text.split()) for text in texts)
        ratio = (middle - began) / (ended - middle)
        raw_rate, rate = words / (middle - began), words / (ended - middle)
        print(f"{language}: raw {raw_rate:,.0f} words/s, annotator {rate:,.0f}, ratio {ratio:.2f}")
        if ratio < SPEED_FLOOR:
            broken.append(f"{language} speed ratio {ratio:.2f} under {SPEED_FLOOR}")
    return broken


def check_memory() -> list[str]:
    """Print the peak of a process that has annotated both languages; return the ceiling broken."""
    annotator = Annotator()
    annotator.annotate([(text, language) for language in STOCK for text in _texts(language)[:500]])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at the peak with both languages: {peak:.0f} MB, ceiling {MEMORY_CEILING}")
    return [f"memory {peak:.0f} MB over {MEMORY_CEILING}"] if peak > MEMORY_CEILING else []


def main() -> int:
    """Run all checks; 1 when a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="quality and memory only")
    options = parser.parse_args()
    broken = check_memory() + check_quality()
    if not options.quick:
        broken += check_speed()
    for line in broken:
        print("BROKEN:", line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
