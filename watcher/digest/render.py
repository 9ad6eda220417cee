"""All files of an edition at once, and where each of them lies in the digests folder."""

import re
from collections.abc import Iterable

from watcher.digest.index import IndexEntry, to_index
from watcher.digest.to_atom import to_atom, to_cards_atom
from watcher.digest.to_html import to_html
from watcher.digest.to_ics import to_ics
from watcher.digest.to_json import to_json
from watcher.digest.to_markdown import to_markdown
from watcher.errors import DeliveryError
from watcher.model.catalogue import Cluster
from watcher.model.edition import CardItem, Edition, Rendered, Week

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def check_slug(topic: str) -> str:
    """Return a topic key that may be a file's name; raise DeliveryError for any other."""
    if not SLUG.fullmatch(topic):
        raise DeliveryError(
            f"The topic key {topic[:80]!r} cannot name a file: use a-z, 0-9 and '-', at most 80 characters."
        )
    return topic


def edition_path(topic: str, week: Week, language: str, form: str) -> str:
    """Return where an edition lies: ``2026-W47/drones.fr.md``."""
    return f"{week}/{check_slug(topic)}.{language}.{form}"


def render_edition(edition: Edition) -> tuple[Rendered, ...]:
    """Return an edition as Markdown, HTML and JSON files."""
    forms = (("md", to_markdown(edition)), ("html", to_html(edition)), ("json", to_json(edition)))
    return tuple(
        Rendered(path=edition_path(edition.topic, edition.week, edition.language, form), content=text.encode())
        for form, text in forms
    )


def render_atom(editions: Iterable[Edition]) -> tuple[Rendered, ...]:
    """Return a topic's Atom feeds in one language: its stories, and the cards of its newest edition."""
    newest = sorted(editions, key=lambda edition: edition.week, reverse=True)
    if not newest:
        return ()
    stem = f"{check_slug(newest[0].topic)}.{newest[0].language}"
    return (
        Rendered(path=f"{stem}.atom.xml", content=to_atom(newest).encode()),
        Rendered(path=f"{stem}.cards.atom.xml", content=to_cards_atom(newest[0]).encode()),
    )


def render_agenda(items: Iterable[CardItem], language: str, cluster: str) -> Rendered:
    """Return the calendar of all topics: ``agenda.fr.ics``."""
    return Rendered(path=f"agenda.{language}.ics", content=to_ics(items, language, cluster))


def render_topic_agenda(edition: Edition, items: Iterable[CardItem]) -> Rendered:
    """Return one topic's calendar, ``drones.fr.ics``, over all its cards, printed or not."""
    path = f"{check_slug(edition.topic)}.{edition.language}.ics"
    return Rendered(path=path, content=to_ics(items, edition.language, edition.topic_name))


def render_index(entries: Iterable[IndexEntry], cluster: Cluster, language: str) -> Rendered:
    """Return the archive's ``index.html`` over all editions."""
    return Rendered(path="index.html", content=to_index(tuple(entries), cluster, language).encode())
