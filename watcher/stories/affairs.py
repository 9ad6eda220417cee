"""Affairs: a later event that turns on the same named thing as a story printed before.

A wind farm, a product, a takeover or a case goes on from event to event. Readers follow it when an edition says of what
a story is the sequel. Precision first: both stories must name one project or product in a title, or two actors and
something else. What the titles of many stories name is a subject and not an affair.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watcher.stories.changes import Told
from watcher.stories.features import weigh
from watcher.words.folding import keys
from watcher.words.stems import is_content, stem

_THINGS = frozenset({"PROJECT", "PRODUCT"})
_ACTORS = frozenset({"ORG", "PERSON"})
_SUBJECT = 5  # earlier stories from which a thing that their titles name is a subject
_TELLING = 0.35  # weight from which a word that two titles share says what they are about
_SHARE = 3  # one title in so many must name what a story turns on; an annotator misses some
_MOST_ACTORS = 4  # a title that names more is a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """On what a story turns: entities that its titles name, and the words of its titles beside them."""

    things: frozenset[str]
    actors: frozenset[str]
    words: frozenset[str]


def turns_on(story: Sequence[Told], terms: Iterable[str] = ()) -> Turns:
    """Return on what a story turns: what a third of its titles name. ``terms`` of the topic are no names."""
    daily = {tuple(keys(term)) for term in terms}
    things: Counter[str] = Counter()
    actors: Counter[str] = Counter()
    named: set[str] = set()
    for entry, annotation in story:
        mentions = [one for one in annotation.mentions if one.start < len(entry.title)] if annotation else []
        mentions = [one for one in mentions if tuple(keys(one.text)) not in daily]
        named.update(stem(key) for one in mentions for key in keys(one.text))
        things.update({one.entity for one in mentions if one.kind in _THINGS})
        found = {one.entity for one in mentions if one.kind in _ACTORS}
        actors.update(found if len(found) <= _MOST_ACTORS else ())
    told = {stem(key) for entry, _ in story for key in keys(entry.title) if is_content(key)} - named
    return Turns(
        things=frozenset(one for one, count in things.items() if _SHARE * count >= len(story)),
        actors=frozenset(one for one, count in actors.items() if _SHARE * count >= len(story)),
        words=frozenset(unit for unit in told if weigh(unit) >= _TELLING),
    )


def common_things(earlier: Iterable[Turns]) -> frozenset[str]:
    """Return the things that so many earlier stories name that they are subjects."""
    counts = Counter(thing for turns in earlier for thing in turns.things)
    return frozenset(thing for thing, count in counts.items() if count >= _SUBJECT)


def closeness(later: Turns, earlier: Turns) -> tuple[bool, int]:
    """Return how near two stories of one affair are, to order them: whether their titles share more than names."""
    shared = len(later.words & earlier.words)
    return shared > 0, shared


def continues(later: Turns, earlier: Turns, common: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    """Return the entities on which ``later`` goes on from ``earlier``; None when it is another affair."""
    things = (later.things & earlier.things) - common
    if things:
        return tuple(sorted(things))
    actors = later.actors & earlier.actors
    if len(actors) > 1 and later.words & earlier.words:
        return tuple(sorted(actors))
    return None
