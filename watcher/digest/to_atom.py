"""Atom feeds (RFC 4287): a topic's stories over its last editions, and its opportunity cards.

Ids are name-based UUIDs over what an item is, so that a reader shows an item once however often
the feed is written, and shows a follow-up as the new thing it is.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from watcher.digest import wording
from watcher.digest.inert import one_line, safe_link
from watcher.i18n import message
from watcher.model.edition import CardItem, Edition, StoryItem

ATOM = "http://www.w3.org/2005/Atom"
EDITIONS = 8  # weeks a feed reaches back


def to_atom(editions: Iterable[Edition]) -> str:
    """Render the stories of a topic's editions (one language, at least one edition), newest first."""
    newest = sorted(editions, key=lambda edition: edition.week, reverse=True)[:EDITIONS]
    root = _feed(newest[0], "feed_title", "stories")
    for edition in newest:
        for item in (*edition.top, *edition.follow_ups, *edition.also):
            _add_story(root, item, edition)
    return _document(root)


def to_cards_atom(edition: Edition) -> str:
    """Render the cards of an edition, those that changed last first."""
    root = _feed(edition, "cards_title", "cards")
    cards = (*edition.opportunities, *edition.agenda)
    for item in sorted(cards, key=lambda item: (item.card.changed_at, item.card.id), reverse=True):
        _add_card(root, item, edition)
    return _document(root)


def _feed(edition: Edition, title: str, sort: str) -> ET.Element:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": edition.language})
    _add(root, "id", _identity(edition, sort))
    _add(root, "title", message(title, edition.language, topic=edition.topic_name, cluster=edition.cluster))
    _add(root, "updated", _instant(edition.composed_for))
    _add(ET.SubElement(root, "author"), "name", edition.cluster)
    _add_link(root, edition.cluster_url)
    _add(root, "generator", "watcher")
    return root


def _identity(edition: Edition, *parts: str) -> str:
    """Return the urn of something this cluster's watch publishes on a topic in a language."""
    name = "\n".join((edition.cluster_url or edition.cluster, edition.topic, edition.language, *parts))
    return uuid5(NAMESPACE_URL, name).urn


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = one_line(text, 4000)


def _add_link(parent: ET.Element, url: str | None) -> None:
    target = safe_link(url)
    if target:
        ET.SubElement(parent, "link", {"rel": "alternate", "href": target})


def _add_story(root: ET.Element, item: StoryItem, edition: Edition) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", _identity(edition, str(edition.week), item.story))
    _add(entry, "title", item.headline or item.story)
    _add(entry, "updated", _instant(edition.composed_for))
    _add_link(entry, item.url)
    quotes = [f"{sentence.text} ({sentence.source.publisher})" for sentence in item.summary]
    named = " · ".join(source.publisher for source in item.sources if source.publisher)
    parts = (wording.say_since(item, edition), *quotes, named, wording.say_why(item, edition))
    _add(entry, "summary", " ".join(part for part in parts if part))


def _add_card(root: ET.Element, item: CardItem, edition: Edition) -> None:
    found = item.card.opportunity
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", _identity(edition, "card", item.card.id))
    _add(entry, "title", f"{message(found.kind, edition.language)} – {found.title}")
    _add(entry, "updated", _instant(item.card.changed_at))
    _add_link(entry, next((source.url for source in item.sources if source.url), None))
    facts = (wording.say_state(item, edition.language), *wording.say_facts(item, edition.language))
    _add(entry, "summary", " · ".join(fact for fact in facts if fact))


def _document(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
