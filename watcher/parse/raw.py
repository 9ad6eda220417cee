"""What a reader hands to ``entries``: the strings of a document, before any cleaning.

Two readers (feedparser and the fast one) fill the same shape, so they are comparable and everything
that decides about text, links, dates and identity exists once.
"""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class RawEntry:
    """One item; ``plain_*`` says that the document declares the value to be text and not HTML."""

    guid: str = ""
    link: str = ""
    enclosure: str = ""
    title: str = ""
    plain_title: bool = False
    summary: str = ""
    plain_summary: bool = False
    contents: list[tuple[str, bool]] = field(default_factory=list)
    author: str = ""
    language: str = ""
    tags: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    created: str = ""


@dataclass(slots=True, kw_only=True)
class RawFeed:
    """A feed document; ``damaged`` says that it was not well-formed."""

    format: str
    title: str = ""
    link: str = ""
    language: str = ""
    entries: list[RawEntry] = field(default_factory=list)
    damaged: bool = False
