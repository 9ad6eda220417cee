"""A spreadsheet of members becomes a register, its faults told row by row."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_catalogue, make_topic
from watcher.config.register import load_register
from watcher.config.roster import import_csv

FRENCH = """\
Raison sociale;N° SIREN;Site web;Ville;Compétences;Marchés cibles;E-mail;Langue;Abonné;Note
Atelier Horizon;732 829 320;horizon.example.org;Brest;drones, mesure;éolien;a@h.example|b@h.example;Français;oui;x
"Sable ""fin"" & Cie";;;;;;;anglais;non;

Faux;732829321;;;;;;;;
Courriel;;;;;;pas une adresse;;;
atelier horizon;;;;;;;;;
"""


def _members(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "members.yaml"
    file.write_text(text, "utf-8")
    return [member.name for member in load_register(file, make_catalogue(make_topic("drones")))[0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_good_rows_become_members(tmp_path: Path, encoding: str) -> None:
    """French headings, any encoding and separators inside cells are understood; bad rows are named and left out."""
    text, problems = import_csv(FRENCH.encode(encoding))
    assert _members(tmp_path, text) == ["Atelier Horizon", 'Sable "fin" & Cie']
    assert 'emails: ["a@h.example", "b@h.example"]' in text
    assert 'site: "https://horizon.example.org"' in text
    assert 'language: "en"' in text
    assert "digest: false" in text
    assert [(problem.line, problem.path) for problem in problems] == [
        (1, "Note"),
        (5, "siren"),
        (6, "emails"),
        (7, "name"),
    ]
    assert not any("pas une adresse" in problem.message for problem in problems)


BAD = {
    "nothing": b"",
    "no name": b"Ville;Site\nBrest;x\n",
    "open quote": b'nom\n"abc',
    "binary": bytes(range(256)),
    "long cell": b"nom\n" + b"x" * 200_000,
    "size": b"nom\n" + b"x\n" * 3_000_000,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_file_that_is_no_roster_is_told(tmp_path: Path, data: bytes) -> None:
    """What cannot be used ends as problems and an empty register."""
    text, problems = import_csv(data)
    assert problems
    assert _members(tmp_path, text) == []


@settings(deadline=None)
@given(st.binary(max_size=200).map(lambda data: b"name,siren,emails\n" + data))
def test_any_rows_give_a_register_that_loads(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the cells hold, the text is valid and nothing raises."""
    text, _ = import_csv(data)
    _members(tmp_path_factory.mktemp("roster"), text)
