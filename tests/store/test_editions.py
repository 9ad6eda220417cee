"""Editions and the memory of what was printed; cards, profiles and runs beside them."""

from datetime import date, timedelta

from tests.make import NOW, make_opportunity
from watcher.model.edition import Week
from watcher.model.opportunity import Card, Evidence
from watcher.model.topic import TopicProfile
from watcher.store.cards import delete_cards, list_cards, save_cards
from watcher.store.database import Connection, Database
from watcher.store.editions import (
    get_edition,
    get_printed,
    list_editions,
    list_printed,
    mark_edition_written,
    mark_printed,
    save_edition,
)
from watcher.store.profiles import list_profiles, save_profiles
from watcher.store.runs import get_last_run, list_runs, mark_run

W47, W48 = Week(year=2026, number=47), Week(year=2026, number=48)


def save(c: Connection, week: Week = W47, language: str = "fr", **changes: str) -> None:
    """Store an edition on drones."""
    values = {"edition_json": '{"é": 1}', "inputs_json": "[]", "sha256": "abc"} | changes
    save_edition(c, "drones", week, language, files=("2026-W47/drones.fr.md",), now=NOW, **values)


def test_an_edition_is_written_after_it_is_stored(database: Database) -> None:
    """It waits as "to be written" until its files are on the disk."""
    with database.write() as c:
        save(c)
        assert [one.week for one in list_editions(c, state="to be written")] == [W47]
        mark_edition_written(c, "drones", W47, "fr", NOW)
        stored = get_edition(c, "drones", W47, "fr")
        assert stored is not None
        assert (stored.row.state, stored.row.written_at) == ("written", NOW)
        assert (stored.edition_json, stored.inputs_json, stored.row.files) == (
            '{"é": 1}',
            "[]",
            ("2026-W47/drones.fr.md",),
        )
        assert get_edition(c, "drones", W48, "fr") is None


def test_running_a_week_again_replaces_it(database: Database) -> None:
    """The same content stays written, another waits for its files again; there is one edition a week and language."""
    with database.write() as c:
        save(c)
        mark_edition_written(c, "drones", W47, "fr", NOW)
        save(c)
        assert [one.week for one in list_editions(c, state="written")] == [W47]
        save(c, sha256="other")
        assert list_editions(c, state="written") == ()
        save(c, W48)
        save(c, language="en")
        assert [(one.week, one.language) for one in list_editions(c)] == [(W48, "fr"), (W47, "en"), (W47, "fr")]
        assert len(list_editions(c, topic="drones", week=W47)) == 2
        assert list_editions(c, topic="optics") == ()


def test_the_memory_knows_the_last_week_before(database: Database, ids: tuple[int, ...]) -> None:
    """An entry is remembered with the last week it was printed in, per topic, before the week asked for."""
    first, second, third, _ = ids
    year_end = Week(year=2025, number=52)
    with database.write() as c:
        mark_printed(c, "drones", year_end, [(first, "s1")])
        mark_printed(c, "drones", W47, [(first, "s1"), (second, "s2")])
        mark_printed(c, "optics", W47, [(third, "s3")])
        assert list_printed(c, "drones", W48) == {first: W47, second: W47}
        assert list_printed(c, "drones", W47) == {first: year_end}
        assert list_printed(c, "drones", W48, entries=[second, third]) == {second: W47}
        mark_printed(c, "drones", W47, [(second, "s2")])
        assert get_printed(c, "drones", W47) == {second: "s2"}
        mark_printed(c, "drones", W47, [])
        assert list_printed(c, "drones", W48) == {first: year_end}


def card(name: str, **changes: object) -> Card:
    """Return a card."""
    opportunity = make_opportunity(evidence=(Evidence(field="deadline", phrase="jusqu'au", entry_id=1),), **changes)
    return Card(id=name, opportunity=opportunity, topics=("drones",), entries=(1, 2), first_seen=NOW, changed_at=NOW)


def test_cards_come_back_by_deadline(database: Database) -> None:
    """The last day that matters orders them, those without stay last, and what is over can be left out."""
    day = date(2026, 12, 1)
    call = card("call", deadline=day)
    fair = card("fair", kind="event", start=day - timedelta(days=9), end=day - timedelta(days=8))
    grant = card("grant", month="2027-03")
    with database.write() as c:
        save_cards(c, [grant, call, fair])
        assert list_cards(c) == (fair, call, grant)
        assert list_cards(c, open_on=day) == (call, grant)
        assert list_cards(c, topic="optics") == ()
        later = card("call", deadline=day + timedelta(days=30))
        save_cards(c, [later])
        delete_cards(c, ["fair", "unknown"])
        assert list_cards(c, topic="drones") == (later, grant)


def test_profiles_are_replaced_by_topic(database: Database) -> None:
    """What a topic has learnt comes back exactly."""
    old, new = (TopicProfile(topic="drones", weights=(("essaim", weight),), documents=3) for weight in (0.1, 0.2))
    with database.write() as c:
        save_profiles(c, [old])
        save_profiles(c, [new, TopicProfile(topic="a")])
        assert list_profiles(c) == (TopicProfile(topic="a"), new)


def test_runs_are_remembered_by_job(database: Database) -> None:
    """The last run of a job is found, good or bad, and the list is bounded."""
    with database.write() as c:
        for hour in range(510):
            at = NOW + timedelta(hours=hour)
            mark_run(c, "fetch", at, at, hour % 2 == 0, f"round {hour}")
        mark_run(c, "digest", NOW, NOW, ok=False, detail="No disk.")
        last, last_good, digest = get_last_run(c, "fetch"), get_last_run(c, "fetch", ok=True), get_last_run(c, "digest")
        assert last is not None
        assert last_good is not None
        assert digest is not None
        assert (last.detail, last_good.detail, digest.ok, digest.detail) == (
            "round 509",
            "round 508",
            False,
            "No disk.",
        )
        assert get_last_run(c, "send") is None
        assert len(list_runs(c, limit=1000)) == 501
        assert len(list_runs(c, job="digest")) == 1
