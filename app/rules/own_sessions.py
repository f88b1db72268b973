"""The sessions of a person: where they are logged in, and the end of any of them (LOGIN-8)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import audit, sessions
from app.rules.devices import device
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DEED = "end sessions"
MOST_ID = 2**31 - 1
LIVING = """SELECT id, user_agent, network_address, started_at, last_seen_at FROM sessions
WHERE "user" = $1 AND last_seen_at > $2 AND started_at > $3 ORDER BY id = $4 DESC, last_seen_at DESC, id DESC"""
END = 'DELETE FROM sessions WHERE id = $1 AND "user" = $2 RETURNING user_agent, network_address'


@dataclass(frozen=True, slots=True)
class Living:
    """A session that has not ended; `is_this` is the one that asks."""

    id: int
    device: str
    network_address: str
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


async def listed(by: Viewer) -> list[Living]:
    """This session first, then the others, the one seen last first; none while staff act as the person."""
    if by.is_acted:
        return []
    now = datetime.now(UTC)
    idle, longest = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    rows = await sql.rows(LIVING, by.id, now - idle, now - longest, by.session_id)
    return [
        Living(
            row["id"],
            device(row["user_agent"]),
            row["network_address"],
            row["started_at"],
            row["last_seen_at"],
            row["id"] == by.session_id,
        )
        for row in rows
    ]


@atomic
async def end(session_id: int, by: Viewer) -> None:
    """End one of the person's own; raises Missing for any other."""
    by.own_hands(DEED)
    ended = await sql.row(END, session_id if 0 < session_id <= MOST_ID else 0, by.id)
    if ended is None:
        raise Missing
    words = f"{device(ended['user_agent'])}, {ended['network_address']}"
    await audit.note("session_ended", by, subject=f"user {by.id}", subject_name=by.name, before=words)


@atomic
async def end_others(by: Viewer) -> None:
    """End all but the one that asks."""
    by.own_hands(DEED)
    await sessions.end_others(by)
    await audit.note("session_ended", by, subject=f"user {by.id}", subject_name=by.name, before="every other session")
