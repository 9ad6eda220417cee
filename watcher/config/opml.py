"""OPML 2.0, the format in which feed readers exchange their lists.

A file from elsewhere is hostile until read: entities are not expanded, no DTD is loaded, size, depth
and count are bounded. An outline with ``xmlUrl`` is a feed; outlines around it are folders.
"""

from collections.abc import Iterable

from lxml import etree

from watcher.config.fields import check_line
from watcher.config.spelling import printable
from watcher.errors import ConfigError
from watcher.model.catalogue import Catalogue
from watcher.model.feed import Feed
from watcher.model.report import Problem
from watcher.urls import canonical_url, url_problem

MAX_BYTES = 5_000_000
MAX_FEEDS = 10_000
_FILE = "the OPML file"


def parse_opml(data: bytes) -> tuple[Feed, ...]:
    """Return the feeds of an OPML document, each address once, in order.

    Outlines whose address cannot be fetched are left out. Raises ConfigError when the document is
    no OPML, too large, or holds no feed at all.
    """
    if len(data) > MAX_BYTES:
        raise _refused(None, f"The file is larger than {MAX_BYTES // 1_000_000} MB.", "split it")
    root = _parse(data)
    if etree.QName(root).localname.lower() != "opml":
        raise _refused(1, "The file is XML and no OPML.", "export it again from the reader as OPML")
    feeds: dict[str, Feed] = {}
    for outline in root.iter("{*}outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if url and url_problem(url) is None:
            feeds.setdefault(canonical_url(url), Feed(url=url, name=_name(outline)))
        if len(feeds) > MAX_FEEDS:
            raise _refused(None, f"The file holds more than {MAX_FEEDS:,} feeds.", "split it")
    if not feeds:
        raise _refused(None, "The file holds no feed: no outline has an xmlUrl that can be fetched.", None)
    return tuple(feeds.values())


def render_opml(catalogue: Catalogue) -> bytes:
    """Return all feeds as OPML 2.0: shared ones on top, then a folder for each topic."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = catalogue.cluster.name
    body = etree.SubElement(root, "body")
    _add(body, (feed for feed in catalogue.feeds if not feed.placements))
    for topic in catalogue.topics:
        title = topic.name(catalogue.languages[0])
        folder = etree.SubElement(body, "outline", text=title, title=title)
        _add(folder, (feed for feed in catalogue.feeds if topic.key in {place.topic for place in feed.placements}))
    rendered: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return rendered


def _add(parent: etree._Element, feeds: Iterable[Feed]) -> None:
    for feed in feeds:
        title = feed.name or feed.url
        attributes = {"type": "rss", "text": title, "title": title, "xmlUrl": feed.url}
        if feed.language:
            attributes["language"] = feed.language
        etree.SubElement(parent, "outline", attributes)


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise _refused(line, "The file is not well-formed XML.", "export it again from the reader") from error
    except ValueError as error:
        raise _refused(None, f"The file cannot be read: {printable(str(error), 200)}.", None) from error


def _name(outline: etree._Element) -> str | None:
    name = " ".join((outline.get("title") or outline.get("text") or "").split())[:200]
    try:
        return check_line(name)
    except ValueError:
        return None


def _refused(line: int | None, message: str, hint: str | None) -> ConfigError:
    return ConfigError((Problem(file=_FILE, line=line, column=None, path="", message=message, hint=hint),))
