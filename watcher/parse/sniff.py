"""What a body is before anybody parses it: a feed, or something that can be named to the user."""

import re
from dataclasses import dataclass
from typing import Final, Literal

_SIGNATURES: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a sound"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound"),
)
_WINDOW: Final = 200_000  # characters at the start in which a feed may begin
_SKIPPED: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[[^\]]*\])*>", re.DOTALL | re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:([\w.-]{1,60}):)?([A-Za-z_][\w.-]{0,60})")
_FEED_START: Final = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)(?=[\s>])", re.IGNORECASE)
_DECLARED_FEED: Final = re.compile(r"<[\w:]+\s[^>]{0,2000}(?:xmlns|version)\s*=", re.IGNORECASE)
_PAGE: Final = re.compile(r"<!doctype\s+html|<(?:html|head|body|meta|title|script|div|link)\b", re.IGNORECASE)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ufffd]")
_FEED_ROOTS: Final = {"rss", "feed", "rdf", "channel"}
_NAMED_ROOTS: Final = {
    "svg": "an SVG image",
    "opml": "an OPML list of feeds",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "error": "an error message in XML",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` of a document; for a feed ``start`` is where it begins, else ``what`` says what it is instead."""

    kind: Literal["feed", "json", "page", "other"]
    what: str = ""
    start: int = 0
    remedy: str = "check it in a browser"


def describe_binary(body: bytes) -> str | None:
    """Return in words what kind of non-text file ``body`` is, or None."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "an empty document"
    return next((name for signature, name in _SIGNATURES if body.startswith(signature)), None)


def judge(text: str) -> Verdict:
    """Say what ``text`` is by its first element, looking past declarations, comments and stray output before it."""
    start = _skip(text)
    if text.startswith(("{", "["), start):
        return Verdict("json")
    root = _ROOT.match(text, start)
    name = root[2].lower() if root else ""
    if name in _FEED_ROOTS:
        return Verdict("feed")
    window = text[:_WINDOW]
    page = _PAGE.search(window)
    feed = _FEED_START.search(window)
    if feed and (not page or feed.start() < page.start() or _DECLARED_FEED.match(text, feed.start())):
        return Verdict("feed", "text before the feed", feed.start())
    if page and (not root or page.start() <= root.start()):
        return Verdict("page")
    if name == "opml":
        return Verdict("other", _NAMED_ROOTS[name], remedy="take its feeds over with `watcher opml import`")
    return Verdict("other", _NAMED_ROOTS.get(name) or _describe(text, start, name))


def _describe(text: str, start: int, name: str) -> str:
    """Return in words what a document is that is neither a feed nor a page."""
    if name:
        return f"an XML document of another kind (<{name}>)"
    if len(_CONTROL.findall(text, start, start + 2000)) > 20:
        return "binary data"
    return f"XML without a feed in its first {_WINDOW} characters" if text.startswith("<", start) else "plain text"


def _skip(text: str) -> int:
    """Return where the root element should begin."""
    at = 0
    for _ in range(50):
        match = _SKIPPED.match(text, at, _WINDOW + at)
        if not match:
            break
        at = match.end()
    return at
