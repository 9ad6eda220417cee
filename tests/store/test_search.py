"""Search: French and English forms meet, accents do not matter, no input is an error."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import NOW, make_parsed_entry
from watcher.model.entry import ParsedFeed
from watcher.model.mention import Annotation, Mention
from watcher.model.topic import TopicMatch
from watcher.store.annotations import save_annotations
from watcher.store.database import Database
from watcher.store.entries import save_entries
from watcher.store.forms import find_forms
from watcher.store.query import MOST_PHRASES, parse_query
from watcher.store.search import Hits, search_entries
from watcher.store.work import mark_matched

TEXTS = (
    ("L'éolien en mer", "Les éoliennes du parc de Saint-Nazaire tournent ; c’est la 1re année d’exploitation."),
    ("Floating wind farm approved", "The companies will install 62 turbines and the first cable in the North Sea."),
    ("Un drone pour les pompiers", "Œuvre d'Exail : le drone de l'entreprise vole dans la fumée."),
    ("Photonics roadmap", "A new laser for optical sensors was shown by a company in Lannion."),
)


@pytest.fixture
def archive(database: Database, feed_id: int) -> Database:
    """Store four entries, the first on a topic and with an entity."""
    entries = tuple(
        make_parsed_entry(title, summary=summary, content="Archives " * 300, published=NOW - timedelta(days=number))
        for number, (title, summary) in enumerate(TEXTS)
    )
    with database.write() as c:
        new = save_entries(c, feed_id, ParsedFeed(format="rss20", language="en", entries=entries), NOW).new
        mark_matched(c, "r", [(new[0], (TopicMatch(topic="offshore-wind", score=0.9),))])
        named = Mention(kind="ORG", text="Exail", start=0, end=5, entity="exail")
        save_annotations(c, [(new[2], "h", Annotation(language="fr", mentions=(named,), model="m"))])
    return database


def find(database: Database, query: str, **filters: object) -> list[str]:
    """Return the titles found."""
    with database.read() as c:
        hits = search_entries(c, query, **filters)  # type: ignore[arg-type] # filters of each test
    assert hits.total >= len(hits.hits)
    return [hit.entry.title for hit in hits.hits]


@pytest.mark.parametrize(
    "query",
    [
        "éolien",
        "EOLIENNE",
        "eoliennes",
        "l'éolienne",
        "Saint Nazaire",
        "saint-nazaire parc",
        '"parc de saint-nazaire"',
        '"années d’exploitation"',
        "éol*",
        "éoliennes*",
        "année",
    ],
)
def test_french_forms_meet(archive: Database, query: str) -> None:
    """Accents, case, plurals, feminine forms, elisions, hyphens, phrases and beginnings find the French entry."""
    assert find(archive, query) == ["L'éolien en mer"]


@pytest.mark.parametrize(
    "query", ["turbine", "Turbines", "install", "installed cables", '"wind farms"', "farms", "turb*", '"north sea"']
)
def test_english_forms_meet(archive: Database, query: str) -> None:
    """Plurals and verb forms find the English entry, though its feed could have said any language."""
    assert find(archive, query) == ["Floating wind farm approved"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("company", 2),
        ("companies -lannion", 1),
        ("drone OR laser", 2),
        ("drone laser", 0),
        ('"farm wind"', 0),
        ("oeuvre", 1),
        ("archive", 4),
        ("", 4),
        ("   ", 4),
        ("-drone", 3),
        ('-"wind farm"', 3),
        ("zzz", 0),
    ],
)
def test_operators(archive: Database, query: str, count: int) -> None:
    """All words, excluded words, either word, phrases in order, ligatures, everything, nothing."""
    assert len(find(archive, query)) == count


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "*",
        "AND",
        "OR",
        "NOT (",
        "title:drone",
        "NEAR(a b)",
        "a" * 5000,
        "^drone",
        "{x}",
        "'; DROP TABLE entry",
        "\0",
    ],
)
def test_odd_queries_are_answered(archive: Database, query: str) -> None:
    """What would be a syntax error is read as words or finds nothing."""
    assert len(find(archive, query)) <= 4


@given(query=st.text(st.characters(codec=None), max_size=60) | st.text(alphabet='ab* "-()OR:^+', max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_raises(archive: Database, query: str) -> None:
    """Any text at all is answered, by date and by relevance."""
    find(archive, query)
    find(archive, query, order="relevance")


def test_filters_narrow(archive: Database) -> None:
    """Topic, entity and dates combine with words; since is included, until is not."""
    assert find(archive, "", topic="offshore-wind") == ["L'éolien en mer"]
    assert find(archive, "drone", entity="exail") == ["Un drone pour les pompiers"]
    assert find(archive, "drone", topic="offshore-wind") == find(archive, "", topic="\udcff", entity="\0") == []
    assert find(archive, "archive", since=NOW - timedelta(days=2), until=NOW) == [TEXTS[1][0], TEXTS[2][0]]


def test_newest_first_and_paged(archive: Database) -> None:
    """Hits come newest first in pages, the total counts all."""
    with archive.read() as c:
        page = search_entries(c, "archive", limit=2, offset=1)
    assert [hit.entry.title for hit in page.hits] == [TEXTS[1][0], TEXTS[2][0]]
    assert page.total == 4


def test_relevance_prefers_titles(archive: Database) -> None:
    """By relevance a title outweighs a body."""
    assert find(archive, "laser OR drone", order="relevance")[0] == "Un drone pour les pompiers"


def test_snippets_show_the_match_in_its_own_words(archive: Database) -> None:
    """The original text is shown, matches in brackets, cut at words; topics come with the hit."""
    with archive.read() as c:
        first = search_entries(c, "eolienne année").hits[0]
        long = search_entries(c, "archive").hits[0]
        nothing = search_entries(c, "", topic="offshore-wind").hits[0]
    assert first.snippet == "Les [éoliennes] du parc de Saint-Nazaire tournent ; c’est la 1re [année] d’exploitation."
    assert first.topics == ("offshore-wind",)
    assert long.snippet.startswith("[Archives] [Archives]")
    assert long.snippet.endswith(" …")
    assert "[" not in nothing.snippet


def test_nothing_matches_punctuation(archive: Database) -> None:
    """A query without a word is not a query for everything."""
    with archive.read() as c:
        assert search_entries(c, "?!") == Hits()


def test_edits_change_what_is_found(archive: Database, feed_id: int) -> None:
    """An entry that was edited is found by its new words and no longer by its old ones; the index stays sound."""
    title = TEXTS[3][0]
    edited = make_parsed_entry(title, summary="Un télescope pour l'astronomie.", published=NOW - timedelta(days=3))
    with archive.write() as c:
        saved = save_entries(c, feed_id, ParsedFeed(format="rss20", entries=(edited,)), NOW)
        c.exec_driver_sql("INSERT INTO entry_search (entry_search, rank) VALUES ('integrity-check', 1)")
    assert len(saved.updated) == 1
    assert (find(archive, "telescopes"), find(archive, "laser")) == ([title], [])
    assert find(archive, "photonic") == [title]


def test_forms_are_those_of_the_archive(archive: Database) -> None:
    """A word's forms are words that occur; ligatures and accents make no difference, other words are not taken."""
    with archive.read() as c:
        forms = find_forms(c, ("eolienne", "oeuvre", "turbine", "laser", "62", "la", "zzz"))
    assert forms == {
        "eolienne": ("eolienne", "eolien", "eoliennes"),
        "oeuvre": ("oeuvre", "œuvre"),
        "turbine": ("turbine", "turbines"),
        "laser": ("laser",),
        "62": ("62",),
        "la": ("la",),
        "zzz": ("zzz",),
    }


def test_a_phrase_has_a_bounded_number_of_spellings() -> None:
    """A long phrase of words with many forms is looked for in its own words and some of the others."""
    query = parse_query('"one two three four five six"')
    forms = {word: tuple(f"{word}{number}" for number in range(40)) for word in query.words}
    assert query.wanted_expression(forms).count(" OR ") <= MOST_PHRASES


def test_queries_are_bounded() -> None:
    """A query of thousands of words costs no more than forty."""
    assert len(parse_query("word " * 5000).wanted) == 40
