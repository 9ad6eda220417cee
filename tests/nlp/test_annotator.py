"""The annotator: offsets, languages, bounds, broken texts, missing models, one entity one key."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from watcher.errors import ModelMissing
from watcher.model.mention import Annotation, Name
from watcher.nlp.annotator import MAX_CHARS, Annotator
from watcher.nlp.pipelines import find_model, is_installed, load_pipeline, map_kind, model_version

FRENCH = (
    "Vestas ouvre une usine à Cherbourg\n"
    "Le groupe danois Vestas va investir 20 millions d'euros en France, dit Henrik Andersen."
)
ENGLISH = (
    "Vestas opens plant in Scotland\nThe company will supply 1.2 GW, said Henrik Andersen. Andersen thanked Scotland."
)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """Return one annotator for the module: loading is slow."""
    return Annotator((Name(name="Vestas", aliases=("Vestas Wind Systems",)), Name(name="Zorblax", kind="PRODUCT")))


def pairs(annotation: Annotation) -> set[tuple[str, str]]:
    """Return kind and text of every mention."""
    return {(mention.kind, mention.text) for mention in annotation.mentions}


def test_both_languages_are_annotated_in_order(annotator: Annotator) -> None:
    """Each text gets its own language and names, whatever its neighbours are."""
    french, english = annotator.annotate([(FRENCH, "en"), (ENGLISH, "fr")])
    assert (french.language, english.language) == ("fr", "en")
    assert {("ORG", "Vestas"), ("PLACE", "France"), ("MONEY", "20 millions d'euros")} <= pairs(french)
    assert {("ORG", "Vestas"), ("PLACE", "Scotland"), ("QUANTITY", "1.2 GW"), ("PERSON", "Henrik Andersen")} <= pairs(
        english
    )


def test_offsets_count_in_the_text_given(annotator: Annotator) -> None:
    """Every mention is the text between its offsets, without overlaps, in reading order."""
    for text, annotation in zip((FRENCH, ENGLISH), annotator.annotate([(FRENCH, None), (ENGLISH, None)]), strict=True):
        assert all(text[one.start : one.end] == one.text for one in annotation.mentions)
        assert all(
            left.end <= right.start for left, right in zip(annotation.mentions, annotation.mentions[1:], strict=False)
        )


def test_a_surname_is_the_full_name_of_its_text(annotator: Annotator) -> None:
    """*Andersen* after *Henrik Andersen* has his key."""
    (annotation,) = annotator.annotate([(ENGLISH, None)])
    keys = {mention.text: mention.entity for mention in annotation.mentions if mention.kind == "PERSON"}
    assert keys["Andersen"] == keys["Henrik Andersen"] == "henrik-andersen"


def test_watched_names_are_found_in_any_language(annotator: Annotator) -> None:
    """A language without a pipeline gets rules and known names, and is not guessed at (NLP-06)."""
    text = "Vestas Wind Systems errichtet den Windpark\nDie Anlage heißt Zorblax und steht in der Nordsee"
    (annotation,) = annotator.annotate([(text, "de")])
    assert annotation.language == "de"
    keys = {mention.entity for mention in annotation.mentions}
    assert {"vestas", "zorblax"} <= keys


@pytest.mark.parametrize(
    "text",
    [
        "a" * 900_000,
        "🚁" * 100_000,
        "." * 300_000,
        "mot " * 300_000,
        "\n" * 1000,
        "\x00\ufffd\u202e",
        "A.B.C." * 20_000,
        "https://" + "x/" * 50_000,
        "1 000 " * 50_000,
        "中文" * 50_000,
        "(" * 20_000,
        "’s" * 20_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_monsters_are_bounded(annotator: Annotator, text: str) -> None:
    """Text of any length, script and content is read in part, flagged, and never raises (NLP-01, NLP-02)."""
    (annotation,) = annotator.annotate([(text, "fr")])
    assert annotation.truncated == (len(text) > MAX_CHARS)
    assert annotation.error is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=200), max_size=4))
def test_any_texts_are_survived(annotator: Annotator, texts: list[str]) -> None:
    """Whatever comes in, one annotation a text comes out."""
    assert len(annotator.annotate([(text, "en") for text in texts])) == len(texts)


class PoisonedPipeline:
    """A pipeline that breaks on one word, as a model can on odd input."""

    def __init__(self, nlp: Language) -> None:
        """Wrap a blank pipeline."""
        self.nlp = nlp

    def __call__(self, text: str) -> Any:
        """Read one text or break."""
        if "POISON" in text:
            raise RuntimeError("broken")
        return self.nlp(text)

    def pipe(self, texts: Iterable[str], batch_size: int) -> Iterator[Any]:
        """Read many texts; one bad one breaks the batch."""
        return (self(text) for text in list(texts)[:batch_size])


def test_a_text_that_breaks_the_model_costs_its_batch_nothing() -> None:
    """The bad text is marked, to be tried again; its neighbours are read (NLP-04)."""
    pipeline = cast("Language", PoisonedPipeline(spacy.blank("en")))
    annotator = Annotator((Name(name="Vestas"),), gazetteer=None, load=lambda _model, _language: pipeline)
    good, bad, last = annotator.annotate([(ENGLISH, "en"), ("The POISON of the day is out", "en"), (ENGLISH, "en")])
    assert bad.error
    assert not bad.mentions
    assert good.error is None
    assert good.mentions == last.mentions != ()


def test_a_missing_model_names_the_command_that_mends_it(tmp_path: Path) -> None:
    """Absent packages are told before and at use, with the command (NLP-03)."""
    annotator = Annotator(stock={"en": "no_such_model"}, models=tmp_path, gazetteer=None)
    (missing,) = annotator.missing_models()
    assert "pip install no-such-model" in str(missing)
    with pytest.raises(ModelMissing, match="pip install no-such-model"):
        annotator.annotate([(ENGLISH, "en")])


def test_a_broken_model_folder_is_missing_too(tmp_path: Path) -> None:
    """A folder that is no model raises the same sentence, naming the training command."""
    (tmp_path / "en" / "ner").mkdir(parents=True)
    (tmp_path / "en" / "meta.json").write_text("{}", encoding="utf-8")
    (tmp_path / "en" / "ner" / "model").write_bytes(b"")
    with pytest.raises(ModelMissing, match=r"training\.train en"):
        Annotator(stock={"en": "x"}, models=tmp_path, gazetteer=None).annotate([(ENGLISH, "en")])


def test_the_version_follows_names_and_models() -> None:
    """Other names, another version, so that caches notice; the same names, the same version."""
    one, same, other = Annotator(), Annotator(), Annotator((Name(name="Zorblax"),))
    assert one.version == same.version != other.version


def test_only_the_recogniser_is_loaded() -> None:
    """Tagger, parser and lemmatiser stay on disk."""
    model = find_model("en")
    assert model is not None
    assert is_installed(model)
    assert model_version(model)
    assert load_pipeline(model, "en").pipe_names == ["ner"]


@pytest.mark.parametrize(
    ("label", "kind"), [("GPE", "PLACE"), ("PER", "PERSON"), ("NORP", None), ("WORK_OF_ART", None), ("MISC", None)]
)
def test_labels_map_to_our_kinds(label: str, kind: str | None) -> None:
    """Demonyms, works and the rest are dropped."""
    assert map_kind(label) == kind


def test_a_key_is_explained(annotator: Annotator) -> None:
    """The sentence says which spelling it is of what."""
    (annotation,) = annotator.annotate([("Vestas Wind Systems wins in the UK\nThe order is large.", "en")])
    sentence = annotator.explain(annotation.mentions[0])
    assert "Vestas" in sentence
    assert "vestas" in sentence
    entity = annotator.get_entity("vestas")
    assert entity is not None
    assert entity.name == "Vestas"
