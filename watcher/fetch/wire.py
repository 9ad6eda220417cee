"""HTTP/1.1 responses (RFC 9112) read from bytes, without any socket: small, strict and bounded.

Written here because the general libraries cost more than everything else in a 304, and because each
bound is ours to set: the head, the interim answers, the chunk lines and the body all have one. A
feed fetcher needs no more: one response a connection, and the body of a 200 only.
"""

import re
from collections.abc import Iterable
from typing import Literal

from watcher.fetch.failures import ExchangeError
from watcher.fetch.inflate import too_large

MAX_HEAD = 65_536  # bytes of status line and headers; servers themselves accept 8 to 64 kB
_MAX_INTERIM = 8  # 1xx answers before the real one
_MAX_CHUNK_LINE = 4096
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?$")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00\r]*?)[ \t]*")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?")

Headers = list[tuple[bytes, bytes]]


class ResponseReader:
    """Takes the bytes of one response as they come; ``is_complete`` turns True when enough is known."""

    def __init__(self, max_bytes: int) -> None:
        """Read bodies of at most ``max_bytes`` as they travel, framing included."""
        self.status = 0
        self.headers: Headers = []
        self.is_complete = False
        self._max_bytes = max_bytes
        self._buffer = bytearray()
        self._searched = 0  # bytes of the buffer in which no head ends, so that a slow drip costs no second look
        self._body: list[bytes] = []
        self._framing: Literal["head", "length", "chunked", "close"] = "head"
        self._left = 0  # bytes of the body, or of the current chunk and its line end
        self._received = 0
        self._interim = 0

    @property
    def body(self) -> bytes:
        """Return what was read of the body, still compressed."""
        return b"".join(self._body)

    def feed(self, data: bytes) -> None:
        """Take the next bytes; raises ExchangeError as soon as they break a rule or a bound."""
        if self._framing == "head":
            self._buffer += data
            while self._framing == "head" and not self.is_complete and self._read_head():
                pass
            if self._framing == "head" or self.is_complete:
                return
            data = bytes(self._buffer)
            self._buffer.clear()
        self._received += len(data)
        if self._received > self._max_bytes:
            raise ExchangeError(too_large(self._max_bytes))
        self._read_body(data)

    def end(self) -> None:
        """Take the end of the connection; raises ExchangeError when the response is not whole."""
        if self.is_complete:
            return
        if self._framing != "close":
            what = "without an answer" if not self.status else "before the document was complete"
            raise ExchangeError(f"The server closed the connection {what}: it is tried again later.")
        self.is_complete = True

    def _read_head(self) -> bool:
        """Read one head from the buffer; return whether there was a whole one."""
        end = _HEAD_END.search(self._buffer, self._searched)
        if end is None or end.end() > MAX_HEAD:
            self._await_head()
            return False
        lines = re.split(rb"\r?\n", bytes(self._buffer[: end.start()]))
        del self._buffer[: end.end()]
        self._searched = 0
        self.status = _parse_status(lines[0])
        self.headers = list(_parse_headers(lines[1:]))
        if 100 <= self.status < 200:
            self._count_interim()
        else:
            self._choose_framing()
        return True

    def _await_head(self) -> None:
        if len(self._buffer) > MAX_HEAD:
            raise ExchangeError("The server sent more than 64 kB of headers: tell the publisher.")
        _check_beginning(self._buffer)
        self._searched = max(0, len(self._buffer) - 3)

    def _count_interim(self) -> None:
        self._interim += 1
        if self._interim > _MAX_INTERIM or self.status == 101:
            raise ExchangeError("The server sends interim answers without end: it is tried again later.")
        self.status = 0

    def _choose_framing(self) -> None:
        """Decide how long the body is (RFC 9112, 6.3); no body is read but that of a 200."""
        if self.status != 200:
            self.is_complete = True
            return
        coding = b",".join(get_all(self.headers, b"transfer-encoding")).strip().lower()
        lengths = set(get_all(self.headers, b"content-length"))
        if coding not in {b"", b"chunked"}:
            raise ExchangeError("The server used a transfer coding that nobody offered: tell the publisher.")
        if coding:
            self._framing = "chunked"
        elif lengths:
            self._framing = "length"
            self._left = self._parse_length(lengths)
            self.is_complete = self._left == 0
        else:
            self._framing = "close"

    def _parse_length(self, lengths: set[bytes]) -> int:
        text = lengths.pop()
        if lengths or not re.fullmatch(rb"\d{1,19}", text):
            raise ExchangeError("The server gave no readable length of its document: tell the publisher.")
        if int(text) > self._max_bytes:
            raise ExchangeError(too_large(self._max_bytes))
        return int(text)

    def _read_body(self, data: bytes) -> None:
        if self._framing == "chunked":
            self._buffer += data
            self._read_chunks()
        elif self._framing == "length":
            self._body.append(data[: self._left])
            self._left -= len(self._body[-1])
            self.is_complete = self._left == 0
        else:
            self._body.append(data)

    def _read_chunks(self) -> None:
        """Read all chunks that are whole; trailers are not waited for."""
        at = 0
        while not self.is_complete:
            end = self._buffer.find(b"\n", at, at + _MAX_CHUNK_LINE)
            if end < 0:
                if len(self._buffer) - at >= _MAX_CHUNK_LINE:
                    raise ExchangeError(_BAD_CHUNK)
                break
            size = _parse_chunk_size(bytes(self._buffer[at:end]).removesuffix(b"\r"))
            if size > self._max_bytes:
                raise ExchangeError(too_large(self._max_bytes))
            if size and len(self._buffer) < end + 1 + size + 2:
                break
            self._body.append(bytes(self._buffer[end + 1 : end + 1 + size]))
            at = end + 1 + size + 2
            self.is_complete = size == 0
            if size and self._buffer[at - 2 : at] != b"\r\n":
                raise ExchangeError(_BAD_CHUNK)
        del self._buffer[:at]


_BAD_CHUNK = "The server sent a broken chunk of its document: it is tried again later."


def get_all(headers: Headers, name: bytes) -> Iterable[bytes]:
    """Yield every value of the header ``name`` (lower case)."""
    return (value for key, value in headers if key == name)


def _check_beginning(buffer: bytearray) -> None:
    """Refuse what is no HTTP before its end is found, so that garbage does not wait for the deadline."""
    if not b"HTTP/1.".startswith(bytes(buffer[:7])):
        raise ExchangeError("The server does not answer in HTTP/1.1: check the address and its port.")


def _parse_status(line: bytes) -> int:
    match = _STATUS.match(line)
    if match is None:
        raise ExchangeError("The server does not answer in HTTP/1.1: check the address and its port.")
    return int(match[1])


def _parse_headers(lines: list[bytes]) -> Iterable[tuple[bytes, bytes]]:
    """Yield names in lower case and values; folded lines are joined, lines that are no header skipped."""
    unfolded: list[bytes] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"} and unfolded:
            unfolded[-1] += b" " + line.strip()
        else:
            unfolded.append(line)
    for line in unfolded:
        if match := _HEADER.fullmatch(line):
            yield match[1].lower(), match[2]


def _parse_chunk_size(line: bytes) -> int:
    match = _CHUNK_SIZE.fullmatch(line)
    if match is None:
        raise ExchangeError(_BAD_CHUNK)
    return int(match[1], 16)
