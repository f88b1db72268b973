"""Who administers a company: the desk appoints and removes, and a company always has one (USER-6)."""

from app.rules import audit
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.user_finders import User, held
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold

OTHERS = """SELECT count(*) FROM users u WHERE u.company = $1 AND u.id <> $2 AND u.is_administrator
    AND u.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id)"""


@atomic
async def appoint(user_id: int, by: Viewer) -> None:
    """Make a user a website administrator: the desk alone does (USER-6). Raises Missing, Refused or Invalid."""
    user = await _held_at_the_desk(user_id, by)
    if user.state == "disabled":
        raise Invalid(f"{user.name} is disabled. Enable {user.name} first.")
    if not user.is_administrator:
        await sql.run("UPDATE users SET is_administrator = TRUE WHERE id = $1", user.id)
        await audit.note("administrator_appointed", by, user.company_id, f"user {user.id}", user.name)


@atomic
async def demote(user_id: int, by: Viewer) -> None:
    """Make a website administrator a plain user with the boxes ticked before; raises Refused for the last one."""
    user = await _held_at_the_desk(user_id, by)
    if user.is_administrator:
        await require_another(user)
        await sql.run("UPDATE users SET is_administrator = FALSE WHERE id = $1", user.id)
        await audit.note("administrator_removed", by, user.company_id, f"user {user.id}", user.name)


async def _held_at_the_desk(user_id: int, by: Viewer) -> User:
    if not by.has_role(Role.SALES):
        raise Refused("Only sales staff of the distributor appoint and remove website administrators.")
    user = await held(by, user_id)
    if not user.company_id:
        raise Missing
    return user


async def why_alone(user: User) -> str:
    """Why a company cannot lose this administrator; empty where another can log in, or the user is none."""
    if not (user.company_id and user.is_administrator) or await sql.value(OTHERS, user.company_id, user.id):
        return ""
    return f"{user.name} is the only website administrator, and a company always has one. Appoint another."


async def require_another(user: User) -> None:
    """Raises Refused where a company would be left without an administrator who can log in; exact at one moment."""
    await hold(f"administrators {user.company_id}")
    if reason := await why_alone(user):
        raise Refused(reason)
