"""Members recognised by their spellings, and homonyms refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_annotation, make_entry, make_member, make_mention
from watcher.members.recognise import Recogniser
from watcher.members.spellings import list_spellings
from watcher.model.member import Member
from watcher.model.mention import Annotation, Kind

MEMBERS = (
    make_member(
        "Exail Technologies SAS",
        slug="exail",
        aliases=("Exail", "ECA Group", "iXblue"),
        competences=("drones sous-marins",),
    ),
    make_member("Orange SA", slug="orange", competences=("fibre optique", "5G"), town="Issy-les-Moulineaux"),
    make_member("Drone Volt", slug="dronevolt", language="en"),
    make_member("Éole Énergies Marines", slug="eole", subsidiaries=("Nautis Services",)),
    make_member("RTE", slug="rte", competences=("réseau électrique",)),
    make_member("Martin", slug="martin", competences=("usinage laser",)),
)


def find(text: str, annotation: Annotation | None = None, content: str = "") -> list[tuple[str, str]]:
    """Return members found in an entry, each with the spelling met."""
    title, _, summary = text.partition("\n")
    entry = make_entry(title=title, summary=summary, content=content)
    return [(one.member, one.text) for one in Recogniser(MEMBERS).find(entry, annotation)]


def annotated(text: str, name: str, kind: Kind) -> list[tuple[str, str]]:
    """Return members found in a title where annotation calls ``name`` a ``kind``."""
    entry = make_entry(title=text)
    annotation = Annotation(language="fr", mentions=(make_mention(entry, name, kind=kind),))
    return [(one.member, one.text) for one in Recogniser(MEMBERS).find(entry, annotation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exail livre un robot", ("exail", "Exail")),
        ("EXAIL livre un robot", ("exail", "EXAIL")),
        ("Le robot d’Exail plonge", ("exail", "Exail")),
        ("ECA-Group expose à Brest", ("exail", "ECA-Group")),
        ("iXblue’s gyros sail", ("exail", "iXblue")),
        ("Exail Technologies recrute", ("exail", "Exail Technologies")),
        ("DroneVolt lève 3 M€", ("dronevolt", "DroneVolt")),
        ("A drone by DRONE-VOLT", ("dronevolt", "DRONE-VOLT")),
        ("Eole energies marines, a dit Éole Energies Marines", ("eole", "Éole Energies Marines")),
        ("Nautis Services répare une pale", ("eole", "Nautis Services")),
        ("Orange déploie la fibre à Brest", ("orange", "Orange")),
        ("Le groupe Orange investit", ("orange", "Orange")),
        ("RTE raccorde le parc au réseau", ("rte", "RTE")),
    ],
)
def test_spellings_are_met(text: str, expected: tuple[str, str]) -> None:
    """Accents, case, hyphens, possessives, legal forms, aliases and subsidiaries are all the same member."""
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Vigilance orange sur la fibre optique", "Orange est une ville du Vaucluse", "À Orange, la fibre est coupée",
        "Le jus d’orange amère", "Une volte de drone", "Le drone Volt-Air vole", "M. Exail est là", "Exailles",
        "L’artéfact", "Martin ouvre sa boutique", "rte du port", "Eole\nénergies marines",
    ],
)  # fmt: skip
def test_homonyms_are_refused(text: str) -> None:
    """Colours, towns, parts of words, surnames and words across lines are nobody."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Jean Exail plonge", "Jean Exail", "PERSON"),
        ("Un laser pour Paul Martin", "Paul Martin", "PERSON"),
        ("Exail-sur-Mer fête ses drones", "Exail", "PLACE"),
        ("Exail Robotics Institute opens", "Exail Robotics Institute", "ORG"),
    ],
)
def test_annotation_contradicts(text: str, name: str, kind: Kind) -> None:
    """A person, a place or a longer name of another body is not the member."""
    assert annotated(text, name, kind) == []


def test_a_branch_is_the_same_body() -> None:
    """A country, a legal form or initials beside the name change nothing."""
    assert annotated("Exail France recrute", "Exail France", "ORG") == [("exail", "Exail")]


def test_a_longer_member_name_wins() -> None:
    """Of two members, the one whose name covers more is meant."""
    register = (make_member("Lumen"), make_member("Lumen Marine"))
    entry = make_entry(title="Lumen Marine opens a yard")
    assert [one.member for one in Recogniser(register).find(entry, None)] == ["lumen-marine"]


def test_a_shared_alias_goes_to_whom_the_context_means() -> None:
    """Two members with one alias: the one whose trade stands near; nobody when nothing tells."""
    register = (
        make_member("Altis Laser", aliases=("Altis",), competences=("découpe laser",)),
        make_member("Altis Marine", aliases=("Altis",), competences=("coques de bateaux",)),
    )
    about = make_entry(title="Altis livre un banc de découpe laser")
    silent = make_entry(title="Altis change de patron")
    assert [one.member for one in Recogniser(register).find(about, None)] == ["altis-laser"]
    assert Recogniser(register).find(silent, None) == ()


def test_content_counts_where_the_teaser_is_silent() -> None:
    """A name that only the full text holds is found there, with its place in it."""
    content = "Au large, Exail plonge."
    entry = make_entry(title="En mer", content=content)
    (found,) = Recogniser(MEMBERS).find(entry, None)
    assert content[found.start : found.end] == found.text == "Exail"


def test_reasons_are_words_in_the_member_s_language() -> None:
    """The reason names the spelling met and what stood near it."""
    entry = make_entry(title="Exail livre des drones")
    (found,) = Recogniser(MEMBERS).find(entry, None)
    assert found.reason.replace("\u202f", " ") == "nommé sous « Exail », près de : drones"
    english = make_entry(title="Drone Volt flies")
    assert Recogniser(MEMBERS).find(english, None)[0].reason == "named: “Drone Volt”"


def test_an_organisation_in_one_list_supports_a_common_name() -> None:
    """« Orange and Exail »: what stands in a list of firms is a firm."""
    entry = make_entry(title="Exail and Orange to share a lab")
    annotation = make_annotation(entry, "Exail", "Orange")
    assert {one.member for one in Recogniser(MEMBERS).find(entry, annotation)} == {"exail", "orange"}


NAME = st.text("abcdefghijklmnopqrstuvwxyzéèàç", min_size=5, max_size=12).map(lambda word: f"Xy{word}")


@settings(max_examples=60, deadline=None)
@given(NAME, st.text(max_size=80), st.text(max_size=80))
def test_spans_stand_where_they_say(name: str, before: str, after: str) -> None:
    """Whatever stands around a name, a mention's span holds its text."""
    member = Member(slug="m", name=name)
    entry = make_entry(title="t", summary=f"{before} {name} {after}")
    for found in Recogniser((member,)).find(entry, None):
        assert entry.text[found.start : found.end] == found.text


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_can_be_registered(name: str) -> None:
    """No name of a register breaks the recogniser."""
    member = Member(slug="m", name=name)
    assert all(spelling.words for spelling in list_spellings(member))
    Recogniser((member,)).find(make_entry(title=f"About {name}"), None)
