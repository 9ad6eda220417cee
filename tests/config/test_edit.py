"""Edits change what was asked for and no other byte; the opposite edit gives the old bytes back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.config.catalogue import load_catalogue
from watcher.config.edit import add_feed, add_topic, remove_feed
from watcher.errors import ConfigError, UsageError

ROOT = Path(__file__).parents[2]
NEW = "https://new.example.net/feed?x=1"

BLOCK = """\
# top
cluster: {name: "Pôle",   url: https://www.example.org}   # odd   spacing

feeds:            # shared
- https://shared.example.org/a   # dashes not indented

# about topics
topics:
    wind:
        match: {any: ["a b",'c']}
        feeds:
            # the first
            - https://a.example.org/feed     # why
            - url: https://b.example.org/feed
              name:   Bee   # odd

            - {url: https://c.example.org/feed, keep: matching}
        # after the list
        watch: [X1, Y2]

    sun:
        feeds: [https://d.example.org/f, "https://e.example.org/f"]   # flow
    sea: {match: {any: [tide]}}
    moon:
        name: Moon
# the end
"""
JSON = '{"topics": {"wind": {"feeds": ["https://a.example.org/feed"]}}}'
LAYOUTS = {
    "block": BLOCK,
    "windows": BLOCK.replace("\n", "\r\n"),
    "macintosh": BLOCK.replace("\n", "\r"),
    "marked": "\ufeff" + BLOCK,
    "no shared": BLOCK[BLOCK.index("# about") :],
    "no final line feed": "topics:\n  wind:\n    feeds:\n      - https://a.example.org/feed",
    "list items on the next line": "topics:\n  wind:\n    feeds:\n      -\n        url: https://a.example.org/feed\n",
    "topics first": "topics:\n  wind:\n    feeds: []\n",
    "shipped": (ROOT / "feeds.yaml").read_text("utf-8"),
}
PLACES = [
    (layout, topic)
    for layout, topics in {
        "block": (None, "wind", "sun", "moon"),
        "windows": (None, "wind", "sun", "moon"),
        "macintosh": ("wind", "moon"),
        "marked": (None, "wind"),
        "no shared": (None, "wind"),
        "no final line feed": (None, "wind"),
        "list items on the next line": (None, "wind"),
        "topics first": (None, "wind"),
        "shipped": (None, "drones", "optics", "offshore-wind"),
    }.items()
    for topic in topics
]


def _urls(tmp_path: Path, text: str) -> set[str]:
    file = tmp_path / "feeds.yaml"
    file.write_bytes(text.encode())
    return {feed.url for feed in load_catalogue(file)[0].feeds}


@pytest.mark.parametrize(("layout", "topic"), PLACES)
def test_feed_is_added_and_taken_away_again(tmp_path: Path, layout: str, topic: str | None) -> None:
    """In every layout the new feed is read, the old text stands around it, and removal restores the bytes."""
    text = LAYOUTS[layout]
    changed = add_feed(text, topic, NEW, name="Né: 1", keep="matching" if topic else None, language="fr")
    assert _urls(tmp_path, changed) == _urls(tmp_path, text) | {NEW}
    assert changed.endswith(text[len(_common_start(text, changed)) :])  # one insertion and nothing else
    assert remove_feed(changed, NEW) == text
    assert add_feed(changed, topic, NEW) == changed


@settings(deadline=None)
@given(
    name=st.text(max_size=40) | st.sampled_from(["no", "1", "2026-11-16", "a: b", "- x", "#", "'", "~", "x\u202ey"]),
    path=st.text("abc/?&=#%,:;[]{}'~-_.", max_size=15),
    language=st.sampled_from([None, "fr", "no"]),
    place=st.sampled_from(PLACES[:12]),
)
def test_any_name_and_address_come_back_out(
    tmp_path_factory: pytest.TempPathFactory, name: str, path: str, language: str | None, place: tuple[str, str | None]
) -> None:
    """Whatever the name and address hold, they are quoted so that they are read back, and undone byte for byte."""
    text, url = LAYOUTS[place[0]], f"https://new.example.net/{path}"
    changed = add_feed(text, place[1], url, name=name, language=language)
    assert remove_feed(changed, url) == text
    if not set("{}") & set(path):
        assert url in _urls(tmp_path_factory.mktemp("edit"), changed)


def test_feed_is_removed_wherever_it_stands() -> None:
    """All places go at once, whatever the spelling of the address; comments beside other feeds stay."""
    text = remove_feed(BLOCK, "http://b.example.org/feed/")
    assert "Bee" not in text
    assert "# the first" in text
    assert remove_feed(text, "https://b.example.org/feed") == text
    assert remove_feed(
        "feeds: [https://a.example/]\ntopics: {x: {feeds: [https://a.example/]}}", "https://a.example"
    ) == ("feeds: []\ntopics: {x: {feeds: []}}")


def test_aliases_are_not_edited_by_mistake() -> None:
    """Adding to a topic that is an alias is refused, as it would add to another; removal cuts the one place once."""
    text = "topics:\n  a: &x\n    feeds:\n      - https://a.example.org/f\n      - https://b.example.org/f\n  b: *x\n"
    with pytest.raises(UsageError, match="alias"):
        add_feed(text, "b", NEW)
    assert remove_feed(text, "https://a.example.org/f") == text.replace("      - https://a.example.org/f\n", "")


def test_list_goes_with_its_last_feed() -> None:
    """A block list never ends as a key with nothing after it."""
    text = "topics:\n  wind:\n    name: Wind\n    feeds:\n      - https://a.example.org/feed\n"
    assert remove_feed(text, "https://a.example.org/feed") == "topics:\n  wind:\n    name: Wind\n"


@pytest.mark.parametrize(
    "text",
    [BLOCK, BLOCK.replace("\n", "\r\n"), JSON, "topics: {}\n", "topics:\n", "topics:\n  a:\n    feeds: []"],
)
def test_topic_is_added_after_the_last(tmp_path: Path, text: str) -> None:
    """A new topic has its name and terms, takes feeds, and leaves the text before it alone."""
    changed = add_topic(text, "hydrogen", name="H₂: vert", terms=("hydrogène", "no", "H2*"))
    changed = add_feed(changed, "hydrogen", NEW)
    file = tmp_path / "feeds.yaml"
    file.write_bytes(changed.encode())
    topic = load_catalogue(file)[0].topics[-1]
    assert (topic.key, topic.name("fr")) == ("hydrogen", "H₂: vert")
    assert topic.match.any == ("hydrogène", "no", "H2*")
    assert changed.startswith(text[:-20].rstrip(" {}\r\n"))


def test_topic_without_more_has_its_key_as_name() -> None:
    """Three lines are enough, and the key in words is the name to edit."""
    assert add_topic("topics:\n  a:\n    feeds: []\n", "green-h2") == (
        "topics:\n  a:\n    feeds: []\n  green-h2:\n    name: Green h2\n"
    )


def test_what_cannot_be_edited_is_a_sentence() -> None:
    """Unknown and doubled topics, and text that is no catalogue, end as errors of ours."""
    with pytest.raises(UsageError, match="no topic 'x'"):
        add_feed(BLOCK, "x", NEW)
    with pytest.raises(UsageError, match="already"):
        add_topic(BLOCK, "wind")
    with pytest.raises(UsageError, match="no topics"):
        add_topic("feeds: []\n", "wind")
    for text in ("a: [", "- a", ""):
        with pytest.raises(ConfigError):
            add_feed(text, None, NEW)


def _common_start(one: str, other: str) -> str:
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[:length]
