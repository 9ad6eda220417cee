"""``feeds.yaml`` as the rest of the program sees it."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.feed import Feed
from watcher.model.topic import Topic

PLACEHOLDER_CONTACT = "veille@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Who keeps the watch; ``contact`` goes into the User-Agent."""

    name: str = "watcher"
    url: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """A fixed interval in seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A weekday (0 is Monday) and a local time."""

    weekday: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """A five-field crontab line, already checked."""

    line: str


When = Every | Weekly | Cron


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When to look for due feeds and when to publish the week that ended."""

    fetch: When = Every(seconds=7200)
    digest: When = Weekly(weekday=0, hour=7, minute=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Bounds of every exchange. ``allow`` holds CIDR ranges, addresses or ``host:port`` that may be private."""

    allow: tuple[str, ...] = ()
    timeout: float = 20.0  # seconds, the whole exchange
    gap: float = 1.0  # seconds between two requests to one host
    max_bytes: int = 10_000_000  # after decompression


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How editions are sent; credentials come from the environment and are never held here."""

    sender: str | None = None
    host: str = "localhost"
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    unsubscribe: str | None = None  # one-click URL (RFC 8058)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A chat channel (Apprise URL taken from the environment variable ``env``)."""

    env: str
    topics: tuple[str, ...] = ()  # empty: all
    language: str = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All of ``feeds.yaml``, checked. ``feeds`` holds each address once, with its placements."""

    cluster: Cluster = Cluster()
    timezone: str = "Europe/Paris"
    languages: tuple[str, ...] = ("fr", "en")
    schedule: Schedule = Schedule()
    network: Network = Network()
    feeds: tuple[Feed, ...] = ()
    topics: tuple[Topic, ...] = ()
    review: Literal["none", "required"] = "none"
    mail: Mail | None = None
    channels: tuple[Channel, ...] = ()
