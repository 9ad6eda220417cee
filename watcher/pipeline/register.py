"""The register of members: listed, imported, found in the news, matched to calls, forgotten on request.

Personal data stays in ``members.yaml`` and in the outbox; nothing here prints an address.
"""

import os
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from watcher.config.register import forget, load_register
from watcher.config.roster import import_csv
from watcher.config.settings import Settings
from watcher.errors import ConfigError, StoreError, UsageError
from watcher.members.consortium import consortium_hints
from watcher.members.subjects import subject_of_card
from watcher.model.report import Problem
from watcher.pipeline.enrol import naming, read_bounded
from watcher.pipeline.runtime import Runtime, load_files
from watcher.store.annotations import get_annotations
from watcher.store.cards import list_cards
from watcher.store.entries import get_entries, list_entries
from watcher.store.outbox import forget_recipient

FOUR_WEEKS = timedelta(weeks=4)
MOST = 5_000  # entries searched for members


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """A member without addresses."""

    slug: str
    name: str
    topics: tuple[str, ...]
    competences: tuple[str, ...]
    markets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import wrote or would write."""

    path: Path
    members: int
    problems: tuple[Problem, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was removed."""

    register: bool
    deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMember:
    """A member in the news."""

    name: str
    member: str
    entry: int
    title: str
    url: str | None
    publisher: str
    published: datetime | None
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Members who together could answer a call, by name, and what none of them covers."""

    card: str
    title: str
    covered: tuple[tuple[str, tuple[str, ...]], ...]
    uncovered: tuple[str, ...]


def list_members(settings: Settings) -> tuple[ListedMember, ...]:
    """Return the members on the register. Raise ConfigError."""
    _, members, _ = load_files(settings)
    return tuple(
        ListedMember(slug=m.slug, name=m.name, topics=m.topics, competences=m.competences, markets=m.markets)
        for m in members
    )


def import_members(settings: Settings, file: Path, *, dry_run: bool) -> Imported:
    """Write ``members.yaml`` from a CSV file; an existing one is never overwritten. Raise UsageError."""
    text, unnamed = import_csv(read_bounded(file))
    problems = tuple(replace(problem, file=str(file)) for problem in unnamed)
    path = settings.members
    if path.exists() and not dry_run:
        raise UsageError(f"{path} is there already: move it away first, or use --dry-run and copy what you need.")
    count = _check(text, file, settings)
    if not count:
        raise ConfigError(problems) if problems else UsageError(f"{file} holds no member: nothing was written.")
    if not dry_run:
        _write(path, text)
    return Imported(path=path, members=count, problems=problems, text=text if dry_run else "")


def _check(text: str, file: Path, settings: Settings) -> int:
    catalogue, _, _ = load_files(settings)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "members.yaml"
        draft.write_text(text, "utf-8")
        with naming(file, keeps_lines=False):
            members, _ = load_register(draft, catalogue)
    return len(members)


def _write(path: Path, text: str) -> None:
    """Write personal data so that only its owner can read it, in one step."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".members.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        Path(name).unlink(missing_ok=True)


def forget_member(runtime: Runtime, name: str) -> Forgotten:
    """Remove a member or a person's address from the register and the outbox. Raise UsageError when unknown."""
    path = runtime.settings.members
    before = path.read_bytes().decode("utf-8") if path.exists() else ""
    after = forget(before, name) if before else before
    gone = next((m for m in runtime.members if name.casefold() in {m.name.casefold(), m.slug}), None)
    addresses = gone.emails if gone else (name,)
    with runtime.database.write() as connection:
        deliveries = sum(forget_recipient(connection, address) for address in addresses)
    if after == before and not deliveries:
        raise UsageError(f"Nothing is kept of '{name}'; `watcher members` lists the register.")
    if after != before:
        _write(path, after)
    return Forgotten(register=after != before, deliveries=deliveries)


def list_mentions(runtime: Runtime, now: datetime, *, since: str | None = None) -> tuple[NamedMember, ...]:
    """Return where members are named, newest first. Raise UsageError for a bad day."""
    start = now - FOUR_WEEKS
    if since:
        try:
            start = datetime.fromisoformat(since).replace(tzinfo=now.tzinfo)
        except ValueError:
            raise UsageError(f"--since: '{since}' is not a day; write it as 2026-11-01.") from None
    names = {member.slug: member.name for member in runtime.members}
    with runtime.database.read() as connection:
        entries = list_entries(connection, since=start, until=now + timedelta(days=1), limit=MOST)
        annotations = get_annotations(connection, [entry.id for entry in entries])
    found = []
    for entry in entries:
        first = {m.member: m for m in reversed(runtime.recogniser.find(entry, annotations.get(entry.id)))}
        found += [
            NamedMember(
                name=names[mention.member],
                member=mention.member,
                entry=entry.id,
                title=entry.title,
                url=entry.url,
                publisher=entry.publisher,
                published=entry.published,
                text=mention.text,
                reason=mention.reason,
            )
            for mention in first.values()
        ]
    return tuple(found)


def list_hints(runtime: Runtime, now: datetime) -> tuple[Hint, ...]:
    """Return, for each open card, the members whose competences together cover it."""
    names = {member.slug: member.name for member in runtime.members}
    hints = []
    with runtime.database.read() as connection:
        cards = list_cards(connection, open_on=now.date())
        texts = {card.id: tuple(entry.text for entry in get_entries(connection, card.entries)) for card in cards}
    for card in cards:
        hint = consortium_hints(subject_of_card(card, texts[card.id]), runtime.members)
        if hint.partners:
            covered = tuple((names[one.member], one.competences) for one in hint.partners)
            hints.append(Hint(card=card.id, title=card.opportunity.title, covered=covered, uncovered=hint.uncovered))
    return tuple(hints)
