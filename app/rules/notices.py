"""Mail: a row written in the transaction of the deed, and what becomes of it (NOTIFY-3)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from app.mail import letters
from app.rules.refusals import Missing, Refused, Stale
from app.rules.sealed import seal
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import notices_queue, sql
from db.atomic import atomic
from db.sql import Row

PAGE_SIZE = 50
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LOCK = timedelta(minutes=5)  # longer than the sending of one mail can take
MOST_ID = 2**31 - 1

MATCHES = """($1 = '' OR lower(recipient) LIKE $1 ESCAPE '\\')
    AND ($2 = '' OR CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN failed_at IS NOT NULL THEN 'failed'
                         ELSE 'unsent' END = $2)"""
COUNT = f"SELECT count(*) FROM notices WHERE {MATCHES}"  # noqa: S608 (our own words)
PAGE = f"""SELECT id, recipient, subject, written_at, sent_at, failed_at, last_error FROM notices
    WHERE {MATCHES} ORDER BY id DESC LIMIT $3 OFFSET $4"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of mail, newest first, and how many there are in all."""

    rows: list[Row]
    count: int


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


def unsent() -> str:
    """What a mail is that has neither been sent nor failed: without a mail server it is kept for the desk."""
    return "waiting" if settings.smtp_url else "kept"


def states() -> tuple[str, str, str]:
    """The states that mail can be in now."""
    return (unsent(), "sent", "failed")


def state_of(notice: Mapping[str, Any]) -> str:
    if notice["sent_at"]:
        return "sent"
    if notice["failed_at"]:
        return "failed"
    return unsent()


def age(since: datetime, now: datetime) -> str:
    """`5 min`, `3 h`, `12 days`."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def sender() -> str:
    return settings.mail_from or settings.contact_email


async def listed(state: str, q: str, page: int, by: Viewer) -> Found:
    """Mail in one of states() ("" is any) whose recipient holds `q`; pages count from 1."""
    _staff_only(by)
    match = (_pattern(q), "unsent" if state == unsent() else plain(state, 10))
    count = await sql.value(COUNT, *match)
    rows = await sql.rows(PAGE, *match, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return Found([_shown(row) for row in rows], count)


async def late(by: Viewer) -> int:
    """How many mails have been waiting for more than an hour, since the mail server does not take them."""
    _staff_only(by)
    if not settings.smtp_url:
        return 0
    since = datetime.now(UTC) - timedelta(hours=1)
    found: int = await sql.value(
        """SELECT count(*) FROM notices WHERE sent_at IS NULL AND failed_at IS NULL
            AND (due_at < $1 OR (attempts > 0 AND written_at < $1))""",
        since,
    )
    return found


async def find(notice_id: int, by: Viewer) -> Row:
    """Raises Missing."""
    _staff_only(by)
    found = await notices_queue.one(notice_id) if 0 < notice_id <= MOST_ID else None
    if found is None:
        raise Missing
    return _shown(found)


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
) -> None:
    """Write a mail from `templates/mail/<template>.txt` and `.html`; call it in the transaction of the deed.

    `event` names what happened ("order 20-RK7Q2 placed"): it mails the same address once, however often it
    is written. The templates get `site` (the settings) and `base_url` besides the context.

    `secrets` are passwords and links by name, until `secrets_until`: templates write them as any other name
    (`{{ password }}`, `{{ link }}`), the row holds them sealed, and nobody reads them at the desk. `reader` is the
    user whose rights are asked again at sending (NOTIFY-5).

    The context of `order_confirmation`: `order`, a row of orders (aware UTC `placed_at`); `company` (`name`,
    `account_number`); `placed_by`, a person's name; `lines`, rows of order_lines each with `parts`, rows of
    order_parts (`kind`, `quantity`, `eta`). Optional: `time_zone`, the reader's; `sees_prices`, False where
    no price may go out.
    """
    held = dict(secrets or {})
    context = {**context, **{name: f"⟦{name}⟧" for name in held}}
    given = {**context, "site": settings, "base_url": settings.base_url or "http://localhost:8000"}
    letter = letters.written(template, given)
    await sql.run(
        """INSERT INTO notices
            (kind, event, company, recipient, subject, text, html, message_id, written_at, due_at,
            sealed_secrets, secrets_until, reader)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12) ON CONFLICT DO NOTHING""",
        *(kind, event, company_id, recipient, plain(subject, 200), letter.text, letter.html),
        *(message_id(event, recipient), datetime.now(UTC)),
        *(seal("mail", json.dumps(held)) if held else "", secrets_until, reader),
    )


@atomic
async def send_again(notice_id: int, by: Viewer) -> None:
    """Let a failed mail be sent as if it were new, with its Message-ID; raises Stale for any other."""
    await find(notice_id, by)
    if not await notices_queue.again(notice_id, datetime.now(UTC)):
        raise Stale("This mail has not failed, so there is nothing to send again.")


async def claim() -> Row | None:
    """The mail that is due longest, for one worker alone while LOCK lasts; None when nothing is due."""
    now = datetime.now(UTC)
    return await notices_queue.claim(now, now + LOCK)


async def sent(notice: Row) -> None:
    """The server has taken it."""
    await notices_queue.sent(notice["id"], datetime.now(UTC))


async def not_taken(notice: Row, why: str, for_good: bool) -> None:
    """The server has not taken it: try again later, or give up, which the desk sees."""
    now = datetime.now(UTC)
    failed_at = now if for_good or notice["attempts"] >= settings.mail_attempts else None
    await notices_queue.not_taken(notice, now + wait_after(notice["attempts"]), failed_at, plain(why, 500))


def _shown(row: Row) -> Row:
    said = {"state": state_of(row), "age": age(row["written_at"], datetime.now(UTC)), "sender": sender()}
    return {**row, **said}


def _pattern(q: str) -> str:
    """What LIKE looks for; "" for any."""
    typed = plain(q, 254).lower()
    for special in ("\\", "%", "_"):
        typed = typed.replace(special, f"\\{special}")
    return f"%{typed}%" if typed else ""


def _staff_only(by: Viewer) -> None:
    if not by.is_staff:
        raise Refused("Mail is read at the desk, by the distributor's staff.")
