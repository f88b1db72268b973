"""Mail: a row written in the transaction of the deed, and what becomes of it (NOTIFY-3)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from app.mail import letters
from app.rules import mail_readers, mail_secrets
from app.rules.privileges import Privilege
from app.rules.sealed import Unreadable
from app.rules.settings import settings
from db import notices_queue, sql
from db.sql import Row

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LOCK = timedelta(minutes=5)  # longer than the sending of one mail can take
EXPIRED = "Its link or password has expired. Whoever needs it asks for a new one."


class NotToSend(Exception):
    """The mail may not go out any more; the words say why."""


def plain(text: str, limit: int) -> str:
    """One line without control characters, which no header and no database chokes on."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:limit]


def message_id(event: str, recipient: str) -> str:
    """The same for the same event and address, however often it is sent."""
    digest = sha256(f"{event}\0{recipient.casefold()}".encode()).hexdigest()[:32]
    domain = sender().rpartition("@")[2].strip(" >")
    return f"<{digest}@{domain or 'localhost'}>"


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits after so many attempts: a minute, doubled each time, at most four hours."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def age(since: datetime, now: datetime) -> str:
    """`5 min`, `3 h`, `12 days`."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def sender() -> str:
    return settings.mail_from or settings.contact_email


def base_url() -> str:
    """Where the links of a mail begin."""
    return settings.base_url or "http://localhost:8000"


async def write(
    kind: str,
    event: str,
    recipient: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    company_id: int | None,
    secrets: Mapping[str, str] | None = None,
    secrets_until: datetime | None = None,
    reader: int | None = None,
    needs: Iterable[Privilege] = (),
    basket: int | None = None,
) -> None:
    """Write a mail from `templates/mail/<template>.txt` and `.html`; call it in the transaction of the deed.

    `event` names what happened ("order 20-RK7Q2 placed"): it mails the same address once, however often it
    is written. The templates get `site` (the settings) and `base_url` besides the context.

    `secrets` are passwords and links by name, until `secrets_until`: templates write them as any other name
    (`{{ password }}`, `{{ link }}`), the row holds them sealed, and nobody reads them at the desk. `reader` is the
    user who must still be able to log in, hold each of `needs`, and be let change `basket` when it is sent (NOTIFY-5).

    The context of `order_confirmation`: `order`, a row of orders (aware UTC `placed_at`); `company` (`name`,
    `account_number`); `placed_by`, a person's name; `lines`, rows of order_lines each with `parts`, rows of
    order_parts (`kind`, `quantity`, `eta`). Optional: `time_zone`, the reader's; `sees_prices`, False where
    no price may go out.
    """
    held = dict(secrets or {})
    assert not held or secrets_until, "secrets end some time"
    given = {**context, **mail_secrets.marks(held), "site": settings, "base_url": base_url()}
    letter = letters.written(template, given)
    await sql.run(
        """INSERT INTO notices
            (kind, event, company, recipient, subject, text, html, message_id, written_at, due_at,
            sealed_secrets, secrets_until, reader, needs, basket)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING""",
        *(kind, event, company_id, recipient, plain(subject, 200), letter.text, letter.html),
        *(message_id(event, recipient), datetime.now(UTC)),
        *(mail_secrets.sealed(held), secrets_until, reader, " ".join(sorted(needs)), basket),
    )


async def claim() -> Row | None:
    """The mail that is due longest, for one worker alone while LOCK lasts; None when nothing is due."""
    now = datetime.now(UTC)
    return await notices_queue.claim(now, now + LOCK)


async def to_send(notice: Row) -> Row:
    """The mail with its secrets filled in; raises NotToSend where they, or the reader's rights, are gone (NOTIFY-5)."""
    if mail_secrets.are_gone(notice, datetime.now(UTC)):
        raise NotToSend(EXPIRED)
    if why := await mail_readers.why_not(notice):
        raise NotToSend(why)
    try:
        return mail_secrets.opened(notice)
    except Unreadable as wrong:
        raise NotToSend(f"{wrong} Whoever needs its link or password asks for a new one.") from wrong


async def sent(notice: Row) -> None:
    """The server has taken it."""
    await notices_queue.sent(notice["id"], datetime.now(UTC))


async def not_taken(notice: Row, why: str, for_good: bool) -> None:
    """The server has not taken it: try again later, or give up, which the desk sees."""
    now = datetime.now(UTC)
    failed_at = now if for_good or notice["attempts"] >= settings.mail_attempts else None
    await notices_queue.not_taken(notice, now + wait_after(notice["attempts"]), failed_at, plain(why, 500))


async def forget_secrets() -> None:
    """Erase passwords and links whose time is over; mail that still waits with one has failed."""
    await notices_queue.forget_secrets(datetime.now(UTC), EXPIRED)
