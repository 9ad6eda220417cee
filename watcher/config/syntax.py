"""The careful YAML parser, and its complaints in words for people who do not know YAML.

The parser tells what it expected; the remedy is nearly always a quote, a space or an indent.
Nothing of the file is quoted, since the place of a fault may hold a secret.
"""

from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from watcher.config.events import Event, make_event
from watcher.config.tree import Fault, Unreadable

# Part of the parser's words, what it means, the remedy. First match wins.
_MEANINGS = (
    ("found character '\\t'", "A tab is used for indentation.", "indent with spaces, never with the tab key"),
    ("cannot start any token", "A value begins with a reserved character.", 'put the value in quotes: "@…"'),
    (
        "found unknown escape",
        "A backslash in double quotes begins no known escape.",
        "use single quotes, or write \\\\",
    ),
    ("escape sequence", "An escape (\\x, \\u) in double quotes is not complete.", "use single quotes, or write \\\\"),
    (
        "while scanning a quoted scalar",
        "A quote is opened and never closed before the end of the text.",
        "close the quote",
    ),
    (
        "mapping values are not allowed",
        "A colon stands where no key can be.",
        "put a text with ': ' in quotes, check the indent",
    ),
    ("could not find expected ':'", "A key has no colon after it, or a text runs over its line.", "write key: value"),
    (
        "expected ',' or ']'",
        "A list in brackets is not closed, or a comma or quote is missing in it.",
        "write [a, b, c]",
    ),
    (
        "expected ',' or '}'",
        "A mapping in braces is not closed, or a comma or quote is missing in it.",
        "write {a: b, c: d}",
    ),
    ("while parsing a flow", "A bracket or brace is not closed, or a comma is missing.", "write [a, b] or {a: b}"),
    (
        "expected <block end>",
        "A line is not indented like the lines it belongs with, or a value ends too early.",
        "give keys of one block the same number of spaces",
    ),
    (
        "expected the node content",
        "A value is missing or begins with a character that has a meaning in YAML.",
        "put the value in quotes",
    ),
    (
        "expected '<document start>'",
        "Text follows where the document should end.",
        "delete it, or check brackets and indents",
    ),
    ("found incompatible yaml", "The %YAML directive names an unknown version.", "delete the line"),
    ("found duplicate yaml directive", "The %YAML directive stands twice.", "delete one"),
    ("undefined tag handle", "A value begins with an unknown tag (!…): tags are not read.", "put the value in quotes"),
    ("while scanning a tag", "A value begins with a tag (!): tags are not read.", "put the value in quotes"),
    ("while parsing a tag", "A value begins with a tag (!): tags are not read.", "put the value in quotes"),
    ("while scanning an alias", "A value begins with *, which makes an alias of it.", "put the value in quotes"),
    ("while scanning an anchor", "A value begins with &, which makes an anchor of it.", "put the value in quotes"),
    ("directive", "A line begins with %, which is kept for YAML's own directives.", "put the value in quotes"),
    ("surrogate", "An escaped character is half of a pair (a surrogate): no such character exists.", "delete it"),
)
_UNKNOWN = ("The text is not YAML here.", "check quotes, brackets, colons and indents near this line")


def careful_events(text: str) -> Iterator[Event]:
    """Yield the events of ``text``; raises Unreadable, perhaps after some, where it is no YAML."""
    try:
        yield from map(make_event, YAML(typ="safe", pure=True).parse(text))
    except YAMLError as error:
        raise Unreadable(explain_syntax(error, text)) from error


def explain_syntax(error: YAMLError, text: str) -> Fault:
    """Turn the parser's error into one fault, at the place where the text went wrong."""
    if not isinstance(error, MarkedYAMLError):
        return Fault(line=1, message=_UNKNOWN[0], hint=_UNKNOWN[1])
    said = f"{error.context or ''} {error.problem or ''}".lower()
    message, hint = next(((words, remedy) for part, words, remedy in _MEANINGS if part in said), _UNKNOWN)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    last = text.rstrip("\n").count("\n") + 1
    if error.context_mark and error.context_mark.line + 1 < min(line, last):
        message = f"{message} It begins on line {error.context_mark.line + 1}."
    if _is_tab(text, line):
        message, hint = _MEANINGS[0][1:]
    return Fault(line=min(line, last), column=column, message=message, hint=hint)


def _is_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    return line <= len(lines) and "\t" in lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
