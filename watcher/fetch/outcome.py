"""From an answer to a value the rest of the program can match on, each failure in one sentence.

A feed document is the body of a 200 and nothing else: a part, nothing at all, or a 304 that nobody
asked for is a failure, so that an odd server never empties a feed or hides it for ever.
"""

from datetime import datetime

from watcher.fetch.conditional import read_lifetime, read_retry_after, read_server_time, read_validators
from watcher.fetch.redirects import Answer
from watcher.model.feed import Validators
from watcher.model.fetch import Failed, Fetched, FetchRequest, FetchResult, Gone, NotModified
from watcher.urls import host

_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"  # white space, NUL and the byte order marks
_TRY_LATER = "it is tried again later"
_CHECK = "check the address, or look for the new one on the site"
_REMEDIES = {
    204: ("no content", f"nothing was sent; {_TRY_LATER}"),
    206: ("partial content", f"only a part was sent, which nobody asked for; {_TRY_LATER}"),
    300: ("multiple choices", "choose one of its addresses and write that in feeds.yaml"),
    400: ("bad request", _CHECK),
    401: ("unauthorized", "the feed asks for a login; use its public address or remove it"),
    402: ("payment required", "the feed is for subscribers; use its public address or remove it"),
    403: ("forbidden", "it may block automated readers; write to the publisher or lower the frequency"),
    404: ("not found", _CHECK),
    406: ("not acceptable", _CHECK),
    408: ("request timeout", _TRY_LATER),
    421: ("misdirected request", _TRY_LATER),
    429: ("too many requests", "it is asked less often from now on"),
    451: ("unavailable for legal reasons", "remove the feed, or write to the publisher"),
    500: ("internal server error", _TRY_LATER),
    502: ("bad gateway", _TRY_LATER),
    503: ("service unavailable", _TRY_LATER),
    504: ("gateway timeout", _TRY_LATER),
}


def judge(request: FetchRequest, answer: Answer, now: datetime, seconds: float) -> FetchResult:
    """Return what ``answer`` means for ``request``; ``now`` dates its Retry-After, ``seconds`` is how long it took."""
    if answer.status == 200 and answer.body.strip(_BLANK):
        return _fetched(request, answer, now, seconds)
    if answer.status == 304 and request.validators != Validators():
        return NotModified(
            url=request.url,
            moved_to=answer.moved_to,
            fresh_for=read_lifetime(answer.headers, now),
            seconds=seconds,
            server_time=_server_time(answer),
        )
    if answer.status == 410:
        return Gone(url=request.url, seconds=seconds, server_time=_server_time(answer))
    retry_after = read_retry_after(answer.headers, now) if answer.status >= 400 else None
    return Failed(
        url=request.url,
        error=_sentence(answer),
        status=answer.status,
        retry_after=retry_after,
        seconds=seconds,
        server_time=_server_time(answer),
    )


def _fetched(request: FetchRequest, answer: Answer, now: datetime, seconds: float) -> Fetched:
    """Take the document; a Retry-After beside it is a wish about the interval like any other."""
    wishes = [read_lifetime(answer.headers, now) or 0.0]
    if retry_after := read_retry_after(answer.headers, now):
        wishes.append((retry_after - now).total_seconds())
    content_type = next((value for name, value in answer.headers if name == b"content-type"), None)
    return Fetched(
        url=request.url,
        status=answer.status,
        body=answer.body,
        content_type=None if content_type is None else content_type.decode("latin-1")[:500],
        validators=read_validators(answer.headers),
        moved_to=answer.moved_to,
        fresh_for=max(wishes) or None,
        seconds=seconds,
        server_time=_server_time(answer),
        warning=answer.warning,
    )


def _server_time(answer: Answer) -> datetime | None:
    """Return what another machine's clock says; a server on this one has no clock of its own."""
    name = host(answer.url)
    is_ours = name == "localhost" or name.startswith(("127.", "::1"))
    return None if is_ours else read_server_time(answer.headers)


def _sentence(answer: Answer) -> str:
    """Say what the server answered and what can be done about it."""
    if answer.status == 200:
        return f"The server answered with an empty document: {_TRY_LATER}."
    if answer.status == 304:
        return "The server answered 304 (not modified) although nothing was known yet: it is asked again in full."
    if _is_challenge(answer):
        return "The server answered with a robot check instead of the feed: write to the publisher for access."
    name, remedy = _REMEDIES.get(answer.status, ("", _TRY_LATER if answer.status >= 500 else _CHECK))
    return f"The server answered {answer.status}{f' ({name})' if name else ''}: {remedy}."


def _is_challenge(answer: Answer) -> bool:
    return any(name == b"cf-mitigated" and b"challenge" in value for name, value in answer.headers)
