"""URL keys and the static checks of addresses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watcher.urls import canonical_url, drop_tracking, escape_url, host, is_http_url, resolve_url, site, url_problem

ADDRESSES = st.builds(
    "{}://{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["www.example.org", "example.org.", "WWW.www.Exämple.org", "[2001:db8::1]", "127.0.0.1", "a_b.fr"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.lists(
        st.sampled_from(["/", "a", ".", "..", "%2e", "%2F", "%7e", "é", " ", "%", "%zz", "+", "=", "//"]), max_size=8
    ).map(lambda bits: "/" + "".join(bits)),
    st.lists(st.sampled_from(["utm_source=x", "id=1", "%75tm_a=2", "a", "&", "é=%c3", "fbclid=1"]), max_size=4).map(
        lambda bits: "?" + "&".join(bits)
    ),
    st.sampled_from(["", "#top"]),
)


@given(ADDRESSES | st.text())
@example("http://a/%2e%2e/%2e/b//")
@example("https://www.www.a.fr:443/?%75tm_source=1")
def test_canonical_url_is_idempotent(url: str) -> None:
    """A key is its own key, whatever text it was made from."""
    key = canonical_url(url)
    assert canonical_url(key) == key


@given(st.text())
def test_nothing_raises_on_any_text(url: str) -> None:
    """Every function is total: feeds carry any text where an address should be."""
    assert isinstance(host(url) + site(url) + escape_url(url), str)
    assert resolve_url("https://example.org/", url) is None or is_http_url(
        resolve_url("https://example.org/", url) or ""
    )


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a?id=1",
        "https://www.example.org/a/?id=1",
        "https://EXAMPLE.org:443/a?id=1#part",
        "http://example.org:80/b/../a?id=1&utm_source=rss&utm_medium=feed",
        "https://example.org/%61?id=1&fbclid=x&xtor=RSS-1&at_medium=rss",
        " https://example.org./a?&id=1& ",
    ],
)
def test_spellings_of_one_page_share_a_key(other: str) -> None:
    """Scheme, www, default ports, slashes, escapes, fragments and tracking make no difference."""
    assert canonical_url(other) == canonical_url("https://example.org/a?id=1") == "https://example.org/a?id=1"


@pytest.mark.parametrize(
    "other",
    ["https://example.org/A", "https://example.org/a?id=2", "https://b.example.org/a", "https://example.org:81/a"],
)
def test_other_pages_keep_their_own_key(other: str) -> None:
    """What may name another page is never folded."""
    assert canonical_url(other) != canonical_url("https://example.org/a")


def test_texts_that_are_no_addresses_come_back_stripped() -> None:
    """Identifiers of other schemes are their own key."""
    assert canonical_url(" urn:uuid:1 ") == "urn:uuid:1"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("/etc/passwd", "no scheme"),
        ("127.0.0.1:8480/feed", "scheme"),
        ("//example.org/feed", "no scheme"),
        ("file:///etc/passwd", "'file'"),
        ("FTP://example.org/", "'ftp'"),
        ("javascript:alert(1)", "'javascript'"),
        ("http+unix://%2Fvar/info", "'http+unix'"),
        ("http://", "no host"),
        ("http://:80/", "no host"),
        ("http:///x", "no host"),
        ("http://user:pw@example.org/", "password"),
        ("http://example.org:99999/", "port"),
        ("http://example.org:-1/", "port"),
        ("http://example.org:0/", "Port 0"),
        ("http://example.org/\r\nX: 1", "U+000D"),
        ("http://example.org/a b", "space"),
        ("http://exa mple.org/", "space"),
        ("http://example.org\\@127.0.0.1/", "U+005C"),
        ("http://\u202eevil.test/", "U+202E"),
        ("http://xn--/", "not valid"),
        ("http://[::1", "brackets"),
        ("http://" + "a" * 300 + ".test/", "not valid"),
        ("http://example.org/" + "a" * 70_000, "characters long"),
        ("<rss/>", "U+003C"),
    ],
)
def test_url_problem_names_the_fault(url: str, word: str) -> None:
    """Whatever is refused is refused by name, in a sentence."""
    problem = url_problem(url)
    assert problem is not None
    assert word in problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://exämple.org/é",
        "http://[2001:db8::1]/",
        "http://127.0.0.1/",
    ],
)
def test_good_addresses_have_no_problem(url: str) -> None:
    """Ordinary addresses pass, accents and IPv6 included."""
    assert url_problem(url) is None


@pytest.mark.parametrize(
    ("url", "name", "domain"),
    [
        ("https://News.Example.co.uk./a", "news.example.co.uk", "example.co.uk"),
        ("https://www.economie.gouv.fr/", "www.economie.gouv.fr", "economie.gouv.fr"),
        ("https://a.b.example.fr", "a.b.example.fr", "example.fr"),
        ("https://blog.wordpress.com/x", "blog.wordpress.com", "blog.wordpress.com"),
        ("http://127.0.0.1:8/", "127.0.0.1", "127.0.0.1"),
        ("https://www.énergie.fr/", "www.xn--nergie-9ua.fr", "xn--nergie-9ua.fr"),
        ("nothing", "", ""),
    ],
)
def test_host_and_site(url: str, name: str, domain: str) -> None:
    """Hosts are ASCII and lower-case; a site is the domain somebody registered."""
    assert (host(url), site(url)) == (name, domain)


def test_resolve_url_joins_escapes_and_refuses() -> None:
    """Relative links become absolute, sloppy ones are escaped, dangerous ones are dropped."""
    assert resolve_url("https://a.fr/x/y", "../é b?q=1#p") == "https://a.fr/%C3%A9%20b?q=1#p"
    assert resolve_url("https://a.fr/", "javascript:alert(1)") is None
    assert resolve_url("https://a.fr/", "//u:p@b.fr/") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/p?utm_source=rss&utm_medium=feed", "https://a.example/p"),
        ("https://A.example/p/?id=3&utm_source=rss&b=%20x#top", "https://A.example/p/?id=3&b=%20x#top"),
        ("https://a.example/p?x=1", "https://a.example/p?x=1"),
        ("not a url", "not a url"),
    ],
)
def test_tracking_is_dropped_and_nothing_else(url: str, expected: str) -> None:
    """A printed link loses what only says who clicked, and stays as it was otherwise."""
    assert drop_tracking(url) == expected
