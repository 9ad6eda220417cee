"""What can go wrong in one exchange, as exceptions that stay inside this room.

``str()`` is the sentence that ``watcher feeds`` shows: the cause, then the remedy.
"""


class ExchangeError(Exception):
    """No usable answer: the exchange began and did not end well."""


class UnconnectedError(ExchangeError):
    """Nothing there takes a connection of this kind; a bad certificate is no such thing."""


class ForbiddenError(Exception):
    """We do not ask: the address, port or scheme is not open to us."""
