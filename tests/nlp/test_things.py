"""Names told by the noun beside them or by their form, in names that no list has."""

import pytest

from watcher.nlp.things import find_things


def told(text: str, language: str) -> list[tuple[str, str]]:
    """Return kind and text of what is found."""
    return [(span.kind, text[span.start : span.end]) for span in find_things(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La sonde japonaise Kitsune-3 se pose", [("PRODUCT", "Kitsune-3")]),
        ("fr", "Le brise-glace «Ourals» part", [("PRODUCT", "Ourals")]),
        ("fr", "Mission Alcyone : la fusée décolle", [("PRODUCT", "Alcyone")]),
        ("fr", "Mission Dupont : le rapport du député", []),
        ("fr", "Le projet Ventéole avance", [("PROJECT", "Ventéole")]),
        ("fr", "le parc éolien en mer de Ventéole", [("PROJECT", "Ventéole")]),
        ("fr", "au salon Navirexpo, à Lorient", [("EVENT", "Navirexpo")]),
        (
            "fr",
            "lors du Blue Tech Summit 2026",
            [("EVENT", "Blue Tech Summit 2026"), ("EVENT", "Blue Tech Summit 2026")],
        ),
        ("en", "work starts at the Thistle Ridge offshore wind farm", [("PROJECT", "Thistle Ridge")]),
        ("en", "work starts at the Shell-led Thistle project", [("PROJECT", "Thistle")]),
        ("en", "the owner's wind farm", []),
        ("en", "the first 300 MW Thistle array", [("PROJECT", "Thistle"), ("PROJECT", "Thistle")]),
        ("en", "a look at the Kestrel Dawn spacecraft", [("PRODUCT", "Kestrel Dawn")]),
        ("en", "World's Largest Floating Wind Farm Opens", []),
        ("en", "a talk at Quill Forum today", [("EVENT", "Quill Forum")]),
        ("de", "Der HiSpeicher 4020 X kommt", [("PRODUCT", "HiSpeicher 4020 X")]),
        ("de", "MacDonald 4 und BoxBau 2024", []),
    ],
)
def test_nouns_and_form_tell_a_name(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    """French sets the noun before a name, English behind it; capitals inside a word and a number make a product."""
    assert told(text, language) == expected
