"""The link with which staff set a password: mailed by an administrator, or printed by the command line (DESK-7)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from app.rules import audit, mailed_links, new_passwords, notices, password_policy, passwords, sessions, staff
from app.rules.mailed_links import Link, LinkGone
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Refused
from app.rules.settings import settings
from app.rules.staff import Staff
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

PURPOSE = "staff"
SUBJECT = "Your log-in at the desk of {}"
DIFFERS = "This is not the same as above. Type the new password twice."
WHO = """SELECT id, name, email FROM users u WHERE id = $1 AND company IS NULL AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id)"""


def why_not_mail(person: Staff, by: Viewer) -> str:
    """Why no link can be mailed to this person; empty where it can."""
    if person.is_disabled:
        return f"{person.name} is disabled: a link would lead nowhere. Enable the log-in first."
    return staff.why_not_change(person, by)


def lasts() -> timedelta:
    return timedelta(hours=settings.temporary_password_hours)


async def make(user_id: int) -> str:
    """A link that sets the person's password, once; it ends older ones."""
    token = await mailed_links.make(PURPOSE, lasts(), user_id)
    return f"{settings.base_url or 'http://localhost:8000'}/staff/{token}"


@atomic
async def invite(fields: Mapping[str, str], roles: Iterable[Role], by: Viewer) -> int:
    """Add somebody to the staff and mail them their link; raises Invalid."""
    made = await staff.add(fields, roles, by)
    await _mail(await staff.find(made, by), by)
    return made


@atomic
async def add_by_operator(fields: Mapping[str, str], roles: Iterable[Role]) -> str:
    """Add somebody to the staff; the link, which nothing mails: the command line prints it. Raises Invalid."""
    return await make(await staff.add_by_operator(fields, roles))


@atomic
async def mail(user_id: int, by: Viewer) -> None:
    """Mail a link; the password of now works until it is used. Raises Refused, Missing."""
    person = await staff.find(user_id, by)
    if reason := why_not_mail(person, by):
        raise Refused(reason)
    await _mail(person, by)


async def _mail(person: Staff, by: Viewer) -> None:
    link, now = await make(person.id), datetime.now(UTC)
    until = now + lasts()
    context = {
        "name": person.name,
        "email": person.email,
        "by_name": by.name,
        "until": until,
        "hours": settings.temporary_password_hours,
        "time_zone": settings.time_zone,
        "is_new": not person.has_password,
    }
    event, subject = f"link of staff {person.id} at {now.isoformat()}", SUBJECT.format(settings.distributor)
    await notices.write(
        *("staff_link", event, person.email, subject, "staff_link"),
        context,
        None,
        secrets={"link": link},
        secrets_until=until,
    )
    await audit.note("staff_link_sent", by, None, f"user {person.id}", person.name)


async def whose(token: str) -> tuple[Link, Row]:
    """The link and its person (`id`, `name`, `email`); raises LinkGone. Changes nothing."""
    link = await mailed_links.find(PURPOSE, token)
    person = await sql.row(WHO, link.user_id)
    if person is None:
        raise LinkGone
    return link, person


async def set_password(token: str, password: str, repeated: str, by: Viewer) -> None:
    """Set the password that the link stands for, and end the link and every session; raises LinkGone, Invalid, Stale.

    `by` is the visitor who holds the link.
    """
    _, person = await whose(token)
    before = await new_passwords.current(person["id"])
    await password_policy.check_new(person["id"], password)
    if repeated != password:
        raise Invalid({"repeated": DIFFERS})
    await _keep(token, before, await passwords.make(password), by)


@atomic
async def _keep(token: str, before: str, hashed: str, by: Viewer) -> None:
    link = await mailed_links.use(PURPOSE, token)
    person = await sql.row(WHO, link.user_id)
    if person is None:
        raise LinkGone
    await new_passwords.keep(person["id"], before, hashed)
    await new_passwords.lift_lock(person["id"])
    await sessions.end_all(person["id"])
    visitor = Viewer(network_address=by.network_address)
    await audit.note(
        "password_reset", visitor, None, f"user {person['id']}", person["name"], after="by a link of the desk"
    )
