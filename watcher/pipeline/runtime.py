"""The composition root: builds the tools of a run once, and only those that are asked for.

A tool is imported where it is built, so that a round of feeds that did not change loads no language tools.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from watcher import __version__
from watcher.config.catalogue import load_catalogue
from watcher.config.settings import Settings
from watcher.model.catalogue import Catalogue
from watcher.model.feed import Feed, Placement
from watcher.model.member import Member
from watcher.model.mention import Annotation, Mention, Name
from watcher.model.report import Problem
from watcher.store.database import Database, open_database

if TYPE_CHECKING:
    from watcher.fetch.fetcher import HttpFetcher
    from watcher.members.recognise import Recogniser
    from watcher.topics.matching import Matcher


class Annotates(Protocol):
    """The seam of annotation: what `pipeline.annotate` asks of an annotator."""

    version: str

    def annotate(self, texts: Sequence[tuple[str, str | None]]) -> tuple[Annotation, ...]:
        """Annotate (text, language prior) pairs, in order."""

    def find_key(self, name: str) -> str:
        """Return the entity key that ``name`` is a spelling of."""

    def explain(self, mention: Mention) -> str:
        """Say in a sentence why a mention has its entity."""


class Runtime:
    """Settings, catalogue, database and lazily built tools of one run."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        database: Database,
        *,
        members: tuple[Member, ...] = (),
        warnings: tuple[Problem, ...] = (),
        annotator: Annotates | None = None,
    ) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.database = database
        self.members = members
        self.warnings = warnings
        self._annotator = annotator

    @cached_property
    def fetcher(self) -> "HttpFetcher":
        """The one HTTP client of this run."""
        from watcher.fetch.fetcher import HttpFetcher, make_user_agent

        return HttpFetcher(self.catalogue.network, make_user_agent(self.catalogue.cluster, __version__))

    @cached_property
    def annotator(self) -> Annotates:
        """The annotator; pipelines are loaded by its first use, not here."""
        if self._annotator:
            return self._annotator
        from watcher.nlp.annotator import Annotator

        return Annotator(names_to_recognise(self.catalogue, self.members))

    @cached_property
    def matcher(self) -> "Matcher":
        """The rules of all topics, with what they have learnt so far."""
        from watcher.store.profiles import list_profiles
        from watcher.topics.matching import Matcher

        with self.database.read() as connection:
            profiles = list_profiles(connection)
        return Matcher(self.catalogue.topics, profiles)

    @cached_property
    def recogniser(self) -> "Recogniser":
        """Finds members in entries."""
        from watcher.members.recognise import Recogniser

        return Recogniser(self.members)

    def entity_key(self, name: str) -> str:
        """Return the key that mentions of ``name`` have."""
        return self.annotator.find_key(name)

    def explain_mention(self, mention: Mention) -> str:
        """Say why a mention has its entity, where the annotator can."""
        return self.annotator.explain(mention)

    def forget_matcher(self) -> None:
        """Compile the rules anew at the next use: topics have learnt."""
        self.__dict__.pop("matcher", None)

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """Feeds by address."""
        return {feed.url: feed for feed in self.catalogue.feeds}

    def placements(self, feed_url: str) -> tuple[Placement, ...]:
        """Return where ``feed_url`` stands; nowhere for a shared or removed feed."""
        feed = self.feeds.get(feed_url)
        return feed.placements if feed else ()

    def with_files(self, catalogue: Catalogue, members: tuple[Member, ...], warnings: tuple[Problem, ...]) -> "Runtime":
        """Return a runtime on the same database for changed files; what depends on them is built anew."""
        if "fetcher" in self.__dict__:
            self.fetcher.close()
        return Runtime(self.settings, catalogue, self.database, members=members, warnings=warnings)

    def close(self) -> None:
        """Close what was built."""
        if "fetcher" in self.__dict__:
            self.fetcher.close()
        self.database.close()


def names_to_recognise(catalogue: Catalogue, members: tuple[Member, ...]) -> tuple[Name, ...]:
    """Return the names of ``watch`` and of the register, to be recognised everywhere."""
    watched = tuple(name for topic in catalogue.topics for name in topic.watch)
    registered = tuple(
        Name(name=member.name, kind="ORG", aliases=(*member.aliases, *member.subsidiaries)) for member in members
    )
    return tuple(dict.fromkeys((*watched, *registered)))


def load_files(settings: Settings) -> tuple[Catalogue, tuple[Member, ...], tuple[Problem, ...]]:
    """Return catalogue, members and warnings of both files people edit. Raise ConfigError."""
    catalogue, warnings = load_catalogue(settings.config)
    register = settings.members
    if not register.exists():
        return catalogue, (), warnings
    from watcher.config.register import load_register

    members, more = load_register(register, catalogue)
    return catalogue, members, (*warnings, *more)


@contextmanager
def open_runtime(settings: Settings) -> Iterator[Runtime]:
    """Open a runtime for one command. Raise ConfigError or StoreError."""
    catalogue, members, warnings = load_files(settings)
    database = open_database(settings.database_path, settings.database_url)
    runtime = Runtime(settings, catalogue, database, members=members, warnings=warnings)
    try:
        yield runtime
    finally:
        runtime.close()
