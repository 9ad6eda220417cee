"""Names of feed elements as feedparser calls them: ``title``, ``dc:date``, ``media:group``.

Namespaces are told apart by their address in any case, as feedparser does.
"""

from typing import Final

from lxml import etree

ATOM: Final = "http://www.w3.org/2005/Atom"
RSS10: Final = "http://purl.org/rss/1.0/"
RSS090: Final = "http://my.netscape.com/rdf/simple/0.9/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_PREFIXES: Final = {
    "": "",
    ATOM.lower(): "",
    RSS10: "",
    RSS090: "",
    RDF: "rdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
# Older namespaces whose elements feedparser reads as if they had none, or in a way of its own.
_ODD: Final = (
    "backend.userland.com/rss", "blogs.law.harvard.edu/tech/rss", "example.com/newformat", "example.com/necho",
    "purl.org/echo", "uri/of/echo", "purl.org/pie", "purl.org/atom/ns#", "modules/rss091#", "example.com/dtds",
)  # fmt: skip


class OddName(Exception):  # noqa: N818 - a verdict about a document, not an error
    """An element whose name only feedparser can judge."""


class Names(dict[str, str]):
    """The names of one document's elements, worked out once for each tag."""

    def of(self, element: etree._Element) -> str:
        """Return the element's name."""
        tag = element.tag
        name = self.get(tag)
        if name is None:
            name = self[tag] = _name(element)
        return name


def _name(element: etree._Element) -> str:
    """Name an element; one of an unknown namespace goes by its prefix, whatever that should have meant."""
    space, _, local = element.tag.lower().removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(space)
    if prefix is None:
        if any(odd in space for odd in _ODD):
            raise OddName(space)
        prefix = (element.prefix or "").lower()
    return f"{prefix}:{local}" if prefix else local
