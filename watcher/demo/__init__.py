"""The sample weeks of ``watcher demo``: fictitious publishers, served by a real HTTP server on loopback.

Everything here was written for this project and says so in each feed's description. The articles
are plain text files in ``data/``, one a week; the rest of the room turns them into feed documents.
"""
