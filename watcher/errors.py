"""What can go wrong, as a tree that doors translate into one sentence and an exit code.

    WatcherError                  exit 1   the command could not do its work
    ├── ConfigError               exit 2   a file people edit is wrong (all problems at once)
    ├── UsageError                exit 2   an argument names nothing we know
    ├── ModelMissing              exit 1   a language pipeline is not installed; says the command that mends it
    ├── StoreError                exit 1   the database cannot be used
    └── DeliveryError             exit 1   editions could not be written or sent

Expected outcomes (a feed that fails, a page that is no feed) are values, not exceptions.
"""

from watcher.model.report import Problem


class WatcherError(Exception):
    """Root of the tree: str() is a sentence that says what, where and what to do."""


class ConfigError(WatcherError):
    """A file people edit cannot be used; ``problems`` holds every fault found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep all problems; the message is a line for each."""
        self.problems = problems
        super().__init__("\n".join(describe_problem(problem) for problem in problems))


class UsageError(WatcherError):
    """An argument names a topic, feed, week or story that does not exist."""


class ModelMissing(WatcherError):  # noqa: N818 - the plan's word, and it reads as a state
    """The pipeline of a language cannot be loaded."""

    def __init__(self, language: str, command: str) -> None:
        """Name the language and the command that installs its pipeline."""
        self.language, self.command = language, command
        super().__init__(f"The spaCy pipeline for '{language}' is missing or does not fit: run `{command}`.")


class StoreError(WatcherError):
    """The database is locked, full, read-only, corrupt, or newer than this program."""


class DeliveryError(WatcherError):
    """An edition could not be written or sent."""


def describe_problem(problem: Problem) -> str:
    """Return ``file:line:column: path: message (hint)``, leaving out what is not known."""
    where = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part is not None)
    path = f" {problem.path}:" if problem.path else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{where}:{path} {problem.message}{hint}"
