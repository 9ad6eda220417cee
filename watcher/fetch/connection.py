"""One connection, one request, one response: to a judged address, and always closed.

A plain asyncio protocol rather than streams, because in a 304 the streams would cost more than all
the rest. Nothing here waits by itself: the caller's deadline cancels whatever is under way.
"""

import asyncio
import ssl
from collections.abc import Sequence

from watcher.fetch.failures import ExchangeError
from watcher.fetch.guard import Address
from watcher.fetch.wire import ResponseReader

_DIAL_SECONDS = 5.0  # for an address that has another after it


class _Conversation(asyncio.Protocol):
    """Sends the request when connected and gives what comes back to the reader."""

    def __init__(self, request: bytes, reader: ResponseReader) -> None:
        self.ended = asyncio.Event()
        self.error: ExchangeError | None = None
        self._request = request
        self._reader = reader
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type that asyncio leaves open
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        try:
            self._reader.feed(data)
        except ExchangeError as error:
            self._end(error)
        else:
            if self._reader.is_complete:
                self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            self._end(
                ExchangeError("The connection broke off before the answer was complete: it is tried again later.")
            )
            return
        try:
            self._reader.end()
        except ExchangeError as error:
            self._end(error)
        else:
            self._end(None)

    def _end(self, error: ExchangeError | None) -> None:
        """Settle the answer once and hang up: what else the server would say is not wanted."""
        if not self.ended.is_set():
            self.error = error
            self.ended.set()
        if self._transport is not None:
            self._transport.abort()


async def converse(
    addresses: Sequence[Address],
    port: int,
    host: str,
    tls: ssl.SSLContext | None,
    request: bytes,
    reader: ResponseReader,
) -> None:
    """Dial the first of ``addresses`` that answers, send ``request`` and fill ``reader``.

    ``host`` is the name that a certificate must carry. Raises ExchangeError, in words.
    """
    transport, conversation = await _dial(addresses, port, host, tls, request, reader)
    try:
        await conversation.ended.wait()
    finally:
        transport.abort()
    if conversation.error is not None:
        raise conversation.error


async def _dial(
    addresses: Sequence[Address],
    port: int,
    host: str,
    tls: ssl.SSLContext | None,
    request: bytes,
    reader: ResponseReader,
) -> tuple[asyncio.Transport, _Conversation]:
    loop = asyncio.get_running_loop()
    failure = f"The server {host} has no address that answers: it is tried again later."
    for number, address in enumerate(addresses, 1):
        try:
            async with asyncio.timeout(_DIAL_SECONDS if number < len(addresses) else None):
                return await loop.create_connection(
                    lambda: _Conversation(request, reader),
                    str(address),
                    port,
                    ssl=tls,
                    server_hostname=host if tls else None,
                )
        except ssl.SSLCertVerificationError as error:
            failure = _certificate_sentence(host, error.verify_message)
        except ssl.SSLError as error:
            failure = (
                f"{host} offers no encrypted connection ({error.reason}): check the address, or tell the publisher."
            )
        except TimeoutError:
            failure = f"The server {host} does not take the connection: it is tried again later."
        except OSError as error:
            failure = f"The server {host} cannot be reached ({_reason(error)}): it is tried again later."
    raise ExchangeError(failure)


def _certificate_sentence(host: str, reason: str) -> str:
    return (
        f"The certificate of {host} is not valid ({reason.rstrip('.')}): "
        f"tell the publisher; the feed is not fetched unencrypted."
    )


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).partition(" (")[0].lower()
