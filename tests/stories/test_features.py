"""What is kept of an entry is small, whatever the entry."""

from hypothesis import given
from hypothesis import strategies as st

from tests.make import make_annotation, make_entry
from tests.stories.told import told_entries
from watcher.stories.features import make_features, weigh


def test_concepts_cross_languages() -> None:
    """*lance* and *unveils* lead to concepts, and names stay names."""
    french, english = (make_features(entry, None) for entry in told_entries()[:2])
    assert "c:inspect" in {unit for unit, _ in french.terms} & {unit for unit, _ in english.terms}
    assert {"korvex", "altara"} <= set(french.entities) & set(english.entities)
    assert set(french.keys) & set(english.keys)


def test_figures_of_title_and_lead_are_told_apart() -> None:
    """A figure of the lead is marked, for it may contradict less."""
    features = make_features(make_entry(title="A 930MW order", summary="It cost $330 million."), None)
    assert "W:9.3e+08" in features.figures
    assert "+usd:3.3e+08" in features.figures


def test_annotation_adds_names() -> None:
    """A name of everyday words is known from its mention only, as a unit of its own."""
    entry = make_entry(title="Green Power Opens New Plant In Town")
    assert "power" not in make_features(entry, None).entities
    assert "e:green-power" in make_features(entry, make_annotation(entry, "Green Power")).entities


def test_rare_words_weigh_more() -> None:
    """A name or technical word says more than an everyday one; no weight leaves its range."""
    assert 1 >= weigh("twistron") > weigh("turbin") > weigh("ville") >= 0.1


def test_figures_are_no_words() -> None:
    """A year or a power is a figure and no unit, or every article on 2030 would be alike."""
    units = {unit for unit, _ in make_features(make_entry(title="1GW by 2030 for 300 ferries"), None).terms}
    assert not {unit for unit in units if unit[0].isdigit()}


@given(st.text(max_size=500), st.text(max_size=2000))
def test_any_entry_has_few_keys(title: str, summary: str) -> None:
    """Keys, terms and sketch are bounded for any text."""
    features = make_features(make_entry(title=title, summary=summary), None)
    assert len(features.keys) <= 32
    assert len(features.terms) <= 40
    assert len(features.shingles) <= 24
