"""Keys of names: all spellings of one thing meet, different things stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.nlp.names import is_acronym_of, normalise_name

SAME = [
    ("Ørsted", "ORSTED"),
    ("Parrot SA", "Parrot"),
    ("Acciona S.A.", "Acciona"),
    ("Nordex SE", "nordex se"),
    ("L'Agence spatiale européenne", "agence spatiale europeenne"),
    ("Saint-Nazaire", "saint nazaire"),
    ("Vestas’s", "Vestas"),
    ("The Crown Estate", "Crown Estate"),
    ("Luminar Technologies, Inc.", "Luminar Technologies"),
    ("U.S. Army", "US Army"),
    ("Hafslund Eco AS", "Hafslund Eco"),
    ("Électricité de France", "Electricite de France"),
]
APART = [
    ("Ocean Wind", "Ocean Winds"),
    ("SE", "SA"),
    ("Mavic 2", "Mavic 3"),
    ("Dogger Bank A", "Dogger Bank B"),
    ("Orange", "Orano"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Case, accents, hyphens, articles, possessives and legal forms do not part a name."""
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """A letter or a number more is another thing."""
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize(
    ("short", "name", "answer"),
    [
        ("DGA", "Direction générale de l'armement", True),
        ("ESA", "European Space Agency", True),
        ("PSEG", "Public Service Enterprise Group", True),
        ("FAA", "Federal Aviation Administration", True),
        ("NASA", "European Space Agency", False),
        ("UK", "Siemens", False),
        ("and", "Andes Network Design", False),
    ],
)
def test_acronyms_are_initials_in_order(short: str, name: str, answer: bool) -> None:
    """An acronym is the initials of the words, small words optional."""
    assert is_acronym_of(short, name) is answer


@given(st.text(min_size=1, max_size=60))
def test_a_key_is_its_own_key(name: str) -> None:
    """Normalising twice changes nothing that once did not, whatever the text."""
    key = normalise_name(name)
    assert isinstance(key, str)
    assert key == "" or normalise_name(key.replace("-", " ")) is not None
