"""Two annotators in two processes, for a backlog: each loads its own pipelines, so it pays from some hundred texts on.

A worker that dies or hangs costs nothing but time: its texts are read in this process instead.
"""

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from watcher.model.mention import Annotation, Name
from watcher.nlp.annotator import BATCH, Annotator

Texts = Sequence[tuple[str, str | None]]
_CHUNK = 4 * BATCH
_PATIENCE = 300.0  # seconds for a chunk of a few hundred texts, which take about one
_worker: list[Annotator] = []  # one annotator a process, made by the initialiser


class AnnotatorPool:
    """Annotates like ``Annotator``, over ``workers`` processes; close it or use it as a context manager."""

    def __init__(self, names: Iterable[Name] = (), *, workers: int = 2) -> None:
        """Start no process yet: they start with the first texts."""
        own = tuple(names)
        self._here = Annotator(own)
        self.version = self._here.version
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(own,))

    def annotate(self, texts: Texts) -> tuple[Annotation, ...]:
        """Return an annotation for each text, in order; raise ``ModelMissing`` first when a model is absent."""
        for missing in self._here.missing_models():
            raise missing
        chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
        pending = [(chunk, self._submit(chunk)) for chunk in chunks]
        return tuple(annotation for chunk, future in pending for annotation in self._result(chunk, future))

    def _submit(self, chunk: Texts) -> "Future[tuple[Annotation, ...]] | None":
        try:
            return self._pool.submit(_annotate, chunk)
        except BrokenProcessPool:
            return None

    def _result(self, chunk: Texts, future: "Future[tuple[Annotation, ...]] | None") -> tuple[Annotation, ...]:
        try:
            if future is not None:
                return future.result(timeout=_PATIENCE)
        except (BrokenProcessPool, TimeoutError):
            pass  # read here, below
        return self._here.annotate(chunk)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _start(names: tuple[Name, ...]) -> None:
    _worker[:] = [Annotator(names)]


def _annotate(texts: Texts) -> tuple[Annotation, ...]:
    return _worker[0].annotate(texts)
