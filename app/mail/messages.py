"""A letter as the message that a mail server takes: headers that nobody can break out of, 7-bit lines."""

from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any


class NoAddress(ValueError):
    """Mail can neither come from this nor go to it."""


def sender(written: str, name: str) -> Address:
    """Of `Name <who@where>`, or of `who@where` with `name`; raises NoAddress."""
    own_name, addr_spec = parseaddr(written)
    return _address(addr_spec, own_name or name)


def composed(notice: Mapping[str, Any], from_: Address) -> EmailMessage:
    """The same notice gives the same headers each time; raises NoAddress for its recipient."""
    message = EmailMessage(policy=SMTP)
    message["From"] = from_
    message["To"] = _address(notice["recipient"])
    message["Subject"] = notice["subject"]
    message["Date"] = notice["written_at"]
    message["Message-ID"] = notice["message_id"]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice["text"], cte="quoted-printable")
    message.add_alternative(notice["html"], subtype="html", cte="quoted-printable")
    return message


def _address(addr_spec: str, name: str = "") -> Address:
    try:
        parsed = Address(addr_spec=addr_spec)
        domain = parsed.domain.encode("idna").decode()  # a domain in any script has a form that every server takes
    except (MessageError, ValueError, IndexError) as wrong:
        raise NoAddress(f"“{addr_spec}” is no address that mail can go to.") from wrong
    return Address(name, parsed.username, domain)
