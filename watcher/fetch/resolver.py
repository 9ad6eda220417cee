"""Names to addresses, without ever holding the program up.

The C library's resolver cannot be cancelled, so each look-up has a daemon thread of its own: a dead
name server costs the feed its deadline, and neither the round nor the end of the program.
"""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

from watcher.fetch.failures import ExchangeError
from watcher.fetch.guard import Address, parse_address

MAX_ADDRESSES = 16  # of one name; what comes after is neither judged nor dialled
_LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))  # what the name means without asking anyone (RFC 6761, 6.3)
Resolver = Callable[[str], Awaitable[tuple[Address, ...]]]


async def resolve(host: str) -> tuple[Address, ...]:
    """Return the addresses of ``host`` in the order to dial them; raises ExchangeError when it has none."""
    host = host.lower().removesuffix(".")
    if (address := parse_address(host)) is not None:
        return (address,)
    if host == "localhost" or host.endswith(".localhost"):
        return _LOOPBACK
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[Address, ...]] = loop.create_future()
    threading.Thread(target=_look_up, args=(host, loop, answer), name=f"resolve {host}", daemon=True).start()
    return await answer


def _look_up(host: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[tuple[Address, ...]]) -> None:
    """Ask the system and hand the answer to the loop, which may have ended meanwhile."""
    addresses: tuple[Address, ...] = ()
    with suppress(OSError, UnicodeError):
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        texts = dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found)
        addresses = tuple(ip_address(text) for text in list(texts)[:MAX_ADDRESSES])
    with suppress(RuntimeError):  # the loop is closed
        loop.call_soon_threadsafe(_deliver, host, answer, addresses)


def _deliver(host: str, answer: asyncio.Future[tuple[Address, ...]], addresses: tuple[Address, ...]) -> None:
    if answer.done():
        return
    if addresses:
        answer.set_result(addresses)
    else:
        answer.set_exception(
            ExchangeError(f"The name {host} is not known to the DNS: check the spelling of the address or the network.")
        )
