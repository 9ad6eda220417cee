"""Composing: one place for each story, bounds with their counts, rights, and what stays out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.digest.sample import (
    WEEK,
    english_material,
    french_material,
    make_card,
    make_entry,
    make_story,
    quiet_material,
)
from watcher.digest.compose import card_items, compose
from watcher.digest.material import CardState, Material, MemberNews, StoryMaterial
from watcher.model.edition import Edition
from watcher.model.member import MemberMention
from watcher.model.opportunity import Opportunity

BARE = replace(quiet_material(), topic="drones")


def stories(*ids: int, **changes: Any) -> tuple[StoryMaterial, ...]:
    """Make stories of one article each, no two about the same."""
    made = (make_story((make_entry(number, "echo", f"Titre {number}"),), names=f"nom {number}") for number in ids)
    return tuple(replace(one, **changes) for one in made)


def with_stories(*told: StoryMaterial, **changes: Any) -> Edition:
    """Compose an edition of these stories alone."""
    return compose(replace(BARE, stories=told, **changes))


def hidden(one: StoryMaterial) -> StoryMaterial:
    """Return a story that the officer hid."""
    return replace(one, story=replace(one.story, hidden=True))


def pinned(one: StoryMaterial) -> StoryMaterial:
    """Return a story that the officer pinned."""
    return replace(one, story=replace(one.story, pinned=True))


def places(edition: Edition) -> list[str]:
    """Return the stories of an edition in order of print, and of cards the first article."""
    return [item.story for item in (*edition.top, *edition.follow_ups, *edition.also)]


def news(number: int, story: str | None, member: str = "aelys") -> MemberNews:
    """Name a member in the first word of an article."""
    entry = make_entry(number, "echo", f"Titre {number}")
    mention = MemberMention(member=member, entry_id=number, text="Titre", start=0, end=5, reason="nom")
    return MemberNews(mention=mention, name=member.title(), entry=entry, story=story)


@pytest.mark.parametrize("material", [french_material(), english_material()], ids=["fr", "en"])
def test_a_story_is_printed_in_one_place(material: Material) -> None:
    """No article stands under two headlines, and none of a card that tells it all stands again as news."""
    edition = compose(material)
    printed = places(edition)
    assert len(printed) == len(set(printed))
    articles = [
        source.entry_id for item in (*edition.top, *edition.follow_ups, *edition.also) for source in item.sources
    ]
    cards = {entry for item in (*edition.opportunities, *edition.agenda) for entry in item.card.entries}
    assert len(articles) == len(set(articles))
    assert not cards & set(articles)


def test_the_order_of_material_that_is_equal_changes_nothing() -> None:
    """Equal material gives an equal edition, whenever it is composed."""
    assert compose(french_material()) == compose(french_material())


def test_a_story_told_by_a_card_is_the_card() -> None:
    """A call is printed as a card and not as news too, unless the officer pinned it."""
    entry = make_entry(1, "echo", "Un appel à projets")
    card = make_card(entry, Opportunity(kind="call", title="Appel", deadline=date(2026, 12, 9)))
    assert places(with_stories(make_story((entry,)), cards=(card,))) == []
    assert places(with_stories(pinned(make_story((entry,))), cards=(card,))) == ["s1"]
    both = (entry, make_entry(2, "bal", "La filière attendait cet appel"))
    assert places(with_stories(make_story(both), cards=(card,))) == ["s1"]


def test_hidden_stories_are_left_out_and_pinned_ones_come_first() -> None:
    """An officer's hide and pin bind the edition; a hidden story's member is not quoted either."""
    one, two, three = stories(1, 2, 3)
    edition = with_stories(one, hidden(two), pinned(three), members=(news(2, "s2"),))
    assert places(edition) == ["s3", "s1"]
    assert edition.top[0].pinned
    assert edition.members == ()


def test_pinned_stories_stand_at_the_top_whatever_they_are_about() -> None:
    """Variety gives way to the officer."""
    same = [pinned(replace(one, entities=stories(9)[0].entities)) for one in stories(1, 2, 3, 4)]
    assert [item.story for item in with_stories(*same).top] == ["s1", "s2", "s3", "s4"]


def test_the_top_is_varied() -> None:
    """At most two top stories are about one leading entity; the third goes down to the one-line list."""
    same = [replace(one, entities=stories(9)[0].entities) for one in stories(1, 2, 3)]
    edition = with_stories(*same, *stories(4))
    assert [item.story for item in edition.top] == ["s1", "s2", "s4"]
    assert [item.story for item in edition.also] == ["s3"]


def test_sections_are_bounded_and_say_what_is_left_out() -> None:
    """5,000 stories a week still make an edition of five minutes, and nothing is left out in silence."""
    edition = with_stories(*stories(*range(1, 5001)))
    assert (len(edition.top), len(edition.also), edition.also_more) == (5, 20, 4975)


def test_sources_under_a_story_are_bounded() -> None:
    """A story of thirty papers names eight and counts the rest, originals before reprints."""
    entries = tuple(make_entry(number, "echo", f"Titre {number}") for number in range(1, 31))
    item = with_stories(make_story(entries, copies=tuple(range(2, 26)))).top[0]
    assert [source.entry_id for source in item.sources] == [1, 26, 27, 28, 29, 30, 2, 3]
    assert item.sources_more == 22


def test_cards_are_bounded_in_the_edition_and_whole_in_the_calendar() -> None:
    """An edition prints the twelve that close first; ``card_items`` keeps every one."""
    cards = tuple(
        make_card(
            make_entry(number, "echo", f"Appel {number}"),
            Opportunity(kind="call", title=f"Appel {number}", deadline=date(2026, 12, number)),
        )
        for number in range(1, 21)
    )
    material = replace(BARE, cards=cards[::-1])
    edition = compose(material)
    assert [item.card.opportunity.title for item in edition.opportunities] == [f"Appel {n}" for n in range(1, 13)]
    assert edition.opportunities_more == 8
    assert len(card_items(material)) == 20
    assert card_items(material)[:12] == edition.opportunities


def test_cards_come_by_date_undated_after_and_closed_last() -> None:
    """What closes first is read first."""
    states: tuple[tuple[int, date | None, CardState], ...] = (
        (1, None, "new"),
        (2, date(2026, 11, 25), "closed"),
        (3, date(2027, 1, 9), "open"),
        (4, date(2026, 11, 30), "reminder"),
    )
    cards = tuple(
        make_card(make_entry(n, "echo", "Appel"), Opportunity(kind="call", title="Appel", deadline=day), state)
        for n, day, state in states
    )
    edition = compose(replace(BARE, cards=cards))
    assert [item.card.id for item in edition.opportunities] == ["c4", "c3", "c1", "c2"]
    assert [item.days_left for item in edition.opportunities] == [7, 47, None, 2]
    assert [item.state for item in edition.opportunities] == ["reminder", "open", "new", "closed"]


def test_events_stand_in_the_agenda_by_the_day_they_begin() -> None:
    """A fair is in Agenda; a call for speakers with a deadline is not."""
    edition = compose(french_material())
    assert [item.card.opportunity.kind for item in edition.agenda] == ["event", "event"]
    assert edition.agenda[0].days_left == 10
    assert edition.agenda[1].days_left is None


def test_a_sequel_stands_under_suites_unless_it_is_big() -> None:
    """A new event of an affair is a suite; the week's first story, or one that three publishers tell, stands first."""
    before: dict[str, Any] = {
        "last_printed": replace(WEEK, number=45),
        "changed": ("suite de « X »",),
        "is_sequel": True,
    }
    fresh, small = stories(1)[0], stories(2, **before)[0]
    many = replace(make_story(tuple(make_entry(number, f"titre-{number}", "Titre") for number in (3, 4, 5))), **before)
    edition = with_stories(fresh, small, many)
    assert [item.story for item in edition.top] == ["s1", "s3"]
    assert [item.story for item in edition.follow_ups] == ["s2"]
    assert edition.top[1].changed == ("suite de « X »",)
    assert [item.story for item in with_stories(small, fresh).top] == ["s2", "s1"]


def test_a_suite_comes_back_only_when_something_changed() -> None:
    """A story printed before is left out, or printed under Suites with what is new."""
    told = stories(1, last_printed=replace(WEEK, number=45))
    changed = stories(2, last_printed=replace(WEEK, number=45), changed=("montant porté à 9 M€",))
    edition = with_stories(*told, *changed, members=(news(1, "s1"),))
    assert places(edition) == ["s2"]
    assert edition.follow_ups[0].changed == ("montant porté à 9 M€",)
    assert edition.members == ()


def test_suites_beyond_the_bound_are_told_in_one_line() -> None:
    """What changed is not lost to the bound."""
    seen = stories(*range(1, 10), last_printed=replace(WEEK, number=45), changed=("fait nouveau",))
    edition = with_stories(*seen)
    assert (len(edition.follow_ups), len(edition.also)) == (6, 3)


def test_a_member_in_a_printed_story_is_a_pointer_and_others_a_quote() -> None:
    """The story of a member that is quoted in Nos membres is not listed again below."""
    edition = with_stories(*stories(1, 2, 3, 4, 5, 6, 7), members=(news(1, "s1"), news(7, "s7"), news(7, "s7")))
    assert [(item.story, item.is_printed) for item in edition.members] == [("s1", True), ("s7", False)]
    assert [item.story for item in edition.also] == ["s6"]
    assert edition.members[1].sentence.text == "Titre 7"


def test_members_beyond_the_bound_are_counted_and_their_stories_listed() -> None:
    """Ten mentions are printed; the stories of the others keep their line."""
    told = stories(*range(1, 31))
    edition = with_stories(*told, members=tuple(news(n, f"s{n}", f"m{n}") for n in range(6, 21)))
    assert (len(edition.members), edition.members_more) == (10, 5)
    assert [item.story for item in edition.also] == [f"s{n}" for n in range(16, 31)]


def test_brief_names_the_new_call_that_closes_first() -> None:
    """Three lines: two stories, and what a member should not miss; one line alone is no brief."""
    edition = compose(french_material())
    assert len(edition.brief) == 3
    assert edition.brief[2].text == "Inspection des ponts par drone : la Région lance un appel d’offres"
    assert with_stories(*stories(1)).brief == ()


@pytest.mark.parametrize(("excerpt", "most"), [(0, 0), (60, 60), (240, 240), (None, 600)])
def test_quotes_stay_within_the_rights_of_each_feed(excerpt: int | None, most: int) -> None:
    """A feed of titles alone is never quoted; 240 characters are the habit; without a bound, 600."""
    long = "Une phrase assez longue pour compter, mais pas trop. " * 40
    entry = make_entry(1, "echo", "Titre", long)
    one = replace(make_story((entry,)), summary=((long, entry), (long, entry)))
    edition = with_stories(one, excerpts=((entry.feed_url, excerpt),))
    quoted = sum(len(sentence.text) for sentence in edition.top[0].summary)
    assert quoted <= most
    assert (quoted > 0) == (most > 0)
    assert len(edition.top[0].sources[0].excerpt) <= most


def test_a_feed_without_a_rule_is_quoted_by_habit() -> None:
    """Absent from the table, a feed's excerpt is bounded at 240."""
    entry = make_entry(1, "echo", "Titre", "Phrase. " * 100)
    edition = with_stories(make_story((entry,)))
    assert 200 < len(edition.top[0].summary[0].text) <= 240


def test_a_member_is_not_quoted_beyond_the_rights_of_a_feed() -> None:
    """Where only titles may be printed, the title stands for the sentence that names a member."""
    entry = make_entry(1, "echo", "Un titre", "Aélys équipe le port de Brest.")
    mention = MemberMention(member="aelys", entry_id=1, text="Aélys", start=9, end=14, reason="nom")
    told = MemberNews(mention=mention, name="Aélys", entry=entry)
    free = compose(replace(BARE, members=(told,)))
    bound = compose(replace(BARE, members=(told,), excerpts=((entry.feed_url, 0),)))
    assert free.members[0].sentence.text == "Aélys équipe le port de Brest."
    assert bound.members[0].sentence.text == "Un titre"


def test_a_week_without_news_is_an_edition() -> None:
    """Nothing to print is no failure: the edition names the feeds that were alive."""
    edition = compose(quiet_material())
    assert places(edition) == []
    assert edition.sources.alive
    assert edition.brief == ()


def test_feeds_that_need_attention_are_always_named() -> None:
    """Broken and silent feeds stand in Sources apart from the living."""
    sources = compose(french_material()).sources
    assert [one.name for one in sources.broken] == ["Drones & Territoires"]
    assert [one.name for one in sources.silent] == ["Le Carnet du télépilote"]
    assert "Drones & Territoires" not in sources.alive
