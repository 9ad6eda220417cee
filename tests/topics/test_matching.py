"""On topic or out: French and English, with reasons in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import make_annotation, make_entry, make_name, make_topic
from watcher.model.feed import Placement
from watcher.model.topic import Match, Topic
from watcher.topics.matching import THRESHOLD, Matcher, count_matches

DRONES = make_topic("drones", "drone", "UAV", "quadricoptère", "aéronef sans pilote")
OPTICS = make_topic(
    "optics", "optique", "optics", "optical", "laser", "lidar", "photonique", "fibre optique", "fiber optic"
)
WIND = make_topic("offshore-wind", "éolien en mer", "éolien offshore", "offshore wind", "floating wind*")
MATCHER = Matcher((DRONES, OPTICS, WIND))


def topics(title: str, summary: str = "") -> list[str]:
    """Return the topics of a text from a shared feed."""
    return sorted(match.topic for match in MATCHER.match(make_entry(title=title, summary=summary), None, ()))


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Un drone survole la centrale", "Les gendarmes enquêtent.", ["drones"]),
        ("Drone strike kills three near the border", "", ["drones"]),
        ("La gendarmerie s'équipe de quadricoptères", "", ["drones"]),
        ("A photonic chip doubles the speed of links", "The waveguide is etched in silicon.", ["optics"]),
        ("Un laser de puissance contre les drones", "Le ministère a testé l'arme.", ["drones", "optics"]),
        ("Un lidar cartographie la forêt", "", ["optics"]),
        ("Des chercheurs mettent au point un capteur à fibre optique", "Il mesure les séismes.", ["optics"]),
        ("Le parc éolien en mer de Fécamp entre en service", "", ["offshore-wind"]),
        ("Des éoliennes au large de l'île d'Yeu", "Le chantier en mer commence.", ["offshore-wind"]),
        ("Developers eye floating windfarms", "", ["offshore-wind"]),
        ("Windfarm base moves to seaside port", "The turbines stand off the coast.", ["offshore-wind"]),
    ],
)
def test_the_sense_that_is_meant_is_taken(title: str, summary: str, expected: list[str]) -> None:
    """Articles on a topic are found in both languages, by rules and by what goes with them."""
    assert topics(title, summary) == expected


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("SpaceX booster lands on drone ship", "The Falcon 9 flew for the ninth time."),
        ("Le X-37B, drone spatial de l'armée, est en orbite", "La navette spatiale a décollé dimanche."),
        ("How to counter the recon drone in Warzone", "The Call of Duty ability annoys gamers."),
        ("Un drone naval surveille le port", ""),
        ("Drone metal : un album qui bourdonne", ""),
        ("Dans cette optique, la mairie réduit ses dépenses", ""),
        ("Un opticien ouvre rue de la Gare", "Le magasin vend des lunettes et de l'optique."),
        ("Bad optics for the senator", "Voters doubt his campaign."),
        ("La fibre optique arrive dans la commune", "Les foyers pourront choisir leur opérateur internet."),
        ("Sabotage : des milliers d'abonnés privés d'internet", "Des câbles de fibre optique ont été sectionnés."),
        ("Épilation laser : les prix", ""),
        ("Le parc éolien terrestre de la plaine", "Douze éoliennes sur les collines."),
        ("Onshore wind auction undersubscribed", "Solar wins the round."),
        ("Floating solar pilot on an Alpine reservoir", ""),
        ("Oil major drills offshore", "The gas field lies under the sea."),
        ("Un fonds de solidarité pour les restaurants", ""),
    ],
)
def test_other_senses_are_refused(title: str, summary: str) -> None:
    """Homonyms, turns of phrase and neighbouring trades stay out."""
    assert topics(title, summary) == []


def test_reasons_say_where_and_what() -> None:
    """The first reason is the surest term, as the article writes it, and where it stands."""
    entry = make_entry(title="L'Éolien en mer recrute", summary="Les turbines sont prêtes.")
    (match,) = MATCHER.match(entry, None, ())
    assert match.reasons[0] == "title: éolien en mer"
    assert match.score >= THRESHOLD


def test_a_trusted_feed_is_enough_and_says_so() -> None:
    """An entry of a feed with ``keep: all`` is on its topic; with ``keep: matching`` it must earn it."""
    entry = make_entry(title="Une nouvelle usine à Brest")
    (match,) = MATCHER.match(entry, None, (Placement(topic="drones"),))
    assert (match.topic, match.reasons[0]) == ("drones", "feed: trusted for drones")
    assert MATCHER.match(entry, None, (Placement(topic="drones", keep="matching"),)) == ()


def test_a_none_term_refuses_in_title_and_summary_only() -> None:
    """What the officer does not want is refused, trusted feed or not; deep in a long text it is let pass."""
    topic = Topic(key="wind", match=Match(any=("éolien en mer",), none=("ventilateur",)))
    matcher = Matcher((topic,))
    refused = make_entry(title="Éolien en mer et ventilateur")
    deep = make_entry(title="L'éolien en mer avance", summary="", content="Un ventilateur tourne.")
    assert matcher.match(refused, None, (Placement(topic="wind"),)) == ()
    assert matcher.match(deep, None, ())


def test_a_none_term_inside_a_wanted_phrase_does_not_count() -> None:
    """``none: optique`` does not refuse *fibre optique* where that is what the topic names."""
    matcher = Matcher((Topic(key="ftth", match=Match(any=("fibre optique",), none=("optique",))),))
    assert matcher.match(make_entry(title="La recherche sur la fibre optique, un laser et un photon"), None, ())


def test_all_terms_must_stand() -> None:
    """``all`` alone or with ``any`` asks for every one of its terms."""
    matcher = Matcher((Topic(key="x", match=Match(any=("drone",), all=("agriculture",))),))
    assert matcher.match(make_entry(title="Le drone et l'agriculture"), None, ())
    assert matcher.match(make_entry(title="Le drone et la ville"), None, ()) == ()
    only = Matcher((Topic(key="x", match=Match(all=("drone", "vigne"))),))
    assert only.match(make_entry(title="Un drone dans la vigne"), None, ())


def test_a_user_may_want_what_the_senses_refuse() -> None:
    """A topic that names FTTH itself is about the roll-out: cues it names do not count against it."""
    topic = make_topic("ftth", "fibre optique", "FTTH", "abonné", "opérateur", "raccordement")
    entry = make_entry(title="Fibre optique : le raccordement avance", summary="FTTH : l'opérateur compte ses abonnés.")
    assert Matcher((topic,)).match(entry, None, ())


def test_a_topic_without_authored_senses_works() -> None:
    """Three lines and a few words are enough."""
    topic = make_topic("hydrogen", "hydrogène", "hydrogen", "électrolyseur", "fuel cell*")
    matcher = Matcher((topic,))
    assert matcher.match(make_entry(title="Un électrolyseur de 20 MW à Dunkerque"), None, ())
    assert matcher.match(make_entry(title="Fuel cells power a ferry"), None, ())
    assert matcher.match(make_entry(title="Une batterie de 20 MW à Dunkerque"), None, ()) == ()


def test_a_watched_name_is_never_missed() -> None:
    """A name of ``watch`` in a title is enough when it is no common word; the reason names it."""
    topic = make_topic("drones", "drone", "UAV", watch=(make_name("Exail", "ECA Group"), make_name("Parrot")))
    matcher = Matcher((topic,))
    (match,) = matcher.match(make_entry(title="ECA Group lève 50 millions"), None, ())
    assert match.reasons == ("entity: Exail",)
    assert matcher.match(make_entry(title="A grey parrot beats students"), None, ()) == ()


def test_a_recognised_name_supports_a_doubtful_term() -> None:
    """Annotation lifts what rules alone leave open."""
    topic = make_topic("optics", "optique", watch=(make_name("Lumibird"),))
    entry = make_entry(title="Le groupe parie sur l'optique", summary="Lumibird investit.", language="fr")
    matcher = Matcher((topic,))
    without = matcher.match(entry, None, ())
    (match,) = matcher.match(entry, make_annotation(entry, "Lumibird"), ())
    assert not without or match.score >= without[0].score


def test_the_sieve_lets_every_match_through() -> None:
    """What matches could match, and a trusted feed always could."""
    entry = make_entry(title="Un drone survole la centrale")
    assert MATCHER.could_match(entry, ())
    assert not MATCHER.could_match(make_entry(title="Recette de la tarte aux pommes"), ())
    assert MATCHER.could_match(make_entry(title="Tarte"), (Placement(topic="drones"),))


def test_the_version_follows_the_rules() -> None:
    """Other rules have another version, the same rules the same."""
    assert Matcher((DRONES,)).version == Matcher((DRONES,)).version != Matcher((WIND,)).version


def test_matches_can_be_counted_for_check() -> None:
    """Rules that match everything or nothing are seen by counting."""
    entries = [make_entry(title="Un drone"), make_entry(title="Une tarte")]
    assert count_matches(DRONES, entries) == 1


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_can_be_matched(title: str, summary: str) -> None:
    """No text breaks matching, and scores stay in range."""
    for match in MATCHER.match(make_entry(title=title, summary=summary), None, ()):
        assert THRESHOLD <= match.score <= 1
        assert match.reasons
