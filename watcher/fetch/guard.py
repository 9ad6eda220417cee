"""The address guard: a feed list must not become a way into our own network.

A name is resolved once, every address it has is judged, and the connection is made to an address
that was judged, so that a second answer of the DNS (rebinding) changes nothing. Only global unicast
addresses on ports 80 and 443 are open; ``network.allow`` opens exactly what it lists. The tables are
our own, after the IANA special-purpose registries, because ``ipaddress`` changed its mind between
Python releases.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

PUBLIC_PORTS = frozenset({80, 443})
_CLOSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # the wire server of a large cloud: public in form, private in fact
        "169.254.0.0/16",  # link-local, metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_OPEN_V6 = IPv6Network("2000::/3")  # all global unicast there is; the rest is special or unassigned
_CLOSED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4 hides an IPv4 address
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


class Guard:
    """Decides which addresses may be dialled, given the ``network.allow`` list of ``feeds.yaml``."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """Take CIDR ranges, addresses and ``host:port`` pairs; anything else opens nothing."""
        self._networks: list[IPv4Network | IPv6Network] = []
        self._services: set[tuple[str, int]] = set()
        for text in allow:
            self._open(text.strip())

    def problem(self, host: str, port: int, addresses: Iterable[Address]) -> str | None:
        """Return why ``host`` (which has these ``addresses``) may not be asked on ``port``, or None.

        One forbidden address among many forbids the name: which of them answers is not ours to choose.
        """
        if self._services and (_service_name(host), port) in self._services:
            return None
        judged = [unwrap(address) for address in addresses]
        closed = [address for address in judged if not self._is_open(address, port)]
        if not closed:
            return None
        private = next((address for address in closed if not is_public(address)), None)
        if private is not None:
            return _address_sentence(host, private)
        return (
            f"Port {port} of {host} is not allowed: feeds are fetched from ports 80 and 443 only; "
            f"add '{host}:{port}' to network.allow if the feed really lives there."
        )

    def _open(self, text: str) -> None:
        try:
            self._networks.append(ip_network(text, strict=False))
        except ValueError:
            name, _, port = text.rpartition(":")
            if name and port.isdecimal():
                self._services.add((_service_name(name.strip("[]")), int(port)))

    def _is_open(self, address: Address, port: int) -> bool:
        if port in PUBLIC_PORTS and is_public(address):
            return True
        return (str(address), port) in self._services or any(address in network for network in self._networks)


def is_public(address: Address) -> bool:
    """Say whether an address is global unicast, an IPv4 address inside an IPv6 one being judged itself."""
    address = unwrap(address)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def unwrap(address: Address) -> Address:
    """Return the IPv4 address that a v4-mapped or NAT64 address stands for, else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def parse_address(host: str) -> Address | None:
    """Return the address that ``host`` spells, or None when it is a name.

    Knows what the C library knows: ``0177.0.0.1``, ``0x7f000001``, ``127.1`` and ``2130706433`` are
    all 127.0.0.1.
    """
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _service_name(host: str) -> str:
    address = parse_address(host)
    return str(address) if address is not None else host.lower().removesuffix(".")


def _address_sentence(host: str, address: Address) -> str:
    subject = f"The address {address}" if parse_address(host) else f"{host} leads to the address {address}, which"
    return (
        f"{subject} is not public: feeds are fetched from public addresses only; "
        f"add it to network.allow in feeds.yaml if the feed really lives there."
    )
