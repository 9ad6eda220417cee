"""Typed fakes of the seams, in place of patches."""

from collections.abc import Sequence

from watcher.errors import ModelMissing
from watcher.model.mention import Annotation, Mention


class SilentAnnotator:
    """Finds nothing; languages are those given."""

    version = "silent"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def annotate(self, texts: Sequence[tuple[str, str | None]]) -> tuple[Annotation, ...]:
        """Annotate each text with its prior language and no mention, and remember it."""
        self.texts += [text for text, _ in texts]
        return tuple(Annotation(language=prior, model=self.version) for _, prior in texts)

    def find_key(self, name: str) -> str:
        """Return the name in lower case."""
        return name.lower()

    def explain(self, mention: Mention) -> str:
        """Say nothing of use."""
        return mention.text


class MissingAnnotator(SilentAnnotator):
    """Stands for an installation without its pipeline."""

    version = "missing"

    def annotate(self, texts: Sequence[tuple[str, str | None]]) -> tuple[Annotation, ...]:
        """Raise as the real one does when a pipeline cannot be loaded."""
        if texts:
            raise ModelMissing("fr", "make setup")
        return ()
