"""When to ask a feed again: pure decisions over what is known of it and how it answered.

The interval follows the feed's own rhythm between 15 minutes and 24 hours; whatever a publisher
asks for (ttl, lifetimes, hours and days to skip) lengthens it and never shortens it. Failures back
off by doubling. Validators change only together with a body that was parsed and stored, so that a
304 can never hide what we do not have. Everything is kept in ``FeedState``, hence survives restarts.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from watcher.fetch.conditional import MAX_WISH
from watcher.model.entry import ParsedFeed, Unreadable
from watcher.model.feed import FeedState, Validators
from watcher.model.fetch import Failed, Fetched, FetchResult, Gone, NotModified, Refused

MIN_INTERVAL = 900.0  # seconds: nobody is asked more often
DEFAULT_INTERVAL = 3600.0
MAX_INTERVAL = 86400.0
BACK_OFF = 3600.0  # after the first failure, then twice as long each time up to MAX_INTERVAL
JITTER = 0.1  # share of an interval by which feeds are spread
_CLOCK_SLACK = timedelta(hours=1)


def next_state(
    state: FeedState,
    result: FetchResult,
    *,
    parsed: ParsedFeed | Unreadable | None,
    new: int,
    rhythm: float | None,
    now: datetime,
    jitter: float,
) -> FeedState:
    """Return what is known of a feed after ``result``.

    ``parsed`` is what its body gave (None for no body, or one whose ``body_hash`` is the stored one),
    ``new`` how many entries were stored, ``rhythm`` the usual seconds between two entries if known (it need not be
    looked up when nothing was parsed: the interval stays), ``jitter`` a number in [0, 1) that spreads feeds.
    """
    match result:
        case Fetched() if isinstance(parsed, Unreadable):
            return _failed(state, parsed.error, None, now, jitter)
        case Fetched() if isinstance(parsed, ParsedFeed):
            state = replace(_read(state, result, parsed), last_new=now if new else state.last_new)
            return _succeeded(state, result, new, rhythm, now, jitter)
        case Fetched() | NotModified():
            if isinstance(result, Fetched) and hash_body(result.body) == state.body_hash:
                state = replace(state, validators=result.validators)
            return _succeeded(state, result, 0, rhythm or state.interval, now, jitter)
        case Gone():
            return _gone(state, now)
        case Failed(error=error, retry_after=retry_after):
            return _failed(state, error, retry_after, now, jitter)
        case Refused(error=error):
            return _failed(state, error, None, now, jitter)


def is_due(state: FeedState, now: datetime, force: bool = False) -> bool:  # noqa: FBT001, FBT002 - the agreed signature
    """Say whether a feed may be asked now; ``force`` passes over everything but a running Retry-After."""
    if state.last_attempt is not None and state.last_attempt > now + _CLOCK_SLACK:
        return state.gone_at is None or force  # the clock was set back: what it wrote down means nothing
    if state.retry_after is not None and now < state.retry_after:
        return False
    if force:
        return True
    return state.gone_at is None and (state.next_due is None or now >= state.next_due)


def describe_retry(state: FeedState, now: datetime) -> str | None:
    """Say in a sentence why a feed is not asked even by force, or None when it may be."""
    if state.retry_after is None or now >= state.retry_after:
        return None
    return (
        f"The server asked not to be asked before {state.retry_after:%Y-%m-%d %H:%M} UTC (Retry-After): "
        f"it is fetched by itself after that."
    )


def hash_body(body: bytes) -> str:
    """Return the hash by which an unchanged body is recognised without being parsed."""
    return hashlib.sha256(body).hexdigest()


def _read(state: FeedState, result: Fetched, parsed: ParsedFeed) -> FeedState:
    """Take over what a parsed body says of the feed, and its validators with it."""
    return replace(
        state,
        title=parsed.title or state.title,
        site_url=parsed.site_url or state.site_url,
        language=parsed.language or state.language,
        validators=result.validators,
        body_hash=hash_body(result.body),
        truncated=parsed.truncated,
        warning=" ".join(filter(None, (result.warning, parsed.warning))) or None,
        asked_interval=min(max(parsed.ttl or 0.0, 0.0), MAX_INTERVAL),
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
    )


def _succeeded(
    state: FeedState, result: Fetched | NotModified, new: int, rhythm: float | None, now: datetime, jitter: float
) -> FeedState:
    interval = _interval(state, result.fresh_for, new, rhythm)
    return replace(
        _moved(state, result.moved_to, now),
        last_attempt=now,
        interval=interval,
        next_due=_due(state, now, interval * (1 + JITTER * jitter)),
        retry_after=None,
        last_success=now,
        recovered_at=now if state.failures else state.recovered_at,
        failures=0,
        error=None,
        error_since=None,
        gone_at=None,
    )


def _interval(state: FeedState, fresh_for: float | None, new: int, rhythm: float | None) -> float:
    """Return the seconds to the next scheduled fetch: the feed's rhythm, lengthened by what was asked for."""
    if state.validators == Validators() and not new:
        return MAX_INTERVAL  # each look costs a whole document and brings nothing
    own = DEFAULT_INTERVAL if rhythm is None else min(max(rhythm, MIN_INTERVAL), MAX_INTERVAL)
    return max(own, state.asked_interval, min(fresh_for or 0.0, MAX_INTERVAL))


def _due(state: FeedState, now: datetime, seconds: float) -> datetime:
    """Return when ``seconds`` have passed, moved beyond the hours (UTC) and days the feed asks to skip."""
    due = moved = now + timedelta(seconds=seconds)
    while moved.hour in state.skip_hours or moved.weekday() in state.skip_days:
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moved > now + timedelta(seconds=MAX_WISH):
            return due  # all hours or all days: a mistake, not a wish
    return moved


def _moved(state: FeedState, target: str | None, now: datetime) -> FeedState:
    """Count identical permanent answers; the way from https to http is never counted."""
    if target is not None and state.url.lower().startswith("https:") and not target.lower().startswith("https:"):
        target = None
    if target is None:
        return replace(state, moved_to=None, moved_count=0, moved_since=None) if state.moved_to else state
    if target != state.moved_to:
        return replace(state, moved_to=target, moved_count=1, moved_since=now)
    return replace(state, moved_count=state.moved_count + 1)


def _failed(state: FeedState, error: str, retry_after: datetime | None, now: datetime, jitter: float) -> FeedState:
    """Back off: an hour, two, four … at most a day, and never sooner than the feed's interval or a Retry-After."""
    doubled = BACK_OFF * 2 ** min(state.failures, 10)
    seconds = max(min(doubled, MAX_INTERVAL), min(state.interval, MAX_INTERVAL)) * (1 + JITTER * jitter)
    due = now + timedelta(seconds=seconds)
    latest = now + timedelta(seconds=MAX_WISH)
    retry_after = min(retry_after, latest) if retry_after is not None and retry_after > now else None
    return replace(
        state,
        last_attempt=now,
        next_due=max(due, retry_after) if retry_after else due,
        retry_after=retry_after,
        failures=state.failures + 1,
        error=error,
        error_since=state.error_since or now,
    )


def _gone(state: FeedState, now: datetime) -> FeedState:
    """End the schedule of a feed: its publisher says that it will not come back."""
    gone_at = state.gone_at or now
    return replace(
        state,
        last_attempt=now,
        next_due=None,
        retry_after=None,
        failures=state.failures + 1,
        gone_at=gone_at,
        error=f"The publisher ended this feed (410 gone, {gone_at:%Y-%m-%d}): remove it, or look for its new address.",
        error_since=state.error_since or now,
    )
