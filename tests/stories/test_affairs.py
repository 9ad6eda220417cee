"""Affairs: a sequel is known by the thing or the actors it turns on, and never by its subject alone."""

from tests.make import make_annotation, make_entry, make_mention
from watcher.model.mention import Kind
from watcher.stories.affairs import Turns, closeness, common_things, continues, turns_on
from watcher.stories.changes import Told


def told(title: str, **names: Kind) -> Told:
    """Return an article whose title names what is given, underscores for spaces."""
    entry = make_entry(title=title)
    found = tuple(make_mention(entry, name.replace("_", " "), kind) for name, kind in names.items())
    return entry, make_annotation(entry, mentions=found)


def turns(title: str, *terms: str, **names: Kind) -> Turns:
    """Return on what a story of one article turns."""
    return turns_on((told(title, **names),), terms)


PERMIT = turns("Halden Bank gets its permit", Halden_Bank="PROJECT")
APPEAL = turns("Fishermen appeal against Halden Bank", Halden_Bank="PROJECT")


def test_a_project_makes_an_affair() -> None:
    """Two events at one wind farm are one affair, and the reason names it."""
    reasons = continues(APPEAL, PERMIT)
    assert reasons is not None
    assert len(reasons) == 1


def test_a_company_alone_makes_none() -> None:
    """Two announcements of one company have nothing to do with each other."""
    assert continues(turns("Norvind hires", Norvind="ORG"), turns("Norvind reports", Norvind="ORG")) is None


def test_two_actors_need_something_else_in_common() -> None:
    """A takeover goes on between the same two; two firms named together by chance do not make one."""
    bid = turns("Falken launches takeover of Kestrelo", Falken="ORG", Kestrelo="ORG")
    assert continues(turns("Falken completes Kestrelo takeover", Falken="ORG", Kestrelo="ORG"), bid)
    assert continues(turns("Falken and Kestrelo at the fair", Falken="ORG", Kestrelo="ORG"), bid) is None


def test_what_many_stories_name_is_a_subject() -> None:
    """A programme that five earlier stories name makes no affair."""
    assert continues(APPEAL, PERMIT, common_things([PERMIT] * 5)) is None
    assert continues(APPEAL, PERMIT, common_things([PERMIT] * 4))


def test_a_term_of_the_topic_is_no_name() -> None:
    """A word that the topic itself watches says nothing, even where an annotator takes it for a product."""
    names: dict[str, Kind] = {"U-space": "PRODUCT"}
    corridor, rules = (turns(title, "u-space", **names) for title in ("U-space corridor opens", "U-space rules"))
    assert continues(corridor, rules) is None


def test_a_name_in_passing_is_no_turn() -> None:
    """What one title in four names is not what the story turns on."""
    story = (told("Halden Bank port", Halden_Bank="PROJECT"), *(told(f"Harbour {number}") for number in range(3)))
    assert not turns_on(story).things


def test_what_is_not_annotated_turns_on_nothing() -> None:
    """An article without annotation has no affair, and breaks nothing."""
    assert continues(turns_on(((make_entry(), None),)), PERMIT) is None


def test_the_nearer_story_of_an_affair_shares_its_words() -> None:
    """A hearing is nearer to the appeal than to the permit."""
    hearing = turns("Halden Bank appeal: hearing in April", Halden_Bank="PROJECT")
    assert closeness(hearing, APPEAL) > closeness(hearing, PERMIT)
