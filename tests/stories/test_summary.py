"""Two sentences, word for word, each with its source."""

from hypothesis import given
from hypothesis import strategies as st

from tests.make import make_entry
from watcher.stories.summary import summarise

HEAD = make_entry(1, title="Korvex unveils the Altara inspection drone")
FULL = make_entry(
    2,
    title="Altara drone",
    summary="Korvex unveiled the Altara inspection drone. The machine flies for 55 minutes and carries two cameras. "
    "Deliveries to grid operators start in March. Subscribe to our newsletter for more stories.",
)


def test_sentences_are_verbatim_with_their_source() -> None:
    """Each sentence stands in the entry it names, and there are two at most."""
    told = summarise((HEAD, FULL), "en", headline=HEAD)
    assert len(told) == 2
    assert all(text in entry.summary for text, entry in told)


def test_the_headline_is_not_repeated() -> None:
    """A sentence that only says the headline again is left out, and so is one that sells a newsletter."""
    text = " ".join(sentence for sentence, _ in summarise((HEAD, FULL), "en", headline=HEAD))
    assert "unveiled the Altara" not in text
    assert "Subscribe" not in text


def test_a_cut_teaser_is_not_printed() -> None:
    """A sentence its feed cut is never printed; nothing is better than that."""
    cut = make_entry(3, summary="The maker of inspection drones will deliver its first machines to the…")
    dangling = make_entry(
        4, summary="The maker of inspection drones has won a contract to deliver its first machines to"
    )
    assert summarise((cut, dangling), "en") == ()


def test_the_edition_s_language_comes_first_and_is_not_mixed() -> None:
    """French sentences for a French edition; another language only where there is none, and one only."""
    french = make_entry(5, language="fr", summary="La machine vole cinquante-cinq minutes avec deux caméras.")
    assert [entry.id for _, entry in summarise((FULL, french), "fr")] == [5]
    assert {entry.id for _, entry in summarise((FULL,), "fr")} == {2}


def test_a_title_given_again_is_no_summary() -> None:
    """A feed that repeats its title as summary adds nothing."""
    assert (
        summarise(
            (
                make_entry(
                    7,
                    title="Korvex unveils the Altara drone in Brest",
                    summary="Korvex unveils the Altara drone in Brest.",
                ),
            ),
            "en",
        )
        == ()
    )


def test_the_same_twice_is_said_once() -> None:
    """Two papers with the same sentence give it once."""
    twin = make_entry(6, summary=FULL.summary)
    told = [text for text, _ in summarise((FULL, twin), "en", headline=HEAD)]
    assert len(told) == len(set(told))


@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_summaries_can_be_summarised(texts: list[str]) -> None:
    """No text breaks it, and what is printed was there."""
    entries = tuple(make_entry(number, summary=text) for number, text in enumerate(texts, 1))
    for text, entry in summarise(entries, "en"):
        assert text in entry.summary
