"""Any text is read within bounds, and nothing in it runs or vanishes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.config.reader import MAX_ALIASES, MAX_NODES, read_carefully, read_tree
from watcher.config.text import MAX_BYTES, decode
from watcher.config.tree import Mapping, locate, locate_key, to_data, walk


def test_values_know_where_they_stand() -> None:
    """Lines and columns count from 1, for values and for keys."""
    root, faults = read_tree("a: 1\nb:\n  - x\n  - {c: no}\n")
    assert faults == ()
    assert isinstance(root, Mapping)
    assert to_data(root) == {"a": 1, "b": ["x", {"c": "no"}]}
    node, found = locate(root, ("b", 1, "c"))
    assert (node.line, node.column, found) == (4, 9, True)
    assert locate_key(root, ("b", 1, "c")).column == 6
    assert [path for path, _ in walk(root)][-1] == ("b", 1, "c")


def test_aliases_and_merge_keys_are_read() -> None:
    """A small alias stands for its value; merged keys yield to those written out."""
    root, faults = read_tree("a: &x {k: 1, l: 2}\nb: *x\nc: {<<: *x, l: 3}\nd: {<<: [*x, {m: 4}]}\n")
    assert faults == ()
    assert root is not None
    assert to_data(root) == {
        "a": {"k": 1, "l": 2},
        "b": {"k": 1, "l": 2},
        "c": {"k": 1, "l": 3},
        "d": {"k": 1, "l": 2, "m": 4},
    }


BOMBS = {
    "nested aliases": "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
    "deep aliases": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 40)),
    "many aliases": f"a: &a x\nb: [{', '.join(['*a'] * (MAX_ALIASES + 1))}]\n",
    "many values": f"a: [{', '.join(['x'] * MAX_NODES)}]\n",
    "brackets": "a: " + "[" * 5_000,
    "dashes": "- " * 5_000,
    "merges": "a0: &a0 {k: 1}\n"
    + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 9)),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused(text: str) -> None:
    """What would expand or nest without bound is refused with one fault at its place."""
    root, faults = read_tree(text)
    assert root is None
    assert faults[-1].line is not None
    assert any(word in faults[-1].message for word in ("deeply", "too large", "too many"))


FAULTS = {
    "twice": ("a: 1\na: 2\n", 2, "twice"),
    "twice, escaped": ('ab: 1\n"\\x61b": 2\n', 2, "twice"),
    "merged twice": ("x: &x {k: 1}\ny:\n  <<: *x\n  <<: *x\n", 4, "twice"),
    "merged word": ("a: {<<: x}\n", 1, "merge key"),
    "tag": ("a: !!python/object/apply:os.system [x]\n", 1, "tag"),
    "unknown tag": ("a:\n  b: !include x\n", 2, "tag"),
    "no anchor": ("a: *x\n", 1, "anchor"),
    "itself": ("a: &x [*x]\n", 1, "itself"),
    "list as key": ("[a]: 1\n", 1, "key"),
    "null as key": ("~: 1\n", 1, "empty or null"),
    "second document": ("a: 1\n---\nb: 1\n", 2, "second document"),
    "tab": ("a:\n\tb: 1\n", 2, "tab"),
    "open quote": ('a: "x\n', 1, "quote"),
    "open bracket": ("a: [x\n", 1, "bracket"),
    "reserved": ("a: @x\n", 1, "reserved"),
    "colon": ("a: b: c\n", 1, "colon"),
    "digits": (f"a: {'9' * 5000}\n", 1, "digits"),
    "version": ("%YAML 3.0\n---\na: 1\n", 1, "version"),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_of_form_is_told_at_its_line(text: str, line: int, words: str) -> None:
    """Each fault of form has its line and plain words."""
    _, faults = read_tree(text)
    assert (faults[0].line, words in f"{faults[0].message} {faults[0].hint}") == (line, True)


ENCODINGS = {
    "latin-1": ("a: é\n".encode("latin-1"), 1, "UTF-8"),
    "utf-16": ("a: é\n".encode("utf-16"), 1, "UTF-16"),
    "utf-16 unmarked": ("a: bcdef\n".encode("utf-16-le"), 1, "UTF-16"),
    "cut": ("a: 1\nb: é".encode()[:-1], 2, "truncated"),
    "binary": (bytes(range(256)), 3, "UTF-8"),
    "bell": (b"a: 1\r\nb: \x07\r\n", 2, "U+0007"),
    "separator": ("a: 1\nb: x\u2028y\n".encode(), 2, "U+2028"),
    "size": (b"a" * (MAX_BYTES + 1), None, "too large"),
}


@pytest.mark.parametrize(("raw", "line", "words"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_bytes_that_are_no_text_are_named(raw: bytes, line: int | None, words: str) -> None:
    """A file in another encoding, cut or too large says so, at the line where it shows."""
    _, faults = decode(raw)
    assert (faults[0].line, words in faults[0].message) == (line, True)


def test_line_ends_and_mark_do_not_matter() -> None:
    """Windows and old Macintosh line ends and a byte-order mark read as the plain file does."""
    assert decode(b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\n") == ("a: 1\nb: 2\nc: 3\n", ())


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text("ab:-[]{}&*!|>'\"%@#?,. \n\t~<", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever the bytes, the answer is a document or at least one fault, never an exception."""
    text, faults = decode(raw)
    if not faults:
        root, faults = read_tree(text)
        assert root is None or len(list(walk(root))) <= MAX_NODES
        assert all(fault.message for fault in faults)


PIECES = (
    "a: b\n", "- a\n", "  c: d\n", "\n  ", "\n", " ", "\t", "a", "é", "😀", ":", ": ", "- ", "? ", "# x", " #x", "#x",
    "'", '"', "''", '"x": ', "'x':y", "[", "]", "{", "}", ",", ", ", "[a, b]", "{a: b}", "{a:b}", "{a}", "{? a : b}",
    "|", "|\n x\n", ">-\n", "&a ", "*a", "!t ", "!!str ", "%YAML 1.1\n", "---\n", "...\n", "<<: ", "~", "null", "0x1f",
    "1_000", "\\", "\\x41", "@", "`", "http://a.example:80/b?c=d&e#f", "a:b:c", ":a", "-a", "?a",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_quick_parser_says_what_the_careful_one_says(text: str) -> None:
    """Values, places and faults are those of the careful parser, whichever of the two has read them."""
    assert repr(read_tree(text)) == repr(read_carefully(text))
