"""Topics: what a watch looks for, and why an entry is on one."""

from dataclasses import dataclass

from watcher.model.mention import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Terms (words and phrases, ``*`` at the end allowed) that an entry must or must not hold."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of ``feeds.yaml``; ``names`` maps a language to the printed name."""

    key: str
    names: tuple[tuple[str, str], ...] = ()
    match: Match = Match()
    watch: tuple[Name, ...] = ()

    def name(self, language: str) -> str:
        """Return the printed name in ``language``, else any, else the key in words."""
        names = dict(self.names)
        return names.get(language) or next(iter(names.values()), None) or self.key.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """An entry is on a topic: ``score`` in 0..1 and the reasons in words (``title: floating wind``)."""

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicProfile:
    """What a topic has learnt from its trusted feeds and from the officer: log-odds by stem."""

    topic: str
    weights: tuple[tuple[str, float], ...] = ()
    documents: int = 0
