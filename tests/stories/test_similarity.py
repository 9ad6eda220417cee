"""Two entries are compared by what makes an event, and what contradicts forbids."""

from dataclasses import replace
from datetime import timedelta

from tests.make import NOW, make_entry
from tests.stories.told import told_features
from watcher.stories.features import make_features
from watcher.stories.figures import read_figures
from watcher.stories.similarity import Likeness, compare
from watcher.stories.views import Commonness, View

ALL = told_features()


def likeness(first: str, second: str, summary: str = "", gap: float = 0) -> Likeness:
    """Compare two titles of two publishers."""
    a = make_entry(1, title=first, summary=summary, publisher="A", url=None)
    b = make_entry(2, title=second, summary=summary, publisher="B", url=None, published=NOW - timedelta(days=gap))
    return compare(View(make_features(a, None)), View(make_features(b, None)))


def test_comparison_is_symmetric() -> None:
    """Either order gives the same score."""
    for a in ALL:
        for b in ALL:
            assert compare(View(a), View(b)).score == compare(View(b), View(a)).score


def test_contradicting_ordinals_and_numbered_names_forbid() -> None:
    """The 12th and 13th package, Hornsea 2 and Hornsea 3, are two events."""
    assert likeness("Le 12e paquet de sanctions adopté", "Le 13e paquet de sanctions adopté").is_veto
    assert likeness("Hornsea 2 cable installed", "Hornsea 3 cable installed").is_veto


def test_contradicting_amounts_take_away() -> None:
    """Another amount in the title makes two events less alike."""
    same = likeness("Korvex raises $30 million for drones", "Korvex gets $30 million for its drones")
    other = likeness("Korvex raises $30 million for drones", "Korvex gets $80 million for its drones")
    assert same.score > other.score + 0.2


def test_one_name_and_the_trade_s_talk_are_no_event() -> None:
    """A company's two announcements share its name, and little else."""
    assert likeness("Norvind unveils offshore wind chief", "Norvind sells floating wind project stake").score < 0.4


def test_days_apart_take_away() -> None:
    """The same likeness a week later counts less; beyond the window it is nothing."""
    near = likeness("Korvex unveils Altara drone", "Korvex presents its Altara drone")
    far = likeness("Korvex unveils Altara drone", "Korvex presents its Altara drone", gap=6)
    gone = likeness("Korvex unveils Altara drone", "Korvex presents its Altara drone", gap=20)
    assert near.score > far.score > gone.score == 0


def test_a_shared_page_is_a_copy_only_with_shared_words() -> None:
    """Entries that all link to a home page are not one text."""
    url = "https://www.example.org/"
    a = make_features(make_entry(1, title="Korvex opens a plant", url=url), None)
    b = make_features(make_entry(2, title="Rain in Brittany", url=url), None)
    assert not compare(View(a), View(b)).is_copy
    assert compare(View(a), View(replace(a, entry_id=3))).is_copy


def test_what_comes_back_every_day_is_discounted() -> None:
    """A name in many stretches of days loses weight, one in a burst does not."""
    spread = [replace(ALL[0], entry_id=n, at=NOW - timedelta(days=4 * n)) for n in range(8)]
    burst = [replace(ALL[0], entry_id=n) for n in range(6)]
    assert Commonness(spread).factors["korvex"] < 0.8
    assert Commonness(burst).factors == {}
    assert Commonness([]).factors == {}


def test_nearly_the_same_words_of_one_day_are_evidence() -> None:
    """Two titles without a name that say the same tell of one event; a month's figure comes back a day later."""
    first, second = "Many more young people sleep badly, a report says", "More young people sleep badly, says a report"
    assert likeness(first, second).score >= 0.4 > likeness(first, second, gap=1).score


def test_a_publisher_s_dated_titles_are_columns() -> None:
    """The same title with another day is the next part, whatever its text says again."""
    text = "Watch the evening news of the south again on our pages, with all that happened in the ports."
    days = [make_entry(n, f"News of the south, {28 + n} January", text, url=None, publisher="A") for n in (1, 2)]
    assert compare(*(View(make_features(entry, None)) for entry in days)).is_veto


def test_a_sum_reads_the_same_with_its_code_before_it() -> None:
    """*USD 14.5 million* is *$14.5m*."""
    assert read_figures("A fund of USD 14.5 Million") == read_figures("A fund of $14.5m") == ("usd:1.45e+07",)
