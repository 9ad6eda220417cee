"""The form of a mail: two parts that say the same, headers that nothing from a feed can break.

Headers are built from one-line text only (CVE-2024-6923 and CVE-2026-1299 are about those that were not); bodies are
encoded, so that no line is long and no dot or bare LF is left for the wire.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from watcher.errors import DeliveryError
from watcher.model.catalogue import Mail
from watcher.model.delivery import Mailing

LONGEST_SUBJECT = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[^@\s<>,;:\"\x00-\x1f\x7f]{1,64}@[A-Za-z0-9.-]{1,253}")
_POLICY = SMTP.clone(max_line_length=78, cte_type="7bit")


def make_message_id(instance: str, edition: str, address: str) -> str:
    """Return the Message-ID of an edition to a recipient: the same however often it is sent."""
    digest = sha256(f"{instance}\n{edition}\n{address.casefold()}".encode()).hexdigest()
    return f"<{digest[:32]}@{_domain(instance)}>"


def _domain(instance: str) -> str:
    domain = instance.rpartition("@")[2].lower()
    return domain if re.fullmatch(r"[a-z0-9.-]{1,253}", domain) else "watcher.invalid"


def make_message(mailing: Mailing, mail: Mail, cluster: str, now: datetime) -> bytes:
    """Return the mail as it goes over the wire. Raise DeliveryError for an address that is none."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = one_line(mailing.subject)[:LONGEST_SUBJECT]
    message["From"] = read_address(mail.sender or "", cluster)
    message["To"] = read_address(mailing.address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mailing.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in unsubscribe_headers(mail):
        message[name] = value
    message.set_content(mailing.text, cte="quoted-printable")
    message.add_alternative(mailing.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def unsubscribe_headers(mail: Mail) -> tuple[tuple[str, str], ...]:
    """Return List-Unsubscribe by mail and, where a one-click URL is configured, by POST (RFC 2369, RFC 8058)."""
    by_mail = f"<mailto:{parseaddr(mail.sender or '')[1]}?subject=unsubscribe>"
    if not mail.unsubscribe:
        return (("List-Unsubscribe", by_mail),)
    return (
        ("List-Unsubscribe", f"{by_mail}, <{one_line(mail.unsubscribe)}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def read_address(address: str, name: str = "") -> Address:
    """Return a mail address for a header. Raise DeliveryError when it is none."""
    given, plain = parseaddr(address)
    if not _ADDRESS.fullmatch(plain) or _CONTROL.search(address):
        raise DeliveryError("A mail address is none: write it as name@example.org in members.yaml or mail.sender.")
    user, _, domain = plain.rpartition("@")
    return Address(display_name=one_line(given or name), username=user, domain=domain)


def one_line(text: str) -> str:
    """Return ``text`` without line ends, controls or marks of direction."""
    return " ".join(_CONTROL.sub(" ", text).split())
