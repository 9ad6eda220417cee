"""YAML text to nodes, bounded and inert.

The parser's events are composed by hand because a loader would run tags, expand aliases without
bound and drop all but the last of two equal keys. Here a tag is a fault, a file has at most
``MAX_NODES`` values with all aliases counted, and of a key that stands twice both lines are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from watcher.config.events import DoubtfulError, Event, quick_events
from watcher.config.scalars import resolve
from watcher.config.spelling import printable
from watcher.config.tree import Fault, Listing, Mapping, Node, Path, Scalar, Unreadable

MAX_NODES = 40_000  # about two seconds of reading on a small machine
MAX_ALIASES = 1_000
MAX_DEPTH = 20  # the fullest form has eight levels
MERGE = "<<"


@dataclass(slots=True)
class Composer:
    """Build nodes from events, counting what they cost."""

    events: "Events"
    faults: list[Fault] = field(default_factory=list)
    anchors: dict[str | None, tuple[Node, int, int]] = field(default_factory=dict)  # node, values, levels
    open_anchors: set[str | None] = field(default_factory=set)
    nodes: int = 0
    aliases: int = 0

    def compose(self, path: Path, depth: int) -> tuple[Node, int]:
        """Return the next value and how many levels are under it."""
        event = self.events.take()
        if event.kind == "alias":
            return self._alias(event, path, depth)
        if event.kind not in {"scalar", "list", "mapping"}:
            raise Unreadable(Fault(message="The document ends where a value should stand."))
        self._count(event, 1)
        if depth > MAX_DEPTH:
            self._stop(event, "The values are nested too deeply.", f"at most {MAX_DEPTH} levels")
        self._check_tag(event, path)
        before = self.nodes
        self.open_anchors.add(event.anchor)
        node, levels = self._value(event, path, depth)
        self.open_anchors.discard(event.anchor)
        self.anchors[event.anchor] = (node, self.nodes - before + 1, levels)
        return node, levels

    def _value(self, event: Event, path: Path, depth: int) -> tuple[Node, int]:
        if event.kind == "scalar":
            return self._scalar(event, path), 0
        if event.kind == "list":
            return self._listing(event, path, depth)
        return self._mapping(event, path, depth)

    def _scalar(self, event: Event, path: Path) -> Scalar:
        quoted = event.style is not None
        try:
            value = event.text if quoted else resolve(event.text)
        except OverflowError:
            self._add(event, path, f"The number is too large: it has {len(event.text):,} digits.")
            value = 0
        return Scalar(line=event.line, column=event.column, text=event.text, value=value, quoted=quoted)

    def _listing(self, event: Event, path: Path, depth: int) -> tuple[Listing, int]:
        items: list[Node] = []
        levels = 0
        while self.events.peek().kind != "end":
            item, below = self.compose((*path, len(items)), depth + 1)
            items.append(item)
            levels = max(levels, below + 1)
        self.events.take()
        return Listing(line=event.line, column=event.column, items=tuple(items)), levels

    def _mapping(self, event: Event, path: Path, depth: int) -> tuple[Mapping, int]:
        own: dict[str, tuple[Scalar, Node]] = {}
        merged: list[tuple[Scalar, Node]] = []
        levels = 0
        while self.events.peek().kind != "end":
            key = self._key(path, depth)
            first = own.get(key.text)
            under = (*path, key.text)
            value, below = self.compose(under, depth + 1)
            levels = max(levels, below + 1)
            if first:
                self._duplicate(key, first[0], under)
                continue
            own[key.text] = (key, value)
            if key.text == MERGE and not key.quoted:
                del own[key.text]
                merged += self._merge(key, value, path, is_second=bool(merged))
        self.events.take()
        inherited = {key.text: (key, value) for key, value in reversed(merged)}
        return Mapping(line=event.line, column=event.column, pairs=tuple({**inherited, **own}.values())), levels

    def _key(self, path: Path, depth: int) -> Scalar:
        event = self.events.peek()
        node, _ = self.compose(path, depth + 1)
        line, column = event.line, event.column
        if not isinstance(node, Scalar):
            raise Unreadable(
                Fault(path=path, line=line, column=column, message="A key must be a word, not a list or mapping.")
            )
        if node.value is None or not node.text.strip():
            self._add(event, path, "A key is empty or null.", "write a word before the colon")
        return node

    def _duplicate(self, key: Scalar, first: Scalar, path: Path) -> None:
        message = f"The key '{printable(key.text)}' stands twice: it is already on line {first.line}."
        hint = "join the two, or delete one"
        self.faults.append(Fault(path=path, line=key.line, column=key.column, message=message, hint=hint))

    def _merge(self, key: Scalar, value: Node, path: Path, *, is_second: bool) -> list[tuple[Scalar, Node]]:
        sources = value.items if isinstance(value, Listing) else (value,)
        pairs = [pair for source in sources if isinstance(source, Mapping) for pair in source.pairs]
        if is_second:
            self._duplicate(key, key, path)
        elif not all(isinstance(source, Mapping) for source in sources):
            message = "The merge key '<<' needs a mapping or an alias of one."
            self.faults.append(Fault(path=path, line=key.line, column=key.column, message=message))
        return pairs

    def _alias(self, event: Event, path: Path, depth: int) -> tuple[Node, int]:
        nothing = Scalar(line=event.line, column=event.column)
        name = printable(event.anchor or "")
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self._stop(event, "There are too many aliases (*name).", f"at most {MAX_ALIASES}: write the values out")
        if event.anchor in self.open_anchors:
            self._add(event, path, f"The alias *{name} stands inside itself: it would never end.")
            return nothing, 0
        if event.anchor not in self.anchors:
            message = f"The alias *{name} has no anchor (&{name}) before it."
            self._add(event, path, message, "a value that begins with * needs quotes")
            return nothing, 0
        node, values, levels = self.anchors[event.anchor]
        self._count(event, values)
        if depth + levels > MAX_DEPTH:
            self._stop(event, "The aliases nest too deeply.", "write the values out")
        return node, levels

    def _count(self, event: Event, values: int) -> None:
        self.nodes += values
        if self.nodes > MAX_NODES:
            cause = "with its aliases expanded " if self.aliases else ""
            self._stop(event, f"The file is too large: {cause}it has more than {MAX_NODES:,} values.")

    def _check_tag(self, event: Event, path: Path) -> None:
        if event.tag:
            hint = "delete the tag, or put the text in quotes if it begins with !"
            self._add(event, path, f"The tag {printable(str(event.tag))} is not allowed: tags (!…) are not read.", hint)

    def _add(self, event: Event, path: Path, message: str, hint: str | None = None) -> None:
        line, column = event.line, event.column
        self.faults.append(Fault(path=path, line=line, column=column, message=message, hint=hint, hides=True))

    def _stop(self, event: Event, message: str, hint: str | None = None) -> NoReturn:
        line, column = event.line, event.column
        raise Unreadable(Fault(line=line, column=column, message=message, hint=hint))


class Events:
    """A parser's events, one ahead."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self._next: Event | None = None

    def peek(self) -> Event:
        """Return the next event and leave it there."""
        if self._next is None:
            self._next = next(self._events)
        return self._next

    def take(self) -> Event:
        """Return the next event."""
        event = self.peek()
        self._next = None
        return event


def read_tree(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return the one document of ``text`` (None: it cannot be read) and the faults of its form."""
    try:
        return _compose(quick_events(text))
    except DoubtfulError:
        return read_carefully(text)


def read_carefully(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return the same as ``read_tree``, whatever stands in ``text``, in thirty times the time."""
    from watcher.config.syntax import careful_events  # noqa: PLC0415 - a parser that few files need

    return _compose(careful_events(text))


def _compose(events: Iterator[Event]) -> tuple[Node | None, tuple[Fault, ...]]:
    composer = Composer(Events(events))
    try:
        return _document(composer), tuple(composer.faults)
    except Unreadable as error:
        return None, (*composer.faults, error.fault)


def _document(composer: Composer) -> Node | None:
    composer.events.take()
    if composer.events.peek().kind == "stream end":
        return None
    composer.events.take()
    root, _ = composer.compose((), 0)
    while composer.events.peek().kind != "stream end":
        event = composer.events.take()
        if event.kind == "document":
            hint = "delete what follows the line ---, or put it in a file of its own"
            message = "A second document begins here (---): a file holds one."
            raise Unreadable(Fault(line=event.line, column=event.column, message=message, hint=hint))
        if event.kind != "document end":
            break
    return root
