"""The editor's table: what stands in which section of an edition, and what is left out.

A story is printed in one place only. A card of *Appels* or *Agenda* that tells all of it comes first
(it stays until it closes), then *À la une*, *Suites*, *Nos membres* and *Aussi cette semaine*; a member
named in a story of the first pages is said with a pointer to it. A story printed in an
earlier week comes back only when something changed; a new event of an affair printed before is a *suite* too,
unless it is the week's first news or three publishers tell it. Every section is bounded, with a count of
what the bound left out, so that a week of 5,000 articles is still read in five minutes.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from watcher.digest.inert import one_line, safe_link
from watcher.digest.material import CardMaterial, Material, MemberNews, StoryMaterial
from watcher.digest.period import week_bounds, week_days
from watcher.digest.quote import NAME, Rights, allowed, cut_quote, make_source, quote_summary, sentence_at
from watcher.model.edition import CardItem, Edition, MemberItem, Sentence, Sources, StoryItem

TOP = 5  # stories à la une, with summary
SAME = 2  # of them about one leading entity
BRIEF = 3  # lines of En bref
MANY = 3  # independent publishers that bring the sequel of an affair to the first pages
FOLLOW_UPS = 6
ALSO = 20
MEMBERS = 10
CARDS = 12
TRENDS = 8
LINKS = 15
SOURCES = 8  # articles named under one story
ENTITIES = 6


def compose(material: Material) -> Edition:
    """Return the edition of a topic, week and language; pure, so equal material gives an equal edition."""
    rights = dict(material.excerpts)
    items = card_items(material)
    agenda = tuple(item for item in items if item.card.opportunity.kind == "event")
    opportunities = tuple(item for item in items if item.card.opportunity.kind != "event")
    top, follow_ups, rest = _place(_printable(material, (*opportunities[:CARDS], *agenda[:CARDS])))
    members = _member_items(material, {one.story.id for one in (*top, *follow_ups)}, rights)
    named = {news.story for news in members[:MEMBERS]}
    also = tuple(one for one in rest if one.story.id not in named)
    top_items = tuple(_story_item(one, rights) for one in top)
    return replace(
        _blank(material),
        brief=_brief(top_items, opportunities[:CARDS]),
        top=top_items,
        members=members[:MEMBERS],
        members_more=len(members[MEMBERS:]),
        opportunities=opportunities[:CARDS],
        opportunities_more=len(opportunities[CARDS:]),
        agenda=agenda[:CARDS],
        agenda_more=len(agenda[CARDS:]),
        follow_ups=tuple(_story_item(one, rights) for one in follow_ups),
        also=tuple(_story_item(one, rights) for one in also[:ALSO]),
        also_more=len(also[ALSO:]),
    )


def card_items(material: Material) -> tuple[CardItem, ...]:
    """Return every card as printed, unbounded: what ends or begins first before the rest, closed ones last."""
    rights = dict(material.excerpts)
    today = week_bounds(material.week, material.timezone)[1].astimezone(ZoneInfo(material.timezone)).date()
    return tuple(sorted((_card_item(one, today, rights) for one in material.cards), key=_card_order))


def _blank(material: Material) -> Edition:
    """Return an edition with all that is not news: who, when, what rises, where from."""
    first_day, last_day = week_days(material.week)
    return Edition(
        topic=material.topic,
        topic_name=material.topic_name,
        cluster=material.cluster.name,
        cluster_url=safe_link(material.cluster.url),
        week=material.week,
        first_day=first_day,
        last_day=last_day,
        timezone=material.timezone,
        language=material.language,
        composed_for=week_bounds(material.week, material.timezone)[1],
        trends=tuple(replace(one, name=one_line(one.name, NAME)) for one in material.trends[:TRENDS]),
        links=tuple(replace(one, a=one_line(one.a, NAME), b=one_line(one.b, NAME)) for one in material.links[:LINKS]),
        sources=_sources(material),
        note=material.note.strip(),
        inputs=material.inputs,
    )


def _printable(material: Material, cards: tuple[CardItem, ...]) -> tuple[StoryMaterial, ...]:
    """Return the stories that may be printed: not hidden, and not told whole by a card unless pinned."""
    told = frozenset(entry for item in cards for entry in item.card.entries)
    shown = (one for one in material.stories if not one.story.hidden)
    return tuple(one for one in shown if one.story.pinned or not _is_told(one, told))


def _is_told(one: StoryMaterial, told: frozenset[int]) -> bool:
    """Say whether a card already tells the whole story."""
    return bool(one.members) and all(member.entry.id in told for member in one.members)


def _place(stories: tuple[StoryMaterial, ...]) -> tuple[tuple[StoryMaterial, ...], ...]:
    """Return stories for À la une, for Suites, and the rest, each in rank order with pinned ones first."""
    ranked = sorted(stories, key=lambda one: not one.story.pinned)
    fresh = [one for one in ranked if one.last_printed is None]
    top = _vary([one for place, one in enumerate(ranked) if one.last_printed is None or _leads(one, place)])
    leading = {one.story.id for one in top}
    seen = [one for one in ranked if one.last_printed is not None and one.changed and one.story.id not in leading]
    follow_ups = seen[:FOLLOW_UPS]
    kept = leading | {one.story.id for one in follow_ups}
    rest = [one for one in (*fresh, *seen) if one.story.id not in kept]
    return tuple(top), tuple(follow_ups), tuple(rest)


def _leads(one: StoryMaterial, place: int) -> bool:
    """Say whether a new event of an affair is big enough for the first pages: first by rank, or told by many."""
    if not one.is_sequel:
        return False
    tellers = {
        member.entry.publisher.casefold() or member.entry.feed_url for member in one.members if not member.is_copy
    }
    return place == 0 or one.story.pinned or len(tellers) >= MANY


def _vary(fresh: list[StoryMaterial]) -> list[StoryMaterial]:
    """Return the first stories with at most ``SAME`` about one leading entity; pinned ones always."""
    about: Counter[str] = Counter()
    top: list[StoryMaterial] = []
    for one in fresh:
        leading = one.entities[0].key if one.entities else one.story.id
        if len(top) < TOP and (one.story.pinned or about[leading] < SAME):
            about[leading] += 1
            top.append(one)
    return top


def _story_item(one: StoryMaterial, rights: Rights) -> StoryItem:
    """Return a story as printed: originals before copies, the headline's own article first."""
    ordered = sorted(one.members, key=lambda member: (member.is_copy, member.entry.id != one.headline.id))
    sources = tuple(make_source(member.entry, rights, is_copy=member.is_copy) for member in ordered[:SOURCES])
    headline = make_source(one.headline, rights)
    return StoryItem(
        story=one.story.id,
        headline=headline.title,
        headline_language=one.headline.language,
        url=headline.url,
        summary=quote_summary(one.summary, rights),
        sources=sources or (headline,),
        sources_more=len(ordered[SOURCES:]),
        entities=tuple(replace(entity, name=one_line(entity.name, NAME)) for entity in one.entities[:ENTITIES]),
        score=one.score,
        reasons=tuple(one_line(reason) for reason in one.reasons),
        pinned=one.story.pinned,
        last_printed=one.last_printed,
        changed=tuple(one_line(change) for change in one.changed),
    )


def _brief(top: tuple[StoryItem, ...], opportunities: tuple[CardItem, ...]) -> tuple[Sentence, ...]:
    """Return the week in three lines: the first stories, and the new call that closes first."""
    lines = [Sentence(text=item.headline, source=item.sources[0]) for item in top[:BRIEF]]
    new = next((item for item in opportunities if item.state == "new" and item.sources), None)
    if new:
        lines = [*lines[: BRIEF - 1], Sentence(text=new.sources[0].title, source=new.sources[0])]
    return tuple(lines) if len(lines) > 1 else ()


def _member_items(material: Material, printed: set[str], rights: Rights) -> tuple[MemberItem, ...]:
    """Return members in the news, one line for each member and story, in the order given."""
    dropped = {one.story.id for one in material.stories if one.story.hidden or (one.last_printed and not one.changed)}
    items: dict[tuple[str, str], MemberItem] = {}
    for news in material.members:
        if news.story not in dropped:
            items.setdefault(
                (news.mention.member, news.story or str(news.entry.id)), _member_item(news, printed, rights)
            )
    return tuple(items.values())


def _member_item(news: MemberNews, printed: set[str], rights: Rights) -> MemberItem:
    mention = news.mention
    sentence = sentence_at(news.entry, mention.start, mention.end, mention.text)
    source = make_source(news.entry, rights)
    quoted = sentence if sentence == source.title else cut_quote(sentence, allowed(news.entry, rights))
    return MemberItem(
        member=mention.member,
        name=news.name,
        sentence=Sentence(text=quoted or source.title, source=source),
        story=news.story,
        is_printed=news.story in printed,
    )


def _card_item(one: CardMaterial, today: date, rights: Rights) -> CardItem:
    found = one.card.opportunity
    day = (found.start or found.deadline) if found.kind == "event" else found.deadline
    clean = replace(
        found,
        title=one_line(found.title),
        organiser=one_line(found.organiser, NAME) if found.organiser else None,
        place=one_line(found.place, NAME) if found.place else None,
        amount=one_line(found.amount, NAME) if found.amount else None,
    )
    return CardItem(
        card=replace(one.card, opportunity=clean),
        state=one.state,
        days_left=(day - today).days if day else None,
        sources=tuple(make_source(entry, rights) for entry in one.entries[:SOURCES]),
    )


def _card_order(item: CardItem) -> tuple[bool, bool, int, str]:
    return item.state == "closed", item.days_left is None, item.days_left or 0, item.card.id


def _sources(material: Material) -> Sources:
    """Return where the edition comes from; feeds that need attention are always named."""
    health = tuple(replace(one, name=one_line(one.name, NAME)) for one in material.health)
    return Sources(
        articles=material.articles,
        feeds=material.feeds_read,
        alive=tuple(one.name for one in health if one.status in ("ok", "new")),
        broken=tuple(one for one in health if one.status in ("failing", "gone")),
        silent=tuple(one for one in health if one.status == "silent"),
    )
