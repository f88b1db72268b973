"""Cases of who cannot log in: what they wrote, unverified, until the desk has helped (LOGIN-7)."""

from datetime import UTC, datetime

from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

LIMITS = {"account_number": 20, "name": 100, "email": 254, "text": 4_000}


@atomic
async def open_login_case(account_number: str, name: str, email: str, text: str, by: Viewer) -> int:
    """The number of a new case; nothing of it is believed, and whether the account exists is not looked up.

    `by` is whoever sent the form, a visitor as a rule; the caller has checked the lengths against LIMITS.
    """
    made: int = await sql.value(
        """INSERT INTO cases (kind, account_number, name, email, text, network_address, opened_at)
        VALUES ('login', $1, $2, $3, $4, $5, $6) RETURNING id""",
        *(account_number, name, email, text, by.network_address[:45], datetime.now(UTC)),
    )
    return made
