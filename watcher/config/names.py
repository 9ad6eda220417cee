"""Names and aliases that two entries share: legal, and a sure way to count one firm as two."""

from collections.abc import Iterable, Iterator

from watcher.config.spelling import printable
from watcher.config.tree import Fault, Listing, Mapping, Node, Path, Scalar, fault_at

_LISTS = ("aliases", "subsidiaries")


def find_name_clashes(entries: Iterable[tuple[Path, Node]]) -> Iterator[Fault]:
    """Yield a warning for each name or alias that is too short or already stands elsewhere."""
    spelled = [(path, scalar, number) for number, (at, node) in enumerate(entries) for path, scalar in _names(at, node)]
    names = {_fold(scalar): number for path, scalar, number in reversed(spelled) if not _is_alias(path)}
    seen: dict[str, tuple[int, int]] = {}
    for path, scalar, number in spelled:
        word = _fold(scalar)
        what = "alias" if _is_alias(path) else "name"
        if len(word) < 2:
            yield fault_at(scalar, path, f"A {what} of one letter is too short: it matches by chance.", "write more")
        owner, line = seen.setdefault(word, (number, scalar.line))
        shown = printable(scalar.text)
        if owner != number:
            message = f"The {what} '{shown}' already stands on line {line}: two entries share it."
            yield fault_at(scalar, path, message, "keep it in one entry")
        elif _is_alias(path) and names.get(word, number) != number and names[word] > number:
            message = f"The alias '{shown}' is also the name of another entry: the same name stands twice."
            yield fault_at(scalar, path, message, "keep it in one entry")


def _names(path: Path, node: Node) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Mapping):
        name = node.get("name")
        if isinstance(name, Scalar):
            yield (*path, "name"), name
        for key in _LISTS:
            listing = node.get(key)
            for number, item in enumerate(listing.items if isinstance(listing, Listing) else ()):
                if isinstance(item, Scalar):
                    yield (*path, key, number), item


def _is_alias(path: Path) -> bool:
    return len(path) > 1 and path[-2] in _LISTS


def _fold(scalar: Scalar) -> str:
    return " ".join(scalar.text.casefold().split())
