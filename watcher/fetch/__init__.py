"""Fetching: polite, safe and bounded; the only room with ``async def`` and the only one that speaks HTTP.

``HttpFetcher`` turns requests into results, ``politeness`` decides when to ask again.
"""

from watcher.fetch.agent import contact_warning, make_user_agent
from watcher.fetch.fetcher import HttpFetcher

__all__ = ["HttpFetcher", "contact_warning", "make_user_agent"]
