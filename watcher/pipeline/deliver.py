"""Send a week's editions to members and channels: queued once, sent once, reported.

A member gets one mail a week: what concerns them on top of the editions of their topics. Mails are queued when every
edition of the week is on disk (and approved, where `review: required` says so), under a fixed Message-ID, and sent
from the outbox one by one; a recipient's failure costs the others nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from watcher.deliver.letter import make_message, make_message_id, read_address
from watcher.deliver.smtp import SmtpSender
from watcher.digest.period import last_whole_week, parse_week
from watcher.digest.personal import compose_personal
from watcher.digest.to_html import to_mail_html
from watcher.digest.to_json import from_json
from watcher.digest.to_text import to_text
from watcher.errors import DeliveryError, UsageError
from watcher.i18n import message
from watcher.log import get_log
from watcher.model.catalogue import Mail
from watcher.model.delivery import Accepted, Mailing, MailResult, Rejected, ReplyLost, TryLater
from watcher.model.edition import Edition, PersonalEdition, Week
from watcher.model.member import Member
from watcher.pipeline.concern import find_relevances
from watcher.pipeline.final import is_final
from watcher.pipeline.runtime import Runtime
from watcher.store.database import Connection
from watcher.store.editions import get_edition, list_editions
from watcher.store.outbox import (
    Delivery,
    Letter,
    claim_delivery,
    count_deliveries,
    list_deliveries,
    mark_failed,
    mark_retry,
    mark_sending,
    mark_sent,
    mark_unknown,
    queue_deliveries,
)
from watcher.store.reviews import get_approval

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=24)
MOST_ATTEMPTS = 12  # about four days of trying
PATIENCE = 5  # times in a row that a server may be away before the rest waits for the next run


class SendsMail(Protocol):
    """The seam of delivery: hands one message to a server."""

    def send(self, sender: str, address: str, message: bytes, about_to_send: Callable[[], bool]) -> MailResult:
        """Send ``message``, asking ``about_to_send`` just before the text goes out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one mail; ``recipient`` is a hash, never an address."""

    edition: str
    recipient: str
    state: str
    attempts: int
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What one run of the outbox did."""

    queued: int
    mails: tuple[Sent, ...]


def is_ready(connection: Connection, runtime: Runtime, week: Week, now: datetime) -> str | None:
    """Return why the mails of ``week`` may not be queued yet, None when they may."""
    rows = list_editions(connection, week=week)
    if not rows:
        return f"There is no edition of {week} yet: `watcher digest --week {week}` writes it."
    if not all(is_final(connection, row, runtime.catalogue.timezone, now) for row in rows):
        return f"The editions of {week} are not all on disk and whole yet: `watcher digest --week {week}` writes them."
    if runtime.catalogue.review == "required" and get_approval(connection, week) is None:
        return f"{week} waits for review: `watcher review approve {week}` lets it go out."
    return None


def queue_week(runtime: Runtime, week: Week, now: datetime) -> int:
    """Queue the mails of ``week`` for every member who wants them; those queued before stay. Raise DeliveryError."""
    _require_mail(runtime)
    with runtime.database.write() as connection:
        reason = is_ready(connection, runtime, week, now)
        if reason:
            raise DeliveryError(reason)
        instance = runtime.catalogue.mail.sender if runtime.catalogue.mail else ""
        letters = [
            Letter(
                edition=f"{week}/{member.slug}",
                address=address,
                message_id=make_message_id(instance or "", str(week), address),
            )
            for member in runtime.members
            if member.digest
            for address in member.emails
        ]
        return queue_deliveries(connection, letters, now)


def _require_mail(runtime: Runtime) -> Mail:
    mail = runtime.catalogue.mail
    if mail is None or not mail.sender:
        raise DeliveryError("No mail is configured: give feeds.yaml a `mail:` with sender and host.")
    read_address(mail.sender)
    return mail


def deliver(runtime: Runtime, now: datetime, *, sender: SendsMail | None = None) -> DeliveryReport:
    """Queue the last whole week where it may go out, then send everything that is due."""
    mail = _require_mail(runtime)
    week = last_whole_week(now, runtime.catalogue.timezone)
    with runtime.database.read() as connection:
        reason = is_ready(connection, runtime, week, now)
    queued = 0 if reason else queue_week(runtime, week, now)
    server = sender or SmtpSender(mail)
    mails: list[Sent] = []
    away = 0  # times in a row that the server itself could not be used
    while away < PATIENCE and (claim := _claim(runtime, now)) is not None:
        sent, result = _send(runtime, mail, server, claim, now)
        mails.append(sent)
        away = away + 1 if isinstance(result, TryLater) and result.is_server else 0
    return DeliveryReport(queued=queued, mails=tuple(mails))


def _claim(runtime: Runtime, now: datetime) -> Delivery | None:
    with runtime.database.write() as connection:
        return claim_delivery(connection, now)


def _send(runtime: Runtime, mail: Mail, server: SendsMail, claim: Delivery, now: datetime) -> tuple[Sent, MailResult]:
    """Send one claimed mail and record what became of it."""
    try:
        mailing = compose_mail(runtime, claim)
        body = make_message(mailing, mail, runtime.catalogue.cluster.name, now)
    except DeliveryError as error:
        unsendable = Rejected(error=str(error))
        return _record(runtime, claim, unsendable, now), unsendable

    def about_to_send() -> bool:
        with runtime.database.write() as connection:
            return mark_sending(connection, claim)

    plain = read_address(mail.sender or "").addr_spec
    result = server.send(plain, mailing.address, body, about_to_send)
    return _record(runtime, claim, result, now), result


def _record(runtime: Runtime, claim: Delivery, result: MailResult, now: datetime) -> Sent:
    with runtime.database.write() as connection:
        match result:
            case Accepted():
                mark_sent(connection, claim, now)
                state, error = "sent", None
            case Rejected(error=error):
                mark_failed(connection, claim, error)
                state = "failed"
            case ReplyLost(error=error):
                mark_unknown(connection, claim, error, now + wait_for(claim.attempts))
                state = "unknown"
            case TryLater(error=error) if claim.attempts >= MOST_ATTEMPTS:
                mark_failed(connection, claim, f"Given up after {claim.attempts} attempts. {error}")
                state = "failed"
            case TryLater(error=error):
                mark_retry(connection, claim, error, now + wait_for(claim.attempts))
                state = "retry"
    if state != "sent":
        get_log("deliver").warning("mail not delivered", recipient=claim.recipient[:12], state=state, reason=error)
    return Sent(
        edition=claim.edition, recipient=claim.recipient[:12], state=state, attempts=claim.attempts, error=error
    )


def wait_for(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: five minutes, then twice as long each time, a day at most."""
    wait: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 12)
    return min(LONGEST_WAIT, wait)


def compose_mail(runtime: Runtime, claim: Delivery) -> Mailing:
    """Return the mail of an outbox row, from the editions on record. Raise DeliveryError when its member has left."""
    name, _, slug = claim.edition.partition("/")
    member = next((one for one in runtime.members if one.slug == slug), None)
    if member is None:
        raise DeliveryError("The member has left the register.")
    personal = compose_for(runtime, member, parse_week(name))
    first = personal.editions[0]
    subject = message("mail_subject", personal.language, cluster=first.cluster, week=first.week.number)
    return Mailing(
        address=claim.address,
        message_id=claim.message_id,
        subject=subject,
        text=to_text(personal),
        html=to_mail_html(personal),
    )


def compose_for(runtime: Runtime, member: Member, week: Week) -> PersonalEdition:
    """Return a member's own digest of ``week``. Raise DeliveryError when there is no edition for them."""
    editions = editions_for(runtime, member, week)
    if not editions:
        raise DeliveryError(f"There is no edition of {week} on this member's topics in their language.")
    return compose_personal(member, find_relevances(member, editions), editions)


def editions_for(runtime: Runtime, member: Member, week: Week) -> tuple[Edition, ...]:
    """Return the editions on a member's topics (all when none are named), in their language."""
    topics = [topic.key for topic in runtime.catalogue.topics if not member.topics or topic.key in member.topics]
    with runtime.database.read() as connection:
        found = [get_edition(connection, topic, week, member.language) for topic in topics]
    return tuple(from_json(item.edition_json) for item in found if item)


def preview(runtime: Runtime, now: datetime, *, to: str | None = None) -> tuple[Mailing, ...]:
    """Return the mails that would go out for the last whole week; ``to`` puts one address in place of all.

    Raise UsageError when the register is empty.
    """
    if not runtime.members:
        raise UsageError("There is no member to write to: members.yaml is empty or missing.")
    week = last_whole_week(now, runtime.catalogue.timezone)
    mailings = []
    for member in runtime.members:
        for address in (to,) if to else member.emails if member.digest else ():
            claim = _draft(f"{week}/{member.slug}", address, now)
            mailings.append(compose_mail(runtime, claim))
        if to and mailings:
            break
    return tuple(mailings)


def _draft(edition: str, address: str, now: datetime) -> Delivery:
    return Delivery(
        id=0,
        edition=edition,
        recipient="",
        address=address,
        message_id=make_message_id("draft", f"{edition} {now.isoformat()}", address),
        state="queued",
        attempts=1,
        doubts=0,
        next_attempt=now,
        error=None,
        queued_at=now,
        sent_at=None,
    )


def send_to(runtime: Runtime, now: datetime, address: str, *, sender: SendsMail | None = None) -> MailResult:
    """Send the first member's digest to ``address`` now, outside the outbox: to look at it in a mail client."""
    mail = _require_mail(runtime)
    read_address(address)
    mailing = preview(runtime, now, to=address)[0]
    body = make_message(mailing, mail, runtime.catalogue.cluster.name, now)
    server = sender or SmtpSender(mail)
    return server.send(read_address(mail.sender or "").addr_spec, address, body, lambda: True)


def outbox_status(runtime: Runtime) -> tuple[dict[str, int], tuple[Sent, ...]]:
    """Return how many mails are in each state, and those that need attention, without addresses."""
    with runtime.database.read() as connection:
        counts = {str(state): number for state, number in count_deliveries(connection).items()}
        rows = [row for row in list_deliveries(connection) if row.state in {"unknown", "failed"} or row.error]
    return counts, tuple(
        Sent(edition=r.edition, recipient=r.recipient[:12], state=r.state, attempts=r.attempts, error=r.error)
        for r in rows
    )
