"""The password once more before what makes up a log-in is changed: a session alone is not enough."""

from datetime import UTC, datetime, timedelta

from app.rules import log_ins
from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql

LASTS = timedelta(minutes=10)
AGAIN = "More than 10 minutes have passed since you gave your password. Open the page again and give it once more."


async def is_given(viewer: Viewer) -> bool:
    """Whether this session gave the password in the last 10 minutes, besides at the log-in."""
    given = await sql.value("SELECT password_given_at FROM sessions WHERE id = $1", viewer.session_id)
    return bool(given and datetime.now(UTC) - given < LASTS)


async def need(viewer: Viewer) -> None:
    """Raises Refused where it has to be given once more."""
    if not await is_given(viewer):
        raise Refused(AGAIN)


async def give(viewer: Viewer, password: str) -> None:
    """Take the password once more; raises Invalid for a wrong one, which counts as a failed log-in does.

    Never in a transaction.
    """
    await log_ins.own_password(password, viewer)
    await mark(viewer)


async def mark(viewer: Viewer) -> None:
    """Count the password as given by this session now: typed once more, or just set."""
    now = datetime.now(UTC)
    await sql.run("UPDATE sessions SET password_given_at = $2 WHERE id = $1", viewer.session_id, now)
