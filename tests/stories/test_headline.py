"""The best title is one that an article carries."""

from tests.make import make_entry
from watcher.stories.headline import choose_headline


def best(*titles: str, language: str = "en") -> str:
    """Return the title chosen among entries in English."""
    return choose_headline(tuple(make_entry(n, title=title) for n, title in enumerate(titles, 1)), language).title


def test_the_edition_s_language_wins() -> None:
    """A usable title in the edition's language is preferred to a better one in another."""
    french = make_entry(1, title="Korvex lance un drone d'inspection", language="fr")
    english = make_entry(2, title="Korvex unveils the Altara 7, an inspection drone made in Brest", language="en")
    assert choose_headline((french, english), "fr") is french
    assert choose_headline((french, english), "en") is english
    assert choose_headline((english,), "fr") is english


def test_cut_loud_and_coy_titles_lose() -> None:
    """A cut title, capitals, bait and a question lose to a plain statement."""
    plain = "Korvex unveils an inspection drone"
    assert best("Korvex unveils an inspection drone that will...", plain) == plain
    assert best("KORVEX UNVEILS AN INSPECTION DRONE", plain) == plain
    assert best("You won't believe what Korvex unveils in Brest", plain) == plain
    assert best("Is this the inspection drone of the year?", plain) == plain


def test_a_title_in_the_language_but_cut_loses() -> None:
    """A whole title in another language is better than one that breaks off."""
    cut = make_entry(1, title="Korvex lance un drone qui peut inspecter les…", language="fr")
    whole = make_entry(2, title="Korvex unveils an inspection drone", language="en")
    assert choose_headline((cut, whole), "fr") is whole


def test_an_empty_title_is_the_last_resort() -> None:
    """No title is chosen only where there is no other; ties go to the earliest."""
    assert best("", "x") == "x"
    assert best("") == ""
