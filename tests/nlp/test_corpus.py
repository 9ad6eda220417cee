"""The training corpus: marks, slots and splits come out as the format says."""

from pathlib import Path

import pytest

from training.corpus import BadLineError, Example, Line, print_line, read_lines, vary_case


def printed(text: str, language: str = "fr", copy: int = 0) -> tuple[Example, ...]:
    """Print one line."""
    return print_line(Line(Path("x.txt"), 1, text), language, copy)


def named(example: Example) -> list[tuple[str, str]]:
    """Return text and label of each span."""
    return [(example.text[start:end], label) for start, end, label in example.spans]


def test_marks_become_spans() -> None:
    """A mark leaves its text and a span on it; sums are not learnt."""
    (example,) = printed("[Parrot|ORG] lève [20 M€|MONEY] à \\[Paris\\]")
    assert example.text == "Parrot lève 20 M€ à [Paris]"
    assert named(example) == [("Parrot", "ORG")]


def test_slots_are_filled_alike_when_numbered() -> None:
    """``{PERSON#1}`` and ``{PERSON:surname#1}`` are one person, over title and summary."""
    title, summary = printed("{PERSON#1} arrive\tPour {PERSON:surname#1}, tout va bien")
    full, surname = named(title)[0][0], named(summary)[0][0]
    assert full.endswith(surname)
    assert len(surname) < len(full)


def test_elision_follows_the_name() -> None:
    """``de~`` is *d'* before a vowel and *de* elsewhere."""
    for copy in range(12):
        (example,) = printed("le patron de~{PERSON}", copy=copy)
        name = named(example)[0][0]
        assert example.text.startswith("le patron d'" if name[0] in "AEÉIOUYÈÊ" else "le patron de ")


def test_the_same_line_prints_the_same() -> None:
    """Choices depend on the line and the copy, on nothing else."""
    assert printed("{PERSON} et {ORG:companies}", copy=3) == printed("{PERSON} et {ORG:companies}", copy=3)


@pytest.mark.parametrize("text", ["[Parrot|FIRM]", "{ORG:no-such-tag}", "[Parrot |ORG]", "[Parrot|ORG"])
def test_broken_lines_are_told(text: str) -> None:
    """Unknown kinds and tags, loose marks and spaces at an edge are errors."""
    with pytest.raises(BadLineError):
        printed(text)


def test_title_case_keeps_the_spans() -> None:
    """Case variants move no span."""
    example = Example("Vestas wins order in the north", ((0, 6, "ORG"),))
    for seed in range(40):
        assert named(vary_case(example, "en", seed))[0][0].lower() == "vestas"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_shipped_line_prints(language: str) -> None:
    """No line of the corpus is faulty, and the test split is apart from it."""
    trained, test = read_lines(language), read_lines(language, test=True)
    assert {line.text for line in test}.isdisjoint(line.text for line in trained)
    assert all(not line.has_slots for line in test)
    for line in (*trained, *test):
        assert print_line(line, language)
