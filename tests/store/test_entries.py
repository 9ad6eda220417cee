"""Entries: each once, edits kept, dates sane."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.make import NOW, make_feed, make_parsed_entry, make_parsed_feed
from watcher.model.entry import ParsedEntry, ParsedFeed
from watcher.store.database import Database
from watcher.store.entries import Saved, count_entries, get_entries, list_entries, list_revisions, save_entries
from watcher.store.feeds import list_feed_states, sync_feeds
from watcher.store.search import search_entries

LATER = NOW + timedelta(hours=2)


def document(*entries: ParsedEntry) -> ParsedFeed:
    """Return a document of ``entries``."""
    return ParsedFeed(format="rss20", entries=entries)


def save(database: Database, feed_id: int, *entries: ParsedEntry, now: datetime = NOW) -> Saved:
    """Store a document."""
    with database.write() as c:
        return save_entries(c, feed_id, document(*entries), now)


def test_an_entry_comes_back_as_it_was(database: Database, feed_id: int) -> None:
    """Every field survives, and the publisher is the feed's name."""
    one = make_parsed_entry("Été", summary="Résumé", content="Corps", author="A. Auteur", tags=("éolien", "mer"))
    saved = save(database, feed_id, one)
    with database.read() as c:
        stored = get_entries(c, saved.new)[0]
    assert (stored.title, stored.summary, stored.content, stored.author) == ("Été", "Résumé", "Corps", "A. Auteur")
    assert (stored.tags, stored.url, stored.published, stored.first_seen) == (("éolien", "mer"), one.url, NOW, NOW)
    assert (stored.publisher, stored.feed_url, stored.language) == (
        "www.example.org",
        "https://www.example.org/feed/",
        None,
    )


def test_the_same_document_brings_nothing(database: Database, feed_id: int) -> None:
    """A second reading finds everything known."""
    entries = [make_parsed_entry(f"Title {number}") for number in range(20)]
    assert len(save(database, feed_id, *entries).new) == 20
    assert save(database, feed_id, *reversed(entries), now=LATER) == Saved()


def test_any_shared_key_makes_one_entry(database: Database, feed_id: int) -> None:
    """ENT-01: a changed guid with the same link, then a changed link with the new guid, stay one entry."""
    save(database, feed_id, make_parsed_entry(keys=("guid 1", "link 1")))
    assert save(database, feed_id, make_parsed_entry(keys=("guid 2", "link 1")), now=LATER) == Saved()
    assert save(database, feed_id, make_parsed_entry(keys=("guid 2", "link 2")), now=LATER) == Saved()


def test_keys_of_one_entry_are_bounded(database: Database, feed_id: int) -> None:
    """A guid that changes at each fetch does not grow the database for ever."""
    for number in range(60):
        save(database, feed_id, make_parsed_entry(keys=(f"guid {number}", "link")))
    with database.read() as c:
        assert (c.scalar(text("SELECT count(*) FROM entry_key")) or 0) <= 24
        assert count_entries(c) == 1


def test_feeds_keep_their_keys_apart(database: Database, feed_id: int) -> None:
    """The same guid in two feeds is two entries."""
    with database.write() as c:
        sync_feeds(c, (make_feed(), make_feed("https://b.example/")), NOW)
        other = list_feed_states(c)[1].id
    save(database, feed_id, make_parsed_entry(keys=("1",)))
    assert len(save(database, other, make_parsed_entry(keys=("1",))).new) == 1


def test_copies_in_one_document_are_one_entry(database: Database, feed_id: int) -> None:
    """ENT-02: an item that stands 500 times, even with two texts, is one entry and no edit at the next poll."""
    forms = [make_parsed_entry("A" if number % 2 else "B", keys=("same",)) for number in range(500)]
    assert len(save(database, feed_id, *forms).new) == 1
    assert save(database, feed_id, *forms[1:], now=LATER) == Saved()


def test_entries_without_keys_are_known_by_their_text(database: Database, feed_id: int) -> None:
    """ENT-03: an item with no identity at all is stored once."""
    bare = ParsedEntry(keys=(), title="", url=None, summary="Only text")
    assert len(save(database, feed_id, bare, make_parsed_entry()).new) == 2
    assert save(database, feed_id, bare) == Saved()


def test_a_huge_key_costs_eight_bytes(database: Database, feed_id: int) -> None:
    """ENT-03: a guid of a megabyte is an identity like any other."""
    huge = make_parsed_entry(keys=("x" * 1_000_000,))
    save(database, feed_id, huge)
    assert save(database, feed_id, huge) == Saved()


def test_an_edit_keeps_what_it_replaced(database: Database, feed_id: int) -> None:
    """ENT-01/06: the entry is updated in place, keeps its week, is searched by its new words, and remembers the old."""
    saved = save(database, feed_id, make_parsed_entry("Old turbine", keys=("1",), content="old text"))
    edited = save(database, feed_id, make_parsed_entry("New rotor", keys=("1",), content=""), now=LATER)
    assert edited == Saved(updated=saved.new)
    with database.read() as c:
        stored = get_entries(c, saved.new)[0]
        past = list_revisions(c, saved.new[0])
        found = [search_entries(c, query).total for query in ("turbine", "rotor")]
    assert (stored.title, stored.content, stored.digest_at, stored.first_seen) == ("New rotor", "", NOW, NOW)
    assert [(one.title, one.content, one.replaced_at) for one in past] == [("Old turbine", "old text", LATER)]
    assert found == [0, 1]


def test_a_title_that_flaps_keeps_few_revisions(database: Database, feed_id: int) -> None:
    """A title that changes at each poll is not a reason to grow for ever."""
    first = save(database, feed_id, make_parsed_entry("0", keys=("1",)))
    for number in range(1, 40):
        save(database, feed_id, make_parsed_entry(str(number), keys=("1",)), now=NOW + timedelta(hours=number))
    with database.read() as c:
        past = list_revisions(c, first.new[0])
    assert len(past) <= 20
    assert past[-1].title == "38"


def test_dates_that_change_alone_are_no_edit(database: Database, feed_id: int) -> None:
    """DAT-03: a feed that dates everything now at each build brings nothing new."""
    save(database, feed_id, make_parsed_entry())
    assert save(database, feed_id, make_parsed_entry(published=LATER), now=LATER) == Saved()


def test_a_first_import_keeps_its_own_weeks(database: Database, feed_id: int) -> None:
    """ENT-07: old items of a new feed belong to their own weeks, and at most ten undated ones to this."""
    dated = [make_parsed_entry(f"Dated {week}", published=NOW - timedelta(weeks=week)) for week in range(30)]
    undated = [make_parsed_entry(f"Undated {number}", published=None, date_quality="missing") for number in range(30)]
    save(database, feed_id, *dated, *undated)
    with database.read() as c:
        recent = list_entries(c, since=NOW - timedelta(days=6))
    assert len(recent) == 11


def test_later_entries_belong_to_the_week_they_came_in(database: Database, feed_id: int) -> None:
    """DAT-05: after the first import the publisher's date does not decide the week."""
    save(database, feed_id, make_parsed_entry("First"))
    late = save(database, feed_id, make_parsed_entry("Late", published=NOW - timedelta(weeks=5)), now=LATER)
    with database.read() as c:
        stored = get_entries(c, late.new)[0]
    assert (stored.digest_at, stored.published) == (LATER, NOW - timedelta(weeks=5))


def test_a_future_date_is_clamped(database: Database, feed_id: int) -> None:
    """DAT-02/04: an entry of the year 9999 is dated now, and marked."""
    far = save(database, feed_id, make_parsed_entry(published=datetime(9999, 12, 31, 23, 59, tzinfo=UTC)))
    ancient = save(database, feed_id, make_parsed_entry("Old", published=datetime(1, 1, 1, tzinfo=UTC)))
    with database.read() as c:
        future, old = get_entries(c, (*far.new, *ancient.new))
    assert (future.published, future.digest_at, future.date_quality) == (NOW, NOW, "future")
    assert old.published == datetime(1, 1, 1, tzinfo=UTC)


def test_entries_come_in_the_order_asked(database: Database, ids: tuple[int, ...]) -> None:
    """Unknown ids are left out, order is the caller's."""
    with database.read() as c:
        assert [one.id for one in get_entries(c, (ids[2], 999, ids[0]))] == [ids[2], ids[0]]
        assert get_entries(c, ()) == ()


def test_lists_are_bounded_by_digest_date(database: Database, feed_id: int) -> None:
    """The first moment is included, the last is not."""
    save(database, feed_id, *(make_parsed_entry(str(day), published=NOW - timedelta(days=day)) for day in range(5)))
    with database.read() as c:
        found = list_entries(c, since=NOW - timedelta(days=3), until=NOW - timedelta(days=1))
        assert [one.title for one in found] == ["2", "3"]
        assert count_entries(c, since=NOW - timedelta(days=3)) == 4
        assert count_entries(c, topic="drones") == 0


@given(texts=st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_stored_and_known_again(database: Database, feed_id: int, texts: list[str]) -> None:
    """NUL, lone surrogates and anything else neither raise nor make a second entry."""
    parsed = tuple(
        ParsedEntry(keys=(one,), title=one, url=one, summary=one, content=one, author=one, tags=(one,)) for one in texts
    )
    first = save(database, feed_id, *parsed)
    assert save(database, feed_id, *parsed, now=LATER).new == ()
    with database.read() as c:
        stored = get_entries(c, first.new)
    assert len(stored) == len(first.new)
    for entry in stored:
        entry.text.encode()
        assert "\0" not in entry.text


def test_empty_documents_change_nothing(database: Database, feed_id: int, ids: tuple[int, ...]) -> None:
    """ENT-05: a feed that empties and comes back keeps its entries and brings none."""
    assert save(database, feed_id) == Saved()
    with database.write() as c:
        assert save_entries(c, feed_id, replace(make_parsed_feed("One", "Two", "Three", "Four")), LATER) == Saved()
        assert count_entries(c) == len(ids)
