"""SMTP: where an exchange failed decides what is known of the mail."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from watcher.deliver.smtp import PASSWORD, PASSWORD_FILE, USER, SmtpSender, quote, read_login
from watcher.errors import DeliveryError
from watcher.model.catalogue import Mail
from watcher.model.delivery import Accepted, MailResult, Rejected, ReplyLost, TryLater

Script = dict[str, bytes | None]  # what the server answers to a command; None: hang up
GREETING, TEXT = "(greeting)", "(text)"


class Server:
    """A scripted SMTP server for one connection on loopback."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.received = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(5)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as lines:
            connection.settimeout(5)
            self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: "Iterator[bytes]") -> None:
        if not self._answer(connection, GREETING, b"220 here\r\n"):
            return
        for line in lines:
            command = line.split(b" ")[0].strip().upper().decode()
            default = b"354 go\r\n" if command == "DATA" else b"250 ok\r\n"
            if not self._answer(connection, command, default):
                return
            if command == "DATA" and self.script.get("DATA", b"354").startswith(b"354"):  # type: ignore[union-attr]
                for part in lines:
                    if part == b".\r\n":
                        break
                    self.received += part
                if not self._answer(connection, TEXT, b"250 queued\r\n"):
                    return

    def _answer(self, connection: socket.socket, command: str, default: bytes) -> bool:
        answer = self.script.get(command, default)
        if answer is None:
            return False
        connection.sendall(answer)
        return True

    def close(self) -> None:
        """Stop listening and wait for the connection to end."""
        self._listener.close()
        self._thread.join(5)


@contextmanager
def serve(script: Script) -> Iterator[Server]:
    """Run a scripted server inside the block."""
    server = Server(script)
    try:
        yield server
    finally:
        server.close()


def send(server: Server, message: bytes = b"Subject: x\r\n\r\n.dot\r\nend", seconds: float = 3.0) -> MailResult:
    """Send one mail to a scripted server."""
    mail = Mail(sender="a@b.example", host="127.0.0.1", port=server.port, security="none")
    return SmtpSender(mail, environment={}, seconds=seconds).send("a@b.example", "c@d.example", message, lambda: True)


def test_a_taken_mail_is_accepted_with_dots_doubled() -> None:
    """The text arrives whole, lines ended by CRLF, leading dots doubled."""
    with serve({}) as server:
        assert isinstance(send(server), Accepted)
    assert server.received == b"Subject: x\r\n\r\n..dot\r\nend\r\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ({GREETING: None}, TryLater),
        ({GREETING: b"554 go away\r\n"}, TryLater),
        ({"EHLO": None}, TryLater),
        ({"EHLO": b"250-x\r\n" * 200}, TryLater),
        ({"MAIL": None}, TryLater),
        ({"RCPT": b"451 4.7.1 try later\r\n"}, TryLater),
        ({"RCPT": b"550 5.1.1 no such user\r\n"}, Rejected),
        ({"RCPT": None}, TryLater),
        ({"RCPT": b"\x00\xff banana\r\n"}, TryLater),
        ({"DATA": b"554 no\r\n"}, Rejected),
        ({TEXT: b"451 4.3.0 disk full\r\n"}, TryLater),
        ({TEXT: b"552 5.3.4 too big\r\n"}, Rejected),
        ({TEXT: None}, ReplyLost),
    ],
)
def test_where_it_fails_decides_what_is_known(script: Script, expected: type[MailResult]) -> None:
    """Before the closing dot a mail did not arrive; after it, a lost reply leaves it in doubt; 5xx is for good."""
    with serve(script) as server:
        result = send(server)
    assert isinstance(result, expected)
    assert not isinstance(result, Accepted)
    assert result.error.endswith(".")


def test_a_server_that_says_nothing_is_left_in_time() -> None:
    """Silence ends with the deadline of the whole exchange."""
    with serve({"RCPT": b""}) as server:
        assert isinstance(send(server, seconds=0.5), TryLater)


def test_a_claim_that_was_lost_sends_nothing() -> None:
    """When another sender has taken the mail over, the text is not sent."""
    with serve({}) as server:
        mail = Mail(sender="a@b.example", host="127.0.0.1", port=server.port, security="none")
        result = SmtpSender(mail, environment={}, seconds=3).send("a@b.example", "c@d.example", b"x", lambda: False)
    assert isinstance(result, TryLater)
    assert server.received == b""


def test_no_server_is_a_sentence() -> None:
    """A port where nobody listens is told in words."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    mail = Mail(sender="a@b.example", host="127.0.0.1", port=port, security="none")
    result = SmtpSender(mail, environment={}, seconds=3).send("a@b.example", "c@d.example", b"x", lambda: True)
    assert isinstance(result, TryLater)
    assert "could not be used" in result.error


def test_credentials_come_from_the_environment_or_a_private_file(tmp_path: Path) -> None:
    """A password file that others can read is refused; the password itself is never in the error."""
    file = tmp_path / "password"
    file.write_text("s3cret\n")
    file.chmod(0o644)
    assert read_login({}) is None
    assert read_login({USER: "u", PASSWORD: "p"}) == ("u", "p")
    with pytest.raises(DeliveryError) as refused:
        read_login({USER: "u", PASSWORD_FILE: str(file)})
    assert "s3cret" not in str(refused.value)
    file.chmod(0o600)
    assert read_login({USER: "u", PASSWORD_FILE: str(file)}) == ("u", "s3cret")


def test_bare_line_ends_become_crlf() -> None:
    """Whatever line ends a message has, the wire sees CRLF."""
    assert quote(b"a\nb\rc\r\n") == b"a\r\nb\r\nc\r\n"
