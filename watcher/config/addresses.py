"""Which literal addresses a feed may have, told before anything is fetched.

The guard of the fetch room has the last word, at the moment of connecting; this check reads the
same spellings (one number, octal, hexadecimal, full-width digits) so that a mistake is found in
the file and not in a log.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOST_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(?P<port>[0-9]{1,5})")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def allow_problem(value: str) -> tuple[str, str | None] | None:
    """Return message and hint when ``value`` is no range, address or ``host:port``, else None."""
    hint = "write a range (10.0.0.0/8), an address (10.1.2.3), or host:port (intranet.example:8080)"
    try:
        ipaddress.ip_network(value)
    except ValueError:
        pass
    else:
        return None
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None if _is_host_port(value) else ("This is no network range that can be allowed.", hint)
    return "This range begins in its middle: its host bits are not zero.", f"write {network}"


def opens_everything(value: str) -> bool:
    """Tell whether an allowed range is wider than the widest private ones (10.0.0.0/8, fc00::/7)."""
    network = _read_range(value)
    return network is not None and network.prefixlen < (8 if network.version == 4 else 7)


def opens_metadata(value: str) -> bool:
    """Tell whether an allowed range holds the address where clouds keep their credentials."""
    return _in_range(ipaddress.ip_address("169.254.169.254"), value)


def reach_problem(url: str, allow: Iterable[str]) -> str | None:
    """Return why the literal host of ``url`` may not be asked, or None; names are not resolved."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    allowed = tuple(allow)
    name = unicodedata.normalize("NFKC", host).rstrip(".").lower()
    if any(_is_host_port(value) and _same_place(value, name, port) for value in allowed):
        return None
    if name == "localhost" or name.endswith(".localhost"):
        return "The host is this machine itself (localhost), which network.allow does not cover."
    address = read_address(name)
    if address is None or (address.is_global and not address.is_multicast):
        return None
    if any(_in_range(address, value) for value in allowed):
        return None
    return "The host is a private, local or reserved address, which network.allow does not cover."


def is_invalid_address(url: str) -> bool:
    """Tell whether the host ends in a number, as only addresses do, and is no address (WHATWG URL, 4.3)."""
    name = (urlsplit(url).hostname or "").rstrip(".")
    last = name.rpartition(".")[2]
    return bool(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last)) and read_address(name) is None


def read_address(name: str) -> Address | None:
    """Return the address that a connector would dial for ``name``, in any spelling; None: a name."""
    if ":" not in name and not name.rpartition(".")[2][:1].isdigit():
        return None  # most hosts, at a tenth of the price
    try:
        return _unwrap(ipaddress.ip_address(name.split("%", maxsplit=1)[0]))
    except ValueError:
        number = _classic(name)
        return ipaddress.IPv4Address(number) if number is not None else None


def _classic(name: str) -> int | None:
    # inet_aton(3): one to four parts, each decimal, octal or hexadecimal, the last fills the rest.
    parts = name.split(".")
    if len(parts) > 4 or not all(re.fullmatch(r"0x[0-9a-f]{1,8}|[0-9]{1,12}", part) for part in parts):
        return None
    try:
        numbers = [int(part, 8) if re.fullmatch(r"0[0-9]+", part) else int(part, 0) for part in parts]
    except ValueError:
        return None
    *heads, last = numbers
    room = 256 ** (4 - len(heads))
    if last >= room or any(head > 255 for head in heads):
        return None
    return int.from_bytes(bytes(heads), "big") * room + last if heads else last


def _unwrap(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address


def _in_range(address: Address, value: str) -> bool:
    network = _read_range(value)
    return network is not None and address in network


@lru_cache
def _read_range(value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None


def _is_host_port(value: str) -> bool:
    match = _HOST_PORT.fullmatch(value)
    return match is not None and 0 < int(match["port"]) < 65_536


def _same_place(value: str, name: str, port: int) -> bool:
    host, _, allowed_port = value.rpartition(":")
    return host.strip("[]").lower() == name and int(allowed_port) == port
