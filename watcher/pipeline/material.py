"""Choose words for what was gathered: headline, summary, reasons and changes in an edition's language."""

from collections import Counter
from functools import cache

from pydantic import TypeAdapter

from watcher.digest.material import Material, MemberNews, StoryEntry, StoryMaterial
from watcher.digest.period import week_bounds
from watcher.model.edition import NamedEntity
from watcher.pipeline.cards import title_card
from watcher.pipeline.gather import Gathered, Told
from watcher.pipeline.runtime import Runtime
from watcher.stories.changes import describe_changes
from watcher.stories.headline import choose_headline
from watcher.stories.ranking import rank_story
from watcher.stories.summary import summarise
from watcher.stories.wording import say

SHOWN = ("ORG", "PRODUCT", "PROJECT", "EVENT", "PERSON", "PLACE")
MOST_ENTITIES = 6
MOST_REASONS = 3
SUMMARISED = 40  # stories by rank: those that may come to stand above the one-line list


def make_material(runtime: Runtime, gathered: Gathered, language: str) -> Material:
    """Return all that the edition of ``gathered`` in ``language`` is composed from."""
    catalogue = runtime.catalogue
    fresh = [entry for told in gathered.stories for entry in told.fresh]
    return Material(
        cluster=catalogue.cluster,
        topic=gathered.topic.key,
        topic_name=gathered.topic.name(language),
        week=gathered.week,
        timezone=catalogue.timezone,
        language=language,
        stories=tuple(
            _story(runtime, gathered, told, language, is_told=rank < SUMMARISED or told.story.pinned)
            for rank, told in enumerate(gathered.stories)
            if told.fresh
        ),
        cards=tuple(title_card(item, language) for item in gathered.cards),
        members=_members(runtime, gathered),
        trends=gathered.trends,
        links=gathered.links,
        health=gathered.health,
        articles=len(fresh),
        feeds_read=len({entry.feed_url for entry in fresh}),
        note=gathered.notes.get(language, ""),
        excerpts=tuple((feed.url, feed.excerpt) for feed in catalogue.feeds),
    )


@cache
def _adapter() -> TypeAdapter[Material]:
    return TypeAdapter(Material)


def dump_material(material: Material) -> str:
    """Return what an edition was composed from as JSON text."""
    return _adapter().dump_json(material).decode()


def load_material(text: str) -> Material:
    """Return the material that ``dump_material`` wrote."""
    return _adapter().validate_json(text)


def _story(runtime: Runtime, gathered: Gathered, told: Told, language: str, *, is_told: bool) -> StoryMaterial:
    """Print what is new of a story: a *suite* is told by the articles since it was last printed."""
    shown = tuple(entry for entry in told.fresh if entry.id not in told.printed) or told.fresh
    headline = choose_headline(shown, language)
    end = week_bounds(gathered.week, runtime.catalogue.timezone)[1]
    score = rank_story(told.facts, end, language)
    reasons = tuple(
        part.why
        for part in sorted(score.parts, key=lambda part: -part.value * part.weight)
        if part.value * part.weight > 0.02
    )
    return StoryMaterial(
        story=told.story,
        members=tuple(
            StoryEntry(
                entry=entry,
                matches=told.matches[entry.id],
                is_copy=entry.id in told.assignments and told.assignments[entry.id].copy_of is not None,
            )
            for entry in shown
        ),
        score=score,
        headline=headline,
        summary=summarise(shown, language, headline=headline) if is_told else (),
        entities=_entities(gathered, told),
        reasons=reasons[:MOST_REASONS],
        last_printed=told.last_printed,
        is_sequel=told.affair is not None,
        changed=_changes(told, language) if told.last_printed else (),
    )


def _changes(told: Told, language: str) -> tuple[str, ...]:
    """Say what is new since the story, or the one it goes on from, was printed."""
    after = [(entry, told.annotations.get(entry.id)) for entry in told.fresh if entry.id not in told.printed]
    if told.affair is not None:
        before = told.affair.told
        headline = choose_headline(tuple(entry for entry, _ in before), language)
        return (say("sequel", language, headline=headline.title), *describe_changes(before, after, language))
    before = tuple((entry, told.annotations.get(entry.id)) for entry in told.entries if entry.id in told.printed)
    return describe_changes(before, after, language)


def _entities(gathered: Gathered, told: Told) -> tuple[NamedEntity, ...]:
    """Return the names that most of the story's articles share, the most telling kinds first."""
    counts: Counter[str] = Counter()
    for annotation in told.annotations.values():
        counts.update({mention.entity for mention in annotation.mentions if mention.kind in SHOWN})
    known = [gathered.names[key] for key in counts if key in gathered.names and gathered.names[key].kind in SHOWN]
    known.sort(key=lambda entity: (-counts[entity.key], SHOWN.index(entity.kind), entity.key))
    return tuple(NamedEntity(key=item.key, name=item.name, kind=item.kind) for item in known[:MOST_ENTITIES])


def _members(runtime: Runtime, gathered: Gathered) -> tuple[MemberNews, ...]:
    names = {member.slug: member.name for member in runtime.members}
    stories = {entry.id: told.story.id for told in gathered.stories for entry in told.entries}
    entries = {entry.id: entry for told in gathered.stories for entry in told.entries}
    return tuple(
        MemberNews(
            mention=mention,
            name=names[mention.member],
            entry=entries[mention.entry_id],
            story=stories[mention.entry_id],
        )
        for mention in gathered.mentions
    )
