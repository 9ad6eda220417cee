"""members.yaml is checked as strictly as feeds.yaml, and forgets whom it is told to forget."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_catalogue, make_topic
from watcher.config.register import forget, has_luhn_key, load_register, make_slug
from watcher.errors import ConfigError
from watcher.model.member import Member
from watcher.model.report import Problem

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "docs" / "members.example.yaml").read_text("utf-8")
CATALOGUE = make_catalogue(make_topic("drones"), make_topic("optics"), make_topic("offshore-wind"))


def load(tmp_path: Path, text: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """Write ``text`` to a file and load it."""
    file = tmp_path / "members.yaml"
    file.write_text(text, "utf-8")
    return load_register(file, CATALOGUE)


def test_example_is_read_whole(tmp_path: Path) -> None:
    """The example in the documentation loads without a warning, and every key of it is used."""
    members, warnings = load(tmp_path, EXAMPLE)
    assert warnings == ()
    assert members[0] == Member(
        slug="atelier-horizon",
        name="Atelier Horizon",
        aliases=("Horizon UAV",),
        subsidiaries=("Horizon Services",),
        siren="732829320",
        site="https://horizon.example.org",
        town="Toulouse",
        competences=("inspection par drone", "photogrammétrie", "BVLOS"),
        markets=("éolien en mer", "réseaux électriques"),
        topics=("drones", "offshore-wind"),
        rivals=("Delair", "Azur Drones"),
        partners=("Institut d'Optique",),
        emails=("jeanne@horizon.example.org",),
    )
    assert [member.slug for member in members] == ["atelier-horizon", "lumiere-mesure", "laboratoire-des-vagues"]


WRONG = {
    "unknown key": ("members: [{name: Ab, mails: []}]", "members[0].mails", "emails"),
    "no name": ("members: [{town: Brest}]", "members[0].name", "missing"),
    "wrong siren": ("members: [{name: Ab, siren: 732829321}]", "members[0].siren", "check sum"),
    "short siren": ("members: [{name: Ab, siren: '12'}]", "members[0].siren", "nine digits"),
    "unknown topic": ("members: [{name: Ab, topics: [drone]}]", "members[0].topics[0]", "drones"),
    "bad address": ("members: [{name: Ab, emails: ['jeanne at x']}]", "members[0].emails[0]", "mail address"),
    "line break": ('members: [{name: Ab, emails: ["a@b.example\\nBcc: c@d.example"]}]', None, "mail address"),
    "language": ("members: [{name: Ab, language: de}]", "members[0].language", "fr, en"),
    "same name": ("members:\n- {name: Ab C}\n- {name: ab c}", "members[1]", "already on line 2"),
    "same slug": ("members:\n- {name: Ab}\n- {name: Cd, slug: ab}", "members[1]", "already on line 2"),
    "same siren": (
        "members:\n- {name: Ab, siren: 732829320}\n- {name: Cd, siren: '732 829 320'}",
        "members[1]",
        "same siren",
    ),
    "mapping": ("members: {name: Ab}", "members", "list"),
    "not there": ("people: []", None, "members"),
}


@pytest.mark.parametrize(("text", "path", "words"), WRONG.values(), ids=WRONG.keys())
def test_mistake_is_told_with_its_path(tmp_path: Path, text: str, path: str | None, words: str) -> None:
    """Each mistake stands at its path with a remedy, and no mail address is ever repeated."""
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, text)
    problem = refused.value.problems[-1 if path is None else 0]
    assert path in {None, problem.path}
    assert words in f"{problem.message} {problem.hint}"
    assert "jeanne" not in str(refused.value)
    assert "Bcc" not in str(refused.value)


def test_shared_alias_is_a_warning(tmp_path: Path) -> None:
    """Two members with one alias are accepted and told, at the second."""
    _, (warning,) = load(tmp_path, "members:\n- {name: Ab, aliases: [Xy]}\n- {name: Cd, subsidiaries: [xy]}")
    assert (warning.line, warning.path) == (3, "members[1].subsidiaries[0]")


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_check_digit_is_that_of_luhn(number: int) -> None:
    """Of the ten numbers with one stem exactly one is valid."""
    assert sum(has_luhn_key(f"{number:08}{digit}") for digit in range(10)) == 1


def test_slug_is_plain() -> None:
    """Accents, ligatures and signs make way for letters and hyphens; nothing left gives a word."""
    assert [make_slug(name) for name in ("Œuvre & Cie", "Éolien–Mer", "三菱")] == ["oeuvre-cie", "eolien-mer", "member"]


def test_forgotten_member_is_gone_and_nothing_else(tmp_path: Path) -> None:
    """A name or slug takes its member out, an address only itself, and the other bytes stay."""
    text = forget(EXAMPLE, "atelier HORIZON")
    assert "horizon.example.org" not in text
    assert [member.name for member in load(tmp_path, text)[0]] == ["Lumière & Mesure", "Laboratoire des Vagues"]
    assert text.startswith(EXAMPLE[: EXAMPLE.index("  - name: Atelier")])
    assert text.endswith(EXAMPLE[EXAMPLE.index("\n  - name: Lumière") :])
    fewer = forget(EXAMPLE, "office@lumiere.example.org")
    assert load(tmp_path, fewer)[0][1].emails == ("watch@lumiere.example.org",)
    assert forget(EXAMPLE, "nobody") == EXAMPLE


@pytest.mark.parametrize(
    "text", ["members:\n  - name: Ab\n    town: X\n# end\n", "members: [{name: Ab}]\n", "members:\n- Ab"]
)
def test_last_member_leaves_an_empty_register(tmp_path: Path, text: str) -> None:
    """A register without members is still one that loads."""
    assert load(tmp_path, forget(text, "Ab")) == ((), ())
