"""The events of a YAML text: libyaml's where it surely says what the careful parser says, at a thirtieth of the price.

What a text means, and what is wrong with it, is for ``syntax`` to say (ruamel.yaml, YAML 1.2). libyaml speaks an older
YAML: it takes tabs, comments and values right after what stands before them where the other refuses them, and places a
value that is left out elsewhere. Wherever one of these, an anchor, a tag or a fault comes up, the text is doubtful and
read again with care.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml

Kind = Literal["stream", "document", "list", "mapping", "scalar", "alias", "end", "document end", "stream end"]

_KINDS: dict[str, Kind] = {
    "StreamStartEvent": "stream",
    "DocumentStartEvent": "document",
    "SequenceStartEvent": "list",
    "MappingStartEvent": "mapping",
    "ScalarEvent": "scalar",
    "AliasEvent": "alias",
    "SequenceEndEvent": "end",
    "MappingEndEvent": "end",
    "DocumentEndEvent": "document end",
    "StreamEndEvent": "stream end",
}
# A tab; a quote whose colon has no space after it; a bracket with more than a comment behind it; a mark of the end of a
# document, or a directive.
_DOUBTFUL = re.compile(r"\t|[\"']:\S|[\]}](?! *(?:[\n,\]}]|#|\Z|: ))|^(?:\.\.\.|%)", re.MULTILINE)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built without libyaml, slower


class Event(NamedTuple):
    """One step of a parser; line and column count from 1, ``text`` is that of a scalar."""

    kind: Kind
    line: int
    column: int
    text: str
    style: str | None
    anchor: str | None
    tag: str | None


class DoubtfulError(Exception):
    """The text must be read with care."""


def quick_events(text: str) -> Iterator[Event]:
    """Yield the events of ``text``; raises DoubtfulError, perhaps after some, where ``careful_events`` may differ."""
    if _DOUBTFUL.search(text):
        raise DoubtfulError
    try:
        for event in map(make_event, yaml.parse(text, Loader=_LOADER)):
            is_odd = event.kind == "scalar" and (event.style in {"|", ">"} or not (event.text or event.style))
            if is_odd or event.anchor or event.tag:
                raise DoubtfulError
            yield event
    except yaml.YAMLError as error:
        raise DoubtfulError from error


def make_event(event: Any) -> Event:
    """Return an event of either parser in our form."""
    mark = event.start_mark
    return Event(
        kind=_KINDS[type(event).__name__],
        line=mark.line + 1,
        column=mark.column + 1,
        text=getattr(event, "value", ""),
        style=getattr(event, "style", None) or None,
        anchor=getattr(event, "anchor", None),
        tag=getattr(event, "tag", None),
    )
