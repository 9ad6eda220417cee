"""Sample articles as feed documents, byte for byte the same for the same ``now``.

Written as text and not through an XML library, because several of them must be wrong in the way
real feeds are wrong. The quirks: ``html`` (teasers in HTML with a picture), ``tail`` (the blog's
"L’article … est apparu en premier sur …"), ``typography`` (no-break spaces before French
punctuation), ``guids`` (another guid with each build), ``undated``, ``ill-formed``.
"""

import json
import re
from datetime import datetime
from email.utils import format_datetime
from html import escape

from watcher.demo.articles import SampleArticle, plain
from watcher.demo.feeds import Form, SampleFeed

SAMPLE_NOTE = {
    "fr": "Flux d’exemple écrit pour la démonstration de watcher : titres, sociétés et faits sont inventés.",
    "en": "Sample feed written for the watcher demo: outlets, companies and events are invented.",
}
CONTENT_TYPES: dict[Form, str] = {
    "rss2": "application/rss+xml; charset=utf-8",
    "rss091": "text/xml; charset=windows-1252",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def render_document(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> bytes:
    """Return the feed as its publisher would serve it at ``now``: its articles up to then, newest first."""
    published = tuple(article for article in reversed(articles) if article.feed == feed and article.at <= now)
    text = _RENDERERS[feed.form](feed, published, now)
    if "ill-formed" in feed.quirks:
        text = _break(text)
    return text.encode("windows-1252" if feed.form == "rss091" else "utf-8", errors="xmlcharrefreplace")


def _break(text: str) -> str:
    """Make the mistakes of hand-made templates: bare ampersands, unknown entities, no closing tags."""
    return text.replace("&amp;", "&").replace("’", "&rsquo;").removesuffix("</channel></rss>\n")


def _about(feed: SampleFeed) -> str:
    return f"{feed.about} — {SAMPLE_NOTE[feed.language]}"


def _text(feed: SampleFeed, text: str) -> str:
    """Return ``text`` in the feed's typography."""
    if "typography" not in feed.quirks:
        return text
    spaced = re.sub(r" ([:;?!»%€])", "\N{NO-BREAK SPACE}\\1", text)
    return spaced.replace("« ", "«\N{NO-BREAK SPACE}")


def _teaser(article: SampleArticle) -> str:
    """Return the description: plain text, or HTML with picture and tail where the blog adds them."""
    feed = article.feed
    first = _text(feed, article.paragraphs[0] if article.paragraphs else "")
    if "html" not in feed.quirks:
        return plain(first)
    picture = f'<img src="{feed.site}/media/{article.at:%Y%m%d%H%M}.jpg" width="640" alt="" />'
    tail = _tail(article) if "tail" in feed.quirks else ""
    return f"<p>{picture}</p>\n<p>{_inline(first)}</p>{tail}"


def _tail(article: SampleArticle) -> str:
    link = f'<a rel="nofollow" href="{article.url}">{escape(article.title)}</a>'
    return (
        f'\n<p>L’article {link} est apparu en premier sur <a href="{article.feed.site}">{article.feed.title}</a>.</p>'
    )


def _inline(paragraph: str) -> str:
    return paragraph.replace("&", "&amp;")


def _full(article: SampleArticle) -> str:
    """Return the whole text in HTML, empty when the feed carries the teaser only."""
    if len(article.paragraphs) < 2:
        return ""
    return "".join(f"<p>{_inline(_text(article.feed, part))}</p>" for part in article.paragraphs)


def _guid(article: SampleArticle, now: datetime) -> str:
    if "guids" in article.feed.quirks:
        return f"{article.url}?build={now:%Y%m%d%H%M}"
    return f"{article.feed.key}:{article.at:%Y%m%d}:{article.url.rsplit('/', 1)[-1]}"


def _rss_item(article: SampleArticle, now: datetime) -> str:
    full = _full(article)
    dated = "undated" not in article.feed.quirks
    lines = (
        f"<title>{escape(_text(article.feed, article.title), quote=False)}</title>",
        f"<link>{escape(article.url)}?utm_source=rss&amp;utm_medium=feed</link>",
        f"<description>{escape(_teaser(article), quote=False)}</description>",
        f"<content:encoded><![CDATA[{full}]]></content:encoded>" if full else "",
        f'<guid isPermaLink="false">{escape(_guid(article, now))}</guid>',
        f"<pubDate>{format_datetime(article.at)}</pubDate>" if dated else "",
    )
    return "<item>" + "\n".join(line for line in lines if line) + "</item>\n"


def _rss2(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> str:
    items = "".join(_rss_item(article, now) for article in articles)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {_DC}><channel>\n'
        f"<title>{escape(feed.title)}</title>\n<link>{feed.site}/</link>\n"
        f"<description>{escape(_about(feed), quote=False)}</description>\n<language>{feed.language}</language>\n"
        f"{items}</channel></rss>\n"
    )


def _rss091(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> str:
    del now  # the same for every build
    items = "".join(
        f"<item><title>{escape(article.title, quote=False)}</title><link>{article.url}</link>\n"
        f"<description>{escape(_teaser(article), quote=False)}</description>\n"
        f"<pubDate>{format_datetime(article.at)}</pubDate></item>\n"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="windows-1252"?>\n<rss version="0.91"><channel>\n<title>{feed.title}</title>\n'
        f"<link>{feed.site}/</link><description>{escape(_about(feed), quote=False)}</description>\n"
        f"<language>{feed.language}</language>\n{items}</channel></rss>\n"
    )


def _rdf(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> str:
    del now  # the same for every build
    items = "".join(
        f'<item rdf:about="{article.url}"><title>{escape(article.title, quote=False)}</title>\n'
        f"<link>{article.url}</link><description>{escape(_teaser(article), quote=False)}</description>\n"
        f"<dc:date>{article.at.isoformat()}</dc:date></item>\n"
        for article in articles
    )
    listed = "".join(f'<rdf:li rdf:resource="{article.url}"/>' for article in articles)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF {_RDF} {_DC}>\n<channel rdf:about="{feed.site}/">\n'
        f"<title>{escape(feed.title)}</title><link>{feed.site}/</link>\n"
        f"<description>{escape(_about(feed), quote=False)}</description><dc:language>{feed.language}</dc:language>\n"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def _atom_entry(article: SampleArticle, now: datetime) -> str:
    full = _full(article)
    kind = "html" if "html" in article.feed.quirks else "text"
    content = f'<content type="html">{escape(full, quote=False)}</content>' if full else ""
    return (
        f"<entry><title>{escape(article.title, quote=False)}</title>\n"
        f'<link rel="alternate" href="{article.url}"/><id>tag:{escape(_guid(article, now))}</id>\n'
        f"<published>{article.at.isoformat()}</published><updated>{article.at.isoformat()}</updated>\n"
        f'<summary type="{kind}">{escape(_teaser(article), quote=False)}</summary>{content}</entry>\n'
    )


def _atom(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> str:
    entries = "".join(_atom_entry(article, now) for article in articles)
    updated = articles[0].at if articles else now
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">\n'
        f"<title>{escape(feed.title)}</title><subtitle>{escape(_about(feed), quote=False)}</subtitle>\n"
        f'<id>{feed.site}/</id><link href="{feed.site}/"/><updated>{updated.isoformat()}</updated>\n'
        f"<author><name>{escape(feed.title)}</name></author>\n{entries}</feed>\n"
    )


def _json_item(article: SampleArticle) -> dict[str, str]:
    item = {"id": article.url, "url": article.url, "title": article.title, "date_published": article.at.isoformat()}
    full = _full(article)
    body = {"content_html": full, "summary": article.summary} if full else {"content_text": article.summary}
    return item | body


def _json(feed: SampleFeed, articles: tuple[SampleArticle, ...], now: datetime) -> str:
    del now  # the same for every build
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"{feed.site}/",
        "description": _about(feed),
        "language": feed.language,
        "items": [_json_item(article) for article in articles],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


_RENDERERS = {"rss2": _rss2, "rss091": _rss091, "rdf": _rdf, "atom": _atom, "json": _json}
