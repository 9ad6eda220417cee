"""A file to a validated model, or every fault of it at once.

The same road for ``feeds.yaml`` and ``members.yaml``: bytes, text, nodes, model, checks that need
the whole document. What stands under a faulty value is not judged again.
"""

from collections.abc import Callable
from pathlib import Path as File
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from watcher.config.explain import explain
from watcher.config.reader import read_tree
from watcher.config.spelling import render_path
from watcher.config.text import MAX_BYTES, decode
from watcher.config.tree import Fault, Mapping, Node, Path, to_data
from watcher.errors import ConfigError
from watcher.model.report import Problem

MAX_PROBLEMS = 100  # told one by one; more are counted

M = TypeVar("M", bound=BaseModel)
Check = Callable[[Node], tuple[Fault, ...]]


def read_document(file: File, model: type[M], checks: tuple[Check, ...] = ()) -> tuple[M, Mapping]:
    """Return the validated content of ``file`` and its nodes; raises ConfigError with all faults."""
    root, faults = _read_nodes(file, model)
    content = None
    if root is not None:
        found = list(faults)
        try:
            content = model.model_validate(to_data(root))
        except ValidationError as error:
            found += explain(error, root, model)
        for check in checks:
            found += check(root)
        faults = _without_echoes(found)
    if faults or content is None or root is None:
        raise ConfigError(name_problems(file, faults))
    return content, root


def name_problems(file: File, faults: tuple[Fault, ...]) -> tuple[Problem, ...]:
    """Return the faults as problems of ``file``, in the order of its lines, long lists cut."""
    ordered = sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))
    problems = tuple(
        Problem(
            file=str(file),
            line=fault.line,
            column=fault.column,
            path=render_path(fault.path),
            message=fault.message,
            hint=fault.hint,
        )
        for fault in ordered[:MAX_PROBLEMS]
    )
    if len(ordered) <= MAX_PROBLEMS:
        return problems
    more = f"There are {len(ordered) - MAX_PROBLEMS:,} more problems in this file."
    return (*problems, Problem(file=str(file), line=None, column=None, path="", message=more, hint="mend these first"))


def read_bytes(file: File) -> bytes:
    """Return the bytes of ``file``, at most one more than may be read; raises ConfigError."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else (error.strerror or "it fails")
        message = f"The file cannot be read: {reason.lower()}."
        hint = "name another with --config, or create it"
        raise ConfigError(name_problems(file, (Fault(message=message, hint=hint),))) from error


def _read_nodes(file: File, model: type[BaseModel]) -> tuple[Mapping | None, tuple[Fault, ...]]:
    text, faults = decode(read_bytes(file))
    if faults:
        return None, faults
    root, faults = read_tree(text)
    if isinstance(root, Mapping) or faults:
        return (root if isinstance(root, Mapping) else None), faults
    required = next((key for key, field in model.model_fields.items() if field.is_required()), "")
    hint = f"begin with a line '{required}:'"
    if root is None:
        return None, (Fault(line=1, message=f"The file is empty: it has no {required}.", hint=hint),)
    message = f"The file must be a mapping of keys ({', '.join(model.model_fields)})."
    return None, (Fault(line=root.line, column=root.column, message=message, hint=hint),)


def _without_echoes(faults: list[Fault]) -> tuple[Fault, ...]:
    """Leave out what is said of a value that could not be read, and a second fault of one value."""
    hidden = {fault.path for fault in faults if fault.hides and fault.path}
    told: dict[tuple[Path, int | None], Fault] = {}
    for fault in faults:
        above = (fault.path[:depth] for depth in range(1, len(fault.path) + 1))
        if fault.hides or not any(path in hidden for path in above):
            told.setdefault((fault.path, fault.line), fault)
    return tuple(told.values())
