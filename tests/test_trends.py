"""What rises, told carefully from small counts."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.trends import WEEKS, Sighting, Tally, link_entities, rank_trends, tally, terms_of


def counted(key: str, count: int, *before: int, kind: str = "ORG", publishers: int = 3) -> Tally:
    """Build a tally; weeks not given are empty."""
    weeks = (0,) * (WEEKS - len(before)) + before
    return Tally(key=key, name=key, kind=kind, count=count, publishers=publishers, before=weeks)


TOTALS = (50,) * WEEKS


def names(*tallies: Tally, own: tuple[str, ...] = ()) -> list[str]:
    """Return the keys that rise, strongest first."""
    return [trend.key for trend in rank_trends(tallies, 50, TOTALS, own=own)]


def test_a_rise_from_nothing_beats_a_steady_crowd() -> None:
    """Five stories after none rise; thirty a week as ever do not."""
    assert names(counted("Korvex", 5), counted("DJI", 30, *(30,) * WEEKS)) == ["Korvex"]


def test_small_counts_prove_nothing() -> None:
    """Too few stories, or one publisher alone, are no trend."""
    assert names(counted("Korvex", 2), counted("Altara", 6, publishers=1)) == []
    assert names(counted("Norvind", 3, *(2,) * WEEKS)) == []


def test_a_busy_week_is_no_rise_of_everything() -> None:
    """Rates are per story: twice the stories with twice the count is steady."""
    steady = counted("DJI", 10, *(5,) * WEEKS)
    assert rank_trends((steady,), 100, TOTALS) == ()


def test_places_and_everyday_words_count_less() -> None:
    """With the same counts a company comes before a place, and a place before a common word."""
    items = (counted("ville", 6, kind="term"), counted("Brest", 6, kind="PLACE"), counted("Korvex", 6))
    assert names(*items) == ["Korvex", "Brest", "ville"]


def test_the_topic_s_own_words_are_no_trend() -> None:
    """*Drones* rise whenever there are drones."""
    assert names(counted("drones", 9, kind="term"), own=("drone",)) == []
    assert names(counted("offshore windfarm", 9, kind="term"), own=("offshore wind*",)) == []


def test_one_rise_is_told_once() -> None:
    """A term within a stronger trend is left out."""
    assert names(counted("Halden Bank", 8), counted("halden", 7, kind="term")) == ["Halden Bank"]


def test_new_is_what_no_earlier_week_had() -> None:
    """New is said only against a history; a first edition marks nothing."""
    (new,) = rank_trends((counted("Korvex", 5),), 50, TOTALS)
    (first,) = rank_trends((counted("Korvex", 5),), 50, (0,) * WEEKS) or (new,)
    assert new.is_new
    assert first is new or not first.is_new


def test_stories_are_counted_and_not_articles() -> None:
    """Forty articles on one event are one story; weeks stand oldest first."""
    seen = [
        Sighting(key="korvex", name="Korvex", kind="ORG", story="s1", publisher=f"P{n}", weeks_ago=0) for n in range(40)
    ]
    seen.append(Sighting(key="korvex", name="KORVEX", kind="ORG", story="s2", publisher="P", weeks_ago=WEEKS))
    seen.append(Sighting(key="korvex", name="Korvex", kind="ORG", story="s3", publisher="P", weeks_ago=WEEKS + 1))
    (item,) = tally(seen)
    assert (item.name, item.count, item.publishers) == ("Korvex", 1, 40)
    assert item.before == (1, *(0,) * (WEEKS - 1))


def test_terms_are_rare_words_and_pairs() -> None:
    """A technical word and a pair of neighbours are terms; stop words are in neither."""
    terms = dict(terms_of("Les métasurfaces de l'optique adaptative"))
    assert "metasurfac" in terms
    assert "optique adaptative" in terms.values()
    assert not any("les" in name.split() for name in terms.values())


def test_links_count_stories() -> None:
    """Names that stand together in two stories are linked, whatever their spelling's case and order."""
    links = link_entities([("Korvex", "Norvind"), ("Norvind", "Korvex", "DJI"), ("DJI",)])
    assert [(link.a, link.b, link.count) for link in links] == [("Korvex", "Norvind", 2)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=20))
def test_scores_are_positive_and_ordered(counts: list[tuple[int, int]]) -> None:
    """Only rises are told, strongest first, never more than asked."""
    tallies = [counted(f"x{n}", count, before) for n, (count, before) in enumerate(counts)]
    scores = [trend.score for trend in rank_trends(tallies, 80, (80,) * WEEKS, most=5)]
    assert len(scores) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
