"""Mail as the desk reads it: what was written, what became of it, and a failed one sent again (NOTIFY-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rules import mail_secrets
from app.rules.marks import is_demo
from app.rules.notices import EXPIRED, age, plain, sender
from app.rules.refusals import Missing, Refused, Stale
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import notices_queue, sql
from db.atomic import atomic
from db.sql import Row

PAGE_SIZE = 50
MOST_ID = 2**31 - 1
NOT_FAILED = "Only a failed mail is sent again."

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
    """A mail with `why_not_again`, its passwords and links masked but in the demo; raises Missing."""
    _staff_only(by)
    found = await notices_queue.one(notice_id) if 0 < notice_id <= MOST_ID else None
    if found is None:
        raise Missing
    gone = mail_secrets.are_gone(found, datetime.now(UTC))
    seen = mail_secrets.opened(found) if is_demo() and not gone else mail_secrets.masked(found)
    shown = _shown({name: value for name, value in seen.items() if name != "sealed_secrets"})
    return {**shown, "why_not_again": NOT_FAILED if shown["state"] != "failed" else EXPIRED if gone else ""}


@atomic
async def send_again(notice_id: int, by: Viewer) -> None:
    """Let a failed mail be sent as if it were new, with its Message-ID; raises Stale for any other, and an expired."""
    found = await find(notice_id, by)
    if found["why_not_again"] or not await notices_queue.again(notice_id, datetime.now(UTC)):
        raise Stale(found["why_not_again"] or NOT_FAILED)


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
