"""The outbox: one row for each mail to each recipient, so that none is lost and none goes out at leisure twice.

    queued ──claim──▶ claimed ──mark_sending──▶ sending ──▶ sent | failed
       ▲                 │ lease over              │ lease over, or the reply was lost
       └── retry ────────┘                         ▼
                                                unknown ──claim, once──▶ claimed …

Exactly once is impossible (RFC 1047): only a row whose reply was lost is sent a second time, under the same
Message-ID, and never a third. A claim is fenced by its attempt number: a sender whose lease ran out changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, case, delete, func, or_, select, update

from watcher.store.dialect import insert
from watcher.store.rows import clean, hash_text
from watcher.store.schema import delivery

State = Literal["queued", "claimed", "sending", "sent", "unknown", "failed"]
LEASE = timedelta(minutes=5)  # longer than the one minute that a mail may take
MOST_DOUBTS = 2  # lost replies after which a recipient gets no further copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to be queued; ``edition`` names what it carries, ``message_id`` is fixed by edition and recipient."""

    edition: str
    address: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One mail to one recipient; ``recipient`` is a hash that may be shown and logged, ``address`` is not."""

    id: int
    edition: str
    recipient: str
    address: str
    message_id: str
    state: State
    attempts: int
    doubts: int
    next_attempt: datetime
    error: str | None
    queued_at: datetime
    sent_at: datetime | None


def hash_recipient(address: str) -> str:
    """Return the hash that stands for an address."""
    return hash_text("recipient", address.strip().casefold())


def queue_deliveries(c: Connection, letters: Iterable[Letter], now: datetime) -> int:
    """Queue mails, in the transaction that makes the edition ready; those already queued stay as they are."""
    rows = [
        {
            "edition": one.edition,
            "recipient": hash_recipient(one.address),
            "address": one.address,
            "message_id": one.message_id,
            "state": "queued",
            "next_attempt": now,
            "queued_at": now,
        }
        for one in letters
    ]
    before = c.scalar(select(func.count()).select_from(delivery)) or 0
    if rows:
        c.execute(insert(delivery).on_conflict_do_nothing(), rows)
    return (c.scalar(select(func.count()).select_from(delivery)) or 0) - before


def claim_delivery(c: Connection, now: datetime, *, lease: timedelta = LEASE) -> Delivery | None:
    """Take the next mail that is due and return it, None when nothing is; commit before sending."""
    _release_expired(c, now)
    due = or_(delivery.c.state == "queued", and_(delivery.c.state == "unknown", delivery.c.doubts < MOST_DOUBTS))
    query = (
        select(delivery.c.id)
        .where(due, delivery.c.next_attempt <= now)
        .order_by(delivery.c.next_attempt, delivery.c.id)
        .limit(1)
    )
    chosen = c.scalar(query)
    if chosen is None:
        return None
    claimed = c.execute(
        update(delivery)
        .where(delivery.c.id == chosen, due)
        .values(state="claimed", attempts=delivery.c.attempts + 1, lease=now + lease)
        .returning(*delivery.c)
    ).first()
    return _to_delivery(claimed) if claimed else None


def _release_expired(c: Connection, now: datetime) -> None:
    """Give back what a dead sender had: untouched when it had not begun to send, in doubt when it had."""
    over = delivery.c.lease < now
    c.execute(
        update(delivery)
        .where(delivery.c.state == "claimed", over)
        .values(state=_resting(), next_attempt=now, lease=None)
    )
    lost = "The sender ended while this mail was under way."
    values = {"state": "unknown", "doubts": delivery.c.doubts + 1, "next_attempt": now, "lease": None, "error": lost}
    c.execute(update(delivery).where(delivery.c.state == "sending", over).values(values))


def mark_sending(c: Connection, claim: Delivery) -> bool:
    """Note that the text is about to be handed over; False when the claim is no longer ours: then do not send."""
    return (
        c.execute(
            update(delivery).where(*_is_ours(claim), delivery.c.state == "claimed").values(state="sending")
        ).rowcount
        == 1
    )


def mark_sent(c: Connection, claim: Delivery, now: datetime) -> None:
    """Note that the server took the mail."""
    c.execute(update(delivery).where(*_is_ours(claim)).values(state="sent", sent_at=now, lease=None, error=None))


def mark_failed(c: Connection, claim: Delivery, error: str) -> None:
    """Note that the server refused the mail for good."""
    c.execute(update(delivery).where(*_is_ours(claim)).values(state="failed", lease=None, error=clean(error)))


def mark_retry(c: Connection, claim: Delivery, error: str, retry_at: datetime) -> None:
    """Note that the server did not take the mail this time."""
    c.execute(
        update(delivery)
        .where(*_is_ours(claim))
        .values(state=_resting(), next_attempt=retry_at, lease=None, error=clean(error))
    )


def mark_unknown(c: Connection, claim: Delivery, error: str, retry_at: datetime) -> None:
    """Note that the reply was lost: the mail may have arrived; it is sent once more at ``retry_at`` and never after."""
    values = {
        "state": "unknown",
        "doubts": delivery.c.doubts + 1,
        "next_attempt": retry_at,
        "lease": None,
        "error": clean(error),
    }
    c.execute(update(delivery).where(*_is_ours(claim)).values(values))


def count_deliveries(c: Connection, *, edition: str | None = None) -> dict[State, int]:
    """Return how many mails are in each state."""
    query = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    if edition is not None:
        query = query.where(delivery.c.edition == edition)
    return dict(Counter({row[0]: row[1] for row in c.execute(query)}))


def list_deliveries(c: Connection, *, edition: str | None = None, state: State | None = None) -> tuple[Delivery, ...]:
    """Return mails in the order they were queued."""
    query = select(delivery).order_by(delivery.c.id)
    if edition is not None:
        query = query.where(delivery.c.edition == edition)
    if state is not None:
        query = query.where(delivery.c.state == state)
    return tuple(_to_delivery(row) for row in c.execute(query))


def get_next_attempt(c: Connection) -> datetime | None:
    """Return when the next mail is due, None when all have ended."""
    waiting = or_(delivery.c.state == "queued", and_(delivery.c.state == "unknown", delivery.c.doubts < MOST_DOUBTS))
    due: datetime | None = c.scalar(select(func.min(delivery.c.next_attempt)).where(waiting))
    return due


def forget_recipient(c: Connection, address: str) -> int:
    """Delete every trace of an address; return how many rows that were."""
    return c.execute(delete(delivery).where(delivery.c.recipient == hash_recipient(address))).rowcount


def _resting() -> Any:
    """Return the state of a mail that nobody holds: one that may have arrived before stays in doubt."""
    return case((delivery.c.doubts > 0, "unknown"), else_="queued")


def _is_ours(claim: Delivery) -> tuple[Any, ...]:
    return (
        delivery.c.id == claim.id,
        delivery.c.attempts == claim.attempts,
        delivery.c.state.in_(("claimed", "sending")),
    )


def _to_delivery(row: Row[Any]) -> Delivery:
    names = Delivery.__dataclass_fields__
    return Delivery(**{name: getattr(row, name) for name in names})
