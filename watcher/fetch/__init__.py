"""Fetching: polite, safe and bounded; the only room with ``async def`` and the only one that speaks HTTP.

``fetcher.HttpFetcher`` turns requests into results, ``politeness`` decides when to ask again, ``agent`` says who asks.
Importing this package imports no HTTP client.
"""
