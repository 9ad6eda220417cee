"""The nouns of the watch: frozen dataclasses and nothing else.

Every room speaks in these types, so a room can be read, tested or replaced alone.
Standard library only; times are aware UTC datetimes; sequences are tuples.
"""
