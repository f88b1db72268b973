"""The queue of mail: each one is claimed by one worker at a time, on both databases."""

from datetime import datetime

from db import sql
from db.dialect import SKIP_LOCKED
from db.sql import Row

COLUMNS = """id, kind, event, company, recipient, subject, text, html, message_id,
    written_at, due_at, attempts, sent_at, failed_at, last_error, sealed_secrets, secrets_until,
    reader, needs, basket"""
ONE = f"SELECT {COLUMNS} FROM notices WHERE id = $1"  # noqa: S608 (our own words)
CLAIM = f"""UPDATE notices SET locked_until = $2, attempts = attempts + 1 WHERE id = (
    SELECT id FROM notices WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= $1
        AND (locked_until IS NULL OR locked_until < $1)
    ORDER BY due_at, id LIMIT 1{SKIP_LOCKED}) RETURNING id"""  # noqa: S608 (our own words)


async def one(notice_id: int) -> Row | None:
    return await sql.row(ONE, notice_id)


async def claim(now: datetime, until: datetime) -> Row | None:
    """The mail that is due longest, for one worker alone `until` then; None when nothing is due."""
    claimed = await sql.value(CLAIM, now, until)
    return await one(claimed) if claimed is not None else None


async def sent(notice_id: int, now: datetime) -> None:
    """The server has taken it: a fact, whoever else has tried meanwhile. Its secrets are erased."""
    await sql.run(
        """UPDATE notices SET sent_at = $2, failed_at = NULL, locked_until = NULL, last_error = '', sealed_secrets = ''
        WHERE id = $1 AND sent_at IS NULL""",
        *(notice_id, now),
    )


async def not_taken(claimed: Row, due_at: datetime, failed_at: datetime | None, why: str) -> None:
    """Due again, or failed; the number of attempts tells whether the mail is still this worker's."""
    await sql.run(
        """UPDATE notices SET due_at = $3, failed_at = $4, last_error = $5, locked_until = NULL
        WHERE id = $1 AND attempts = $2 AND sent_at IS NULL""",
        *(claimed["id"], claimed["attempts"], due_at, failed_at, why),
    )


async def again(notice_id: int, now: datetime) -> bool:
    """A failed mail is due as if it were new; False for one that has not failed."""
    due = await sql.value(
        """UPDATE notices SET failed_at = NULL, attempts = 0, due_at = $2, locked_until = NULL
        WHERE id = $1 AND failed_at IS NOT NULL RETURNING id""",
        *(notice_id, now),
    )
    return due is not None


async def forget_secrets(now: datetime, why: str) -> None:
    """Erase the secrets whose time is over; mail that still waits with one has failed."""
    over = "sealed_secrets <> '' AND secrets_until <= $1"
    await sql.run(
        f"""UPDATE notices SET failed_at = $1, last_error = $2, locked_until = NULL
        WHERE {over} AND sent_at IS NULL AND failed_at IS NULL""",  # noqa: S608 (our own words)
        *(now, why),
    )
    await sql.run(f"UPDATE notices SET sealed_secrets = '' WHERE {over}", now)  # noqa: S608 (our own words)
