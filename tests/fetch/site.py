"""A loopback site whose every byte a test decides, and which remembers what it was asked.

It listens on all loopback addresses, so that 127.0.0.1, 127.0.0.2 … are hosts of their own.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Reply = bytes | Callable[[socket.socket], None]
FEED = b"<rss version='2.0'><channel><title>t</title><item><title>a</title></item></channel></rss>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """Return the header ``name`` (lower case)."""
        return dict(self.headers).get(name)


@dataclass
class Site:
    """Replies by path; ``asked`` grows with each request."""

    replies: Mapping[str, Reply]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of ``path`` on one of the loopback hosts."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [asked.path for asked in self.asked]

    def hang(self, connection: socket.socket) -> None:
        """Answer nothing until the visitor leaves or the site stops."""
        connection.settimeout(0.02)
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return

    def stop(self) -> None:
        """Close the door and let whatever hangs go."""
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            if self.tls is None:
                self._reply(connection)
                return
            with self.tls.wrap_socket(connection, server_side=True) as encrypted:
                self._reply(encrypted)

    def _reply(self, connection: socket.socket) -> None:
        asked = _read_request(connection)
        if asked is None:
            connection.sendall(answer(400))
            return
        with self._lock:
            self.asked.append(asked)
        reply = self.replies.get(asked.path, answer(404))
        if callable(reply):
            reply(connection)
        else:
            connection.sendall(reply)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """Build a response; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    """Build a redirect."""
    return answer(status, Location=location)


def _read_request(connection: socket.socket) -> Asked | None:
    """Read the head of a request, None for anything else (a TLS greeting)."""
    data = connection.recv(65_536)
    if not data.startswith(b"GET "):
        return None
    while b"\r\n\r\n" not in data and len(data) < 100_000 and (part := connection.recv(65_536)):
        data += part
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Asked(path=first.split(" ")[1], headers=tuple((name.lower(), value.strip()) for name, _, value in pairs))


@contextmanager
def serving(replies: Mapping[str, Reply], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve ``replies`` while the block runs."""
    site = Site(replies, tls=tls)
    try:
        yield site
    finally:
        site.stop()
