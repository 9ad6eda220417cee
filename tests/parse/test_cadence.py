"""How often a feed asks to be fetched."""

import pytest

from watcher.parse.cadence import Cadence, read_cadence


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", Cadence(None, (), ())),
        ("<ttl>60</ttl>", Cadence(3600.0, (), ())),
        ("<ttl>0</ttl><ttl>-1</ttl>", Cadence(None, (), ())),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            Cadence(43200.0, (), ()),
        ),
        ("<sy:updatePeriod>never</sy:updatePeriod>", Cadence(None, (), ())),
        (
            "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>",
            Cadence(None, (0, 7), ()),
        ),
        ("<skipDays><day>Monday</day><day>sunday</day><day>Someday</day></skipDays>", Cadence(None, (), (0, 6))),
        ("<item><ttl>60</ttl></item>", Cadence(None, (), ())),
    ],
)
def test_reads_the_head(head: str, expected: Cadence) -> None:
    """Wishes are read from the head of the document only, and nonsense is none."""
    assert read_cadence(f"<rss><channel>{head}") == expected
