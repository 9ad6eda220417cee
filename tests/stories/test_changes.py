"""A story comes back only with something new, and says what."""

from tests.make import make_annotation, make_entry
from watcher.stories.changes import describe_changes

OLD = make_entry(1, title="Norvind plans Halden Bank", summary="The farm will have 930MW.")
BEFORE = ((OLD, make_annotation(OLD, "Norvind")),)


def changes(title: str, *names: str, language: str = "en") -> tuple[str, ...]:
    """Return what one later article changes."""
    entry = make_entry(2, title=title)
    return describe_changes(BEFORE, ((entry, make_annotation(entry, *names)),), language)


def test_a_new_figure_is_named_as_written() -> None:
    """The figure stands as in the article, in the words of the edition."""
    assert (
        changes("Halden Bank to cost €2.5bn", "Halden Bank") == ("new figure: €2.5bn", "now involved: Halden Bank")[:1]
    )
    assert changes("Halden Bank coûtera 2,5 milliards d'euros", language="fr")[0].startswith("nouveau chiffre")


def test_a_new_actor_is_named() -> None:
    """Somebody whom no earlier article named is a change."""
    assert changes("Turbiona joins Halden Bank", "Turbiona") == ("now involved: Turbiona",)


def test_repetition_is_no_change() -> None:
    """The same figure and names again, however worded, leave the story out."""
    assert changes("Norvind's Halden Bank: 0.93GW", "Norvind") == ()


def test_a_passing_name_is_no_change() -> None:
    """A name in one article's summary alone does not bring a story back."""
    entry = make_entry(2, title="Halden Bank again", summary="So says Turbiona.")
    assert describe_changes(BEFORE, ((entry, make_annotation(entry, "Turbiona")),), "en") == ()
