"""Feed documents in, model out: bytes become ``ParsedFeed`` or ``Unreadable``, never an exception.

Pure apart from ``pool``: no network, no file, no clock (``now`` is an argument). Whatever leaves this room is plain
text, absolute http(s) links and UTC dates; no HTML gets out, so nothing downstream has to be sanitised.

``document`` is the way in; ``pool`` runs it in children that can be killed; ``discover`` reads web pages for feeds.
Importing this package imports neither feedparser nor lxml.
"""
