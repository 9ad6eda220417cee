"""Bounded decompression: a body never grows beyond its limit, whatever it claims to be.

One layer is undone and no more. What the bytes are counts more than what the header says: gzip
without the header is undone too, and plain text under a gzip header is taken as it is.
"""

import zlib

from watcher.fetch.failures import ExchangeError

_GZIP_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 64  # of one gzip file; nobody needs more than one, and each costs a fresh 32 kB window


def inflate(body: bytes, encoding: str, limit: int) -> bytes:
    """Return ``body`` decoded from ``encoding`` (a Content-Encoding value), at most ``limit`` bytes.

    Raises ExchangeError for an unknown or second encoding, broken data, or more than ``limit`` bytes.
    """
    layers = [name for part in encoding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
    if len(layers) > 1:
        raise ExchangeError("The server compressed the document more than once: tell the publisher, one layer is read.")
    layer = layers[0] if layers else ""
    if layer not in {"", "gzip", "x-gzip", "deflate"}:
        raise ExchangeError(
            f"The server used the compression '{layer[:40]}', which was not offered: tell the publisher, gzip is read."
        )
    try:
        decoded = _deflated(body, limit) if layer == "deflate" else _gunzipped(body, limit)
    except zlib.error as error:
        raise ExchangeError("The compressed document is damaged: it is tried again later.") from error
    if len(decoded) > limit:
        raise ExchangeError(too_large(limit))
    return decoded


def too_large(limit: int) -> str:
    """Return the sentence for a document over the limit."""
    return f"The document is larger than {limit:,} bytes: raise network.max_bytes if it is really a feed of that size."


def _gunzipped(body: bytes, limit: int) -> bytes:
    """Undo gzip, member after member; what follows the last member is ignored as every browser does."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    parts: list[bytes] = []
    room = limit + 1
    for _ in range(_MAX_MEMBERS):
        member = zlib.decompressobj(wbits=31)
        parts.append(member.decompress(body, room))
        room -= len(parts[-1])
        if room <= 0:
            return b"".join(parts)
        if not member.eof:
            raise ExchangeError("The compressed document was cut short: it is tried again later.")
        body = member.unused_data
        if not body.startswith(_GZIP_MAGIC):
            return b"".join(parts)
    raise ExchangeError(f"The document is made of more than {_MAX_MEMBERS} gzip members: tell the publisher.")


def _deflated(body: bytes, limit: int) -> bytes:
    """Undo deflate, with the zlib header that RFC 9110 asks for or without, as some servers send it."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
    stream = zlib.decompressobj(wbits=15 if has_header else -15)
    decoded = stream.decompress(body, limit + 1)
    if not stream.eof and len(decoded) <= limit:
        raise ExchangeError("The compressed document was cut short: it is tried again later.")
    return decoded
