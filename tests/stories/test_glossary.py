"""The glossary is well formed and joins the two languages."""

from importlib.resources import files

import pytest

from watcher.stories.glossary import concepts_of
from watcher.stories.phrasing import begins_with, has_phrase
from watcher.words.folding import keys

ROWS = [
    line.split("\t")
    for line in (files("watcher.stories") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_rows_are_well_formed() -> None:
    """Four fields, a known kind, terms in both languages, each concept once."""
    assert all(len(row) == 4 and row[1] in {"action", "thing", "place", "field"} for row in ROWS)
    assert all(keys(term) for row in ROWS for column in row[2:] for term in column.split("; "))
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 400


@pytest.mark.parametrize(
    ("french", "english", "unit"),
    [
        ("appels d'offres", "tender", "c:tender"),
        ("en Écosse", "Scottish", "c:scotland"),
        ("casque", "headset", "c:headset"),
    ],
)
def test_both_languages_lead_to_one_concept(french: str, english: str, unit: str) -> None:
    """A French and an English term give one unit."""
    assert unit in {hit.payload.unit for hit in concepts_of("fr").find(keys(french))}
    assert unit in {hit.payload.unit for hit in concepts_of("en").find(keys(english))}


def test_weights_stay_in_range() -> None:
    """The trade's daily words weigh little, nothing weighs more than a name."""
    weights = {hit.payload.unit: hit.payload.weight for hit in concepts_of(None).find(keys("drone astromobile vente"))}
    assert weights["c:drone"] < weights["c:rover"] <= 1


def test_turns_of_phrase_are_known() -> None:
    """Bargains, bait and leaning openings are told from plain news."""
    assert has_phrase("bargain", "Bon plan : ce drone")
    assert not has_phrase("bargain", "Norvind signs deal with Turbiona")
    assert begins_with("leans", "Elle vole vite.")
    assert not begins_with("leans", "La machine qu'elle pilote vole.")
