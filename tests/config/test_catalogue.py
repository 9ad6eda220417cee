"""feeds.yaml becomes a Catalogue, or every mistake of it is told at its place."""

from pathlib import Path

import pytest

from watcher.config.catalogue import load_catalogue
from watcher.errors import ConfigError
from watcher.model.catalogue import Catalogue, Channel, Cron, Every, Mail, Network, Weekly
from watcher.model.feed import Placement
from watcher.model.mention import Name
from watcher.model.report import Problem
from watcher.model.topic import Match

SHORTEST = """\
topics:
  hydrogen:
    feeds:
      - https://www.example.org/feed/
"""
FULLEST = """\
cluster: {name: Pôle Exemple, url: https://www.example.org, contact: veille@example.org}
timezone: Europe/Paris              # weeks and schedules are counted here
languages: [fr, en]
schedule: {fetch: every 30 minutes, digest: 0 7 * * 1}
network:
  allow: [10.0.0.0/8, "127.0.0.1:8480"]
  timeout: 20
  gap: 0.5
  max_bytes: 10_000_000
feeds:
  - https://www.example.org/industry.rss
topics:
  offshore-wind:
    name: {fr: Éolien en mer, en: Offshore wind}
    match: {any: [éolien en mer, offshore wind, "floating wind*"], all: [], none: [ventilateur]}
    feeds:
      - {url: https://www.example.org/wind/feed/, name: Wind Daily, language: en, weight: 1.5, keep: matching}
    watch:
      - {name: Exail, kind: ORG, aliases: [ECA Group, iXblue]}
review: required
mail: {sender: veille@example.org, host: smtp.example.org, port: 465, security: tls}
channels:
  - {env: WATCHER_TEAMS, topics: [offshore-wind], language: en}
"""


def load(tmp_path: Path, text: str | bytes) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Write ``text`` to a file and load it."""
    file = tmp_path / "feeds.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_catalogue(file)


def problems_of(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    """Return the problems for which ``text`` is refused."""
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, text)
    return refused.value.problems


def test_shortest_form_has_every_default(tmp_path: Path) -> None:
    """Three lines make a topic: name, rules, schedule, languages and network have defaults."""
    catalogue, warnings = load(tmp_path, SHORTEST)
    assert warnings == ()
    assert catalogue.topics[0].name("fr") == "Hydrogen"
    assert catalogue.feeds[0].placements == (Placement(topic="hydrogen", keep="all", weight=1.0),)
    assert catalogue.schedule.fetch == Every(seconds=7200)
    assert catalogue.schedule.digest == Weekly(weekday=0, hour=7, minute=0)
    assert catalogue.languages == ("fr", "en")
    assert catalogue.network == Network()


def test_fullest_form_is_read_whole(tmp_path: Path) -> None:
    """Every key of the contract, and those beyond it, reach the model."""
    catalogue, warnings = load(tmp_path, FULLEST)
    assert warnings == ()
    topic = catalogue.topics[0]
    assert topic.match == Match(any=("éolien en mer", "offshore wind", "floating wind*"), none=("ventilateur",))
    assert topic.watch == (Name(name="Exail", kind="ORG", aliases=("ECA Group", "iXblue")),)
    assert topic.name("fr") == "Éolien en mer"
    shared, wind = catalogue.feeds
    assert shared.placements == ()
    assert wind.placements == (Placement(topic="offshore-wind", keep="matching", weight=1.5),)
    assert (wind.name, wind.language, wind.excerpt) == ("Wind Daily", "en", 240)
    assert catalogue.schedule.digest == Cron(line="0 7 * * 1")
    assert catalogue.network == Network(allow=("10.0.0.0/8", "127.0.0.1:8480"), gap=0.5)
    assert catalogue.review == "required"
    assert catalogue.mail == Mail(sender="veille@example.org", host="smtp.example.org", port=465, security="tls")
    assert catalogue.channels == (Channel(env="WATCHER_TEAMS", topics=("offshore-wind",), language="en"),)


def test_one_feed_under_two_topics_is_one_feed(tmp_path: Path) -> None:
    """An address is asked once, whatever its spelling, and keeps what each topic says of it."""
    text = """\
topics:
  drones:
    feeds: [{url: "https://news.example.org/feed/", weight: 2}]
  optics:
    match: {any: [laser]}
    feeds: [{url: "http://news.example.org:80/feed", keep: matching, name: News, excerpt: title-only}]
"""
    catalogue, warnings = load(tmp_path, text)
    assert warnings == ()
    (feed,) = catalogue.feeds
    assert feed.url == "https://news.example.org/feed/"
    assert (feed.name, feed.excerpt) == ("News", 0)
    assert feed.placements == (
        Placement(topic="drones", keep="all", weight=2),
        Placement(topic="optics", keep="matching", weight=1),
    )


def test_shared_feed_under_a_topic_still_reaches_the_others(tmp_path: Path) -> None:
    """What is shared and trusted at once is trusted there and matched everywhere else, with a warning."""
    text = """\
feeds: [https://news.example.org/feed]
topics:
  drones:
    feeds: [https://news.example.org/feed]
  optics:
    match: {any: [laser]}
"""
    catalogue, (warning,) = load(tmp_path, text)
    (feed,) = catalogue.feeds
    assert [(place.topic, place.keep) for place in feed.placements] == [("drones", "all"), ("optics", "matching")]
    assert "also a shared feed" in warning.message


def test_excerpts_are_lengths(tmp_path: Path) -> None:
    """title-only quotes nothing, full quotes without bound, a number is a number."""
    text = """\
topics:
  drones:
    feeds:
      - {url: "https://a.example.org/f", excerpt: title-only}
      - {url: "https://b.example.org/f", excerpt: full}
      - {url: "https://c.example.org/f", excerpt: 100}
"""
    catalogue, _ = load(tmp_path, text)
    assert [feed.excerpt for feed in catalogue.feeds] == [0, None, 100]


def test_one_name_serves_all_languages(tmp_path: Path) -> None:
    """A name that is plain text is printed in every edition."""
    catalogue, _ = load(tmp_path, SHORTEST.replace("    feeds:", "    name: H2\n    feeds:"))
    assert (catalogue.topics[0].name("fr"), catalogue.topics[0].name("en")) == ("H2", "H2")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Faults of form and of meaning stand together, in the order of their lines, each with its path."""
    text = """\
timezon: Europe/Paris
languages: [fr, klingon]
schedule: {fetch: every 0 minutes}
topics:
  drones:
    feeds:
      - ftp://news.example.org/feed
      - {url: "https://a.example.org/f", keep: matchin}
      - http://192.168.1.1/feed
    feeds: []
"""
    problems = problems_of(tmp_path, text)
    assert [(problem.line, problem.path) for problem in problems] == [
        (1, "timezon"),
        (2, "languages[1]"),
        (3, "schedule.fetch"),
        (7, "topics.drones.feeds[0].url"),
        (8, "topics.drones.feeds[1].keep"),
        (9, "topics.drones.feeds[2].url"),
        (10, "topics.drones.feeds"),
    ]
    assert problems[0].hint == "did you mean 'timezone'?"
    assert problems[0].column == 1


WRONG = {
    "unknown key": ("topics: {a: {feed: []}}", "topics.a.feed", "did you mean 'feeds'?"),
    "key of another file": ("topics: {}\nmembers: []", "members", "members.yaml"),
    "password": ("topics: {}\nmail: {password: x}", "mail.password", "environment"),
    "missing url": ("topics: {a: {feeds: [{name: x}]}}", "topics.a.feeds[0].url", "add url"),
    "empty url": ("topics: {a: {feeds: [{url: }]}}", "topics.a.feeds[0].url", "write url"),
    "number for text": ("topics: {a: {match: {any: [3.10]}}}", "topics.a.match.any[0]", "quotes"),
    "text for list": ("topics: {a: {feeds: https://a.example.org/}}", "topics.a.feeds", "dash"),
    "text for mapping": ("topics: {a: x}", "topics.a", "feeds"),
    "text for number": ("topics: {}\nnetwork: {timeout: '5'}", "network.timeout", "without quotes"),
    "comma for point": ("topics: {}\nnetwork:\n  timeout: 1,5", "network.timeout", "point"),
    "broken number": ("topics: {}\nnetwork: {max_bytes: 1.5}", "network.max_bytes", None),
    "infinite": ("topics: {}\nnetwork: {timeout: .inf}", "network.timeout", None),
    "too much": ("topics: {}\nnetwork: {timeout: 1000}", "network.timeout", None),
    "key of a topic": ("topics: {Drones: {}}", "topics.Drones", "small letters"),
    "no language": ("topics: {}\nlanguages: []", "languages", "at least one"),
    "review": ("topics: {}\nreview: require", "review", "did you mean 'required'?"),
    "unknown topic": ("topics: {drones: {}}\nchannels: [{env: X, topics: [drone]}]", "channels[0].topics[0]", "drones"),
    "secret in the file": ("topics: {}\nchannels: [{env: 'json://x'}]", "channels[0].env", "capitals"),
    "excerpt": (
        "topics: {a: {feeds: [{url: 'https://a.example/', excerpt: short}]}}",
        "topics.a.feeds[0].excerpt",
        "240",
    ),
    "empty name": ("topics: {a: {name: {}}}", "topics.a.name", "fr"),
    "star inside": ("topics: {a: {match: {any: ['wi*nd']}}}", "topics.a.match.any[0]", "wind*"),
    "regular expression": ("topics: {a: {match: {any: ['dron(e|es)']}}}", "topics.a.match.any[0]", "plain words"),
    "language name": ("topics: {a: {feeds: [{url: 'https://a.example/', language: French}]}}", None, "'fr'"),
    "city": ("topics: {}\ntimezone: Paris", "timezone", "Europe/Paris"),
    "brace in url": ("topics: {a: {feeds: ['https://a.example/{x}']}}", "topics.a.feeds[0].url", "browser"),
    "four numbers": ("topics: {a: {feeds: ['https://300.1.1.1/']}}", "topics.a.feeds[0].url", "four numbers"),
    "local": ("topics: {a: {feeds: ['http://localhost:8080/']}}", "topics.a.feeds[0].url", "network.allow"),
    "text in place of a file": ("just words", "", "topics:"),
    "list": ("- a\n- b", "", "topics:"),
    "nothing": ("# only a comment\n", "", "topics:"),
}


@pytest.mark.parametrize(("text", "path", "hint"), WRONG.values(), ids=WRONG.keys())
def test_mistake_has_path_and_remedy(tmp_path: Path, text: str, path: str | None, hint: str | None) -> None:
    """Each mistake is one problem with its line, its path and what to write."""
    (problem,) = problems_of(tmp_path, text)
    assert problem.line is not None
    assert path in {None, problem.path}
    assert hint is None or hint in str(problem.hint)
    assert len(problem.message) < 300


def test_secrets_are_not_repeated(tmp_path: Path) -> None:
    """What may be a password is named by its place and never shown."""
    text = "topics:\n  a:\n    feeds: ['https://me:hunter2@a.example.org/']\ndatabase: postgresql://me:hunter2@db\n"
    problems = problems_of(tmp_path, text)
    assert len(problems) == 2
    assert not any("hunter2" in f"{problem.message} {problem.hint} {problem.path}" for problem in problems)


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    """A hundred problems are told one by one, the others as their number."""
    feeds = "\n".join("      - ftp://a.example.org/" for _ in range(500))
    problems = problems_of(tmp_path, f"topics:\n  a:\n    feeds:\n{feeds}\n")
    assert len(problems) == 101
    assert "400 more" in problems[-1].message


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, kind: str) -> None:
    """A missing file or a folder in its place ends as a problem with a remedy."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_catalogue(tmp_path if kind == "folder" else tmp_path / "feeds.yaml")
