"""The weights that training starts from: a stock recogniser, its labels renamed to ours, its word vectors made small.

A recogniser reads word vectors through one matrix only. The product of the two has rank 96 at most, so the vectors are
replaced by its best approximation of rank 64: a fifth of the size, nearly the same reading. The rows of the output
layer move to the labels that mean the same (``GPE`` → ``PLACE``, ``MISC`` → the three kinds it hides), so that what the
model knew of people and places stays.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.training import Example
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vectors import Vectors

from training.corpus import LABELS

RANK = 64
MAX_KEYS = 280_000
_OLD: dict[str, dict[str, str]] = {
    "fr": {"ORG": "ORG", "PERSON": "PER", "PLACE": "LOC", "PRODUCT": "MISC", "PROJECT": "MISC", "EVENT": "MISC"},
    "en": {
        "ORG": "ORG",
        "PERSON": "PERSON",
        "PLACE": "GPE",
        "PRODUCT": "PRODUCT",
        "PROJECT": "WORK_OF_ART",
        "EVENT": "EVENT",
    },
}
_NOISE = 0.02  # tells labels apart that start from one row
_FREE = ["tok2vec", "tagger", "parser", "morphologizer", "lemmatizer", "attribute_ruler", "senter"]


def make_start(language: str, stock: str | Path, seed: int) -> Language:
    """Return a pipeline with our tokenizer and labels and the weights of ``stock`` (package name or folder)."""
    old = spacy.load(stock, exclude=_FREE)
    nlp = spacy.blank("en" if language == "en" else "xx")
    if language == "fr":
        nlp.tokenizer = make_french_tokenizer(nlp)
    rank = _small_vectors(old, nlp)
    ner = nlp.add_pipe("ner", config={"model": _with_vectors(old.get_pipe_config("ner")["model"])})
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("a b"), {"entities": [(0, 1, LABELS[0])]})])
    _copy(old.get_pipe("ner"), ner, language, rank, seed)
    return nlp


def make_french_tokenizer(nlp: Language) -> Tokenizer:
    """Return spaCy's French rules without the costly one over hyphenated words: a hyphen in a word never splits it."""
    from spacy.lang.fr import punctuation, tokenizer_exceptions  # noqa: PLC0415 - compiling it takes seconds

    infixes = [pattern for pattern in punctuation.TOKENIZER_INFIXES if not re.search(pattern, "a-b")]
    rules = {
        text: parts
        for text, parts in tokenizer_exceptions.TOKENIZER_EXCEPTIONS.items()
        if text.endswith(".") and "-" not in text
    }
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(punctuation.TOKENIZER_PREFIXES).search,
        suffix_search=compile_suffix_regex(punctuation.TOKENIZER_SUFFIXES).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
    )


def _with_vectors(model: dict[str, Any]) -> dict[str, Any]:
    model["nO"] = None
    return model


def _small_vectors(old: Language, nlp: Language) -> "np.ndarray[Any, Any] | None":
    """Give ``nlp`` the small vectors; return the matrix that reads them, or None when ``old`` has no vectors."""
    vectors = old.vocab.vectors
    if not vectors.n_keys:
        return None
    reader = _static(old.get_pipe("ner")).get_param("W")
    left, scale, right = np.linalg.svd(vectors.data @ reader.T, full_matrices=False)
    print("kept of the reading:", round(float((scale[:RANK] ** 2).sum() / (scale**2).sum()), 4))
    keys = [key for key in vectors.key2row if _is_worth_keeping(old.vocab.strings[key])][:MAX_KEYS]
    small = Vectors(
        data=np.ascontiguousarray(left[:, :RANK] * scale[:RANK], dtype="float32"), strings=nlp.vocab.strings
    )
    for key in keys:
        small.add(key, row=vectors.key2row[key])
    nlp.vocab.vectors = small
    return np.ascontiguousarray(right[:RANK].T, dtype="float32")


def _is_worth_keeping(word: str) -> bool:
    """Leave out numbers, long compounds and whole words in capitals: shape and affixes say enough of them."""
    return (
        len(word) <= 20
        and not any(char.isdigit() for char in word)
        and not (len(word) > 5 and word.isupper())
        and "@" not in word
        and "." not in word[1:]
    )


def _static(ner: Any) -> Any:
    return next(node for node in ner.model.walk() if node.name == "static_vectors")


def _copy(old: Any, new: Any, language: str, reader: Any, seed: int) -> None:
    """Copy every weight of the old recogniser; the output layer by the meaning of its labels."""
    rng = np.random.default_rng(seed)
    for source, target in zip(_nodes(old), _nodes(new), strict=True):
        for name in source.param_names:
            if not source.has_param(name):
                continue
            value = source.get_param(name)
            if source.name == "static_vectors" and reader is not None:
                target.set_param(name, reader)
            elif value.shape[0] == old.moves.n_moves:
                target.set_param(name, _move_rows(value, _moves(old), _moves(new), _OLD[language], rng))
            else:
                target.set_param(name, value.copy())


def _moves(ner: Any) -> list[str]:
    """Return all actions in the order of the output rows, the blocking ``U-`` too, which ``move_names`` leaves out."""
    return [ner.moves.get_class_name(index) for index in range(ner.moves.n_moves)]


def _nodes(ner: Any) -> list[Any]:
    return [node for node in ner.model.walk() if node.param_names]


def _move_rows(value: Any, old: list[str], new: list[str], labels: dict[str, str], rng: Any) -> Any:
    rows = np.zeros((len(new), *value.shape[1:]), dtype="float32")
    for index, move in enumerate(new):
        action, _, label = move.partition("-")
        source = f"{action}-{labels[label]}" if label else move
        rows[index] = value[old.index(source)] + rng.normal(0, _NOISE, value.shape[1:]) * (1 if label else 0)
    return rows
