"""Identities of entries: several keys each, so that one changing part does not make an article look new.

An entry is the same as one we have when any key agrees; so a key must be stable *and* belong to one article only.
From the strongest:

* the guid, unless entries of this document that differ in title or link share it (then it names nothing);
* the link with the title, and for entries without a guid the link alone, unless it is the site's or the feed's own
  address or serves several entries of this document;
* title, text and date, with the link's host and path: holds when guid and query change at each fetch.

http and https, tracking parameters and the like make no difference. What an entry shares with another entry of the
same document that is surely a different one is left out for both, so distinct items never collapse.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from watcher.urls import canonical_url

_LENGTH: Final = 12  # bytes of a key's digest: a collision among a billion entries has odds of one in 10^11
_WORD: Final = re.compile(r"\w+")
_BEHIND_HOST: Final = re.compile(r"[/?#].")
_QUERY: Final = re.compile(r"[?#]")
_TEXT: Final = 200  # characters of a summary that identify it


class Marks(NamedTuple):
    """What is known of an entry when its keys are made: cleaned strings; ``link`` is absolute or empty."""

    guid: str
    link: str
    title: str
    text: str
    date: datetime | None


class _Folded(NamedTuple):
    """Marks in the spelling in which they are compared."""

    guid: str
    link: str
    title: str
    text: str


def make_keys(entries: Sequence[Marks], homes: Iterable[str | None] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the keys of each entry of one document, strongest first, at least one each.

    ``homes`` are addresses that identify no entry: the feed's own and its site's.
    """
    not_articles = {_fold_url(home) for home in homes if home} | {""}
    folded = [_fold(entry) for entry in entries]
    shared_guids = _shared((f.guid, (f.title or f.text, f.link)) for f in folded)
    guids = [f.guid if f.guid not in shared_guids and f.guid not in not_articles else "" for f in folded]
    shared_links = _shared((f.link, (f.title or f.text, guid)) for f, guid in zip(folded, guids, strict=True))
    keys = []
    for entry, f, guid in zip(entries, folded, guids, strict=True):
        link = f.link if f.link not in not_articles and not _is_home(entry.link) else ""
        alone = link if not guid and link not in shared_links else ""
        keys.append(_candidates(entry, f, guid, link, alone))
    return _without_ambiguous(keys, guids)


def _candidates(entry: Marks, f: _Folded, guid: str, link: str, alone: str) -> list[str]:
    """Return all keys that an entry may have, whoever else has them."""
    day = entry.date.isoformat() if entry.date else ""
    content = (f.title, f.text, _path(entry.link), day)
    return [
        *([_key("g", guid)] if guid else []),
        *([_key("g", alone)] if alone else []),
        *([_key("l", link, f.title)] if link and f.title else []),
        *([_key("c", *content)] if f.text or len(f.title) > 20 else []),
        _key("e", f.guid, f.link, *content),
    ]


def _without_ambiguous(keys: list[list[str]], guids: list[str]) -> tuple[tuple[str, ...], ...]:
    """Drop a key from every entry where two entries that surely differ have it; the last key is for want of others."""
    pairs = ((key, guid or own[-1]) for own, guid in zip(keys, guids, strict=True) for key in own[:-1])
    ambiguous = _shared(pairs)
    return tuple(tuple(key for key in own[:-1] if key not in ambiguous) or (own[-1],) for own in keys)


def _shared(pairs: Iterable[tuple[str, object]]) -> set[str]:
    """Return the names that stand for entries which differ in another mark."""
    marks: dict[str, object] = {}
    return {name for name, mark in pairs if marks.setdefault(name, mark) != mark}


def _fold(entry: Marks) -> _Folded:
    return _Folded(_fold_guid(entry.guid), _fold_url(entry.link), _fold_text(entry.title), entry.text[:_TEXT])


def _fold_guid(guid: str) -> str:
    """Fold a guid that is an address like one; any other is kept but for its white space."""
    return _fold_url(guid) if guid[:8].lower().startswith(("http://", "https://")) else " ".join(guid.split())


@lru_cache(maxsize=1024)
def _fold_url(url: str) -> str:
    """Fold an address; a fragment that is a place on a page (#v2 in a list of changes) stays, a tracking one goes."""
    fragment = url.partition("#")[2]
    return canonical_url(url) + (f"#{fragment}" if fragment and "=" not in fragment else "")


def _fold_text(text: str) -> str:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded))


def _is_home(link: str) -> bool:
    """Say whether an address has nothing behind its host."""
    return not _BEHIND_HOST.search(link.partition("://")[2])


def _path(link: str) -> str:
    """Return host and path of an address, which stay when its query is a token."""
    return _QUERY.split(link.partition("://")[2], maxsplit=1)[0].removeprefix("www.").rstrip("/")


def _key(kind: str, *parts: str) -> str:
    text = "\x1f".join(parts).encode("utf-8", "replace")
    return f"{kind}:{hashlib.blake2b(text, digest_size=_LENGTH).hexdigest()}"
