"""Why an article is on a topic, in its story, at its rank: every judgement with its reasons, in words."""

import re
from dataclasses import dataclass
from datetime import datetime

from watcher.digest.period import next_week, week_of
from watcher.errors import UsageError
from watcher.model.decision import Decision
from watcher.model.edition import Week
from watcher.model.entry import Entry
from watcher.model.mention import Mention
from watcher.model.story import Assignment, Score
from watcher.model.topic import TopicMatch
from watcher.pipeline.gather import gather
from watcher.pipeline.judgement import describe_note
from watcher.pipeline.runtime import Runtime
from watcher.store.annotations import get_annotations
from watcher.store.decisions import list_decisions
from watcher.store.editions import list_printed
from watcher.store.entries import get_entries
from watcher.store.stories import get_assignments, get_stories
from watcher.store.work import get_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHere:
    """An entity named in the entry, and why it has its key."""

    text: str
    kind: str
    entity: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedEntry:
    """One article with the reasons of its placement."""

    id: int
    title: str
    url: str | None
    feed: str
    published: datetime | None
    first_seen: datetime
    week: Week
    language: str | None
    topics: tuple[TopicMatch, ...]
    mentions: tuple[NamedHere, ...]
    story_reasons: tuple[str, ...]
    copy_of: int | None
    printed: tuple[tuple[str, Week], ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankHere:
    """The rank of a story in one topic's week."""

    topic: str
    week: Week
    rank: int
    of: int
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An article or a story, explained."""

    story: str | None
    entries: tuple[ExplainedEntry, ...]
    ranks: tuple[RankHere, ...]

    def text(self) -> str:
        """Return the explanation as lines for a terminal."""
        return "\n".join(_lines(self))


def explain_id(runtime: Runtime, now: datetime, name: str) -> Explanation:
    """Explain the entry numbered ``name`` or the story called so. Raise UsageError when there is none."""
    with runtime.database.read() as connection:
        if re.fullmatch(r"[0-9]{1,18}", name):
            ids: tuple[int, ...] = (int(name),)
        else:
            ids = tuple(member for story in get_stories(connection, (name,)) for member in story.members)
        entries = get_entries(connection, ids)
        if not entries:
            raise UsageError(f"There is no entry or story '{name}'; `watcher stories` and `watcher search` show ids.")
        assignments = get_assignments(connection, ids)
        matches = get_matches(connection, ids)
        annotations = get_annotations(connection, ids)
        decisions = list_decisions(connection, entries=ids)
        after = next_week(week_of(now, runtime.catalogue.timezone), 500)
        memory = {
            topic.key: list_printed(connection, topic.key, after, entries=ids) for topic in runtime.catalogue.topics
        }
    explained = tuple(
        _explain_entry(
            runtime,
            entry,
            matches[entry.id],
            annotations[entry.id].mentions if entry.id in annotations else (),
            assignments.get(entry.id),
            tuple((topic, weeks[entry.id]) for topic, weeks in memory.items() if entry.id in weeks),
            tuple(decision for decision in decisions if entry.id in decision.entries),
        )
        for entry in entries
    )
    story = next((assignments[entry.id].story for entry in entries if entry.id in assignments), None)
    return Explanation(story=story, entries=explained, ranks=_ranks(runtime, now, explained, story))


def _explain_entry(
    runtime: Runtime,
    entry: Entry,
    topics: tuple[TopicMatch, ...],
    mentions: tuple[Mention, ...],
    assignment: Assignment | None,
    printed: tuple[tuple[str, Week], ...],
    decisions: tuple[Decision, ...],
) -> ExplainedEntry:
    named = tuple(
        NamedHere(text=item.text, kind=item.kind, entity=item.entity, why=runtime.explain_mention(item))
        for item in {(item.entity, item.text): item for item in mentions}.values()
    )
    return ExplainedEntry(
        id=entry.id,
        title=entry.title,
        url=entry.url,
        feed=entry.publisher,
        published=entry.published,
        first_seen=entry.first_seen,
        week=week_of(entry.digest_at, runtime.catalogue.timezone),
        language=entry.language,
        topics=topics,
        mentions=named,
        story_reasons=assignment.reasons if assignment else (),
        copy_of=assignment.copy_of if assignment else None,
        printed=printed,
        decisions=decisions,
    )


def _ranks(
    runtime: Runtime, now: datetime, entries: tuple[ExplainedEntry, ...], story: str | None
) -> tuple[RankHere, ...]:
    """Return where the story stands in each topic's week of its newest entry."""
    week = max(entry.week for entry in entries)
    ranks = []
    for topic in sorted({match.topic for entry in entries for match in entry.topics}):
        told = gather(runtime, topic, week, now).stories
        for number, item in enumerate(told, 1):
            if item.story.id == story:
                ranks.append(RankHere(topic=topic, week=week, rank=number, of=len(told), score=item.score))
    return tuple(ranks)


def _lines(explanation: Explanation) -> list[str]:
    lines = [f"Story {explanation.story}"] if explanation.story else ["In no story: on no topic."]
    for rank in explanation.ranks:
        lines.append(f"  {rank.topic} {rank.week}: rank {rank.rank} of {rank.of}, score {rank.score.total:.3f}")
        lines += [f"    {part.name:<12} {part.value:.2f} x {part.weight:.2f}  {part.why}" for part in rank.score.parts]
    for entry in explanation.entries:
        lines += ["", f"[{entry.id}] {entry.title}", f"  {entry.feed}, {entry.url or 'no link'}"]
        seen = f"first seen {entry.first_seen:%Y-%m-%d %H:%M} UTC"
        lines.append(f"  language {entry.language or 'unknown'}, {seen}, counted in {entry.week}")
        for match in entry.topics:
            lines.append(f"  on {match.topic} ({match.score:.2f}): {'; '.join(match.reasons)}")
        lines += [f"  in this story: {reason}" for reason in entry.story_reasons]
        if entry.copy_of:
            lines.append(f"  a copy of [{entry.copy_of}]")
        lines += [f"  {named.kind} {named.text} -> {named.entity}: {named.why}" for named in entry.mentions]
        lines += [f"  printed in {topic} {week}" for topic, week in entry.printed]
        lines += [f"  decided {_describe(decision)}" for decision in entry.decisions]
    return lines


def _describe(decision: Decision) -> str:
    where = f" on {decision.topic}" if decision.topic else ""
    return f"{decision.at:%Y-%m-%d %H:%M} UTC: {decision.act}{where}{describe_note(decision)}"
