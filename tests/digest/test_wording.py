"""The words of an edition: what an editor would write, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.digest.sample import french_material, make_card, make_entry, sample_editions
from watcher.digest import wording
from watcher.digest.compose import card_items, compose
from watcher.digest.material import CardState
from watcher.model.edition import CardItem, SourceLink
from watcher.model.opportunity import Opportunity
from watcher.model.story import Trend

FRENCH, ENGLISH, QUIET = sample_editions()


def card(found: Opportunity, state: CardState = "open", previous: date | None = None) -> CardItem:
    """Print one card on Monday 23 November 2026."""
    made = make_card(make_entry(1, "echo", "Titre"), found, state, previous)
    return card_items(replace(french_material(), cards=(made,)))[0]


def call(deadline: date | None = None, *, time: str | None = None, state: CardState = "open") -> CardItem:
    """Print a call."""
    return card(Opportunity(kind="call", title="Appel", deadline=deadline, deadline_time=time), state)


def event(start: date | None = None, end: date | None = None, month: str | None = None) -> CardItem:
    """Print an event."""
    return card(Opportunity(kind="event", title="Salon", start=start, end=end, month=month))


@pytest.mark.parametrize(
    ("item", "french", "english"),
    [
        (
            call(date(2026, 11, 23)),
            "Date limite\u202f: 23 novembre 2026 (aujourd’hui)",
            "Deadline: 23 November 2026 (today)",
        ),
        (
            call(date(2026, 11, 24)),
            "Date limite\u202f: 24 novembre 2026 (demain)",
            "Deadline: 24 November 2026 (tomorrow)",
        ),
        (
            call(date(2026, 12, 1), time="12:00"),
            "Date limite\u202f: 1er décembre 2026 à 12\u00a0h (dans 8 jours)",
            "Deadline: 1 December 2026, 12:00 (in 8 days)",
        ),
        (call(date(2027, 6, 8)), "Date limite\u202f: 8 juin 2027 (dans 6 mois)", "Deadline: 8 June 2027 (in 6 months)"),
        (call(), "Date limite à vérifier à la source", "Check the deadline at the source"),
        (
            call(date(2026, 11, 25), state="closed"),
            "Date limite\u202f: 25 novembre 2026",
            "Deadline: 25 November 2026",
        ),
        (
            event(date(2026, 12, 3), date(2026, 12, 4)),
            "Du 3 au 4 décembre 2026 (dans 10 jours)",
            "3–4 December 2026 (in 10 days)",
        ),
        (
            event(date(2026, 11, 22), date(2026, 11, 24)),
            "Du 22 au 24 novembre 2026 (en cours)",
            "22–24 November 2026 (under way)",
        ),
        (event(month="2027-01"), "Janvier 2027", "January 2027"),
        (event(), "", ""),
    ],
)
def test_dates_are_said_as_read(item: CardItem, french: str, english: str) -> None:
    """What was read is said with what is left; what was not read is not said."""
    assert wording.say_when(item, "fr") == french
    assert wording.say_when(item, "en") == english


def test_a_prolonged_call_names_the_old_deadline() -> None:
    """Those who noted the first date see that it moved."""
    item = card(Opportunity(kind="call", title="Appel", deadline=date(2027, 1, 15)), "extended", date(2026, 11, 30))
    assert wording.say_when(item, "fr").endswith("(au lieu du 30 novembre 2026 · dans 53 jours)")
    assert wording.say_state(item, "fr") == "prolongé"


def test_a_reminder_says_how_many_days() -> None:
    """*Rappel J-21*, and nothing for a card that is merely open."""
    assert wording.say_state(call(date(2026, 12, 14), state="reminder"), "fr") == "rappel J-21"
    assert wording.say_state(call(date(2026, 12, 14), state="reminder"), "en") == "reminder, 21 days left"
    assert wording.say_state(call(date(2026, 11, 23), state="reminder"), "fr") == "rappel"
    assert wording.say_state(call(date(2026, 12, 14)), "fr") == ""


@pytest.mark.parametrize(
    ("counts", "count", "bars"),
    [((0, 0, 0), 0, "▁▁▁▁"), ((0, 4), 8, "▁▅█"), ((), 3, "█"), ((8, 4), 0, "█▅▁")],
)
def test_sparklines_reach_from_nothing_to_most(counts: tuple[int, ...], count: int, bars: str) -> None:
    """One bar a week, this week last, the tallest full."""
    trend = Trend(key="x", name="x", kind="term", count=count, before=counts, score=1.0, is_new=False)
    assert wording.draw_sparkline(trend) == bars


def test_a_member_is_said_once() -> None:
    """All stories of a member stand in one sentence, quotes after pointers, members in order."""
    first = FRENCH.members[0]
    again = replace(first, story=FRENCH.top[1].story)
    elsewhere = replace(first, story="s99", is_printed=False)
    edition = replace(FRENCH, members=(first, FRENCH.members[1], again, elsewhere))
    groups = wording.group_members(edition)
    assert [[item.story for item in group] for group in groups] == [["s1", "s5", "s99"], ["s60"]]
    pointer = wording.see_stories(groups[0], edition)
    assert pointer.startswith("à lire dans «\u202fAélys Robotics livre")
    assert "\u202f» et «\u202fUn couloir" in pointer
    assert wording.quote_member(groups[0], edition) == (elsewhere.sentence,)
    assert wording.see_stories(groups[1], edition) == ""


def test_days_are_the_readers() -> None:
    """An article of 23:30 UTC on Tuesday is of Wednesday in Paris; another year is named."""
    late = SourceLink(
        entry_id=1,
        title="",
        url=None,
        publisher="",
        language="fr",
        published=datetime(2026, 11, 17, 23, 30, tzinfo=UTC),
    )
    assert wording.say_day(late, FRENCH) == "18\u00a0nov."
    assert (
        wording.say_day(replace(late, published=datetime(2024, 2, 1, tzinfo=UTC)), FRENCH) == "1er\u00a0févr.\u00a02024"
    )
    assert wording.say_day(replace(late, published=None), FRENCH) == ""


def test_a_text_in_another_language_is_marked() -> None:
    """Readers know before they click."""
    assert [wording.say_language(code, FRENCH) for code in ("en", "fr", None)] == ["[en]", "", ""]


def test_a_suite_says_since_when_and_what() -> None:
    """The week it was last printed, and what is new."""
    said = wording.say_since(FRENCH.follow_ups[0], FRENCH)
    assert said == "Depuis la semaine 44 – cadence portée à 1 500 moteurs par mois · ouverture avancée à février"
    assert wording.say_since(FRENCH.top[0], FRENCH) == ""


def test_a_pinned_story_says_that_the_editor_chose_it() -> None:
    """Readers are told who decided."""
    pinned = replace(FRENCH.top[0], pinned=True, reasons=("au cœur du sujet",))
    assert wording.say_why(pinned, FRENCH) == "Pourquoi ici\u202f: choisi par la rédaction · au cœur du sujet"
    assert wording.say_why(replace(pinned, pinned=False, reasons=()), FRENCH) == ""


def test_sources_say_what_needs_attention() -> None:
    """How many articles of how many feeds, which are broken and which silent, since when."""
    assert wording.say_sources(FRENCH) == (
        "Cette édition s’appuie sur 87 articles de 14 sources.",
        "Ne répond plus\u202f: Drones & Territoires (depuis le 12 novembre).",
        "Silencieuse depuis plus longtemps que d’habitude\u202f: Le Carnet du télépilote (depuis le 28 septembre).",
    )


def test_a_quiet_week_names_the_living_feeds() -> None:
    """And says so when none answered."""
    assert wording.is_empty(QUIET)
    assert wording.say_empty(QUIET).endswith("L’Écho des ateliers, Balises et Ciel & Industrie.")
    dead = replace(QUIET, sources=replace(QUIET.sources, alive=()))
    assert wording.say_empty(dead).endswith("Aucune des sources suivies n’a répondu.")
    many = replace(QUIET, sources=replace(QUIET.sources, alive=tuple(f"Source {n}" for n in range(40))))
    assert wording.say_empty(many).endswith("Source 11 et 28 autres.")


def test_titles_and_dates_head_an_edition() -> None:
    """Topic, days and week."""
    assert wording.say_title(ENGLISH) == "Offshore wind: the watch for week 47"
    assert wording.say_dates(ENGLISH) == "16–22 November 2026 · week 47"
    assert not wording.is_empty(compose(french_material()))
