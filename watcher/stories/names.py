"""Which words of an entry are names: from its annotation, and from how they are written."""

from watcher.model.mention import Annotation
from watcher.words.folding import Word, words
from watcher.words.frequency import zipf
from watcher.words.stems import is_content, stem

_KINDS = frozenset({"ORG", "PERSON", "PRODUCT", "PROJECT", "EVENT"})
_EVERYDAY = 4.9  # a word as common as this is no name by itself, whatever its capital
_UNSEEN = 3.25  # words this rare are taken for names even where every word has a capital


def common_names(annotation: Annotation | None) -> frozenset[str]:
    """Return the entities that are named with everyday words only (*Green Power*, *Orange*), as units of their own."""
    if annotation is None:
        return frozenset()
    return frozenset(
        f"e:{mention.entity}"
        for mention in annotation.mentions
        if mention.kind in _KINDS and not any(_can_name(word.key) for word in words(mention.text))
    )


def name_units(title: tuple[Word, ...], lead: tuple[Word, ...], annotation: Annotation | None) -> frozenset[str]:
    """Return the stems that name somebody or something in title or lead."""
    found = _written_as_names(title) | _written_as_names(lead)
    if annotation is not None:
        for mention in annotation.mentions:
            if mention.kind in _KINDS:
                found |= {stem(word.key) for word in words(mention.text) if _can_name(word.key) or _is_initials(word)}
    return frozenset(found)


def _written_as_names(row: tuple[Word, ...]) -> set[str]:
    """Return the stems of words with a capital that is not the sentence's or the headline's."""
    content = [word for word in row if is_content(word.key) and word.text[0].isalpha()]
    capitals = sum(word.text[0].isupper() for word in content)
    is_headline_case = len(content) > 3 and capitals > 0.6 * len(content)
    found = set()
    for place, word in enumerate(row):
        if not _can_name(word.key) or not any(char.isupper() for char in word.text):
            continue
        is_inner = any(char.isupper() for char in word.text[1:])
        is_rare = zipf(word.key) < _UNSEEN and zipf(stem(word.key)) < _UNSEEN
        if is_rare or (is_inner and not word.text.isupper()) or (not is_headline_case and (place > 0 or is_inner)):
            found.add(stem(word.key))
    return found


def _is_initials(word: Word) -> bool:
    """Return whether a word that is known to name something is two capitals (*BP*)."""
    return len(word.text) == 2 and word.text.isupper() and is_content(word.key)


def _can_name(key: str) -> bool:
    """Return whether a word is rare enough to name anything."""
    return is_content(key) and len(key) > 2 and not key[0].isdigit() and zipf(key) < _EVERYDAY
