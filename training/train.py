"""Rebuild the model of one language: ``python -m training.train fr``.

Starts from the stock medium model's recogniser (``start.py``), learns the corpus for some epochs, and keeps the
weights of the epoch that reads the held-out lines best. Same inputs and seed, same model on the same machine.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example as Pair
from spacy.util import minibatch
from thinc.api import Adam

from training.corpus import Example, make_examples
from training.evaluate import evaluate
from training.start import make_start
from watcher.nlp.pipelines import MODELS

CONFIG = json.loads(Path(__file__).with_name("config.json").read_text(encoding="utf-8"))
_LICENCES = {"fr": "LGPL-LR (weights derived from fr_core_news_md)", "en": "MIT (weights derived from en_core_web_md)"}


def make_pairs(nlp: Language, examples: Sequence[Example]) -> list[Pair]:
    """Return spaCy examples; spans that fall inside a token are left out and told."""
    pairs, lost = [], 0
    for example in examples:
        doc = nlp.make_doc(example.text)
        spans = [doc.char_span(start, end, label=label) for start, end, label in example.spans]
        lost += spans.count(None)
        reference = doc.copy()
        reference.set_ents([span for span in spans if span is not None])
        pairs.append(Pair(doc, reference))
    if lost:
        print(f"{lost} marks do not end where tokens end")
    return pairs


def train(language: str, stock: str, folder: Path) -> None:
    """Train and write one model to ``folder``."""
    seed = CONFIG["seed"]
    spacy.util.fix_random_seed(seed)
    nlp = make_start(language, stock, seed)
    pairs = make_pairs(nlp, list(make_examples(language, CONFIG["copies"], held_out=False)))
    held_out = make_pairs(nlp, list(make_examples(language, 1, held_out=True)))
    print(f"{language}: {len(pairs)} examples, {len(held_out)} held out")
    _learn(nlp, pairs, held_out, CONFIG["keep_start"][language])
    _write(nlp, language, folder)


def _learn(nlp: Language, pairs: list[Pair], held_out: list[Pair], keep_start: float) -> None:
    optimizer = Adam(CONFIG["learn_rate"], L2=CONFIG["weight_decay"], L2_is_weight_decay=True, use_averages=True)
    nlp.resume_training(sgd=optimizer)
    rng = random.Random(CONFIG["seed"])  # noqa: S311 - reproducible order, no secret
    ner = nlp.get_pipe("ner")
    start, best, weights = ner.model.to_bytes(), -1.0, ner.model.to_bytes()  # type: ignore[attr-defined]
    for epoch in range(CONFIG["epochs"]):
        began, losses = time.monotonic(), dict[str, float]()
        optimizer.learn_rate = CONFIG["learn_rate"] * (1 - epoch / CONFIG["epochs"])
        rng.shuffle(pairs)
        for batch in minibatch(pairs, size=CONFIG["batch"]):
            nlp.update(batch, sgd=optimizer, drop=CONFIG["dropout"], losses=losses)
        with nlp.use_params(optimizer.averages):
            score = nlp.evaluate(held_out)["ents_f"] or 0.0
            if score >= best:
                best, weights = score, ner.model.to_bytes()  # type: ignore[attr-defined]
        print(
            f"epoch {epoch + 1}: loss {losses['ner']:.0f} held-out F1 {score:.3f} in {time.monotonic() - began:.0f} s",
            flush=True,
        )
    _blend(ner.model, start, weights, keep_start)  # type: ignore[attr-defined]


def _blend(model: Any, start: bytes, end: bytes, share: float) -> None:
    """Average the weights of start and end, so that what the corpus does not speak of stays (Wortsman et al. 2022)."""
    model.from_bytes(start)
    before = [
        {name: node.get_param(name).copy() for name in node.param_names if node.has_param(name)}
        for node in model.walk()
    ]
    model.from_bytes(end)
    for node, old in zip(model.walk(), before, strict=True):
        for name, value in old.items():
            node.set_param(name, share * value + (1 - share) * node.get_param(name))


def _write(nlp: Language, language: str, folder: Path) -> None:
    nlp.meta.update(
        name="watcher",
        version=CONFIG["version"],
        description=f"Entities of technology and business news ({language})",
        license=_LICENCES[language],
    )
    nlp.to_disk(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"written: {folder} ({size / 1e6:.1f} MB)")


def main(arguments: Sequence[str]) -> None:
    """Read the command line, train, and print the scores of the test split."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("language", choices=("fr", "en"))
    parser.add_argument("--stock", help="package or folder of the stock medium model")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    folder = options.out or MODELS / options.language
    folder.parent.mkdir(parents=True, exist_ok=True)
    train(options.language, options.stock or CONFIG["stock"][options.language], folder)
    evaluate(options.language, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
