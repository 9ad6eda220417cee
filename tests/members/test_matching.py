"""Stories and cards that concern a member, and consortium hints."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import NOW, make_member
from watcher.members.consortium import consortium_hints
from watcher.members.matching import MOST, match_members
from watcher.members.subjects import Subject, subject_of_card
from watcher.model.opportunity import Card, Opportunity

LUMIO = make_member(
    "Lumio",
    competences=("capteurs optiques", "lidar"),
    markets=("éolien en mer",),
    rivals=("Nautis",),
    partners=("Institut Clairon",),
)
EXAIL = make_member("Exail", competences=("drones sous-marins", "navigation inertielle"), language="en")


def story(name: str, *texts: str, topics: tuple[str, ...] = ()) -> Subject:
    """Build a story of these texts."""
    return Subject(id=name, texts=texts, topics=topics)


def card(title: str, *texts: str) -> Subject:
    """Build a card of this title."""
    made = Card(
        id="c1",
        opportunity=Opportunity(kind="call", title=title, deadline=date(2027, 1, 5), organiser="Ademe"),
        topics=("drones",), entries=(1,), first_seen=NOW, changed_at=NOW,
    )  # fmt: skip
    return subject_of_card(made, texts)


def reasons(*subjects: Subject) -> list[str]:
    """Return why Lumio is concerned, spaces made plain."""
    return [reason.replace("\u202f", " ") for one in match_members((LUMIO,), subjects) for reason in one.reasons]


def test_each_sort_of_reason_is_told() -> None:
    """Name, rival, partner, competence and market each have their sentence."""
    assert reasons(story("s", "Lumio lève 2 millions")) == ["parle de vous"]
    assert reasons(story("s", "Nautis ouvre une usine")) == ["concurrent que vous suivez : Nautis"]
    assert reasons(story("s", "Un laser à l’Institut Clairon")) == ["partenaire : Institut Clairon"]
    assert reasons(story("s", "Des capteurs optiques moins chers")) == ["votre compétence : capteurs optiques"]
    assert reasons(story("s", "L’éolien en mer cherche des techniciens")) == ["votre marché : éolien en mer"]


def test_nothing_is_offered_without_a_reason() -> None:
    """A story that meets nothing concerns nobody, and half a competence is nothing."""
    assert match_members((LUMIO, EXAIL), (story("s", "La météo du jour"), story("t", "Des capteurs de pluie"))) == ()


def test_more_reasons_score_higher() -> None:
    """A card that meets two competences and a market comes before one that meets a market."""
    both = card("Appel à projets lidar et capteurs optiques pour l’éolien en mer")
    found = match_members((LUMIO,), (story("s", "L’éolien en mer recrute"),), (both,))
    assert [one.card or one.story for one in found] == ["c1", "s"]
    assert 0 < found[1].score < found[0].score <= 1


def test_reasons_speak_the_member_s_language() -> None:
    """An English member reads English."""
    (found,) = match_members((EXAIL,), (story("s", "Les drones sous-marins inspectent"),))
    assert found.reasons == ("your competence: drones sous-marins",)


def test_topics_of_a_member_are_kept() -> None:
    """A member that follows one topic is offered nothing of another."""
    member = make_member("Lumio", competences=("lidar",), topics=("optics",))
    subjects = (story("s", "Un lidar", topics=("drones",)), story("t", "Un lidar", topics=("optics",)))
    assert [one.story for one in match_members((member,), subjects)] == ["t"]


def test_what_is_everywhere_counts_less() -> None:
    """A competence that all the week's stories meet tells little."""
    alone = match_members((LUMIO,), (story("s", "Un lidar"),))[0].score
    crowd = match_members((LUMIO,), [story(f"s{number}", "Un lidar") for number in range(12)])
    assert all(one.score < alone for one in crowd)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["Lumio gagne", "Un lidar", "Nautis perd", "La pluie"]), max_size=25))
def test_at_most_ten_best_first(titles: list[str]) -> None:
    """No member gets more than ten, in falling order of score, each with a reason."""
    found = match_members((LUMIO,), [story(f"s{number}", title) for number, title in enumerate(titles)])
    assert len(found) <= MOST
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.reasons and 0 < one.score <= 1 for one in found)


def test_a_consortium_covers_a_card_together() -> None:
    """Members that add something are named with what they bring, and what nobody covers is told."""
    call = card("Inspection de fondations par drones sous-marins et lidar", "Une cryogénie embarquée est attendue.")
    hint = consortium_hints(call, (LUMIO, EXAIL, make_member("Voile", competences=("voilerie",))))
    assert {partner.member: partner.competences for partner in hint.partners} == {
        "lumio": ("lidar",), "exail": ("drones sous-marins",),
    }  # fmt: skip
    assert "cryogénie" in hint.uncovered
    assert "lidar" not in hint.uncovered


def test_no_consortium_where_nobody_fits() -> None:
    """A card that meets no competence has no partners."""
    assert consortium_hints(card("Appel à projets boulangerie"), (LUMIO, EXAIL)).partners == ()
