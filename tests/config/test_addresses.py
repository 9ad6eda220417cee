"""Literal addresses in every spelling: private ones are told, allowed ones pass."""

import pytest

from watcher.config.addresses import allow_problem, is_invalid_address, reach_problem

PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "0",
    "224.0.0.1",
    "255.255.255.255",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "１２７.0.0.1",
    "①②⑦.0.0.1",
    "localhost",
    "LOCALHOST.",
    "db.localhost",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fd00::5]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2001:db8::1]",
)
PUBLIC = ("www.example.org", "93.184.216.34", "[2606:2800:220:1::1]", "1.example.org", "xn--exmple-cua.org")


@pytest.mark.parametrize("host", PRIVATE)
def test_private_address_is_told_in_every_spelling(host: str) -> None:
    """An address that a connector would dial inside the network is refused, however it is written."""
    assert reach_problem(f"http://{host}:8080/feed", ())


@pytest.mark.parametrize("host", PUBLIC)
def test_public_host_passes(host: str) -> None:
    """Public addresses and names, which are not resolved, are no problem."""
    assert reach_problem(f"http://{host}/feed", ()) is None


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("http://10.1.2.3/f", "10.0.0.0/8"),
        ("http://10.1.2.3/f", "10.1.2.3"),
        ("http://[fd00::5]/f", "fd00::/8"),
        ("http://127.0.0.1:8480/f", "127.0.0.1:8480"),
        ("http://localhost:8480/f", "localhost:8480"),
        ("http://[::1]:8480/f", "[::1]:8480"),
        ("https://10.0.0.1/f", "10.0.0.1:443"),
    ],
)
def test_allowed_place_passes_and_no_other(url: str, allow: str) -> None:
    """A range, an address or host:port opens what it lists; another port or range does not."""
    assert allow_problem(allow) is None
    assert reach_problem(url, (allow,)) is None
    assert reach_problem(url, ("192.168.0.0/16", "127.0.0.1:9", "localhost:9")) is not None


@pytest.mark.parametrize("value", ["lan", "10.0.0.0/33", "http://10.0.0.1/", "010.0.0.0/8", "", "10.0.0.1:0", "a:b"])
def test_value_that_is_no_range_is_refused(value: str) -> None:
    """Words, addresses of the web and impossible ranges are no ranges."""
    assert allow_problem(value) is not None


def test_range_with_host_bits_says_the_right_one() -> None:
    """A range that begins in its middle is corrected in the hint."""
    assert allow_problem("10.1.2.3/8") == (
        "This range begins in its middle: its host bits are not zero.",
        "write 10.0.0.0/8",
    )


def test_number_that_is_no_address_is_told() -> None:
    """A host that ends in a number is an address or nothing."""
    assert is_invalid_address("http://300.1.1.1/")
    assert not is_invalid_address("http://127.1/")
    assert not is_invalid_address("http://example.org/")
