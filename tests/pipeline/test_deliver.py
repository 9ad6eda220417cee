"""Delivery: each member once, failures their own, nothing before review, nothing of one member in another's mail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import SilentAnnotator
from watcher.config.settings import Settings
from watcher.demo.catalogue import sample_feeds_yaml, sample_members_yaml
from watcher.demo.server import serve_samples
from watcher.digest.period import parse_week
from watcher.errors import DeliveryError
from watcher.model.catalogue import Channel, Mail
from watcher.model.delivery import Accepted, MailResult, Rejected, ReplyLost, TryLater
from watcher.pipeline.announce import announce
from watcher.pipeline.deliver import deliver, outbox_status, preview, queue_week
from watcher.pipeline.demo import SAMPLE_NOW
from watcher.pipeline.publish import publish
from watcher.pipeline.register import forget_member
from watcher.pipeline.runtime import Runtime, load_files
from watcher.pipeline.steps import fetch_and_take_in
from watcher.store.database import open_database
from watcher.store.outbox import list_deliveries
from watcher.store.reviews import mark_approved

WEEK = parse_week("2026-W47")


class Postman:
    """Answers for each address what it was told to, in turn, and keeps what it was given."""

    def __init__(self, answers: dict[str, list[MailResult]] | None = None) -> None:
        self.answers = answers or {}
        self.sent: list[tuple[str, bytes]] = []

    def send(self, sender: str, address: str, message: bytes, about_to_send: Callable[[], bool]) -> MailResult:
        """Take the mail, or fail as told."""
        if not about_to_send():
            return TryLater(error="taken over")
        answer = self.answers.get(address, [Accepted()])
        result = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(result, Accepted | ReplyLost):
            self.sent.append((address, message))
        return result


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    """An archive with the editions of one week written, and members with addresses."""
    folder = tmp_path_factory.mktemp("deliver")
    with serve_samples(SAMPLE_NOW) as server:
        (folder / "feeds.yaml").write_text(sample_feeds_yaml(server.base_url), "utf-8")
        (folder / "members.yaml").write_text(sample_members_yaml(), "utf-8")
        settings = Settings(config=folder / "feeds.yaml", data=folder / "var", digests=folder / "digests")
        catalogue, members, _ = load_files(settings)
        database = open_database(settings.database_path)
        runtime = Runtime(settings, catalogue, database, members=members, annotator=SilentAnnotator())
        fetch_and_take_in(runtime, SAMPLE_NOW, force=True)
        publish(runtime, SAMPLE_NOW, week=WEEK)
        database.close()
    return runtime


@pytest.fixture
def runtime(archive: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    """A copy of the archive with five members to write to."""
    target = tmp_path / "watcher.db"
    target.write_bytes(archive.settings.database_path.read_bytes())
    catalogue = replace(archive.catalogue, mail=Mail(sender="veille@pole.example", host="localhost"))
    members = tuple(
        replace(member, emails=(f"{member.slug}@mail.example",), digest=True) for member in archive.members[:5]
    )
    settings = replace(archive.settings, data=tmp_path)
    opened = Runtime(settings, catalogue, open_database(target), members=members, annotator=SilentAnnotator())
    yield opened
    opened.close()


def test_every_member_gets_one_mail(runtime: Runtime) -> None:
    """Each member gets their week once, however often delivery runs, and sees no other member's address."""
    postman = Postman()
    for _ in range(3):
        deliver(runtime, SAMPLE_NOW, sender=postman)
    addresses = [address for address, _ in postman.sent]
    assert sorted(addresses) == sorted(member.emails[0] for member in runtime.members)
    for address, message in postman.sent:
        assert [other for other in addresses if other != address and other.encode() in message] == []


def test_one_failure_costs_the_others_nothing(runtime: Runtime) -> None:
    """Refused, away, in doubt: each is its own, retried as it may be; the rest have their mail."""
    first, second, third, *others = (member.emails[0] for member in runtime.members)
    lost = ReplyLost(error="The reply was lost.")
    postman = Postman(
        {
            first: [Rejected(error="No such user.")],
            second: [TryLater(error="Try later."), Accepted()],
            third: [lost, lost, Accepted()],
        }
    )
    now = SAMPLE_NOW
    for _ in range(8):
        deliver(runtime, now, sender=postman)
        now += timedelta(hours=6)
    copies = [address for address, _ in postman.sent]
    assert [copies.count(address) for address in (first, second, third)] == [0, 1, 2]
    assert all(copies.count(address) == 1 for address in others)
    ids = {message.split(b"Message-ID: ")[1].split(b"\r\n")[0] for address, message in postman.sent if address == third}
    assert len(ids) == 1
    counts, troubled = outbox_status(runtime)
    assert counts == {"sent": 3, "failed": 1, "unknown": 1}
    assert not any("@" in mail.recipient for mail in troubled)


def test_a_server_that_is_away_is_left_alone(runtime: Runtime) -> None:
    """After five failures of the server itself the rest waits for the next run, and nobody loses their mail."""
    base = runtime.members[0]
    runtime.members = tuple(replace(base, slug=f"m{n}", emails=(f"m{n}@mail.example",)) for n in range(9))
    down = TryLater(error="The server is away.", is_server=True)
    away = Postman({f"m{n}@mail.example": [down] for n in range(9)})
    assert len(deliver(runtime, SAMPLE_NOW, sender=away).mails) == 5
    back = Postman()
    later = SAMPLE_NOW + timedelta(hours=1)
    assert [mail.state for mail in deliver(runtime, later, sender=back).mails] == ["sent"] * 9


def test_nothing_goes_out_before_review(runtime: Runtime) -> None:
    """With `review: required` mails wait for the editor's leave."""
    runtime.catalogue = replace(runtime.catalogue, review="required")
    postman = Postman()
    deliver(runtime, SAMPLE_NOW, sender=postman)
    assert postman.sent == []
    with pytest.raises(DeliveryError, match="waits for review"):
        queue_week(runtime, WEEK, SAMPLE_NOW)
    with runtime.database.write() as connection:
        mark_approved(connection, WEEK, SAMPLE_NOW)
    deliver(runtime, SAMPLE_NOW, sender=postman)
    assert len(postman.sent) == 5


def test_a_member_who_is_forgotten_leaves_no_trace(runtime: Runtime) -> None:
    """`members forget` takes the outbox rows with it."""
    queue_week(runtime, WEEK, SAMPLE_NOW)
    gone = runtime.members[0]
    assert forget_member(runtime, gone.name).deliveries == 1
    with runtime.database.read() as connection:
        assert gone.emails[0] not in {row.address for row in list_deliveries(connection)}


def test_a_personal_digest_says_why(runtime: Runtime) -> None:
    """A mail opens with what concerns the member, each with its reason, and holds both forms."""
    mailings = preview(runtime, SAMPLE_NOW)
    assert len(mailings) == 5
    assert any("Pour vous" in mailing.text or "For you" in mailing.text for mailing in mailings)
    assert all("<html" in mailing.html and "<script" not in mailing.html for mailing in mailings)


def test_channels_hear_of_an_edition_once(runtime: Runtime) -> None:
    """Each edition is announced once a channel; a service that was away is tried again."""
    runtime.catalogue = replace(runtime.catalogue, channels=(Channel(env="TEAMS", topics=("drones",)),))
    told: list[str] = []

    def away(channel: Channel, title: str, body: str) -> None:
        raise DeliveryError("The service was away.")

    def notify(channel: Channel, title: str, body: str) -> None:
        told.append(f"{title}\n{body}")

    assert announce(runtime, SAMPLE_NOW, notify=away) == 0
    later = SAMPLE_NOW + timedelta(hours=2)
    assert announce(runtime, later, notify=notify) == 1
    assert announce(runtime, later + timedelta(hours=2), notify=notify) == 0
    assert len(told) == 1
    assert "2026-W47" in told[0]


def test_a_zone_moved_west_mails_nobody_twice(runtime: Runtime) -> None:
    """After the mails of a week went out, another time zone in feeds.yaml sends that week to nobody again."""
    postman = Postman()
    deliver(runtime, SAMPLE_NOW, sender=postman)
    runtime.catalogue = replace(runtime.catalogue, timezone="America/Los_Angeles")
    for hours in (1, 8, 24):
        later = SAMPLE_NOW + timedelta(hours=hours)
        publish(runtime, later, week=WEEK)
        deliver(runtime, later, sender=postman)
    assert len(postman.sent) == 5
