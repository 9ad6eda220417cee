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
    place: str  # host and path of the link, which stay when its query is a token
    day: str


def make_keys(entries: Sequence[Marks], homes: Iterable[str | None] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the keys of each entry of one document, strongest first, at least one each.

    ``homes`` are addresses that identify no entry: the feed's own and its site's.
    """
    not_articles = {_fold_url(home) for home in homes if home} | {""}
    folded = [_fold(entry) for entry in entries]
    shared_guids = _shared([f.guid for f in folded], ((f.title or f.text, f.link) for f in folded))
    guids = ["" if f.guid in not_articles or f.guid in shared_guids else f.guid for f in folded]
    titles = ((f.title or f.text, guid) for f, guid in zip(folded, guids, strict=True))
    shared_links = _shared([f.link for f in folded], titles)
    keys = []
    for entry, f, guid in zip(entries, folded, guids, strict=True):
        link = "" if f.link in not_articles or _is_home(entry.link) else f.link
        alone = "" if guid or link in shared_links else link
        keys.append(_candidates(f, guid or alone, link))
    return _without_ambiguous(keys, folded, guids)


def _candidates(f: _Folded, name: str, link: str) -> list[str]:
    """Return the keys that an entry may have, whoever else has them; ``name`` is its guid or what stands for it."""
    keys = [_key("g", name)] if name else []
    if link and f.title:
        keys.append(_key("l", link, f.title))
    if f.text or len(f.title) > 20:
        keys.append(_key("c", f.title, f.text, f.place, f.day))
    return keys


def _without_ambiguous(keys: list[list[str]], folded: list[_Folded], guids: list[str]) -> tuple[tuple[str, ...], ...]:
    """Drop a key from every entry where two that surely differ have it; everything together is for want of others."""
    owners = ((guid or f) for own, f, guid in zip(keys, folded, guids, strict=True) for _ in own)
    ambiguous = _shared([key for own in keys for key in own], owners)
    kept = ([key for key in own if key not in ambiguous] for own in keys) if ambiguous else keys
    return tuple(tuple(own or [_key("e", *f)]) for own, f in zip(kept, folded, strict=True))


def _shared(names: list[str], marks: Iterable[object]) -> set[str]:
    """Return the names that stand for entries which differ in another mark."""
    if len(set(names)) == len(names):
        return set()
    first: dict[str, object] = {}
    return {name for name, mark in zip(names, marks, strict=True) if first.setdefault(name, mark) != mark}


def _fold(entry: Marks) -> _Folded:
    guid, link, title, text, date = entry
    address = _fold_url(link)
    name = address if guid == link else _fold_guid(guid)
    return _Folded(name, address, _fold_text(title), text[:_TEXT], _path(link), date.isoformat() if date else "")


def _fold_guid(guid: str) -> str:
    """Fold a guid that is an address like one; any other is kept but for its white space."""
    return _fold_url(guid) if guid[:8].lower().startswith(("http://", "https://")) else " ".join(guid.split())


def _fold_url(url: str) -> str:
    """Fold an address; a fragment that is a place on a page (#v2 in a list of changes) stays, a tracking one goes."""
    folded = canonical_url(url)
    if "#" not in url:
        return folded
    fragment = url.partition("#")[2]
    return f"{folded}#{fragment}" if fragment and "=" not in fragment else folded


def _fold_text(text: str) -> str:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded))


def _is_home(link: str) -> bool:
    """Say whether an address has nothing behind its host."""
    return not _BEHIND_HOST.search(link.partition("://")[2])


def _path(link: str) -> str:
    """Return host and path of an address."""
    return _QUERY.split(link.partition("://")[2], maxsplit=1)[0].removeprefix("www.").rstrip("/")


def _key(kind: str, *parts: str) -> str:
    text = "\x1f".join(parts).encode("utf-8", "replace")
    return f"{kind}:{hashlib.blake2b(text, digest_size=_LENGTH).hexdigest()}"
