"""Where the parts of a YAML text stand: positions in characters, for editing by cutting.

Positions come from ruamel.yaml's composer; block collections end where the next token begins, so the
end of content is found by going down to the last scalar.
"""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from watcher.config.syntax import explain_syntax
from watcher.errors import ConfigError
from watcher.model.report import Problem

_BREAK = re.compile(r"\r\n|\n|\r")


def compose(text: str, file: str = "feeds.yaml") -> Node:
    """Return the root mapping of ``text``; raises ConfigError when there is none."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        fault = explain_syntax(error, text)
        problem = Problem(
            file=file, line=fault.line, column=fault.column, path="", message=fault.message, hint=fault.hint
        )
        raise ConfigError((problem,)) from error
    if not isinstance(root, MappingNode):
        message = "The file is not a mapping of keys."
        raise ConfigError((Problem(file=file, line=1, column=1, path="", message=message),))
    return root


def child(parent: Node | None, key: str) -> Node | None:
    """Return the value under ``key``, or None."""
    return next((value for name, value in _pairs(parent) if name.value == key), None)


def key_of(parent: Node | None, key: str) -> Node | None:
    """Return the node of the key itself, or None."""
    return next((name for name, _ in _pairs(parent) if name.value == key), None)


def column(node: Node) -> int:
    """Return how many characters stand before ``node`` on its line."""
    return int(node.start_mark.column)


def is_flow(node: Node) -> bool:
    """Tell whether ``node`` is a list or mapping in brackets or braces."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def content_end(node: Node) -> int:
    """Return the position after the last character of ``node`` that is content."""
    if isinstance(node, ScalarNode) or is_flow(node) or not node.value:
        return int(node.end_mark.index)
    if isinstance(node, MappingNode):
        key, value = node.value[-1]
        is_empty = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
        return int(key.end_mark.index) if is_empty else content_end(value)
    return content_end(node.value[-1])


def newline(text: str) -> str:
    """Return the line end that ``text`` uses first."""
    match = _BREAK.search(text)
    return match[0] if match else "\n"


def line_end(text: str, index: int) -> int:
    """Return the position of the line end at or after ``index``."""
    match = _BREAK.search(text, index)
    return match.start() if match else len(text)


def line_start(text: str, index: int) -> int:
    """Return the position where the line of ``index`` begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def start_before(text: str, index: int) -> int:
    """Return where the line of ``index`` begins, comment lines directly above it included."""
    at = line_start(text, index)
    while at > 0:
        above = line_start(text, max(0, at - len(newline(text))))
        if above == at or not text[above:at].lstrip(" \t").startswith("#"):
            break
        at = above
    return at


def cut_items(text: str, parent: Node, key: str, numbers: list[int]) -> list[tuple[int, int]]:
    """Return the spans to delete so that these items of the list ``key`` go; a block list left empty goes too."""
    listing, name = child(parent, key), key_of(parent, key)
    if listing is None or name is None:
        return []
    items = listing.value
    if is_flow(listing):
        return [_cut_flow(items, number) for number in numbers]
    if len(numbers) == len(items):
        return [_cut_lines(text, name.start_mark.index, content_end(listing))]
    return [_cut_lines(text, text.rfind("-", 0, items[at].start_mark.index), content_end(items[at])) for at in numbers]


def delete(text: str, spans: list[tuple[int, int]]) -> str:
    """Return ``text`` without ``spans``; one may be told twice, as an alias leads to one place from two."""
    for start, end in sorted(set(spans), reverse=True):
        text = text[:start] + text[end:]
    return text


def _cut_flow(items: list[Node], number: int) -> tuple[int, int]:
    item = items[number]
    if number > 0:
        return content_end(items[number - 1]), content_end(item)
    if len(items) > 1:
        return int(item.start_mark.index), int(items[1].start_mark.index)
    return int(item.start_mark.index), content_end(item)


def _cut_lines(text: str, first: int, last: int) -> tuple[int, int]:
    # With the line end before them, so that a last line without one is cut cleanly too.
    start, end = line_start(text, first), line_end(text, last)
    if start == 0:
        return 0, min(len(text), end + len(newline(text)))
    return start - len(newline(text)), end


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, MappingNode) else []
