"""Temporary passwords: mailed, good for one log-in within their hours, and to be changed then (LOGIN-2)."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.rules import audit, new_passwords, notices, passwords, sessions
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

LENGTH = 16
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"  # none that look alike
SUBJECTS = {
    "new": "Your log-in at {}",
    "reset": "Your new temporary password at {}",
    "approved": "Welcome to {}: your log-in",
}
GIVE = """UPDATE users SET password_hash = $2, password_is_temporary = TRUE, password_expires_at = $3,
    password_changed_at = $4 WHERE id = $1"""
CLEAR_CHALLENGE = "UPDATE users SET challenge_question = '', challenge_answer_hash = '' WHERE id = $1"
WHO = """SELECT u.id, u.name, u.email, u.company, u.time_zone, c.name AS company_name, c.account_number,
    c.time_zone AS company_time_zone
FROM users u LEFT JOIN companies c ON c.id = u.company WHERE u.id = $1 AND u.deleted_at IS NULL"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A password that nobody has yet, and its hash."""

    text: str = field(repr=False)
    hashed: str = field(repr=False)


async def prepare() -> Prepared:
    """Takes a quarter of a second: outside any transaction. Raises Overloaded."""
    text = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return Prepared(text, await passwords.make(text))


@atomic
async def give(user_id: int, prepared: Prepared, why: str, by: Viewer) -> None:
    """Make it the person's password and mail it; call it in the deed's transaction, by who may do so.

    `why` is "new", "reset" (which clears the challenge question, and never a second step) or "approved" (a company
    that was just made). Ends the person's sessions, links and lock. Raises Missing.
    """
    who = await sql.row(WHO, user_id)
    if who is None:
        raise Missing
    now = datetime.now(UTC)
    until = now + timedelta(hours=settings.temporary_password_hours)
    await new_passwords.set_aside(user_id)
    await sql.run(GIVE, user_id, prepared.hashed, until, now)
    await new_passwords.remember(user_id, prepared.hashed)
    if why == "reset":
        await sql.run(CLEAR_CHALLENGE, user_id)
    await sessions.end_all(user_id)
    await new_passwords.lift_lock(user_id)
    await _mail(who, prepared.text, why, now, until)
    await audit.note("password_sent", by, who["company"], f"user {user_id}", who["name"], after=why)


async def _mail(who: Row, password: str, why: str, now: datetime, until: datetime) -> None:
    context = {
        "name": who["name"],
        "email": who["email"],
        "why": why,
        "until": until,
        "hours": settings.temporary_password_hours,
        "time_zone": who["time_zone"] or who["company_time_zone"] or settings.time_zone,
        "account_number": who["account_number"],
        "company_name": who["company_name"],
        "asks_challenge": settings.challenge == "question",
    }
    await notices.write(
        "temporary_password",
        f"password of user {who['id']} at {now.isoformat()}",
        who["email"],
        SUBJECTS[why].format(settings.distributor),
        "temporary_password",
        context,
        who["company"],
        secrets={"password": password},
        secrets_until=until,
    )
