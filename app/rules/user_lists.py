"""User Administration: the users of a company with their states, searched and filtered (USER-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rules import user_privileges
from app.rules.email_addresses import email_key
from app.rules.privileges import Privilege
from app.rules.refusals import Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.dialect import joined
from db.sql import Row

PAGE_SIZE = 50
# The states of a user, and how each is told: the words, and the kind of sign before them.
STATES = {
    "active": ("active", "good"),
    "new": ("has not logged in yet", "quiet"),
    "begun": ("first steps not done", "warn"),
    "expired": ("temporary password expired", "warn"),
    "locked": ("locked", "warn"),
    "disabled": ("disabled", "bad"),
}
# $1 is now, $2 when failed log-ins begin to count, $3 how many lock.
# Who used a temporary password and left before the first steps were done needs another one.
STATE = """CASE WHEN EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id) THEN 'disabled'
    WHEN (SELECT count(*) FROM login_failures f WHERE f.email_key = u.email_key AND f.at > $2) >= $3 THEN 'locked'
    WHEN u.password_is_temporary AND u.password_hash = '' THEN 'begun'
    WHEN u.password_is_temporary AND u.password_expires_at < $1 THEN 'expired'
    WHEN u.last_login_at IS NULL THEN 'new' ELSE 'active' END"""
PRIVILEGES = f'(SELECT {joined("privilege")} FROM user_privileges WHERE "user" = u.id)'  # noqa: S608 (our own words)
USERS = f"""SELECT u.id, u.name, u.email, u.email_key, u.phone, u.job_title, u.is_administrator, u.last_login_at,
    {PRIVILEGES} AS privileges, {STATE} AS state
FROM users u WHERE u.company = $4 AND u.deleted_at IS NULL"""  # noqa: S608 (our own words)
FOUND = f"""FROM ({USERS}) y WHERE
    ($5 = '' OR lower(y.name) LIKE $5 ESCAPE '\\' OR y.email_key LIKE $6 ESCAPE '\\')
    AND ($7 = '' OR y.state = $7) AND ($8 = '' OR y.is_administrator OR EXISTS (
        SELECT 1 FROM user_privileges p WHERE p."user" = y.id AND p.privilege = $8))"""  # noqa: S608
COUNT = f"SELECT count(*) {FOUND}"
PAGE = f"SELECT y.* {FOUND} ORDER BY lower(y.name), y.id LIMIT $9 OFFSET $10"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty asks for every user. A state of STATES, a privilege by its code."""

    q: str = ""
    state: str = ""
    privilege: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of users by name, each with `state` and `short` (privileges in a word or two), and how many in all."""

    rows: list[Row]
    count: int


def moments() -> tuple[datetime, datetime, int]:
    """What STATE compares with."""
    now = datetime.now(UTC)
    return now, now - timedelta(minutes=settings.login_failure_minutes), settings.login_failures


def boxes(row: Mapping[str, Any]) -> frozenset[Privilege]:
    """The ticked boxes of a row with PRIVILEGES."""
    return user_privileges.some((row["privileges"] or "").split())


def _shown(row: Row) -> Row:
    return {**row, "short": "all" if row["is_administrator"] else user_privileges.short(boxes(row))}


async def listed(asked: Filter, page: int, by: Viewer, company_id: int = 0) -> Found:
    """Pages count from 1. Staff say whose users; an administrator gets the own company's, whatever is said."""
    company = company_id if by.is_staff else by.company_id
    if not company or not (by.is_staff or by.is_administrator):
        raise Missing
    values = (*moments(), company, _pattern(asked.q), _pattern(email_key(asked.q)), asked.state, asked.privilege)
    count = await sql.value(COUNT, *values)
    rows = await sql.rows(PAGE, *values, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return Found([_shown(row) for row in rows], count)


def _pattern(q: str) -> str:
    """What LIKE looks for; "" for any."""
    typed = " ".join(q.split()).lower()[:100]
    for special in ("\\", "%", "_"):
        typed = typed.replace(special, f"\\{special}")
    return f"%{typed}%" if typed else ""
