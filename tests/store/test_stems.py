"""Words by the table for Western texts are the words by the rules for all."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.store.stems import _words_of_any, words

WESTERN = bytes(range(256)).decode("cp1252", "ignore")
ODD = "\x81\u0301\u02bc\u017f\u0130\ufb01\u2028Ωя語"


def test_every_western_character_alike() -> None:
    """A character alone, in a word and behind an elided article makes the same words by the table and by the rules."""
    for character in WESTERN + ODD:
        for text in (character, f"a{character}b", f"l'{character}a", f"É{character}'a", f"l{character} d’a"):
            assert words(text) == _words_of_any(text)


@given(st.text(alphabet=WESTERN + ODD + "ld'’ ld'’ "))
def test_every_text_alike(text: str) -> None:
    """Whole texts, Western or not, make the same words by the table and by the rules."""
    assert words(text) == _words_of_any(text)


def test_examples() -> None:
    """Accents, ligatures and elisions go, words in another script stay."""
    assert words("L’Œuvre d'été, naïve… ½ ﬁn Ωmega") == ["oeuvre", "ete", "naive", "1", "2", "fin", "ωmega"]
