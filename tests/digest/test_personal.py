"""A member's own digest: what concerns them, best first, with its reason, and nothing else."""

from tests.digest.sample import sample_editions
from watcher.digest.personal import compose_personal
from watcher.digest.to_text import to_text
from watcher.model.edition import CardItem, StoryItem
from watcher.model.member import Member, Relevance

FULL = sample_editions()[0]
ME = Member(slug="altivue", name="Altivue")


def about(score: float, *, story: str | None = None, card: str | None = None, member: str = "altivue") -> Relevance:
    """Say that something concerns a member."""
    return Relevance(member=member, score=score, reasons=("votre marché : inspection",), story=story, card=card)


def test_the_best_come_first_and_once() -> None:
    """Stories and cards are mixed by score; a second reason for the same thing does not print it again."""
    chosen = (about(0.3, story="s1"), about(0.9, card="c50"), about(0.5, story="s8"), about(0.2, story="s8"))
    made = compose_personal(ME, chosen, (FULL,))
    assert [relevance.score for relevance, _ in made.for_you] == [0.9, 0.5, 0.3]
    assert isinstance(made.for_you[0][1], CardItem)
    assert isinstance(made.for_you[1][1], StoryItem)


def test_what_concerns_others_or_is_not_printed_is_left_out() -> None:
    """No member reads what was found for another one."""
    made = compose_personal(ME, (about(0.9, story="s1", member="rival"), about(0.8, story="gone")), (FULL,))
    assert made.for_you == ()
    assert "POUR VOUS" not in to_text(made).upper().split("DRONES")[0]


def test_at_most_ten() -> None:
    """A longer list is no choice any more."""
    ids = [item.story for item in (*FULL.top, *FULL.follow_ups, *FULL.also)]
    cards = [item.card.id for item in (*FULL.opportunities, *FULL.agenda)]
    found = (*(about(0.5, story=one) for one in ids), *(about(0.5, card=one) for one in cards))
    assert len(found) > 10
    assert len(compose_personal(ME, found, (FULL,)).for_you) == 10


def test_the_text_of_a_members_digest_gives_the_reason() -> None:
    """Each item says why it is for them, above the edition."""
    text = to_text(compose_personal(ME, (about(0.9, story="s8"), about(0.5, card="c50")), (FULL,)))
    assert text.startswith("Pour vous – Altivue\n===================\n")
    assert text.count("Pourquoi vous\u202f: votre marché") == 2
    assert "À LA UNE" in text
