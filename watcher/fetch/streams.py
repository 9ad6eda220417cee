"""Bytes to and from a connected socket, in the clear or encrypted.

TLS runs over buffers in memory, so that both kinds wait in the same two places and end the same way. What the bytes
mean and how many may come is for others to say (``wire``).
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_PIECE = 65_536  # bytes read at once

P = ParamSpec("P")
T = TypeVar("T")


class Stream:
    """A connection in the clear."""

    def __init__(self, connection: socket.socket) -> None:
        """Take over a socket that is connected and does not block."""
        self._connection = connection
        self._loop = asyncio.get_running_loop()

    async def send(self, data: bytes) -> None:
        """Send all of ``data``; raises OSError."""
        await self._loop.sock_sendall(self._connection, data)

    async def receive(self) -> bytes:
        """Return what comes next, nothing at the end; raises OSError."""
        return await self._loop.sock_recv(self._connection, _PIECE)

    def close(self) -> None:
        """Hang up without a word: what else the server would say is not wanted."""
        self._connection.close()


class TlsStream(Stream):
    """An encrypted connection; nothing goes over it before ``shake_hands``."""

    def __init__(self, connection: socket.socket, context: ssl.SSLContext, host: str) -> None:
        """Speak TLS over ``connection`` with a server whose certificate must be for ``host``."""
        super().__init__(connection)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the request follows the handshake at once
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    async def shake_hands(self) -> None:
        """Agree on keys and check the certificate; raises ssl.SSLError or another OSError."""
        await self._run(self._tls.do_handshake)

    async def send(self, data: bytes) -> None:
        """Encrypt and send all of ``data``; raises OSError."""
        await self._run(self._tls.write, data)

    async def receive(self) -> bytes:
        """Return what comes next, nothing at the end, whether the server said that it ends or not; raises OSError."""
        try:
            return await self._run(self._tls.read, _PIECE)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def _run(self, operation: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Do ``operation``, fed with bytes from the server for as long as it wants some."""
        while True:
            try:
                result = operation(*arguments, **options)
            except ssl.SSLWantReadError:
                await self._flush()
                await asyncio.sleep(0)  # a server that never lets us wait must not keep the others waiting
                piece = await super().receive()
                self._incoming.write(piece) if piece else self._incoming.write_eof()
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await super().send(self._outgoing.read())
