"""Summaries and full texts."""

import pytest

from watcher.parse.teaser import MAX_SUMMARY, lead, make_summary, remove_tail

STORY = "The port of Brest has signed a contract for two vessels. They will serve the wind farm from 2028. "


@pytest.mark.parametrize(
    "tail",
    [
        "Read more",
        "Continue reading Brest signs →",
        "Lire la suite »",
        "En savoir plus",
        "\nThe post Brest signs appeared first on Ports Daily.",
        "\nL’article Brest signe est apparu en premier sur Ports.",
        "\nCet article Brest signe est apparu en premier sur Ports",
    ],
)
def test_removes_tails(tail: str) -> None:
    """Invitations to read on and signatures of blog software are no part of a summary."""
    assert remove_tail(STORY + tail) == (STORY.strip(), False)


@pytest.mark.parametrize("tail", ["They are […]", "They are [...]", "They are…", "They are ..."])
def test_recognises_a_teaser_that_breaks_off(tail: str) -> None:
    """A teaser that was cut ends at its last whole sentence."""
    assert remove_tail(STORY + tail)[1]
    assert make_summary(STORY + tail, "")[0] == STORY.strip()


def test_keeps_sentences_that_only_sound_like_tails() -> None:
    """Words of a tail within a sentence stay."""
    text = "Engineers want to learn more about fatigue. Voir aussi loin demande du courage."
    assert remove_tail(text)[0] == text


def test_prefers_whole_sentences_of_the_article_to_a_cut_teaser() -> None:
    """Where the feed has the article, its leading sentences replace a teaser that breaks off."""
    article = STORY * 12
    summary, content = make_summary("The port of Brest has signed a contract for […]", article)
    assert content == article
    assert summary.endswith("2028.")
    assert len(summary) <= MAX_SUMMARY


def test_a_caption_is_not_the_article() -> None:
    """A second text that is hardly longer than the teaser and begins otherwise is left out."""
    caption = "Photo: a crane in the port of Brest, in the evening sun, seen from the quay."
    assert make_summary(STORY.strip(), caption) == (STORY.strip(), "")


def test_nothing_gives_nothing() -> None:
    """An entry without text has neither summary nor content."""
    assert make_summary("", "") == ("", "")


def test_leads_do_not_stop_at_abbreviations() -> None:
    """An initial or a title is not the end of a sentence."""
    text = "M. Dupont leads the team at the plant. " + "X" * 600
    assert lead(text) == "M. Dupont leads the team at the plant."
