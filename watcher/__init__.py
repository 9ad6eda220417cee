"""watcher: technology watch for business clusters, feeds in and weekly digests out."""

__version__ = "0.1.0"
