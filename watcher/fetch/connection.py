"""One connection, one request, one response: to a judged address, and always closed.

Bare sockets under asyncio rather than its transports and streams, because in a 304 those would cost more than all
the rest. Nothing here waits by itself: the caller's deadline cancels whatever is under way.
"""

import asyncio
import socket
import ssl
from collections.abc import Sequence

from watcher.fetch.failures import ExchangeError, UnconnectedError
from watcher.fetch.guard import Address
from watcher.fetch.streams import Stream, TlsStream
from watcher.fetch.wire import ResponseReader

_DIAL_SECONDS = 5.0  # for an address that has another after it
_BROKEN = "The connection broke off before the answer was complete: it is tried again later."


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
    stream = await _dial(addresses, port, host, tls)
    try:
        await stream.send(request)
        _take(await stream.receive(), reader)
        while not reader.is_complete:
            await asyncio.sleep(0)  # a server that never lets us wait must not keep the others waiting
            _take(await stream.receive(), reader)
    except OSError as error:
        raise ExchangeError(_BROKEN) from error
    finally:
        stream.close()


def _take(data: bytes, reader: ResponseReader) -> None:
    if data:
        reader.feed(data)
    else:
        reader.end()


async def _dial(addresses: Sequence[Address], port: int, host: str, tls: ssl.SSLContext | None) -> Stream:
    failure = f"The server {host} has no address that answers: it is tried again later."
    kind: type[ExchangeError] = UnconnectedError
    for number, address in enumerate(addresses, 1):
        try:
            async with asyncio.timeout(_DIAL_SECONDS if number < len(addresses) else None):
                return await _connect(address, port, host, tls)
        except ssl.SSLCertVerificationError as error:
            failure, kind = _certificate_sentence(host, error.verify_message), ExchangeError
        except ssl.SSLError as error:
            failure = (
                f"{host} offers no encrypted connection ({error.reason}): check the address, or tell the publisher."
            )
        except TimeoutError:
            failure = f"The server {host} does not take the connection: it is tried again later."
        except OSError as error:
            failure = f"The server {host} cannot be reached ({_reason(error)}): it is tried again later."
    raise kind(failure)


async def _connect(address: Address, port: int, host: str, tls: ssl.SSLContext | None) -> Stream:
    """Return a stream to ``address``, its certificate checked; raises OSError, of which SSLError is one."""
    connection = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6)
    try:
        connection.settimeout(0.0)  # asyncio does the waiting
        await asyncio.get_running_loop().sock_connect(connection, (str(address), port))
        if tls is None:
            return Stream(connection)
        stream = TlsStream(connection, tls, host)
        await stream.shake_hands()
    except BaseException:
        connection.close()
        raise
    return stream


def _certificate_sentence(host: str, reason: str) -> str:
    return (
        f"The certificate of {host} is not valid ({reason.rstrip('.')}): "
        f"tell the publisher; the feed is not fetched unencrypted."
    )


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).partition(" (")[0].lower()
