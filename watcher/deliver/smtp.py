"""One mail to one recipient over SMTP, with every way to fail told apart.

What matters is where it failed. Before the closing dot a mail certainly did not arrive, and may be tried again at
leisure; after it, with the reply lost, it may have (RFC 1047): that is a result of its own. One deadline bounds the
whole exchange: a watchdog closes the connection, so that a server that drips or talks without end holds nothing.
"""

import os
import select
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from watcher.errors import DeliveryError
from watcher.model.catalogue import Mail
from watcher.model.delivery import Accepted, MailResult, Rejected, ReplyLost, TryLater

SECONDS = 60.0  # the whole exchange (acceptance row MAI-06)
EARLY = 0.05  # seconds given to a server that hangs up in the middle of the text
MOST_LINES = 100  # of one reply
USER, PASSWORD = "WATCHER_SMTP_USER", "WATCHER_SMTP_PASSWORD"
PASSWORD_FILE = "WATCHER_SMTP_PASSWORD_FILE"  # noqa: S105 - the name of a variable


class BoundedSMTP(smtplib.SMTP):
    """An SMTP client that gives up on a reply of too many lines; ``is_cut`` when its time was over."""

    is_cut = False

    def getreply(self) -> tuple[int, bytes]:
        """Return code and text of one reply; the library's own would read continuation lines for ever."""
        if self.file is None:
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            self.file = self.sock.makefile("rb")
        lines: list[bytes] = []
        for _ in range(MOST_LINES):
            line = self.file.readline(8193)
            if not line or len(line) > 8192:
                break
            lines.append(line[4:].strip(b" \t\r\n"))
            if line[3:4] != b"-":
                return (int(line[:3]) if line[:3].isdigit() else -1), b"\n".join(lines)
        self.close()
        raise smtplib.SMTPServerDisconnected("the reply did not end")


class SmtpSender:
    """Sends mails through one server, a connection for each, so that a recipient's failure is theirs alone."""

    def __init__(self, mail: Mail, *, environment: Mapping[str, str] = os.environ, seconds: float = SECONDS) -> None:
        self._mail = mail
        self._seconds = seconds
        self._login = read_login(environment)

    def send(self, sender: str, address: str, message: bytes, about_to_send: Callable[[], bool]) -> MailResult:
        """Send ``message``; ``about_to_send`` is asked just before the text goes out and may still stop it."""
        try:
            with self._connect() as smtp:
                return self._exchange(smtp, sender, address, message, about_to_send)
        except smtplib.SMTPAuthenticationError as error:
            return TryLater(
                error=f"The server refused the credentials ({error.smtp_code}): check {USER} and {PASSWORD}."
            )
        except smtplib.SMTPNotSupportedError:
            return TryLater(
                error="The server offers no TLS or no login: check mail.security and mail.port.", is_server=True
            )
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return TryLater(error=f"The mail server could not be used ({describe(error)}).", is_server=True)

    @contextmanager
    def _connect(self) -> Iterator[BoundedSMTP]:
        """Open a connection that a watchdog closes when the time is over."""
        smtp = BoundedSMTP(timeout=self._seconds)
        watchdog = threading.Timer(self._seconds, _cut, (smtp,))
        watchdog.daemon = True
        watchdog.start()
        try:
            self._open(smtp)
            yield smtp
        except (smtplib.SMTPException, OSError, ValueError) as error:
            if smtp.is_cut:
                raise TimeoutError from error
            raise
        finally:
            watchdog.cancel()
            smtp.close()

    def _open(self, smtp: BoundedSMTP) -> None:
        context = ssl.create_default_context()
        if self._mail.security == "tls":
            smtp._get_socket = _tls_socket(context)  # type: ignore[attr-defined]  # noqa: SLF001 - as SMTP_SSL does
        code, text = smtp.connect(self._mail.host, self._mail.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        smtp.ehlo_or_helo_if_needed()
        if self._mail.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
        if self._login:
            smtp.login(*self._login)

    def _exchange(
        self, smtp: BoundedSMTP, sender: str, address: str, message: bytes, about_to_send: Callable[[], bool]
    ) -> MailResult:
        for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{address}>", "DATA"):
            code, text = smtp.docmd(command)
            if code not in {250, 251, 354}:
                return judge(code, text)
        if not about_to_send():
            return TryLater(error="Another sender has taken this mail over.")
        try:
            smtp.send(quote(message))
            if is_answered_early(smtp):
                return judge(*smtp.getreply())
        except (smtplib.SMTPException, OSError, ValueError) as error:
            why = "no answer in time" if smtp.is_cut else describe(error)
            return TryLater(error=f"The connection broke while the text was sent ({why}).")
        return self._finish(smtp)

    @staticmethod
    def _finish(smtp: BoundedSMTP) -> MailResult:
        try:
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            why = "no answer in time" if smtp.is_cut else describe(error)
            return ReplyLost(error=f"The server's reply was lost ({why}): the mail may have arrived.")
        if code == 250:
            with suppress(smtplib.SMTPException, OSError):
                smtp.docmd("QUIT")
            return Accepted()
        return judge(code, text)


def judge(code: int, text: bytes) -> MailResult:
    """Return what a reply other than acceptance means (RFC 5321, 4.2.1)."""
    words = " ".join(text.decode("utf-8", "replace").split())[:200]
    words = "".join(char for char in words if char.isprintable())
    if 500 <= code < 600 and code not in {502, 503}:
        return Rejected(error=f"The server refused the mail ({code} {words}).")
    return TryLater(error=f"The server did not take the mail now ({code} {words}).")


def quote(message: bytes) -> bytes:
    """Return a message with CRLF line ends and leading dots doubled, without the closing dot (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n"


def is_answered_early(smtp: smtplib.SMTP) -> bool:
    """Say whether the server spoke or hung up before the closing dot: then the mail was not taken."""
    return bool(smtp.sock and select.select([smtp.sock], [], [], EARLY)[0])


def read_login(environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return user and password from the environment or a file only its owner can read. Raise DeliveryError."""
    user = environment.get(USER)
    password = environment.get(PASSWORD)
    file = environment.get(PASSWORD_FILE)
    if user and file and not password:
        try:
            with open(file, "rb") as stream:  # noqa: PTH123 - fstat of the very file that is read
                if os.fstat(stream.fileno()).st_mode & 0o077:
                    raise DeliveryError(f"{PASSWORD_FILE}: others can read {file}: run `chmod 600` on it.")
                password = stream.read(1000).decode("utf-8").strip()
        except OSError as error:
            raise DeliveryError(f"{PASSWORD_FILE}: {file} cannot be read: {error.strerror}.") from error
    return (user, password) if user and password else None


def describe(error: BaseException) -> str:
    """Return an error in a few words, without anything a server could have put there."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"reply {error.smtp_code}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "it closed the connection"
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _cut(smtp: BoundedSMTP) -> None:
    """Close a connection under whoever waits on it."""
    smtp.is_cut = True
    sock = getattr(smtp, "sock", None)
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _tls_socket(context: ssl.SSLContext) -> Callable[[str, int, float], Any]:
    def connect(host: str, port: int, timeout: float) -> Any:
        return context.wrap_socket(socket.create_connection((host, port), timeout), server_hostname=host)

    return connect
