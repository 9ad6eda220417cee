"""An edition as JSON: all of it, scores and reasons included, and back again without loss.

Weeks are written ``2026-W47`` as people say them, and every score carries its total beside its
parts. Reading ignores keys it does not know, so that later versions may add some.
"""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from watcher.digest.period import parse_week
from watcher.errors import StoreError, UsageError
from watcher.model.edition import Edition
from watcher.model.story import Score

_ADAPTER = TypeAdapter(Edition)
_WEEKS = ("week", "last_printed")


def to_json(edition: Edition) -> str:
    """Render an edition as an indented JSON document, ending with a newline."""
    document = _readable(_ADAPTER.dump_python(edition, mode="json"))
    return json.dumps({"format": "watcher edition 1", **document}, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Edition:
    """Read an edition that :func:`to_json` wrote; raise StoreError with a sentence when it is none."""
    try:
        return _ADAPTER.validate_python(_typed(json.loads(text)))
    except (ValidationError, ValueError, UsageError) as error:
        raise StoreError(
            "This is not the JSON of an edition: write the edition again with `watcher digest`."
        ) from error


def _readable(value: Any) -> Any:
    """Write weeks as text and add totals to scores."""
    if isinstance(value, list):
        return [_readable(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: _readable(item) for key, item in value.items()}
    for key in _WEEKS:
        if isinstance(out.get(key), dict):
            out[key] = f"{out[key]['year']}-W{out[key]['number']:02}"
    if "parts" in out and len(out) == 1:
        out["total"] = TypeAdapter(Score).validate_python(out).total
    return out


def _typed(value: Any) -> Any:
    """Read weeks back from text."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: _typed(item) for key, item in value.items()}
    for key in _WEEKS:
        if isinstance(out.get(key), str):
            week = parse_week(out[key])
            out[key] = {"year": week.year, "number": week.number}
    return out
