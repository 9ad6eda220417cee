"""``members.yaml``: the firms and laboratories that a digest is written for.

Checked as strictly as ``feeds.yaml``. It holds personal data (mail addresses), so no message quotes
an address, and ``forget`` takes a member or an address out of the file (comments stay: they are yours).
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.nodes import ScalarNode, SequenceNode

from watcher.config.catalogue import unknown_topic
from watcher.config.document import name_problems, read_document
from watcher.config.fields import Line, MailAddress, NameText, Slug, Url, wrong
from watcher.config.layout import child, compose, content_end, cut_items, delete
from watcher.config.models import EditionLanguage, ShortForm, Strict
from watcher.config.names import find_name_clashes
from watcher.config.tree import Fault, Listing, Mapping, Node, Scalar, fault_at
from watcher.config.tree import Path as Place
from watcher.config.unmeant import find_misread
from watcher.model.catalogue import Catalogue
from watcher.model.member import Member
from watcher.model.report import Problem


def _read_siren(value: Any) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    digits = f"{value:09}" if is_number else re.sub(r"[\s.]", "", value) if isinstance(value, str) else ""
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise wrong("A SIREN number has nine digits.", "copy it from the company register (the first nine of a SIRET)")
    if not has_luhn_key(digits):
        raise wrong("This SIREN number has a wrong digit: its check sum does not hold.", "copy it again")
    return digits


Siren = Annotated[str, BeforeValidator(_read_siren), WithJsonSchema({"type": ["string", "integer"]})]


class MemberModel(ShortForm):
    """One member: its name, alone or with what it does and whom it watches."""

    name: NameText = Field(description="The name as it is printed.")
    slug: Slug | None = Field(default=None, description="Short key; made from the name when left out.")
    aliases: list[NameText] = Field(default=[], description="Other spellings, brands, former names.")
    subsidiaries: list[NameText] = Field(default=[], description="Firms it owns, whose news are its news.")
    siren: Siren | None = Field(default=None, description="Number in the French company register.")
    site: Url | None = Field(default=None, description="Web site.")
    town: Line | None = Field(default=None, description="Town, which tells homonyms apart.")
    competences: list[Line] = Field(default=[], description="What it can do, in words.")
    markets: list[Line] = Field(default=[], description="Markets it aims at (marchés cibles).")
    topics: list[Slug] = Field(default=[], description="Topics of its digest; all when left out.")
    rivals: list[NameText] = Field(default=[], description="Competitors to watch.")
    partners: list[NameText] = Field(default=[], description="Partners to watch.")
    language: EditionLanguage = Field(default="fr", description="Language of its digest.")
    emails: list[MailAddress] = Field(default=[], description="Who gets the digest.")
    digest: bool = Field(default=True, description="false: no mail is sent to it.")


class RegisterModel(Strict):
    """The whole of members.yaml."""

    members: list[MemberModel] = Field(description="The members.")


def load_register(path: Path, catalogue: Catalogue) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """Read and check ``members.yaml``; return its members with the warnings.

    Raises ConfigError that holds every problem, unknown topics and duplicate members among them.
    """
    known = tuple(topic.key for topic in catalogue.topics)
    checks = (_find_duplicates, lambda root: tuple(_find_unknown_topics(root, known)))
    content, root = read_document(path, RegisterModel, checks)
    warnings = (*find_misread(root), *find_name_clashes(_nodes(root)))
    return tuple(build_member(model) for model in content.members), name_problems(path, warnings)


def build_member(model: MemberModel) -> Member:
    """Return the model object of one checked member."""
    lists = ("aliases", "subsidiaries", "competences", "markets", "topics", "rivals", "partners", "emails")
    values = model.model_dump()
    values |= {key: tuple(values[key]) for key in lists} | {"slug": model.slug or make_slug(model.name)}
    return Member(**values)


def forget(text: str, name: str) -> str:
    """Return the text of ``members.yaml`` without the member or mail address ``name``; unchanged if unknown."""
    root = compose(text, "members.yaml")
    listing = child(root, "members")
    items = list(listing.value) if isinstance(listing, SequenceNode) else []
    found = [number for number, item in enumerate(items) if _fold(name) in _names_of(item)]
    if listing is not None and found and len(found) == len(items):
        colon = text.rfind(":", 0, listing.start_mark.index) + 1
        return f"{text[:colon]} []{text[content_end(listing) :]}"
    spans = cut_items(text, root, "members", found)
    for number, item in enumerate(items):
        if number not in found:
            spans += cut_items(text, item, "emails", _mails_of(item, name))
    return delete(text, spans)


def has_luhn_key(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def make_slug(name: str) -> str:
    """Return a key for ``name``: its letters without accents, in small, joined by hyphens."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "member"


def _find_duplicates(root: Node) -> tuple[Fault, ...]:
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for path, node in _nodes(root):
        for key, value in _identity(node):
            line = seen.setdefault((key, value), node.line)
            if line != node.line:
                message = f"This member stands twice: the same {key} is already on line {line}."
                faults.append(fault_at(node, path, message, "join the two, or give one another slug"))
                break
    return tuple(faults)


def _identity(node: Node) -> Iterator[tuple[str, str]]:
    written = {"name": node} if isinstance(node, Scalar) else dict.fromkeys(("name", "slug", "siren"))
    for key in written:
        value = node.get(key) if isinstance(node, Mapping) else node
        if isinstance(value, Scalar) and value.text:
            yield key, re.sub(r"\s", "", value.text).casefold()
            if key == "name":
                yield "slug", make_slug(value.text)


def _find_unknown_topics(root: Node, known: tuple[str, ...]) -> Iterator[Fault]:
    for path, node in _nodes(root):
        listing = node.get("topics") if isinstance(node, Mapping) else None
        for number, item in enumerate(listing.items if isinstance(listing, Listing) else ()):
            if isinstance(item, Scalar) and item.text not in known:
                yield unknown_topic(item, (*path, "topics", number), known)


def _nodes(root: Node) -> Iterator[tuple[Place, Node]]:
    listing = root.get("members") if isinstance(root, Mapping) else None
    if isinstance(listing, Listing):
        yield from ((("members", number), item) for number, item in enumerate(listing.items))


def _names_of(item: YamlNode) -> set[str]:
    nodes = (item,) if isinstance(item, ScalarNode) else (child(item, "name"), child(item, "slug"))
    return {_fold(node.value) for node in nodes if isinstance(node, ScalarNode)}


def _mails_of(item: YamlNode, address: str) -> list[int]:
    listing = child(item, "emails")
    mails = listing.value if isinstance(listing, SequenceNode) else []
    return [number for number, mail in enumerate(mails) if _fold(str(mail.value)) == _fold(address)]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
