"""JSON: all of an edition, there and back."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from tests.digest.hostile import make_hostile
from tests.digest.sample import sample_editions
from tests.strategies import editions
from watcher.digest.to_json import from_json, to_json
from watcher.errors import StoreError
from watcher.model.edition import Edition

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("edition", [*sample_editions(), make_hostile()], ids=lambda one: one.topic_name[:12])
def test_an_edition_comes_back_equal(edition: Edition) -> None:
    """Nothing of an edition is lost in its JSON."""
    assert from_json(to_json(edition)) == edition


@given(editions())
@SLOW
def test_any_edition_comes_back_equal(edition: Edition) -> None:
    """Nor of an edition that nobody thought of; and writing it again gives the same bytes."""
    text = to_json(edition)
    assert from_json(text) == edition
    assert to_json(from_json(text)) == text


def test_weeks_and_totals_are_readable() -> None:
    """People find weeks as they say them, and the total of each score beside its parts."""
    document = json.loads(to_json(sample_editions()[0]))
    assert document["format"] == "watcher edition 1"
    assert document["week"] == "2026-W47"
    assert document["follow_ups"][0]["last_printed"] == "2026-W44"
    score = document["top"][0]["score"]
    assert score["total"] == round(sum(part["value"] * part["weight"] for part in score["parts"]), 4)


def test_unknown_keys_are_passed_over() -> None:
    """A later version may add keys."""
    edition = sample_editions()[1]
    document = json.loads(to_json(edition)) | {"mood": "sunny"}
    assert from_json(json.dumps(document)) == edition


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"week": "soon"}', "\x00", '{"format": "watcher edition 1"}']
)
def test_what_is_no_edition_is_refused_in_a_sentence(text: str) -> None:
    """A broken row ends as a sentence that says what to do."""
    with pytest.raises(StoreError, match="write the edition again"):
        from_json(text)
