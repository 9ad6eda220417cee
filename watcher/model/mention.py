"""Mentions: where a text names something, and the entity it names."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT", "MONEY", "QUANTITY"]
KINDS: tuple[Kind, ...] = ("ORG", "PERSON", "PLACE", "PRODUCT", "PROJECT", "EVENT", "MONEY", "QUANTITY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of ``Entry.text`` (characters, end exclusive) and the key of what it names.

    ``unit`` and ``amount`` are set for MONEY (ISO 4217 code) and QUANTITY (SI-like unit).
    """

    kind: Kind
    text: str
    start: int
    end: int
    entity: str
    amount: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Something named: ``key`` joins all its spellings, ``name`` is how we print it."""

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What annotation found in one text; ``model`` names pipelines and gazetteer by version.

    ``error`` is a sentence when the text broke the pipeline (to be retried, at most three times in all);
    ``truncated`` says that only its beginning was read.
    """

    language: str | None
    mentions: tuple[Mention, ...] = ()
    model: str = ""
    error: str | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name to recognise, from ``watch``, the register or a gazetteer."""

    name: str
    kind: Kind = "ORG"
    aliases: tuple[str, ...] = ()
