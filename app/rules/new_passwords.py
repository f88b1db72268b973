"""Setting a password, by whichever way it comes: what was before, and what ends with it."""

from datetime import UTC, datetime

from app.rules import mailed_links, notices
from app.rules.refusals import Stale
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

SETTING = ("reset", "staff")  # links that set a password
OVERTAKEN = "Your password was changed in the meantime, by somebody else or in another window. Log in again."
KEEP_PAST = """INSERT INTO past_passwords ("user", password_hash, set_at)
SELECT id, password_hash, $2 FROM users WHERE id = $1 AND password_hash <> '' AND NOT password_is_temporary"""
REMEMBER = 'INSERT INTO past_passwords ("user", password_hash, set_at) VALUES ($1, $2, $3)'
FORGET_OLDEST = """DELETE FROM past_passwords WHERE "user" = $1 AND id NOT IN (
    SELECT id FROM past_passwords WHERE "user" = $1 ORDER BY set_at DESC, id DESC LIMIT $2)"""
SET = """UPDATE users SET password_hash = $3, password_changed_at = $4, password_is_temporary = FALSE,
    password_expires_at = NULL
WHERE id = $1 AND deleted_at IS NULL AND password_hash = $2 RETURNING id"""
WHO = """SELECT u.name, u.email, u.company, u.time_zone, c.name AS company_name, c.account_number,
    c.time_zone AS company_time_zone
FROM users u LEFT JOIN companies c ON c.id = u.company WHERE u.id = $1"""
LIFT_LOCK = "DELETE FROM login_failures WHERE email_key = (SELECT email_key FROM users WHERE id = $1)"


async def current(user_id: int) -> str:
    """The hash that counts now; a temporary one that was used is empty."""
    return str(await sql.value("SELECT password_hash FROM users WHERE id = $1", user_id) or "")


async def set_aside(user_id: int) -> None:
    """Keep the password of now among the last ones, and end the links that could set one.

    Call it in the transaction that sets another.
    """
    await sql.run(KEEP_PAST, user_id, datetime.now(UTC))
    await _forget_oldest(user_id)
    for purpose in SETTING:
        await mailed_links.end(purpose, user_id)


async def remember(user_id: int, hashed: str) -> None:
    """Keep a mailed password among the last ones at once: its hash is gone once it has been used."""
    await sql.run(REMEMBER, user_id, hashed, datetime.now(UTC))
    await _forget_oldest(user_id)


async def _forget_oldest(user_id: int) -> None:
    await sql.run(FORGET_OLDEST, user_id, settings.past_passwords)


async def keep(user_id: int, before: str, hashed: str) -> None:
    """Make it the password, unless it is no longer `before`: raises Stale. Call it in the deed's transaction.

    Making a hash takes a while, and somebody may have been disabled or sent a temporary password in it.
    """
    await set_aside(user_id)
    if await sql.value(SET, user_id, before, hashed, datetime.now(UTC)) is None:
        raise Stale(OVERTAKEN)


async def lift_lock(user_id: int) -> None:
    """Forget the failed log-ins with the person's address."""
    await sql.run(LIFT_LOCK, user_id)


async def still_here(by: Viewer) -> None:
    """Raise Stale where the session has ended while something slow went on; call it in the deed's transaction."""
    if not await sql.value('SELECT id FROM sessions WHERE id = $1 AND "user" = $2', by.session_id, by.id):
        raise Stale(OVERTAKEN)


async def tell(user_id: int, what: str, by: Viewer, by_link: bool = False) -> None:
    """Mail the person that it ("password", "challenge question") was changed; call it in the deed's transaction."""
    who, now = await sql.row(WHO, user_id), datetime.now(UTC)
    assert who is not None
    context = {
        "name": who["name"],
        "what": what,
        "by_link": by_link,
        "at": now,
        "time_zone": who["time_zone"] or who["company_time_zone"] or settings.time_zone,
        "network_address": by.network_address,
        "account_number": who["account_number"],
        "company_name": who["company_name"],
    }
    event = f"{what} of user {user_id} changed at {now.isoformat()}"
    subject = f"Your {what} at {settings.distributor} was changed"
    await notices.write("password_changed", event, who["email"], subject, "password_changed", context, who["company"])
