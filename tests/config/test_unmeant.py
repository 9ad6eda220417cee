"""Legal but surely unmeant: one warning at its line, and silence otherwise."""

from pathlib import Path

import pytest

from watcher.config.catalogue import load_catalogue

FEED = "feeds: ['https://a.example.org/f']"
UNMEANT = {
    "unquoted no": (f"topics:\n  a:\n    {FEED}\n    match: {{any: [wind, no]}}", 4, "quote"),
    "date as name": (f"topics:\n  a:\n    name: 2026-11-16\n    {FEED}", 3, "date"),
    "octal": (f"network: {{timeout: 020}}\ntopics: {{a: {{{FEED}}}}}", 1, "octal"),
    "number as key": (f"topics:\n  2026:\n    {FEED}", 2, "number"),
    "nothing after": (f"network:\ntopics: {{a: {{{FEED}}}}}", 1, "Nothing stands"),
    "no topic": ("topics: {}", 1, "no topic"),
    "no way in": ("topics: {a: {match: {any: [wind]}}}", 1, "No article can reach"),
    "no rule for shared": (f"{FEED}\ntopics: {{a: {{}}}}", 2, "No article can reach"),
    "no rule for matching": ("topics: {a: {feeds: [{url: 'https://a.example/', keep: matching}]}}", 1, "No article"),
    "feed twice": ("topics:\n  a:\n    feeds:\n    - https://a.example/f\n    - https://www.a.example/f/", 5, "twice"),
    "shared and trusted": (f"{FEED}\ntopics:\n  a:\n    {FEED}", 4, "also a shared feed"),
    "keep on shared": (
        "feeds: [{url: 'https://a.example/', keep: all}]\ntopics: {a: {match: {any: [ab]}}}",
        1,
        "means nothing",
    ),
    "language twice": (f"languages: [fr, fr]\ntopics: {{a: {{{FEED}}}}}", 1, "twice"),
    "everything allowed": (f"network: {{allow: [0.0.0.0/0]}}\ntopics: {{a: {{{FEED}}}}}", 1, "every address"),
    "metadata allowed": (f"network: {{allow: [169.254.0.0/16]}}\ntopics: {{a: {{{FEED}}}}}", 1, "metadata"),
    "no time": (f"network: {{timeout: 0.01}}\ntopics: {{a: {{{FEED}}}}}", 1, "timeout"),
    "no room": (f"network: {{max_bytes: 2000}}\ntopics: {{a: {{{FEED}}}}}", 1, "max_bytes"),
    "no weight": ("topics: {a: {feeds: [{url: 'https://a.example/', weight: 0}]}}", 1, "last"),
    "all weight": ("topics: {a: {feeds: [{url: 'https://a.example/', weight: 50}]}}", 1, "before all"),
    "digest each minute": (f"schedule: {{digest: '* * * * *'}}\ntopics: {{a: {{{FEED}}}}}", 1, "too often"),
    "fetch each minute": (f"schedule: {{fetch: every 1 minute}}\ntopics: {{a: {{{FEED}}}}}", 1, "too often"),
    "never": (f"schedule: {{digest: 0 7 31 2 *}}\ntopics: {{a: {{{FEED}}}}}", 1, "never comes"),
    "lone letter": (f"topics: {{a: {{{FEED}, match: {{any: [e]}}}}}}", 1, "one letter"),
    "lone letter and star": (f"topics: {{a: {{{FEED}, match: {{any: ['e*']}}}}}}", 1, "one letter"),
    "term twice": (f"topics: {{a: {{{FEED}, match: {{any: [wind], none: [Wind]}}}}}}", 1, "twice"),
    "device name": (f"topics: {{aux: {{{FEED}}}}}", 1, "Windows"),
    "short name": (f"topics: {{a: {{{FEED}, watch: [X]}}}}", 1, "one letter"),
    "name twice": (f"topics: {{a: {{{FEED}, watch: [Exail, exail]}}}}", 1, "two entries"),
    "alias twice": (
        f"topics: {{a: {{{FEED}, watch: [{{name: Ab, aliases: [Xy]}}, {{name: Cd, aliases: [XY]}}]}}}}",
        1,
        "two entries",
    ),
    "alias is a name": (f"topics: {{a: {{{FEED}, watch: [{{name: Ab, aliases: [Cd]}}, Cd]}}}}", 1, "another entry"),
}


@pytest.mark.parametrize(("text", "line", "words"), UNMEANT.values(), ids=UNMEANT.keys())
def test_unmeant_is_warned_about_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """The file is accepted and one of its warnings has the line, the words, a path and a remedy."""
    file = tmp_path / "feeds.yaml"
    file.write_text(text, "utf-8")
    _, warnings = load_catalogue(file)
    told = [warning for warning in warnings if words in warning.message + str(warning.hint)]
    assert [warning.line for warning in told] == [line]
    assert told[0].path
    assert told[0].hint


def test_quoted_and_plain_words_give_no_warning(tmp_path: Path) -> None:
    """Quoting silences the warning, and ordinary files have none."""
    file = tmp_path / "feeds.yaml"
    file.write_text(f'topics:\n  "2026":\n    {FEED}\n    match: {{any: ["no", non, "07:00"]}}\n', "utf-8")
    assert load_catalogue(file)[1] == ()
