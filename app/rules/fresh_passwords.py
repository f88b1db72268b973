"""The password once more before what makes up a log-in is changed: a session alone is not enough."""

from datetime import UTC, datetime, timedelta

from app.rules import limits, passwords
from app.rules.refusals import Invalid, Refused
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

LASTS = timedelta(minutes=10)
AGAIN = "More than 10 minutes have passed since you gave your password. Open the page again and give it once more."
WRONG = "That is not your current password."
TOO_MANY = "Too many wrong passwords. Try again in a quarter of an hour."


async def is_given(viewer: Viewer) -> bool:
    """Whether this session gave the password in the last 10 minutes, besides at the log-in."""
    given = await sql.value("SELECT password_given_at FROM sessions WHERE id = $1", viewer.session_id)
    return bool(given and datetime.now(UTC) - given < LASTS)


async def need(viewer: Viewer) -> None:
    """Raises Refused where it has to be given once more."""
    if not await is_given(viewer):
        raise Refused(AGAIN)


async def give(viewer: Viewer, password: str) -> None:
    """Take the password once more; raises Invalid for a wrong one, TooMany after too many. Never in a transaction."""
    if not password:
        raise Invalid({"current_password": "Type your current password."})
    within = timedelta(minutes=settings.login_failure_minutes)
    await limits.count("own password", str(viewer.id), settings.login_failures, TOO_MANY, within)
    stored = await sql.value("SELECT password_hash FROM users WHERE id = $1", viewer.id)
    if not await passwords.match(password, stored or ""):
        raise Invalid({"current_password": WRONG})
    now = datetime.now(UTC)
    await sql.run("UPDATE sessions SET password_given_at = $2 WHERE id = $1", viewer.session_id, now)
    await sql.run("DELETE FROM attempts WHERE what = 'own password' AND key = $1", str(viewer.id))
