"""What speaks against one event: a form filled in twice, two deeds of one actor, titles over several events."""

from datetime import timedelta

import pytest

from tests.make import NOW, make_entry
from watcher.stories.features import make_features
from watcher.stories.grouping import group
from watcher.stories.similarity import Likeness, compare
from watcher.stories.views import View

Told = tuple[str, str]  # title and summary
SPOKE = ("Korvex opens a yard at Esbjerg", "Korvex assembles turbines in its yard, said chief Ottar Halvorsen.")
LATER = ("Korvex chief Ottar Halvorsen honoured by fishermen", "Ottar Halvorsen of Korvex sang at the ceremony.")


def told(first: Told, second: Told, publishers: str = "AB", hours: float = 0) -> Likeness:
    """Compare two articles, the second ``hours`` after the first."""
    views = [
        View(make_features(make_entry(1, *first, publisher=publishers[0], url=None), None)),
        View(
            make_features(
                make_entry(2, *second, publisher=publishers[1], url=None, published=NOW + timedelta(hours=hours)), None
            )
        ),
    ]
    return compare(*views)


def test_a_form_filled_in_twice_is_two_events() -> None:
    """Like texts that differ in whom they name are no copies, and nothing joins them."""
    form = (
        "Discover the autumn show of {0}. Find pictures of all the pieces, what critics wrote of them, the guests of"
        " the first row, and every other show of this season and of the last five years on the pages of our weekly."
    )
    first, second = ((f"Autumn show of {maker}", form.format(maker)) for maker in ("Korvexine", "Lumirelle"))
    assert told(first, second, publishers="AA").is_veto
    assert told(first, first).is_copy


def test_one_publisher_s_two_articles_on_somebody_are_two_events() -> None:
    """A paper does not tell an event twice in other words: who is named in both did two things."""
    assert told(SPOKE, LATER, publishers="AA").score < 0.4


def test_parts_of_a_programme_are_no_event() -> None:
    """One publisher's texts with the same guests and titles that share nothing stay apart."""
    guests = "This Friday, Ottar Halvorsen of Korvex, Signe Aldous of Norvind and Ines Carrow were on the programme."
    first, second = ("Wind farms: the great delay", guests), ("The evening show, part two", guests)
    assert told(first, second, publishers="AA").score < 0.4


def test_the_next_day_asks_for_the_deed() -> None:
    """Names in common weigh less a day later, unless what happened is told too."""
    same_day, next_day = told(SPOKE, LATER), told(SPOKE, LATER, hours=22)
    assert next_day.score < same_day.score - 0.1
    again = ("Yard of Korvex opens at Esbjerg", "Turbines are assembled there.")
    assert told(SPOKE, again, hours=22).score == pytest.approx(told(SPOKE, again).score)


def test_a_measured_figure_settles_it() -> None:
    """The same power in both texts makes up for other words."""
    plain = told(SPOKE, LATER, hours=22)
    first, second = ((title, f"{summary} It makes 930MW.") for title, summary in (SPOKE, LATER))
    assert told(first, second, hours=22).score > plain.score + 0.1


@pytest.mark.parametrize(
    ("gathering", "event"),
    [
        ("Weekly roundup: Korvex opens Esbjerg yard, Norvind sells stake", "Korvex opens Esbjerg yard"),
        (
            "Korvex ouvre un chantier à Esbjerg, Norvind vend : l'actualité de la semaine",
            "Korvex ouvre un chantier à Esbjerg",
        ),
        ("Podcast: Korvex opens Esbjerg yard", "Korvex opens Esbjerg yard"),
    ],
)
def test_a_title_over_several_events_joins_none(gathering: str, event: str) -> None:
    """A roundup would glue the events it names; only its own text again is a copy."""
    entries = [
        make_entry(number, title, title, publisher=f"Paper {number}", url=f"https://www.example.org/{number}")
        for number, title in enumerate((gathering, event, event, gathering), 1)
    ]
    grouping = group(tuple(make_features(entry, None) for entry in entries), ())
    assert [item.story for item in grouping.assignments] == ["s1", "s2", "s2", "s1"]


def test_what_opens_as_a_column_joins_none_but_itself() -> None:
    """A text that begins *Our weekly …* gathers too: a title mended is a copy, next week's issue is none."""
    lead = "Our weekly curation of the must-read news and analysis from the week that was in the wind industry."
    title, event = "Korvex yard, Norvind stake and a storm", "Korvex opens a yard at Esbjerg, after a storm at Norvind."
    told_by = ((title, lead, 0), (f"{title}!", lead, 0), ("Korvex opens a yard", event, 0), (title, lead, 7))
    entries = [
        make_entry(number, head, text, url=f"https://www.example.org/{number}", published=NOW + timedelta(days=days))
        for number, (head, text, days) in enumerate(told_by, 1)
    ]
    grouping = group(tuple(make_features(entry, None) for entry in entries), ())
    assert [item.story for item in grouping.assignments] == ["s1", "s1", "s3", "s4"]
