"""A YAML document as nodes that remember where they stood.

Validation speaks of paths, people of lines: these nodes are the bridge. They hold what was
written (``text``) beside what it means (``value``), so that warnings can quote the former.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Plain = str | int | float | bool | None
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value. ``quoted`` is false for a plain one, whose meaning depends on the reader."""

    line: int
    column: int
    text: str = ""
    value: Plain = None
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, block or flow."""

    line: int
    column: int
    items: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping; a key that stands twice is here once, as first written."""

    line: int
    column: int
    pairs: tuple[tuple[Scalar, "Node"], ...] = ()

    def get(self, key: str) -> "Node | None":
        """Return the value under ``key``, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Listing | Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong or odd at a place of a document whose file is not yet named.

    ``hides`` says that the value could not be read at all, so that nothing else is worth saying of it.
    """

    path: Path = ()
    line: int | None = None
    column: int | None = None
    message: str
    hint: str | None = None
    hides: bool = False


class Unreadable(Exception):  # noqa: N818 - a state of the file, told as its fault
    """The document cannot be read further."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.message)


def fault_at(node: Node, path: Path, message: str, hint: str | None = None) -> Fault:
    """Build a fault that stands where ``node`` stands."""
    return Fault(path=path, line=node.line, column=node.column, message=message, hint=hint)


def to_data(node: Node) -> object:
    """Return plain dicts, lists and values, as pydantic reads them."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [to_data(item) for item in node.items]
    return {key.text: to_data(value) for key, value in node.pairs}


def locate(root: Node, path: Path) -> tuple[Node, bool]:
    """Return the node that ``path`` names and True, or the last one on the way and False."""
    node = root
    for part in path:
        found = _child(node, part)
        if found is None:
            return node, False
        node = found
    return node, True


def locate_key(root: Node, path: Path) -> Node:
    """Return the key that the last part of ``path`` names, else the value, else what is nearest."""
    parent, found = locate(root, path[:-1])
    if path and found and isinstance(parent, Mapping):
        for key, _ in parent.pairs:
            if key.text == path[-1]:
                return key
    return locate(root, path)[0]


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every value of the document with its path, parents first."""
    yield path, node
    if isinstance(node, Listing):
        for number, item in enumerate(node.items):
            yield from walk(item, (*path, number))
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield from walk(value, (*path, key.text))


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(part, str):
        return node.get(part)
    if isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None
