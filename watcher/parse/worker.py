"""The child of ``pool``: parses one job after the other, within limits that the kernel enforces.

Started as ``python -m watcher.parse.worker FD CPU_SECONDS``. It holds no secret (its environment is empty), opens
nothing, and ends when its parent does. A document that costs too much processor time ends the process by SIGXCPU,
which the parent reads off its exit code; one that costs too much memory is answered here. The first thing it is
sent is a function to call with each ParsedFeed; what that returns is the answer. It says STARTED once it has it.
"""

import gc
import math
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from watcher.model.entry import ParsedFeed, Unreadable
from watcher.parse.document import parse_document
from watcher.parse.job import MEMORY_BYTES, STARTED, ParseJob


def main(descriptor: int, cpu_seconds: int) -> None:
    """Answer jobs from the socket ``descriptor`` until it is closed, each within ``cpu_seconds``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    gc.freeze()  # what was imported stays, and documents make no garbage in cycles: a tenth of the time is saved
    gc.set_threshold(50_000)
    with Connection(descriptor) as parent:
        try:
            finish = parent.recv()
            parent.send_bytes(STARTED)
            while True:
                job = parent.recv()
                _limit_cpu(cpu_seconds)
                parent.send(_answer(job, finish))
        except (EOFError, OSError):
            return


def _answer(job: ParseJob, finish: Callable[[ParsedFeed], object]) -> object:
    try:
        parsed = parse_document(job.body, job.content_type, job.url, job.now)
        return finish(parsed) if isinstance(parsed, ParsedFeed) else parsed
    except MemoryError:
        size = MEMORY_BYTES // 1_000_000
        return Unreadable(error=f"Parsing the document takes over {size} MB of memory: its publisher must mend it.")
    except RecursionError:
        return Unreadable(error="The document is nested too deeply to be parsed: its publisher must mend it.")
    except Exception as error:  # noqa: BLE001 - whatever a hostile document provokes is that feed's error
        return Unreadable(error=f"The document cannot be parsed ({type(error).__name__}): please report its address.")


def _limit_cpu(seconds: int) -> None:
    """Allow the next document its seconds on top of what this process has used."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
