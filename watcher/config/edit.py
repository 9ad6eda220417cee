"""Edit ``feeds.yaml`` as text, so that not a byte changes outside the edit.

Writing a parsed document back would reflow lists, quotes and comments that people have laid out with
care. So the parser (ruamel.yaml) only says where things stand, and the text is cut there. What an edit
adds, the opposite edit takes away: the bytes are the old ones again. (The exception: a list that was
written as ``feeds:`` with nothing after it disappears with its last feed.)
"""

import json
import re

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from watcher.config.layout import (
    child,
    column,
    compose,
    content_end,
    cut_items,
    delete,
    is_flow,
    key_of,
    line_end,
    newline,
    start_before,
)
from watcher.config.scalars import ambiguity, resolve
from watcher.config.spelling import odd_character
from watcher.errors import UsageError
from watcher.model.feed import Keep
from watcher.urls import canonical_url

STEP = "  "  # one level of indentation in what we write
_PLAIN = re.compile(r"[^\W_](?:[\w .'’&+/()–-]*[\w.)])?")
_PLAIN_URL = re.compile(r"https?://[^\s,\[\]{}#\"'`]*[^\s,\[\]{}#\"'`:]", re.IGNORECASE)


def add_feed(
    text: str,
    topic: str | None,
    url: str,
    *,
    name: str | None = None,
    keep: Keep | None = None,
    language: str | None = None,
) -> str:
    """Return ``text`` with the feed at the end of ``topic`` (None: of the shared feeds).

    The text comes back as it was when the feed stands there already. Raises UsageError for a topic
    that is not in it, ConfigError when it is not YAML.
    """
    root = compose(text)
    parent, key = (root, root) if topic is None else _find_topic(root, topic)
    listing = child(parent, "feeds")
    if any(_is_feed(item, url) for item in _items(listing)):
        return text
    item = _render_feed(url, name, keep, language)
    if isinstance(listing, SequenceNode) and (is_flow(listing) or listing.value):
        return _append(text, listing, item)
    if topic is None:
        return _add_shared(text, root, item)
    return _add_list(text, parent, key, item)


def remove_feed(text: str, url: str) -> str:
    """Return ``text`` without the feed, wherever it stands; unchanged when it stands nowhere."""
    root = compose(text)
    topics = child(root, "topics")
    parents = [root, *(value for _, value in topics.value)] if isinstance(topics, MappingNode) else [root]
    cuts = [cut for parent in parents for cut in _cuts(text, parent, url)]
    return delete(text, cuts)


def add_topic(text: str, key: str, *, name: str | None = None, terms: tuple[str, ...] = ()) -> str:
    """Return ``text`` with a new topic after the last one; raises UsageError when it is there."""
    root = compose(text)
    topics = child(root, "topics")
    if key_of(topics, key) is not None:
        raise UsageError(f"There is a topic '{key}' in the file already.")
    title = _clean(name or key.replace("-", " ").capitalize())
    if isinstance(topics, MappingNode) and is_flow(topics):
        body: dict[str, object] = {"name": title} | ({"match": {"any": list(terms)}} if terms else {})
        return _append(text, topics, f"{json.dumps(key)}: {json.dumps(body, ensure_ascii=False)}")
    end = newline(text)
    lines = [f"{_scalar(key)}:", f"{STEP}name: {_scalar(title)}"]
    if terms:
        lines.append(f"{STEP}match: {{any: [{', '.join(_scalar(term) for term in terms)}]}}")
    if isinstance(topics, MappingNode):
        indent, after = " " * column(topics.value[0][0]), content_end(topics)
    else:
        found = key_of(root, "topics")
        if found is None:
            raise UsageError("The file has no topics: write a line 'topics:' first.")
        indent, after = STEP, found.end_mark.index
    at = line_end(text, after)
    return text[:at] + "".join(end + indent + line for line in lines) + text[at:]


def _find_topic(root: Node, topic: str) -> tuple[Node, Node]:
    topics = child(root, "topics")
    value, key = child(topics, topic), key_of(topics, topic)
    if value is None or key is None:
        raise UsageError(f"There is no topic '{topic}' in the file: add it first.")
    if value.start_mark.index < key.start_mark.index:
        raise UsageError(f"The topic '{topic}' is an alias of another one: write it out before you add to it.")
    return value, key


def _append(text: str, listing: Node, item: str) -> str:
    if not is_flow(listing):
        indent = " " * column(listing)
        at = line_end(text, content_end(listing))
        return f"{text[:at]}{newline(text)}{indent}- {item}{text[at:]}"
    if not listing.value:
        at = listing.start_mark.index + 1
        return text[:at] + item + text[at:]
    at = content_end(listing.value[-1][1] if isinstance(listing, MappingNode) else listing.value[-1])
    return f"{text[:at]}, {item}{text[at:]}"


def _add_shared(text: str, root: Node, item: str) -> str:
    topics = key_of(root, "topics")
    if topics is None:
        raise UsageError("The file has no topics: write a line 'topics:' first.")
    end = newline(text)
    if is_flow(root):
        at = topics.start_mark.index
        return f'{text[:at]}"feeds": [{item}], {text[at:]}'
    written = key_of(root, "feeds")
    if written is not None:
        at = line_end(text, written.end_mark.index)
        return f"{text[:at]}{end}{STEP}- {item}{text[at:]}"
    at = start_before(text, topics.start_mark.index)
    return f"{text[:at]}feeds:{end}{STEP}- {item}{end}{text[at:]}"


def _add_list(text: str, parent: Node, topic: Node, item: str) -> str:
    end = newline(text)
    if isinstance(parent, MappingNode) and is_flow(parent):
        return _append(text, parent, f'"feeds": [{item}]')
    if isinstance(parent, MappingNode):
        indent, after = " " * column(parent.value[0][0]), content_end(parent)
        written = key_of(parent, "feeds")
        if written is not None:
            at = line_end(text, written.end_mark.index)
            return f"{text[:at]}{end}{indent}{STEP}- {item}{text[at:]}"
    else:
        indent, after = " " * column(topic) + STEP, topic.end_mark.index
    at = line_end(text, after)
    return f"{text[:at]}{end}{indent}feeds:{end}{indent}{STEP}- {item}{text[at:]}"


def _cuts(text: str, parent: Node, url: str) -> list[tuple[int, int]]:
    listing = child(parent, "feeds")
    items = _items(listing)
    found = [number for number, item in enumerate(items) if _is_feed(item, url)]
    if not found or listing is None:
        return []
    return cut_items(text, parent, "feeds", found)


def _items(listing: Node | None) -> list[Node]:
    return list(listing.value) if isinstance(listing, SequenceNode) else []


def _is_feed(item: Node, url: str) -> bool:
    address = child(item, "url") if isinstance(item, MappingNode) else item
    return isinstance(address, ScalarNode) and canonical_url(address.value) == canonical_url(url)


def _render_feed(url: str, name: str | None, keep: Keep | None, language: str | None) -> str:
    address = url if _PLAIN_URL.fullmatch(url) else json.dumps(url, ensure_ascii=False)
    options = {"name": _clean(name or ""), "language": language or "", "keep": keep or ""}
    written = {key: _scalar(value) for key, value in options.items() if value}
    if not written:
        return address
    return "{" + ", ".join(f"{key}: {value}" for key, value in {"url": address, **written}.items()) + "}"


def _scalar(value: str) -> str:
    is_plain = _PLAIN.fullmatch(value) and isinstance(resolve(value), str) and not ambiguity(value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _clean(name: str) -> str:
    kept = "".join(" " if odd_character(char) else char for char in name)
    return " ".join(kept.split())[:200].strip()
