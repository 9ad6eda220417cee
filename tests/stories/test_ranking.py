"""First things first, with reasons in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW, make_entry, make_score
from tests.stories.told import told_features
from watcher.model.entry import Entry
from watcher.stories.ranking import Facts, Ranked, diversify, family_of, independent_publishers, rank_story


def entry(number: int, publisher: str, **changes: Any) -> Entry:
    """Build an entry of a publisher."""
    return make_entry(number, publisher=publisher, url=f"https://www.example.org/{number}", **changes)


ONE = Facts(entries=(entry(1, "A"),), relevance=0.9)


def total(facts: Facts) -> float:
    """Return the score of a story at the end of the week."""
    return rank_story(facts, NOW).total


def test_everything_that_should_lift_a_story_does() -> None:
    """Publishers, names, opportunity and weight lift; age, an earlier printing and a bargain push down."""
    more = replace(ONE, entries=(*ONE.entries, entry(2, "B"), entry(3, "C")))
    assert total(more) > total(ONE)
    assert total(replace(ONE, watched=("Exail",))) > total(ONE)
    assert total(replace(ONE, opportunity="tender")) > total(ONE)
    assert total(replace(ONE, weight=1.5)) > total(ONE)
    assert total(replace(ONE, relevance=0.5)) < total(ONE)
    assert total(replace(ONE, is_printed=True)) < total(ONE)
    assert total(replace(ONE, entries=(entry(1, "A", published=NOW - timedelta(days=6)),))) < total(ONE)
    assert total(replace(ONE, entries=(entry(1, "A", title="Bon plan : le drone à -40 %"),))) < total(ONE) - 0.3
    assert total(replace(ONE, entries=(entry(1, "A", title="The 10 best drones of 2026"),))) < total(ONE) - 0.1


def test_copies_are_no_independent_publishers() -> None:
    """Forty papers with one agency's text are one voice."""
    copies = tuple(entry(number, f"Paper {number}") for number in range(1, 41))
    facts = replace(ONE, entries=copies, copies=frozenset(range(2, 41)))
    assert independent_publishers(facts) == 1
    assert independent_publishers(replace(facts, copies=frozenset(range(1, 41)))) == 1


def test_every_part_says_why_in_both_languages() -> None:
    """Each part has its reason in the edition's language."""
    french, english = rank_story(ONE, NOW, "fr"), rank_story(ONE, NOW, "en")
    assert [part.name for part in french.parts] == [part.name for part in english.parts]
    assert all(a.why and b.why for a, b in zip(french.parts, english.parts, strict=True))
    assert french.parts[1].why == "un seul titre de presse"


def test_weights_of_what_lifts_sum_to_one() -> None:
    """A perfect story scores one."""
    assert sum(part.weight for part in rank_story(ONE, NOW).parts) == 1.0


@given(st.floats(0, 1), st.floats(0, 10), st.integers(-400, 400))
def test_scores_stay_in_range(relevance: float, weight: float, days: int) -> None:
    """Whatever the facts, each part is within 0..1."""
    facts = Facts(entries=(entry(1, "A", published=NOW - timedelta(days=days)),), relevance=relevance, weight=weight)
    assert all(0 <= part.value <= 1 for part in rank_story(facts, NOW).parts)


def test_the_top_is_varied() -> None:
    """No more than two stories of one family at the top; the others follow in order."""
    ranked = [Ranked(story=f"s{n}", score=make_score(x=1 - n / 10), family="dji" if n < 4 else None) for n in range(7)]
    order = [item.story for item in diversify(ranked, top=4)]
    assert order == ["s0", "s1", "s4", "s5", "s2", "s3", "s6"]


def test_ties_go_by_id() -> None:
    """Equal scores are ordered the same way every time."""
    ranked = [Ranked(story=name, score=make_score(x=0.5)) for name in ("s2", "s1")]
    assert [item.story for item in diversify(ranked)] == ["s1", "s2"]


def test_a_family_is_the_name_the_titles_share() -> None:
    """The name that most titles hold; none where they share none."""
    assert family_of(told_features()[:3]) in {"altara", "korvex"}
    assert family_of((told_features()[0], told_features()[6])) in {"altara", "korvex", None}
    assert family_of(()) is None
