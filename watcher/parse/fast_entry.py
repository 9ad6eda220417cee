"""The fast reader's items: each element by its name, with feedparser's rules about which of several counts."""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from lxml import etree

from watcher.parse.names import RDF, Names, OddName
from watcher.parse.raw import RawEntry

Act = Callable[[etree._Element, int], None]  # noqa: SLF001 - the only name that lxml gives to the type of elements
_XHTML: Final = "application/xhtml+xml"
_TYPES: Final = {
    "text": "text/plain", "plain": "text/plain", "text/plain": "text/plain", "html": "text/html",
    "text/html": "text/html", "xhtml": _XHTML, _XHTML: _XHTML,
}  # fmt: skip
_DATES: Final = {
    "pubdate": "published", "published": "published", "issued": "published", "dcterms:issued": "published",
    "updated": "updated", "modified": "updated", "dc:date": "updated", "dcterms:modified": "updated",
    "lastbuilddate": "updated", "created": "created", "dcterms:created": "created",
    "language": "language", "dc:language": "language",
}  # fmt: skip
_CP1252: Final = {
    code: bytes([code]).decode("cp1252") for code in range(128, 160) if code not in {129, 141, 143, 144, 157}
}
_C1: Final = re.compile("[\x80-\x9f]")
_UPPER_LATIN: Final = b"\xc2"  # begins U+0080 to U+00BF in UTF-8: without one of these there is nothing to mend
_REFERENCE: Final = re.compile(r"&([A-Za-z0-9_]+);")
_MAX_TAGS: Final = 2000
_PAGE_TYPES: Final = {"text/html", "html", _XHTML, "xhtml"}
# Elements that feedparser reads in a way of its own, or that make a new context: not ours to judge.
_DECLINED: Final = {
    "body", "xhtml:body", "fullitem", "item", "entry", "channel", "feed", "rss", "rdf:rdf", "abstract", "tags",
    "expirationdate", "textinput",
}  # fmt: skip
_SKIPPED: Final = {"contributor", "dc:contributor", "itunes:owner", "itunes:image", "media:credit", "dc:publisher"}


def tidy(element: etree._Element) -> str:
    """Return an element's text as feedparser stores it: stripped, and with its two repairs of wrong encodings."""
    if len(element):
        raise OddName(str(element.tag))
    text = (element.text or "").strip()
    return text if text.isascii() else mend(text)


def _declared_type(element: etree._Element) -> str | None:
    """Return the type that a text construct declares; of the modes of Atom 0.3 only feedparser knows all."""
    given = element.get("type")
    kind = _TYPES.get(given.lower()) if given else None
    if (given and not kind) or element.get("mode") is not None:
        raise OddName("type")
    return kind


def mend(text: str) -> str:
    """Undo UTF-8 that was taken for Latin-1, and read C1 controls as the Windows-1252 characters they stand for."""
    if _UPPER_LATIN not in text.encode():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_CP1252) if _C1.search(text) else text


class EntryReader:
    """Reads items of one document; one at a time."""

    def __init__(self, names: Names, *, is_atom: bool, is_lenient: bool = False) -> None:
        self._names = names
        self._is_atom = is_atom
        self._is_lenient = is_lenient  # odd elements are left out rather than the document declined
        self._acts: dict[str, Act] = {}
        self._handlers: dict[str, Act] = {
            "title": self._title, "dc:title": self._title, "media:title": self._media_title,
            "description": self._description, "dc:description": self._description,
            "media:description": self._description, "summary": self._summary, "itunes:summary": self._summary,
            "content": self._content, "content:encoded": self._encoded,
            "link": self._link, "guid": self._guid, "id": self._guid, "enclosure": self._enclosure,
            "author": self._author, "managingeditor": self._author, "dc:creator": self._author,
            "dc:author": self._author, "itunes:author": self._author,
            "category": self._category, "keywords": self._category, "dc:subject": self._category,
            "media:category": self._category, "itunes:category": self._category,
            "media:keywords": self._keywords, "itunes:keywords": self._keywords,
            "feedburner:origlink": self._original_link, "source": self._reset_title, "image": self._reset_title,
        }  # fmt: skip

    def read(self, item: etree._Element) -> RawEntry:
        """Read one item."""
        self._entry = RawEntry(plain_title=True)
        self._depths: dict[str, int] = {}
        self._has_title = self._has_content = False
        self._has_summary = self._has_link = False
        self._original = ""
        self._lacks_term = False
        if item.keys():
            self._read_attributes(item)
        self._walk(item, 1)
        self._entry.link = self._original or self._entry.link
        return self._entry

    def _read_attributes(self, item: etree._Element) -> None:
        if item.get("lastmod") is not None or item.get("href") is not None:
            raise OddName("item")
        self._entry.guid = item.get(f"{{{RDF}}}about") or ""

    def _walk(self, parent: etree._Element, depth: int) -> None:
        acts = self._acts
        for element in parent:
            try:
                act = acts.get(element.tag) or self._choose(element)
                act(element, depth)
            except OddName:
                if not self._is_lenient:
                    raise

    def _choose(self, element: etree._Element) -> Act:
        """Return what is done with elements of this tag in this document, and remember it."""
        name = self._names.of(element)
        act = self._handlers.get(name)
        if act is None and name in _DATES:
            act = partial(self._date, _DATES[name])
        elif act is None:
            if name in _DECLINED:
                raise OddName(name)
            act = self._skip if name in _SKIPPED else self._descend
        self._acts[element.tag] = act
        return act

    def _date(self, key: str, element: etree._Element, depth: int) -> None:
        if self._counts(key, depth):
            setattr(self._entry, key, tidy(element))

    def _skip(self, _element: etree._Element, _depth: int) -> None:
        """Leave out an element with all that is in it."""

    def _descend(self, element: etree._Element, depth: int) -> None:
        if len(element):
            self._walk(element, depth + 1)

    def _counts(self, key: str, depth: int) -> bool:
        """Say whether a value found at ``depth`` replaces what was found before: not when that lay higher."""
        if depth > self._depths.get(key, depth):
            return False
        self._depths[key] = depth
        return True

    def _title(self, element: etree._Element, depth: int) -> None:
        self._has_title = self._store_title(element, depth) or self._has_title

    def _media_title(self, element: etree._Element, depth: int) -> None:
        """Take a picture's title only for want of another."""
        self._store_title(element, depth)

    def _store_title(self, element: etree._Element, depth: int) -> bool:
        value, is_plain = self._construct(element, "text/plain")
        if not self._has_title and self._counts("title", depth):
            self._entry.title = value
            self._entry.plain_title = is_plain or not self._is_atom
        return bool(value)

    def _description(self, element: etree._Element, depth: int) -> None:
        if self._has_summary and not self._has_content:
            self._content(element, depth)
        else:
            self._store_summary(element, "text/html", depth)

    def _summary(self, element: etree._Element, depth: int) -> None:
        if self._has_summary and not self._has_content:
            self._content(element, depth)
        else:
            self._store_summary(element, "text/plain", depth)

    def _store_summary(self, element: etree._Element, default: str, depth: int) -> None:
        value, is_plain = self._construct(element, default)
        self._has_summary = True
        if self._counts("summary", depth):
            self._entry.summary, self._entry.plain_summary = value, is_plain and self._is_atom

    def _content(self, element: etree._Element, _depth: int) -> None:
        self._add_content(*self._construct(element, "text/plain"))

    def _encoded(self, element: etree._Element, _depth: int) -> None:
        self._add_content(*self._construct(element, "text/html"))

    def _add_content(self, value: str, is_plain: bool) -> None:  # noqa: FBT001 - a pair taken apart
        """Add full text; it stands in for a summary that has not come yet."""
        self._has_content = True
        self._entry.contents.append((value, is_plain and self._is_atom))
        if not self._has_summary:
            self._has_summary = True
            self._entry.summary = value

    def _construct(self, element: etree._Element, default: str) -> tuple[str, bool]:
        """Return the value of a text construct and whether it is declared to be plain text."""
        kind = _declared_type(element) or default if element.keys() else default
        if kind == _XHTML and len(element):
            if not self._is_atom:
                raise OddName("xhtml")
            markup = etree.tostring(element, encoding="unicode", with_tail=False)
            return mend(markup[markup.index(">") + 1 : markup.rindex("<")].strip()), False
        return tidy(element), kind == "text/plain"

    def _link(self, element: etree._Element, _depth: int) -> None:
        href = element.get("url") or element.get("uri") or element.get("href")
        if not href:
            text = tidy(element)
            if ";" in text:
                text = _REFERENCE.sub(r"&\g<1>", text.replace("&amp;", "&"))
            self._entry.link, self._has_link = text, True
            return
        rel = element.get("rel", "alternate").lower()
        if rel == "alternate" and element.get("type", "text/html").lower() in _PAGE_TYPES:
            self._entry.link, self._has_link = href, True
        elif rel == "enclosure" and not self._entry.enclosure:
            self._entry.enclosure = href

    def _guid(self, element: etree._Element, depth: int) -> None:
        value = tidy(element)
        if self._counts("id", depth):
            self._entry.guid = value
        if element.get("isPermaLink", "true") == "true" and not self._has_link:
            self._entry.link, self._has_link = value, True

    def _enclosure(self, element: etree._Element, _depth: int) -> None:
        self._entry.enclosure = self._entry.enclosure or element.get("url") or element.get("href") or ""

    def _author(self, element: etree._Element, depth: int) -> None:
        """Read a name as text, or as Atom's name and email."""
        if not len(element):
            if self._counts("author", depth):
                self._entry.author = tidy(element)
            return
        parts = {self._names.of(child): (child.text or "").strip() for child in element}
        name, email = parts.get("name"), parts.get("email")
        if name or email:
            self._entry.author = f"{name} ({email})" if name and email else name or email or ""

    def _category(self, element: etree._Element, depth: int) -> None:
        """Read a tag from the attributes, or from the text, which completes the last tag that has no term."""
        if element.keys():
            term, scheme = element.get("term") or element.get("text"), element.get("scheme") or element.get("domain")
            self._add_tag(term, scheme, element.get("label"))
        for child in element:
            if self._names.of(child) != "itunes:category":
                raise OddName("category")
            self._category(child, depth + 1)
        value = (element.text or "").strip()
        if not value.isascii():
            value = mend(value)
        if value and self._lacks_term:
            self._entry.tags[-1] = self._entry.tags[-1] or value
            self._lacks_term = False
        else:
            self._add_tag(value)

    def _keywords(self, element: etree._Element, _depth: int) -> None:
        for term in tidy(element).split(","):
            self._add_tag(term.strip())

    def _add_tag(self, term: str | None, scheme: str | None = None, label: str | None = None) -> None:
        if (term or scheme or label) and len(self._entry.tags) < _MAX_TAGS:
            self._entry.tags.append(label or term or "")
            self._lacks_term = not term

    def _original_link(self, element: etree._Element, _depth: int) -> None:
        self._original = tidy(element)

    def _reset_title(self, element: etree._Element, _depth: int) -> None:
        """Forget that the title is settled: a picture or a source begins a context of its own."""
        if len(element) and self._names.of(element) == "image":
            raise OddName("image")
        self._has_title = False
