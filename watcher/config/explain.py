"""pydantic's errors in words, at the line and column where the mistake stands."""

import inspect
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from watcher.config.models import ShortForm
from watcher.config.spelling import printable, suggest
from watcher.config.tree import Fault, Listing, Mapping, Node, Path, Scalar, fault_at, locate, locate_key

# Keys that people look for and that live elsewhere.
_ELSEWHERE = {
    "members": "members belong into members.yaml",
    "database": "the database is named by the environment variable WATCHER_DATABASE_URL",
    "password": "credentials come from the environment and never stand in this file",
    "enabled": "to switch a feed off, put a # in front of its line",
    "disabled": "to switch a feed off, put a # in front of its line",
}
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "int_from_float": "a whole number",
}

_MAPPINGS = frozenset({"model_type", "model_attributes_type", "dict_type"})


def explain(error: ValidationError, root: Node, model: type[BaseModel]) -> tuple[Fault, ...]:
    """Turn every error of ``error`` into a fault of the document ``root`` that ``model`` read."""
    return tuple(_explain_one(dict(detail), root, model) for detail in error.errors(include_url=False))


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model of the mapping at ``path`` below ``model``, or None when there is none."""
    current: type[BaseModel] | None = model
    is_key = False
    for part in path:
        if isinstance(part, int) or is_key:
            is_key = False
            continue
        field = current.model_fields.get(part) if current else None
        is_key = field is not None and get_origin(field.annotation) is dict
        current = _model_in(field.annotation) if field else None
    return current


def _explain_one(detail: dict[str, Any], root: Node, model: type[BaseModel]) -> Fault:
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(root, path, model)
    if kind == "missing":
        return _missing(root, path)
    if detail["loc"][-1:] == ("[key]",):
        node = locate_key(root, path)
    else:
        node, _ = locate(root, path)
    context = detail.get("ctx", {})
    if kind == "wrong":
        return fault_at(node, path, context["message"], context["hint"])
    if kind in _EXPECTED:
        return fault_at(node, path, *_wrong_type(kind, node, path, model))
    return fault_at(node, path, *_out_of_bounds(kind, context, node))


def _unknown_key(root: Node, path: Path, model: type[BaseModel]) -> Fault:
    key = str(path[-1])
    parent = model_at(model, path[:-1])
    known = tuple(parent.model_fields) if parent else ()
    meant = suggest(key, known)
    if meant:
        hint = f"did you mean '{meant}'?"
    elif key in _ELSEWHERE:
        hint = _ELSEWHERE[key]
    elif len(path) == 1:
        hint = f"known here: {', '.join(known)}; a topic is indented under topics:"
    else:
        hint = f"known here: {', '.join(known)}"
    return fault_at(locate_key(root, path), path, f"Unknown key '{printable(key)}'.", hint)


def _missing(root: Node, path: Path) -> Fault:
    key = str(path[-1])
    node, is_written = locate(root, path)
    node = locate_key(root, path) if is_written else node
    if is_written:
        return fault_at(node, path, f"The key '{key}' is empty: nothing stands after its colon.", f"write {key}: …")
    return fault_at(node, path, f"The key '{key}' is missing.", f"add {key}: …")


def _wrong_type(kind: str, node: Node, path: Path, model: type[BaseModel]) -> tuple[str, str | None]:
    inner = model_at(model, path)
    expected = _EXPECTED[kind]
    if kind in _MAPPINGS and inner is not None and issubclass(inner, ShortForm):
        expected = f"text ({next(iter(inner.model_fields))}) or {expected}"
    is_null = isinstance(node, Scalar) and node.value is None
    message = f"This must be {expected}, " + ("and is empty (null)." if is_null else f"not {_describe(node)}.")
    if kind == "string_type":
        hint = "put it in quotes to make it text" if _is_number_or_truth(node) else "write one word or phrase"
    elif kind == "list_type":
        hint = "begin each item with a dash and a space ('- …'), or write [a, b]"
    elif kind in _MAPPINGS:
        known = f" (known keys: {', '.join(inner.model_fields)})" if inner else ""
        hint = f"indent 'key: value' lines under it{known}"
    elif isinstance(node, Scalar) and node.quoted:
        hint = "write the number without quotes"
    else:
        hint = "write digits only, with a point for decimals: 1.5"
    return message, hint


def _out_of_bounds(kind: str, context: dict[str, Any], node: Node) -> tuple[str, str | None]:
    if kind == "literal_error":
        return _not_an_option(str(context["expected"]), node)
    if kind == "too_short":
        return "This list is empty.", "name at least one, or delete the line"
    if kind == "finite_number":
        return "This must be a finite number.", "write digits: 1.5"
    if kind == "string_pattern_mismatch":
        return "This is not the name of an environment variable.", "use capitals, digits and underscores"
    words = {"greater_than": "more than", "greater_than_equal": "at least", "less_than_equal": "at most"}
    bound = next(iter(context.values()), 0)
    shown = f"{bound:,.0f}" if float(bound).is_integer() else f"{bound}"
    return f"This number must be {words.get(kind, 'within')} {shown}.", "look at the usual values in feeds.yaml"


def _not_an_option(expected: str, node: Node) -> tuple[str, str]:
    options = tuple(option.strip("' ") for option in expected.replace(" or ", ",").split(","))
    listed = ", ".join(options)
    written = node.text if isinstance(node, Scalar) else ""
    meant = suggest(written, options) if written else None
    hint = f"did you mean '{meant}'?" if meant else f"write {options[0]}, for example"
    return f"This must be one of: {listed}.", hint


def _is_number_or_truth(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, int | float)


def _describe(node: Node) -> str:
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node.value, bool):
        return "true or false"
    return "a number" if isinstance(node.value, int | float) else "text"


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
