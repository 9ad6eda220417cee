"""A member's own digest: *Pour vous* on top of the editions of their topics."""

from collections.abc import Iterable

from watcher.model.edition import CardItem, Edition, PersonalEdition, StoryItem
from watcher.model.member import Member, Relevance

FOR_YOU = 10  # at most: a longer list is no choice any more


def compose_personal(member: Member, relevances: Iterable[Relevance], editions: tuple[Edition, ...]) -> PersonalEdition:
    """Return a member's digest over ``editions`` (at least one, of one week and language).

    Of ``relevances`` those count that concern this member and something the editions print; the
    best come first, and a story or card comes once.
    """
    stories = {item.story: item for one in editions for item in (*one.top, *one.follow_ups, *one.also)}
    cards = {item.card.id: item for one in editions for item in (*one.opportunities, *one.agenda)}
    chosen: dict[str, tuple[Relevance, StoryItem | CardItem]] = {}
    for relevance in sorted(relevances, key=lambda one: (-one.score, one.story or "", one.card or "")):
        item = stories.get(relevance.story or "") or cards.get(relevance.card or "")
        if item and relevance.member == member.slug:
            chosen.setdefault(f"{relevance.story}/{relevance.card}", (relevance, item))
    return PersonalEdition(
        member=member.slug,
        name=member.name,
        language=editions[0].language,
        week=editions[0].week,
        for_you=tuple(chosen.values())[:FOR_YOU],
        editions=editions,
    )
