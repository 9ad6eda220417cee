"""The address guard."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.guard import Guard, is_public, parse_address, unwrap

CLOSED = [
    "0.0.0.0", "10.0.0.5", "100.64.0.5", "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.169.254",
    "172.16.0.5", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.5", "198.18.0.5", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.2", "::ffff:127.0.0.2",
    "::ffff:7f00:2", "::ffff:10.0.0.1", "64:ff9b::7f00:2", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::1", "3fff::1", "fc00::1", "fd00::5", "fe80::1", "fec0::1", "ff02::1", "5f00::1",
]  # fmt: skip
OPEN = [
    "1.1.1.1",
    "44.44.44.44",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a01::1",
]


@pytest.mark.parametrize("text", CLOSED)
def test_addresses_that_are_not_public_are_closed(text: str) -> None:
    """Loopback, private, link-local, CGNAT, ULA, multicast, benchmark, documentation and hidden IPv4 are refused."""
    address = ip_address(text)
    assert not is_public(address)
    problem = Guard().problem("feeds.test", 80, [address])
    assert problem is not None
    assert "not public" in problem
    assert problem.endswith(".")


@pytest.mark.parametrize("text", OPEN)
def test_public_addresses_are_open(text: str) -> None:
    """Global unicast passes on the two web ports, through NAT64 as well."""
    address = ip_address(text)
    assert Guard().problem("feeds.test", 443, [address]) is None
    if isinstance(address, IPv4Address):
        nat64 = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
        assert Guard().problem("feeds.test", 80, [nat64]) is None


@given(st.ip_addresses())
def test_nothing_that_python_calls_special_is_open(address: IPv4Address | IPv6Address) -> None:
    """Our own tables are nowhere laxer than those of the standard library."""
    if is_public(address) and unwrap(address) == address:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2130706434", "127.0.0.2"),
        ("0x7f000002", "127.0.0.2"),
        ("0177.0.0.2", "127.0.0.2"),
        ("127.2", "127.0.0.2"),
        ("0", "0.0.0.0"),
        ("1.1.1.1", "1.1.1.1"),
        ("::1", "::1"),
    ],
)
def test_every_spelling_of_an_address_is_read(text: str, meant: str) -> None:
    """Octal, hexadecimal, decimal and short forms are the address that the C library makes of them."""
    assert parse_address(text) == ip_address(meant)


@pytest.mark.parametrize("name", ["example.org", "127.0.0.1.nip.io", "a", "1.2.3.4.5", "0x"])
def test_names_are_no_addresses(name: str) -> None:
    """What must be resolved is not mistaken for an address."""
    assert parse_address(name) is None


def test_one_private_address_among_many_forbids_the_name() -> None:
    """A name with a public and a private record is refused: which one answers is not ours to choose."""
    assert Guard().problem("mixed.test", 80, [ip_address("1.1.1.1"), ip_address("10.0.0.5")]) is not None


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 81])
def test_other_ports_are_closed_and_named(port: int) -> None:
    """Only 80 and 443 are open, and the sentence says how to open another."""
    problem = Guard().problem("feeds.test", port, [ip_address("1.1.1.1")])
    assert problem is not None
    assert f"'feeds.test:{port}'" in problem


@pytest.mark.parametrize(
    ("allow", "host", "port", "address", "is_open"),
    [
        ("10.0.0.0/8", "intranet", 8080, "10.1.2.3", True),
        ("10.0.0.0/8", "intranet", 80, "11.1.2.3", True),
        ("10.0.0.0/8", "intranet", 8080, "11.1.2.3", False),
        ("10.0.0.0/8", "intranet", 80, "192.168.0.1", False),
        ("127.0.0.1", "localhost", 9000, "127.0.0.1", True),
        ("127.0.0.1", "localhost", 9000, "127.0.0.2", False),
        ("127.0.0.0/8", "x", 80, "::ffff:127.0.0.1", True),
        ("127.0.0.1:8480", "127.0.0.1", 8480, "127.0.0.1", True),
        ("127.0.0.1:8480", "2130706433", 8480, "127.0.0.1", True),
        ("127.0.0.1:8480", "feeds.test", 8480, "127.0.0.1", True),
        ("127.0.0.1:8480", "127.0.0.1", 8481, "127.0.0.1", False),
        ("feeds.test:8480", "FEEDS.test.", 8480, "10.0.0.1", True),
        ("feeds.test:8480", "other.test", 8480, "10.0.0.1", False),
        ("[::1]:8480", "::1", 8480, "::1", True),
        ("nonsense", "nonsense", 80, "10.0.0.1", False),
    ],
)
def test_allow_opens_exactly_what_it_lists(allow: str, host: str, port: int, address: str, is_open: bool) -> None:
    """A range, an address or a host:port opens itself and nothing beside it."""
    assert (Guard([allow]).problem(host, port, [ip_address(address)]) is None) is is_open
