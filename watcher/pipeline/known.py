"""What people name must be in ``feeds.yaml``; the sentence when it is not."""

from collections.abc import Collection

from watcher.errors import UsageError


def require_known(noun: str, name: str, known: Collection[str]) -> None:
    """Raise UsageError when ``name``, a topic or a language as ``noun`` says, is not among ``known``."""
    if name not in known:
        raise UsageError(f"There is no {noun} '{name}' in feeds.yaml; it has: {', '.join(sorted(known))}.")
