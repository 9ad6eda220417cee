"""The form of a mail: one subject, safe headers, short lines, two parts."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.deliver.letter import make_message, make_message_id, read_address
from watcher.errors import DeliveryError
from watcher.model.catalogue import Mail
from watcher.model.delivery import Mailing

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
MAIL = Mail(sender="veille@pole.example", unsubscribe="https://pole.example/unsubscribe")


def parse(mailing: Mailing, mail: Mail = MAIL) -> tuple[bytes, EmailMessage]:
    """Return a mail as sent and as a client reads it."""
    raw = make_message(mailing, mail, "Pôle Exemple", NOW)
    return raw, message_from_bytes(raw, policy=default)


def make_mailing(subject: str = "Sujet", text: str = "Bonjour", html: str = "<p>Bonjour</p>") -> Mailing:
    """Return a mail to a member."""
    return Mailing(address="ana@member.example", message_id="<a@b.example>", subject=subject, text=text, html=html)


@pytest.mark.parametrize(
    "subject",
    [
        "plain\r\nBcc: victim@example.org",
        "=?utf-8?q?a?=\nBcc: victim@example.org",
        "next\u0085line\u2028and\u2029more",
        "é" * 5000,
        "\x00\x1b[31m",
    ],
)
def test_nothing_in_a_title_makes_a_header(subject: str) -> None:
    """Line ends and controls in a subject end as spaces: one Subject, no Bcc."""
    raw, message = parse(make_mailing(subject))
    assert len(message.get_all("Subject", [])) == 1
    assert message["Bcc"] is None
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@given(st.text(max_size=400), st.text(max_size=2000))
def test_a_mail_is_well_formed_whatever_it_says(subject: str, body: str) -> None:
    """Any text gives CRLF lines of bounded length and reads back as two parts."""
    raw, message = parse(make_mailing(subject, body, f"<p>{body}</p>"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_headers_say_who_what_and_how_to_leave() -> None:
    """Sender, recipient, date, fixed Message-ID and both ways to unsubscribe are there; nobody else is named."""
    _, message = parse(make_mailing())
    assert str(message["From"]) == "Pôle Exemple <veille@pole.example>"
    assert str(message["To"]) == "ana@member.example"
    assert message["Message-ID"] == "<a@b.example>"
    assert "mailto:veille@pole.example" in message["List-Unsubscribe"]
    assert "https://pole.example/unsubscribe" in message["List-Unsubscribe"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Cc"] is None


def test_message_ids_are_fixed_by_edition_and_recipient() -> None:
    """The same mail has the same Message-ID each time; another week or address has another."""
    first = make_message_id("veille@pole.example", "2026-W47", "Ana@member.example")
    assert first == make_message_id("veille@pole.example", "2026-W47", "ana@MEMBER.example")
    assert first != make_message_id("veille@pole.example", "2026-W48", "ana@member.example")
    assert first.endswith("@pole.example>")


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b\r\nBcc: c@d", "a b@c.example", "<script>@x.example", "@x.example"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """What is no mail address never reaches a header."""
    with pytest.raises(DeliveryError):
        read_address(address)
