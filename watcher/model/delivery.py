"""Mails on their way, and what became of each, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A mail ready to be sent; ``message_id`` is fixed by edition and recipient."""

    address: str
    message_id: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The server took the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLater:
    """The mail was not taken this time; it certainly did not arrive.

    ``is_server``: the server itself could not be used, so that the next mail would fare no better.
    """

    error: str
    is_server: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The server refused this mail for good."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLost:
    """The text was handed over and the reply never came: it may have arrived (RFC 1047)."""

    error: str


MailResult = Accepted | TryLater | Rejected | ReplyLost
