"""When to ask again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import make_parsed_feed, make_state
from watcher.fetch.politeness import describe_retry, hash_body, is_due, next_state
from watcher.model.entry import ParsedFeed, Unreadable
from watcher.model.feed import FeedState, Validators
from watcher.model.fetch import Failed, Fetched, FetchResult, Gone, NotModified, Refused

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
URL = "https://feeds.test/rss"
HOUR = 3600.0
DAY = 86400.0
KNOWN = Validators(etag='"a"')
FETCHED = Fetched(url=URL, status=200, body=b"<rss/>", content_type=None, validators=KNOWN)
FAILED = Failed(url=URL, error="It failed.", status=500)


def after(
    state: FeedState,
    result: FetchResult,
    parsed: ParsedFeed | Unreadable | None = None,
    new: int = 0,
    rhythm: float | None = None,
    now: datetime = NOW,
    jitter: float = 0.0,
) -> FeedState:
    """Return the next state with plausible defaults."""
    return next_state(state, result, parsed=parsed, new=new, rhythm=rhythm, now=now, jitter=jitter)


def fetched(state: FeedState | None = None, **changes: Any) -> FeedState:
    """Return the state after a good document; ``changes`` are fields of its ParsedFeed."""
    return after(state or make_state(URL), FETCHED, replace(make_parsed_feed("a"), **changes), new=1, rhythm=HOUR)


def wait_of(state: FeedState, now: datetime = NOW) -> float:
    """Return the seconds until the next scheduled fetch."""
    assert state.next_due is not None
    return (state.next_due - now).total_seconds()


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (None, HOUR),
        (60.0, 900.0),
        (900.0, 900.0),
        (2 * HOUR, 2 * HOUR),
        (10 * DAY, DAY),
        (float("inf"), DAY),
        (0.0, 900.0),
    ],
)
def test_the_interval_follows_the_feeds_rhythm(rhythm: float | None, expected: float) -> None:
    """An hour by default, else the rhythm between 15 minutes and a day."""
    state = after(make_state(URL), FETCHED, make_parsed_feed("a"), new=1, rhythm=rhythm)
    assert (state.interval, wait_of(state)) == (expected, expected)


@pytest.mark.parametrize(
    ("fresh_for", "ttl", "expected"),
    [
        (7200.0, None, 7200.0),
        (60.0, 0.0, HOUR),
        (None, 4 * HOUR, 4 * HOUR),
        (7 * DAY, None, DAY),
        (None, 1e12, DAY),
        (None, -1.0, HOUR),
    ],
)
def test_wishes_lengthen_and_never_shorten(fresh_for: float | None, ttl: float | None, expected: float) -> None:
    """Lifetimes and ttl count when they are longer than the rhythm, up to a day."""
    parsed = make_parsed_feed("a", ttl=ttl)
    state = after(make_state(URL), replace(FETCHED, fresh_for=fresh_for), parsed, new=1, rhythm=HOUR)
    assert state.interval == expected


def test_an_unchanged_answer_keeps_what_the_document_asked_for() -> None:
    """A 304 carries no ttl and no hours to skip, so those of the last document stand."""
    state = after(fetched(ttl=5 * HOUR, skip_hours=(17, 18)), NotModified(url=URL), rhythm=HOUR)
    assert after(make_state(URL, interval=2 * HOUR, validators=KNOWN), NotModified(url=URL)).interval == 2 * HOUR
    assert state.interval == 5 * HOUR
    assert state.next_due == datetime(2026, 11, 23, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "days", "expected"),
    [
        ((13, 14, 15), (), datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ((), (0, 1), datetime(2026, 11, 25, 0, tzinfo=UTC)),
        ((0,), (0,), datetime(2026, 11, 24, 1, tzinfo=UTC)),
        (tuple(range(24)), (), datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ((), tuple(range(7)), datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ((99, -4), (9,), datetime(2026, 11, 23, 13, tzinfo=UTC)),
    ],
)
def test_hours_and_days_to_skip_are_skipped(hours: tuple[int, ...], days: tuple[int, ...], expected: datetime) -> None:
    """The next fetch moves past them; a feed that skips everything made a mistake and is asked anyway."""
    assert fetched(skip_hours=hours, skip_days=days).next_due == expected


def test_without_validators_and_news_a_feed_is_asked_once_a_day() -> None:
    """Each look would cost a whole document and bring nothing."""
    bare = replace(FETCHED, validators=Validators())
    state = after(make_state(URL), bare, make_parsed_feed("a"), new=0, rhythm=HOUR)
    assert state.interval == DAY
    assert after(state, replace(bare, body=b"x"), make_parsed_feed("b"), new=1, rhythm=HOUR).interval == HOUR


def test_jitter_spreads_and_never_shortens() -> None:
    """Feeds added together do not stay together."""
    state = after(make_state(URL), FETCHED, make_parsed_feed("a"), new=1, rhythm=HOUR, jitter=0.5)
    assert wait_of(state) == pytest.approx(HOUR * 1.05)


def test_validators_change_only_with_a_parsed_body() -> None:
    """An error, a 304 or an unreadable body leaves them; the body that was parsed before may renew them."""
    state = fetched()
    assert state.validators == KNOWN
    assert state.body_hash == hash_body(b"<rss/>")
    other = Validators(etag='"b"')
    poison = replace(FETCHED, validators=other, body=b"<html>")
    assert after(state, poison, Unreadable(error="A page.")).validators == KNOWN
    assert after(state, poison).validators == KNOWN
    assert after(state, FAILED).validators == KNOWN
    assert after(state, NotModified(url=URL)).validators == KNOWN
    assert after(state, replace(FETCHED, validators=other)).validators == other
    assert after(state, replace(FETCHED, validators=Validators()), make_parsed_feed("a")).validators == Validators()
    assert after(make_state(URL), poison, Unreadable(error="A page.")).validators == Validators()


def test_back_off_doubles_up_to_a_day() -> None:
    """An hour, two, four … and never an overflow."""
    state, waits = make_state(URL), []
    for _ in range(7):
        state = after(state, FAILED)
        waits.append(wait_of(state) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert wait_of(after(replace(state, failures=10**6), FAILED)) == DAY
    assert wait_of(after(make_state(URL, interval=6 * HOUR), FAILED)) == 6 * HOUR


def test_an_error_is_dated_and_a_recovery_too() -> None:
    """What is wrong, since when, and when it was well again; counters start over."""
    broken = after(after(make_state(URL), FAILED), Refused(url=URL, error="Not public."), now=NOW + timedelta(hours=1))
    assert (broken.error, broken.error_since, broken.failures) == ("Not public.", NOW, 2)
    later = NOW + timedelta(hours=3)
    well = after(broken, FETCHED, make_parsed_feed("a"), new=1, now=later)
    assert (well.error, well.error_since, well.failures, well.recovered_at) == (None, None, 0, later)
    assert (well.last_success, well.last_new) == (later, later)


def test_a_page_in_place_of_a_feed_is_a_failure() -> None:
    """An unreadable body is never a success with no entries."""
    state = after(fetched(), replace(FETCHED, body=b"<html>"), Unreadable(error="This is a page."))
    assert (state.error, state.failures, state.body_hash) == ("This is a page.", 1, hash_body(b"<rss/>"))


def test_retry_after_binds_everybody_and_says_until_when() -> None:
    """Neither the schedule nor force asks before; the sentence names the time; a week is the most."""
    state = after(make_state(URL), replace(FAILED, retry_after=NOW + timedelta(hours=9)))
    assert state.next_due == state.retry_after == NOW + timedelta(hours=9)
    assert not is_due(state, NOW + timedelta(hours=8), force=True)
    assert "2026-11-23 21:00 UTC" in (describe_retry(state, NOW) or "")
    assert is_due(state, NOW + timedelta(hours=9))
    assert describe_retry(state, NOW + timedelta(hours=9)) is None
    far = after(make_state(URL), replace(FAILED, retry_after=NOW + timedelta(days=3650)))
    assert far.retry_after == NOW + timedelta(days=7)
    assert after(state, FETCHED, make_parsed_feed("a")).retry_after is None


def test_a_gone_feed_is_left_alone_with_date_and_reason() -> None:
    """410 ends the schedule; only force asks again, and an answer brings the feed back."""
    state = after(make_state(URL), Gone(url=URL))
    assert (state.gone_at, state.next_due) == (NOW, None)
    assert "2026-11-23" in (state.error or "")
    assert not is_due(state, NOW + timedelta(days=365))
    assert is_due(state, NOW, force=True)
    again = after(state, Gone(url=URL), now=NOW + timedelta(days=9))
    assert again.gone_at == NOW
    assert after(state, FETCHED, make_parsed_feed("a")).gone_at is None


def test_what_is_due_is_read_from_the_state() -> None:
    """New feeds at once, others at their time, forced ones now: a restart changes nothing."""
    state = fetched()
    assert is_due(make_state(URL), NOW)
    assert not is_due(state, NOW + timedelta(minutes=59))
    assert is_due(state, NOW + timedelta(minutes=59), force=True)
    assert is_due(state, NOW + timedelta(minutes=60))


def test_a_clock_set_back_does_not_silence_a_feed() -> None:
    """Times from the future mean nothing: a year ahead by mistake costs no year of silence."""
    state = after(make_state(URL), FETCHED, make_parsed_feed("a"), new=1, now=NOW + timedelta(days=365))
    assert is_due(state, NOW)


def test_a_move_is_proposed_after_three_answers_over_a_day() -> None:
    """Identical permanent redirects only, often and long enough; another target or none starts over."""
    moved = replace(NotModified(url=URL), moved_to="https://new.test/rss")
    state = fetched()
    for hours in (0, 1, 2):
        state = after(state, moved, now=NOW + timedelta(hours=hours))
    assert (state.moved_count, state.proposed_move) == (3, None)
    state = after(state, moved, now=NOW + timedelta(hours=24))
    assert state.proposed_move == "https://new.test/rss"
    assert after(state, replace(moved, moved_to="https://other.test/")).moved_count == 1
    assert after(state, NotModified(url=URL)).moved_to is None
    assert after(state, FAILED).moved_count == 4


def test_a_move_to_http_is_never_counted() -> None:
    """Nobody is led from https to http."""
    assert after(fetched(), replace(NotModified(url=URL), moved_to="http://new.test/rss")).moved_to is None
    plain = make_state("http://feeds.test/rss", validators=KNOWN)
    assert after(plain, replace(NotModified(url=URL), moved_to="http://new.test/rss")).moved_count == 1


RESULTS = st.sampled_from(
    [FETCHED, FAILED, NotModified(url=URL, fresh_for=1e9), Gone(url=URL), Refused(url=URL, error="No."),
     replace(FAILED, retry_after=NOW + timedelta(days=3))]
)  # fmt: skip


@given(st.lists(RESULTS, max_size=12), st.none() | st.floats(0, 1e12), st.floats(0, 0.999))
def test_no_history_makes_a_feed_greedy_or_lost(
    results: list[FetchResult], rhythm: float | None, jitter: float
) -> None:
    """Whatever happens, the next fetch is 15 minutes to a week away, or never for a feed that is gone."""
    state = make_state(URL)
    for result in results:
        parsed = make_parsed_feed("a") if isinstance(result, Fetched) else None
        state = after(state, result, parsed, 1, rhythm, jitter=jitter)
        if state.next_due is None:
            assert state.gone_at is not None
        else:
            assert 900 <= wait_of(state) <= 7 * DAY
