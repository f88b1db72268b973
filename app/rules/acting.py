"""Acting for a customer: staff see the portal as a user of a company, for an hour and under both names (DESK-6)."""

import secrets
from datetime import UTC, datetime, timedelta

from app.rules import audit, sessions
from app.rules.privileges import Role
from app.rules.refusals import Missing, Refused
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

ROLES = (Role.SALES,)  # as sessions.FIND asks at each request
DEED = "see the portal as a customer"
MOST_ID = 2**31 - 1
TARGET = """SELECT u.id, u.name, u.company,
    EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id) AS is_disabled,
    EXISTS (SELECT 1 FROM company_suspensions y WHERE y.company = u.company) AS is_suspended
FROM users u WHERE u.id = $1 AND u.company = $2 AND u.deleted_at IS NULL"""
BEGIN = """UPDATE sessions SET token_hash = $3, acting_as = $4, acting_until = $5
    WHERE id = $1 AND "user" = $2 RETURNING id"""
END = 'UPDATE sessions SET token_hash = $3, acting_as = NULL, acting_until = NULL WHERE id = $1 AND "user" = $2'


def why_not_by(by: Viewer) -> str:
    """The sentence for staff who may act for nobody; empty for who may."""
    if by.has_role(*ROLES):
        return ""
    return f"You cannot {DEED}: that is for the role sales. An administrator of the desk can give it."


def why_not(target: Row) -> str:
    """Why nobody can act as this user now; empty where it can be done."""
    if target["is_suspended"]:
        return "The company is suspended: nobody can see the portal as one of its users."
    return f"{target['name']} is disabled: nobody can see the portal as them." if target["is_disabled"] else ""


async def why_not_as(company_id: int, user_id: int, by: Viewer) -> str:
    """Why this member of staff cannot act as the user; raises Missing where the company has none of that number."""
    return why_not_by(by) or why_not(await _target(company_id, user_id))


async def _target(company_id: int, user_id: int) -> Row:
    known = all(0 < number <= MOST_ID for number in (company_id, user_id))
    found = await sql.row(TARGET, user_id, company_id) if known else None
    if found is None:
        raise Missing
    return found


@atomic
async def begin(company_id: int, user_id: int, by: Viewer) -> str:
    """The new token of the session, which is the customer's until it ends; raises Missing, Refused."""
    if reason := why_not_by(by):
        raise Refused(reason)
    target = await _target(company_id, user_id)
    if reason := why_not(target):
        raise Refused(reason)
    token = secrets.token_urlsafe(32)
    until = datetime.now(UTC) + timedelta(minutes=settings.acting_minutes)
    if not await sql.value(BEGIN, by.session_id, by.id, sessions.digest(token), target["id"], until):
        raise Refused("Your session has ended. Log in again.")
    told = f"for {settings.acting_minutes} minutes"
    await audit.note("acting_begun", by, target["company"], f"user {target['id']}", target["name"], after=told)
    return token


@atomic
async def end(by: Viewer) -> str:
    """The new token of the session, which is the staff's own again; raises Missing for who acts for nobody."""
    if not by.is_acted:
        raise Missing
    token = secrets.token_urlsafe(32)
    await sql.run(END, by.session_id, by.staff_id, sessions.digest(token))
    await audit.note("acting_ended", by, subject=f"user {by.id}", subject_name=by.name)
    return token


async def end_of(staff_id: int) -> None:
    """Let a member of staff who lost the role act no longer; call it in the deed's transaction."""
    await sql.run('UPDATE sessions SET acting_as = NULL, acting_until = NULL WHERE "user" = $1', staff_id)
