"""What of a week's editions concerns a member, read from the editions as they were printed."""

from watcher.members.matching import match_members
from watcher.members.subjects import Subject, subject_of_card
from watcher.model.edition import CardItem, Edition, StoryItem
from watcher.model.member import Member, Relevance


def find_relevances(member: Member, editions: tuple[Edition, ...]) -> tuple[Relevance, ...]:
    """Return the printed stories and cards that concern ``member``, best first, each with its reasons."""
    stories = {item.story: _of_story(item, edition.topic) for edition in editions for item in _items(edition)}
    cards = {item.card.id: _of_card(item) for edition in editions for item in (*edition.opportunities, *edition.agenda)}
    return match_members((member,), tuple(stories.values()), tuple(cards.values()))


def _items(edition: Edition) -> tuple[StoryItem, ...]:
    return (*edition.top, *edition.follow_ups, *edition.also)


def _of_story(item: StoryItem, topic: str) -> Subject:
    texts = (item.headline, *(sentence.text for sentence in item.summary))
    quoted = tuple(text for source in item.sources for text in (source.title, source.excerpt) if text)
    names = tuple(entity.name for entity in item.entities)
    return Subject(id=item.story, texts=tuple(dict.fromkeys((*texts, *quoted))), entities=names, topics=(topic,))


def _of_card(item: CardItem) -> Subject:
    quoted = tuple(text for source in item.sources for text in (source.title, source.excerpt) if text)
    return subject_of_card(item.card, quoted)
