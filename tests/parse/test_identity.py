"""Identities of entries over fetches: rows ENT-01 to ENT-05."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.parse.identity import Marks, _fold_url, make_keys
from watcher.urls import canonical_url

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
HOME = "https://www.example.org/"


def make_marks(n: int) -> Marks:
    """Build the marks of the n-th item of a well-behaved feed."""
    return Marks(
        guid=f"urn:item:{n}",
        link=f"https://www.example.org/a/{n}",
        title=f"Item {n}: a port signs for {n} vessels",
        text=f"The port of Brest has signed a contract for {n} vessels.",
        date=NOON - timedelta(days=n),
    )


class Archive:
    """Entries as a store keeps them: one that shares any key with a kept one is the same."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def take(self, *entries: Marks) -> int:
        """Take one fetch; return how many entries are new."""
        new = 0
        for keys in make_keys(entries, (HOME,)):
            known = next((self.ids[key] for key in keys if key in self.ids), None)
            new += known is None
            self.ids.update(dict.fromkeys(keys, len(self.ids) if known is None else known))
        return new


ITEMS = tuple(make_marks(n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    "change",
    [
        lambda n, item: item._replace(guid=f"g-{n}-{item.guid}"),
        lambda n, item: item._replace(guid="", link=f"{item.link}?v={n}&utm_source=x{n}"),
        lambda n, item: item._replace(link=f"{item.link}?utm_campaign={n}"),
        lambda n, item: item._replace(link=f"{item.link}?session={n}{n}{n}"),
        lambda n, item: item._replace(title=f"Breaking v{n}: thing"),
        lambda n, item: item._replace(guid="", title=f"{item.title} (version {n})"),
        lambda n, item: item._replace(date=NOON + timedelta(hours=n)),
        lambda n, item: item._replace(text=f"Edited {n} times."),
        lambda n, item: item._replace(guid=f"http{'s' * (n % 2)}://ex.example/{item.guid[-1]}"),
        lambda n, item: item._replace(guid="", link=item.link.replace("https", "http" + "s" * (n % 2))),
        lambda n, item: item._replace(guid=item.guid if n % 2 else ""),
        lambda _, item: item._replace(guid="", link=""),
    ],
)
def test_changing_parts_make_no_entry_new(change: Callable[[int, Marks], Marks]) -> None:
    """Guids, tokens, schemes, titles, dates and texts may change at each fetch: nothing is new after the first."""
    archive = Archive()
    assert archive.take(*(change(1, item) for item in ITEMS)) == 3
    assert [archive.take(*(change(n, item) for item in ITEMS)) for n in (2, 3, 4)] == [0, 0, 0]


def test_order_and_absence_make_no_entry_new() -> None:
    """Items in another order, missing, or back again are the ones we had; only added ones are new."""
    archive = Archive()
    more = (*ITEMS, make_marks(4), make_marks(5))
    assert [archive.take(*entries) for entries in (ITEMS, ITEMS[::-1], (), ITEMS[:1], more, ITEMS, more)] == [
        3,
        0,
        0,
        0,
        2,
        0,
        0,
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda item: item._replace(guid="same"),
        lambda item: item._replace(guid="same", link=HOME),
        lambda item: item._replace(guid=HOME, link=HOME),
        lambda item: item._replace(guid="", link="https://www.example.org/news.html"),
        lambda item: item._replace(guid="", link="https://www.example.org/news.html", title="News"),
        lambda item: item._replace(link="https://www.example.org/show", title="Episode", text=""),
        lambda item: item._replace(guid="", link="", title="Communiqué", text="", date=item.date),
        lambda item: item._replace(link=f"https://www.example.org/log#v{item.guid[-1]}", guid=""),
    ],
)
def test_distinct_items_stay_distinct(change: Callable[[Marks], Marks]) -> None:
    """One guid, one link or one title for many items never makes them one, neither at once nor over two fetches."""
    archive = Archive()
    items = [change(make_marks(n)) for n in range(1, 7)]
    assert archive.take(*items[:4]) == 4
    assert archive.take(*items[2:]) == 2


def test_the_same_item_repeated_is_one() -> None:
    """An item that stands in the document many times is one entry."""
    assert Archive().take(*[make_marks(1)] * 50) == 1


def test_an_item_with_nothing_has_an_identity() -> None:
    """Even an empty item has a stable key."""
    empty = Marks(guid="", link="", title="", text="", date=None)
    archive = Archive()
    assert archive.take(empty, make_marks(1)) == 2
    assert archive.take(empty, make_marks(1)) == 0


def test_a_lone_item_that_links_home_is_not_the_next_one() -> None:
    """A feed of one item that always links to the site's front page yields a new entry for each item."""
    archive = Archive()
    assert [archive.take(make_marks(n)._replace(guid="", link=HOME)) for n in (1, 2, 3)] == [1, 1, 1]


def test_keys_are_short() -> None:
    """A guid of 100 kB gives keys like any other."""
    keys = make_keys([make_marks(1)._replace(guid="g" * 100_000)])[0]
    assert max(map(len, keys)) < 40


@given(st.from_regex(r"https?://(www\.)?[a-z0-9.-]{1,12}(/[a-z0-9._~-]{0,5}){0,3}/?(\?[a-z]=1)?", fullmatch=True))
def test_the_short_cut_for_simple_addresses_changes_nothing(url: str) -> None:
    """Addresses folded without parsing come out as ``canonical_url`` would have them."""
    assert _fold_url(url) == canonical_url(url)
