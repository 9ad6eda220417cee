"""The outbox: each mail once, at most twice where a reply was lost, never none."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import NOW
from watcher.store.database import Connection, Database
from watcher.store.outbox import (
    LEASE,
    Delivery,
    Letter,
    claim_delivery,
    count_deliveries,
    forget_recipient,
    get_next_attempt,
    list_deliveries,
    mark_failed,
    mark_retry,
    mark_sending,
    mark_sent,
    mark_unknown,
    queue_deliveries,
)

HOUR = timedelta(hours=1)
OVER = LEASE + timedelta(seconds=1)


def queue(c: Connection, *addresses: str) -> int:
    """Queue a mail of one edition to each address."""
    return queue_deliveries(
        c, [Letter(edition="drones 2026-W47 fr", address=one, message_id="<w47@x>") for one in addresses], NOW
    )


def claim(c: Connection, after: timedelta = timedelta()) -> Delivery:
    """Claim a mail that must be due."""
    found = claim_delivery(c, NOW + after)
    assert found is not None
    return found


def test_queueing_twice_sends_once(database: Database) -> None:
    """MAI-09: a second run of the same week queues nothing for the same recipients, in any spelling."""
    with database.write() as c:
        assert queue(c, "a@x.example", "b@x.example") == 2
        assert queue(c, "A@x.example", "c@x.example") == 1
        assert count_deliveries(c) == {"queued": 3}


def test_a_claim_is_exclusive(database: Database) -> None:
    """MAI-08: two senders never hold the same mail."""
    with database.write() as c:
        queue(c, "a@x.example", "b@x.example")
        first, second = claim(c), claim(c)
        assert first.recipient != second.recipient
        assert claim_delivery(c, NOW) is None
        mark_sending(c, first)
        mark_sent(c, first, NOW)
        assert count_deliveries(c, edition="drones 2026-W47 fr") == {"sent": 1, "claimed": 1}


def test_a_refusal_is_final_and_a_delay_is_not(database: Database) -> None:
    """MAI-04/05/07: each recipient has its own fate."""
    with database.write() as c:
        queue(c, "a@x.example", "b@x.example")
        mark_failed(c, claim(c), "550 no such user")
        mark_retry(c, claim(c), "451 greylisted", NOW + HOUR)
        assert claim_delivery(c, NOW) is None
        assert get_next_attempt(c) == NOW + HOUR
        again = claim(c, HOUR)
        assert (again.address, again.attempts, again.message_id) == ("b@x.example", 2, "<w47@x>")
        assert list_deliveries(c, state="failed")[0].error == "550 no such user"


def test_a_lost_reply_is_tried_once_more_and_no_more(database: Database) -> None:
    """MAI-03: in doubt a second copy goes out under the same id, never a third, and the doubt is shown."""
    with database.write() as c:
        queue(c, "a@x.example")
        for _ in range(2):
            one = claim(c, HOUR)
            assert mark_sending(c, one)
            mark_unknown(c, one, "The connection broke after the text.", NOW)
        assert claim_delivery(c, NOW + 9 * HOUR) is None
        assert count_deliveries(c) == {"unknown": 1}
        assert get_next_attempt(c) is None


def test_a_dead_sender_loses_nothing(database: Database) -> None:
    """MAI-02: a mail whose sender died before the text is simply due again; one under way is in doubt."""
    with database.write() as c:
        queue(c, "a@x.example")
        dead = claim(c)
        assert claim_delivery(c, NOW + LEASE) is None
        second = claim(c, OVER)
        assert (second.id, second.doubts) == (dead.id, 0)
        mark_sending(c, second)
        third = claim(c, 2 * OVER)
        assert (third.doubts, third.state) == (1, "claimed")


def test_a_sender_whose_lease_ran_out_changes_nothing(database: Database) -> None:
    """A slow sender may neither send nor decide once another has the mail."""
    with database.write() as c:
        queue(c, "a@x.example")
        slow, quick = claim(c), claim(c, OVER)
        assert not mark_sending(c, slow)
        mark_failed(c, slow, "too late")
        assert mark_sending(c, quick)
        mark_sent(c, quick, NOW)
        mark_retry(c, slow, "too late", NOW)
        assert count_deliveries(c) == {"sent": 1}


def test_an_address_can_be_forgotten(database: Database) -> None:
    """Nothing of a person stays after they ask for it."""
    with database.write() as c:
        queue(c, "a@x.example", "b@x.example")
        assert forget_recipient(c, " A@X.example") == 1
        assert [one.address for one in list_deliveries(c, edition="drones 2026-W47 fr")] == ["b@x.example"]


FATES = st.lists(st.sampled_from(["dies claimed", "dies sending", "reply lost", "delayed"]), max_size=8)


@given(fates=FATES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_one_or_two_copies_leave(database: Database, fates: list[str]) -> None:
    """After any misfortunes a mail has left once, or is in doubt with at most two copies; it is never lost."""
    copies, clock = 0, NOW
    with database.write() as c:
        forget_recipient(c, "a@x.example")
        queue(c, "a@x.example")
        for fate in [*fates, "arrives"]:
            clock += OVER
            held = claim_delivery(c, clock)
            if held is None:
                break
            if fate == "delayed":
                mark_retry(c, held, "later", clock)
            elif fate != "dies claimed":
                assert mark_sending(c, held)
                copies += 1
            if fate == "reply lost":
                mark_unknown(c, held, "lost", clock)
            if fate == "arrives":
                mark_sent(c, held, clock)
        claim_delivery(c, clock + OVER)
        states = count_deliveries(c)
    assert copies in {1, 2}
    assert states in ({"sent": 1}, {"unknown": 1})
