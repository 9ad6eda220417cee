"""A topic learns which words go with it, carefully."""

from tests.make import make_entry, make_topic
from watcher.topics.matching import Matcher
from watcher.topics.profile import MIN_DOCUMENTS, learn_profile, profile_support, stems_of

OURS = [f"Le lidar numéro {n} mesure une forêt, télédétection et nuage de points" for n in range(30)]
OTHERS = [f"Le maire de la ville {n} inaugure un stade de football" for n in range(60)]


def test_words_of_the_topic_weigh_for_it_and_others_against() -> None:
    """Log-odds are positive for the topic's own words and negative for the background's."""
    weights = dict(learn_profile("optics", OURS, OTHERS).weights)
    assert weights["lidar"] > 0 > weights["footbal"]


def test_a_few_documents_teach_nothing() -> None:
    """Below a bound the profile is empty, and says how many it read."""
    profile = learn_profile("optics", OURS[: MIN_DOCUMENTS - 1], OTHERS)
    assert (profile.weights, profile.documents) == ((), MIN_DOCUMENTS - 1)
    assert learn_profile("optics", OURS, []).weights == ()


def test_a_word_seen_once_proves_nothing() -> None:
    """A stem of a single document has no weight."""
    weights = dict(learn_profile("optics", [*OURS, "Une girafe"], OTHERS).weights)
    assert "giraf" not in weights


def test_support_is_bounded() -> None:
    """However long the text, a profile moves the log-odds by two at most."""
    weights = dict(learn_profile("optics", OURS, OTHERS).weights)
    assert 0 < profile_support(weights, stems_of(" ".join(OURS))) <= 2
    assert -2 <= profile_support(weights, stems_of(" ".join(OTHERS))) < 0
    assert profile_support(weights, stems_of("")) == 0


def test_a_profile_decides_a_doubtful_term() -> None:
    """The same common word is taken in the topic's company and refused in another."""
    topic = make_topic("forest", "points")
    matcher = Matcher((topic,), (learn_profile("forest", OURS, OTHERS),))
    near = make_entry(title="La forêt en points", summary="Le lidar mesure, télédétection.")
    far = make_entry(title="Trois points de plus", summary="Le maire au stade de football de la ville.")
    assert matcher.match(near, None, ())
    assert matcher.match(far, None, ()) == ()
