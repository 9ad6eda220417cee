"""Members of the cluster, and why something concerns one of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One company or laboratory of ``members.yaml``. Personal data: never logged nor exported."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    subsidiaries: tuple[str, ...] = ()
    siren: str | None = None
    site: str | None = None
    town: str | None = None
    competences: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # empty: all
    rivals: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    language: str = "fr"
    emails: tuple[str, ...] = ()
    digest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMention:
    """A member named in an entry: the span in ``Entry.text`` (or the content) and the spelling met."""

    member: str
    entry_id: int
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """Why a story or card concerns a member, in words, with a score in 0..1."""

    member: str
    score: float
    reasons: tuple[str, ...]
    story: str | None = None
    card: str | None = None
