"""The store: everything that must outlive a run, in one SQLite file.

Functions take a Connection from ``Database.read()`` or ``Database.write()`` and speak the nouns of
``watcher.model``, one file a noun. Only this room imports SQLAlchemy.
"""
