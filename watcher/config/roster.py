"""A list of members from a spreadsheet (CSV) to the text of ``members.yaml``.

Spreadsheets disagree on everything: encoding, separator, the names of columns in two languages. What
can be told is told; a row with a fault is left out and named, so that nothing wrong slips in.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from pydantic import ValidationError

from watcher.config.register import MemberModel, RegisterModel
from watcher.config.spelling import printable
from watcher.model.report import Problem

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
_FILE = "the CSV file"

# Column names, folded, in the words that spreadsheets use for them.
_COLUMNS = {
    "name": "name nom raisonsociale entreprise societe denomination adherent membre member company organisation",
    "slug": "slug cle key",
    "aliases": "aliases alias autresnoms marques brands aka",
    "subsidiaries": "subsidiaries filiales subsidiary filiale",
    "siren": "siren siret nsiren nsiret",
    "site": "site siteweb siteinternet web website url",
    "town": "town ville commune city localite",
    "competences": "competences competence savoirfaire expertises expertise skills activites",
    "markets": "markets marches marchescibles marchecible market",
    "topics": "topics topic themes theme thematiques",
    "rivals": "rivals rival concurrents concurrent competitors",
    "partners": "partners partenaires partenaire partner",
    "language": "language langue lang",
    "emails": "emails email mail mails courriel courriels adressemail adresseemail",
    "digest": "digest lettre newsletter abonne",
}
_FIELD_OF = {word: field for field, words in _COLUMNS.items() for word in words.split()}
_LANGUAGE_OF = {"fr": "fr", "en": "en", "an": "en"}  # by the first letters of français, french, english, anglais
_LISTS = frozenset({"aliases", "subsidiaries", "competences", "markets", "topics", "rivals", "partners", "emails"})


class Rows(Protocol):
    """The rows of a CSV reader, with the line of the file that was read last."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


_YES, _NO = frozenset({"oui", "yes", "true", "1", "vrai", "x"}), frozenset({"non", "no", "false", "0", "faux"})


def import_csv(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a ``members.yaml`` with every good row, and the problems of the others."""
    if len(data) > MAX_BYTES:
        return render_register(()), (_problem(None, "", "The file is larger than 5 MB.", "split it"),)
    text = _decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return _read_rows(reader)
    except csv.Error as error:
        message = f"The file cannot be read as CSV: {printable(str(error), 200)}."
        return render_register(()), (_problem(reader.line_num, "", message, "save it again as CSV, UTF-8"),)


def render_register(members: tuple[MemberModel, ...]) -> str:
    """Return the text of a ``members.yaml`` that holds ``members``."""
    if not members:
        return "members: []\n"
    lines = ["members:"]
    for member in members:
        values = member.model_dump(exclude_defaults=True, exclude_none=True)
        shown = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
        lines += [f"  - {shown[0]}", *(f"    {line}" for line in shown[1:])]
    return "\n".join(lines) + "\n"


def _read_rows(reader: "Rows") -> tuple[str, tuple[Problem, ...]]:
    header: list[str] = next(reader, [])
    fields = [_FIELD_OF.get(_fold(column)) for column in header]
    problems = [
        _problem(1, printable(column), "This column is not known and is left out.", f"known: {', '.join(_COLUMNS)}")
        for column, field in zip(header, fields, strict=True)
        if field is None and column.strip()
    ]
    if "name" not in fields:
        message = "The first line names no column 'name' (nom, raison sociale)."
        return render_register(()), (_problem(1, "", message, "write the names of the columns on the first line"),)
    members: list[MemberModel] = []
    seen: dict[str, int] = {}
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(members) == MAX_ROWS:
            problems.append(_problem(reader.line_num, "", f"Only the first {MAX_ROWS:,} members are read.", "split it"))
            break
        member, faults = _read_row(row, fields, reader.line_num)
        problems += faults
        if member and (line := seen.setdefault(_fold(member.name), reader.line_num)) != reader.line_num:
            problems.append(
                _problem(reader.line_num, "name", f"This member is already on line {line}.", "join the two")
            )
        elif member:
            members.append(member)
    return render_register(tuple(members)), tuple(problems)


def _read_row(row: list[str], fields: list[str | None], line: int) -> tuple[MemberModel | None, list[Problem]]:
    values: dict[str, object] = {}
    for cell, field in zip(row, fields, strict=False):
        if field and cell.strip():
            values[field] = _read_cell(field, cell.strip())
    try:
        register = RegisterModel.model_validate({"members": [values]})
    except ValidationError as error:
        return None, [_explain(dict(detail), line) for detail in error.errors(include_url=False, include_input=False)]
    return register.members[0], []


def _read_cell(field: str, cell: str) -> object:
    if field in _LISTS:
        return [part.strip() for part in re.split(r"[;|,\n]", cell) if part.strip()]
    if field == "siren":
        return re.sub(r"\s", "", cell)[:9]
    if field == "digest" and cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    if field == "site" and "://" not in cell:
        return f"https://{cell}"
    if field == "language":
        return _LANGUAGE_OF.get(cell[:2].lower(), cell)
    return " ".join(cell.split())


def _explain(detail: dict[str, object], line: int) -> Problem:
    location = detail["loc"]
    column = str(location[2]) if isinstance(location, tuple) and len(location) > 2 else ""
    context = detail.get("ctx")
    words = context.get("message") if isinstance(context, dict) else None
    message = words or "This value is missing or not valid."
    return _problem(line, column, f"{message} The row is left out.", "mend it in the spreadsheet and import again")


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(";\t,", key=header.count)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _problem(line: int | None, path: str, message: str, hint: str) -> Problem:
    return Problem(file=_FILE, line=line, column=None, path=path, message=message, hint=hint)
