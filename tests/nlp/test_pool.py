"""Two processes read what one reads."""

import os
import signal

from watcher.model.mention import Name
from watcher.nlp.annotator import Annotator
from watcher.nlp.pool import AnnotatorPool

TEXTS = [("Vestas ouvre une usine\nLe groupe danois investit 20 millions d'euros à Cherbourg.", "fr")] * 300


def test_a_pool_reads_what_one_annotator_reads() -> None:
    """Same texts, same annotations, in order; and a killed worker costs no text."""
    names = (Name(name="Zorblax"),)
    with AnnotatorPool(names, workers=1) as pool:
        expected = Annotator(names).annotate(TEXTS)
        assert pool.annotate(TEXTS) == expected
        assert pool.version == expected[0].model
        for process in tuple(pool._pool._processes):  # noqa: SLF001 - the only way to kill a worker as the system might
            os.kill(process, signal.SIGKILL)
        assert pool.annotate(TEXTS) == expected
