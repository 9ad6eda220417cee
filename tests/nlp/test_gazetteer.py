"""The gazetteer: word boundaries, accents, case rules, doubtful names, faulty files."""

from pathlib import Path

import pytest

from watcher.errors import ConfigError
from watcher.model.mention import Name
from watcher.nlp.gazetteer import FOLDER, Gazetteer, make_gazetteer, read_records
from watcher.nlp.merging import resolve_hits

HEADER = "name\tkind\taliases\tcountry\ttopics\trule\n"
ROWS = (
    "Vestas\tORG\tVestas Wind Systems\tDK\toffshore-wind\t\n"
    "Ørsted\tORG\tDONG Energy\tDK\toffshore-wind\t\n"
    "Orange\tORG\t\tFR\t\texact context\n"
    "DGA\tORG\tDirection générale de l'armement\tFR\t\t\n"
    "Saint-Nazaire\tPLACE\t\tFR\t\t\n"
    "Saint-Nazaire\tPROJECT\t\tFR\toffshore-wind\tcontext\n"
    "Parrot\tORG\tParrot Drones\tFR\tdrones\tcontext\n"
    "Groix & Belle-Île\tPROJECT\t\tFR\toffshore-wind\t\n"
)


@pytest.fixture
def known(tmp_path: Path) -> Gazetteer:
    """Return a gazetteer of a few rows."""
    (tmp_path / "names.tsv").write_text(HEADER + ROWS, encoding="utf-8")
    return make_gazetteer((Name(name="Néopolia", aliases=("Neopolia",)),), tmp_path)


def found(known: Gazetteer, text: str) -> list[tuple[str, str, str | None]]:
    """Return kind, text and key of what the gazetteer alone is sure of."""
    return [(span.kind, text[span.start : span.end], span.key) for span in resolve_hits(text, known.find(text), ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VESTAS wins", [("ORG", "VESTAS", "vestas")]),
        ("Investasia grows", []),
        ("vestas in lower case", []),
        ("L'accord d'Orsted", [("ORG", "Orsted", "orsted")]),
        ("DONG Energy changed its name", [("ORG", "DONG Energy", "orsted")]),
        ("la Direction générale de l’armement commande", [("ORG", "Direction générale de l’armement", "dga")]),
        ("un dga de plus", []),
        ("Groix et Belle-Ile", []),
        ("off Groix & Belle-Ile today", [("PROJECT", "Groix & Belle-Ile", "groix-belle-ile")]),
        ("Neopolia recrute", [("ORG", "Neopolia", "neopolia")]),
    ],
)
def test_names_are_found_by_their_words(known: Gazetteer, text: str, expected: list[tuple[str, str, str]]) -> None:
    """Whole words, blind to accents, strict about capitals."""
    assert found(known, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une orange pressée", []),
        ("Orange amère au menu", []),
        ("L'opérateur Orange investit", [("ORG", "Orange", "orange")]),
        ("A parrot flew away. Parrot feathers everywhere", []),
        ("Parrot annonce un drone", [("ORG", "Parrot", "parrot")]),
        ("Parrot et Parrot Drones", [("ORG", "Parrot", "parrot"), ("ORG", "Parrot Drones", "parrot")]),
    ],
)
def test_doubtful_names_need_a_witness(known: Gazetteer, text: str, expected: list[tuple[str, str, str]]) -> None:
    """A name that is a word counts beside a telling word or another spelling of itself."""
    assert found(known, text) == expected


def test_one_spelling_of_two_things_is_told_apart(known: Gazetteer) -> None:
    """A town and the wind farm off it have two keys, chosen by the words beside them."""
    assert found(known, "Le maire de Saint-Nazaire attend") == [("PLACE", "Saint-Nazaire", "saint-nazaire")]
    text = "Le parc éolien en mer de Saint-Nazaire tourne"
    assert found(known, text) == [("PROJECT", "Saint-Nazaire", "saint-nazaire.project")]


def test_a_faulty_file_is_told_whole(tmp_path: Path) -> None:
    """Every faulty line is in the error, with its number."""
    path = tmp_path / "bad.tsv"
    path.write_text(
        HEADER + "X\tFIRM\t\t\t\t\n\tORG\t\t\t\t\nA\tORG\t\t\t\todd\nB\tORG\t\t\t\t\t\t\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        read_records(path)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4, 5]


def test_the_shipped_files_read() -> None:
    """Every row that ships is well formed, and no name names two kinds without a rule or keys apart."""
    records = make_gazetteer(folder=FOLDER).records
    assert len({(record.key, record.kind) for record in records}) <= len(records)


def test_a_key_names_one_kind(known: Gazetteer) -> None:
    """Two kinds never share a key."""
    kinds: dict[str, set[str]] = {}
    for record in known.records:
        kinds.setdefault(record.key, set()).add(record.kind)
    assert all(len(one) == 1 for one in kinds.values())
