"""Annotations: kept whole, never made twice, and entities named as they mostly are."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from tests.make import NOW, make_parsed_entry
from watcher.model.entry import ParsedFeed
from watcher.model.mention import Annotation, Entity, Kind, Mention
from watcher.store.annotations import (
    find_annotations,
    get_annotations,
    get_entity_names,
    hash_text,
    list_entities,
    save_annotations,
)
from watcher.store.database import Database
from watcher.store.entries import get_entries, save_entries


def mention(spelling: str, entity: str = "exail", kind: Kind = "ORG") -> Mention:
    """Return a mention."""
    return Mention(kind=kind, text=spelling, start=0, end=len(spelling), entity=entity)


def annotation(*mentions: Mention, language: str = "fr") -> Annotation:
    """Return an annotation of one model."""
    return Annotation(language=language, mentions=mentions, model="m1")


def test_an_annotation_comes_back_whole(database: Database, ids: tuple[int, ...]) -> None:
    """Mentions keep order, offsets, exact amounts and units, and the entry learns its language."""
    money = Mention(
        kind="MONEY", text="1,10 M€", start=9, end=16, entity="EUR 1100000", amount=Decimal("1100000.10"), unit="EUR"
    )
    one = Annotation(language="fr", mentions=(money, mention("Exail")), model="m1", truncated=True)
    with database.write() as c:
        save_annotations(c, [(ids[0], "h", one)])
        assert get_annotations(c, ids) == {ids[0]: one}
        assert get_entries(c, ids[:1])[0].language == "fr"


def test_a_text_is_found_by_hash_and_model(database: Database, ids: tuple[int, ...]) -> None:
    """The same text of another entry is known; another model knows nothing of it."""
    one = annotation(mention("Exail"))
    with database.write() as c:
        save_annotations(c, [(ids[0], hash_text("text"), one), (ids[1], hash_text("text"), one)])
        assert find_annotations(c, [hash_text("text"), "unknown"], "m1") == {hash_text("text"): one}
        assert find_annotations(c, [hash_text("text")], "m2") == {}


def test_names_follow_the_majority(database: Database, ids: tuple[int, ...]) -> None:
    """The most frequent spelling is the name, the most frequent kind the kind, in a fixed order when equal."""
    with database.write() as c:
        save_annotations(
            c, [(ids[0], "1", annotation(mention("EXAIL"), mention("Exail"), mention("Exail", kind="PRODUCT")))]
        )
        save_annotations(c, [(ids[1], "2", annotation(mention("RTE", "rte")))])
        expected = Entity(key="exail", name="Exail", kind="ORG", aliases=("EXAIL",))
        assert get_entity_names(c, ["exail", "unknown"]) == {"exail": expected}
        assert [one.key for one in list_entities(c)] == ["exail", "rte"]
        assert [one.key for one in list_entities(c, kind="PRODUCT")] == ["exail"]


def test_an_edit_forgets_what_was_found(database: Database, feed_id: int, ids: tuple[int, ...]) -> None:
    """A changed text loses its annotation, and its entities their count."""
    with database.write() as c:
        save_annotations(c, [(ids[0], "h", annotation(mention("Exail")))])
        edited = make_parsed_entry("One", summary="Changed")
        save_entries(c, feed_id, ParsedFeed(format="rss20", entries=(edited,)), NOW)
        assert get_annotations(c, ids) == {}
        assert get_entity_names(c, ["exail"]) == {}


def pairs(c: Connection, query: str) -> dict[str, int]:
    """Return two columns as a dict."""
    return {row[0]: row[1] for row in c.execute(text(query))}


SPELLINGS = st.lists(st.sampled_from(["Exail", "EXAIL", "Exail SA"]), max_size=4)


@given(rounds=st.lists(st.tuples(st.integers(0, 3), SPELLINGS), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_of_spellings_never_drift(
    database: Database, ids: tuple[int, ...], rounds: list[tuple[int, list[str]]]
) -> None:
    """Whatever is saved again and again, the counts are those of the mentions there are."""
    with database.write() as c:
        for place, spellings in rounds:
            save_annotations(c, [(ids[place], "h", annotation(*map(mention, spellings)))])
        counted = pairs(c, "SELECT text, count FROM spelling WHERE count != 0")
        actual = pairs(c, "SELECT text, count(*) FROM mention GROUP BY text")
    assert counted == actual
