"""The distributor's staff: who they are, their roles, and that one administrator is always left (DESK-1, DESK-7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import acting, audit, mailed_links, roles_of_desk, sessions, user_accounts
from app.rules.privileges import Role
from app.rules.refusals import Missing, Refused, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold, joined

MOST_ID = 2**31 - 1
NOT_HERE = "You cannot change yourself here. Your own log-in is in My Profile; another administrator changes the rest."
OVERTAKEN = "Somebody else has changed this person in the meantime. Look at what it is now, then save again."

ALL = f"""SELECT u.id, u.name, u.email, u.phone, u.job_title, u.version, u.last_login_at,
    u.password_hash <> '' AS has_password,
    EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id) AS is_disabled,
    EXISTS (SELECT 1 FROM authenticators t WHERE t."user" = u.id AND t.confirmed_at IS NOT NULL) AS has_second_step,
    (SELECT {joined("role")} FROM staff_roles r WHERE r."user" = u.id) AS roles
FROM users u WHERE u.company IS NULL AND u.deleted_at IS NULL"""  # noqa: S608 (`joined` takes a column's name)
LISTED = f"{ALL} ORDER BY lower(u.name), u.id"
ONE = f"{ALL} AND u.id = $1"
CHANGE = """UPDATE users SET name = $3, phone = $4, job_title = $5, version = version + 1
WHERE id = $1 AND version = $2 AND company IS NULL AND deleted_at IS NULL RETURNING id"""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at the desk."""

    id: int
    name: str
    email: str
    phone: str
    job_title: str
    version: int
    last_login_at: datetime | None
    has_password: bool
    is_disabled: bool
    has_second_step: bool
    roles: tuple[Role, ...]

    @property
    def state(self) -> str:
        if self.is_disabled:
            return "disabled"
        return "active" if self.has_password else "invited"


def _staff(row: Mapping[str, object]) -> Staff:
    held = str(row["roles"] or "").split()
    return Staff(**{**row, "roles": tuple(role for role in Role if role in held)})  # type: ignore[arg-type]


def why_not_change(person: Staff, by: Viewer) -> str:
    """Why this administrator cannot disable, demote or reset the person; empty where they can."""
    return NOT_HERE if person.id == by.id else ""


def _require(by: Viewer) -> None:
    if not by.has_role(Role.ADMINISTRATOR):
        raise Refused("You cannot see or change staff: that is for the role administrator.")


async def listed(by: Viewer) -> list[Staff]:
    """Everybody at the desk, the disabled too."""
    _require(by)
    return [_staff(row) for row in await sql.rows(LISTED)]


async def find(user_id: int, by: Viewer) -> Staff:
    """Raises Missing for who is no staff."""
    _require(by)
    row = await sql.row(ONE, user_id if 0 < user_id <= MOST_ID else 0)
    if row is None:
        raise Missing
    return _staff(row)


async def _held(user_id: int, by: Viewer) -> Staff:
    """The person, while nobody else changes who is an administrator; raises Refused for who was one a moment ago.

    Whoever changes the staff is an administrator at that very moment, and never the one who is changed: so one is left.
    """
    _require(by)
    await hold("staff")
    acting_now = await find(by.id, by)
    if acting_now.is_disabled or Role.ADMINISTRATOR not in acting_now.roles:
        raise Refused("You are no administrator of the desk any more.")
    return await find(user_id, by)


async def _add(fields: Mapping[str, str], roles: Iterable[Role], by: Viewer) -> int:
    made = await user_accounts.create(None, fields, (), False, None, by)
    await _grant(made, roles, by)
    name = " ".join(fields.get("name", "").split())
    await audit.note("roles_changed", by, None, f"user {made}", name, after=roles_of_desk.words(roles))
    return made


@atomic
async def add(fields: Mapping[str, str], roles: Iterable[Role], by: Viewer) -> int:
    """The id of a new member of staff, who can log in once a link has set a password; raises Invalid."""
    _require(by)
    return await _add(fields, roles, by)


@atomic
async def add_by_operator(fields: Mapping[str, str], roles: Iterable[Role]) -> int:
    """The same for who has the database in hand, and so needs no role: how the first of all gets in."""
    return await _add(fields, roles, Viewer(name="command line"))


async def _grant(user_id: int, roles: Iterable[Role], by: Viewer) -> None:
    now = datetime.now(UTC)
    await sql.run('DELETE FROM staff_roles WHERE "user" = $1', user_id)
    await sql.run_many(
        'INSERT INTO staff_roles ("user", role, granted_by, granted_at) VALUES ($1, $2, $3, $4)',
        [(user_id, str(role), by.id or None, now) for role in roles],
    )


@atomic
async def change(user_id: int, fields: Mapping[str, str], version: int, by: Viewer) -> None:
    """Name, phone and job title; raises Invalid, Missing, and Stale where the version is no longer the newest."""
    before = await find(user_id, by)
    given = user_accounts.checked(fields)
    values = [given[name] for name in ("name", "phone", "job_title")]
    if not await sql.value(CHANGE, before.id, version, *values):
        raise Stale(OVERTAKEN)
    was = ", ".join(text for text in (before.name, before.phone, before.job_title) if text)
    now = ", ".join(text for text in values if text)
    if was != now:
        await audit.note("staff_changed", by, None, f"user {user_id}", given["name"], was, now)


@atomic
async def set_roles(user_id: int, roles: tuple[Role, ...], by: Viewer) -> Staff:
    """Hold these roles and no others; raises Refused for oneself, Missing."""
    person = await _held(user_id, by)
    if reason := why_not_change(person, by):
        raise Refused(reason)
    if set(roles) != set(person.roles):
        await _grant(person.id, roles, by)
        was, now = roles_of_desk.words(person.roles), roles_of_desk.words(roles)
        await audit.note("roles_changed", by, None, f"user {person.id}", person.name, was, now)
    if not set(roles) & {Role.ADMINISTRATOR, *acting.ROLES}:
        await acting.end_of(person.id)
    return await find(user_id, by)


@atomic
async def disable(user_id: int, by: Viewer) -> None:
    """Nobody logs in as this person from now on, and their sessions end; raises Refused, Missing."""
    person = await _held(user_id, by)
    if reason := why_not_change(person, by):
        raise Refused(reason)
    added = await sql.value(
        'INSERT INTO suspensions ("user", by, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
        *(person.id, by.id or None, datetime.now(UTC)),
    )
    await sessions.end_all(person.id)
    await mailed_links.end_all(person.id)
    if added:
        await audit.note("staff_disabled", by, None, f"user {person.id}", person.name)


@atomic
async def enable(user_id: int, by: Viewer) -> None:
    """Raises Missing."""
    person = await find(user_id, by)
    if await sql.value('DELETE FROM suspensions WHERE "user" = $1 RETURNING id', person.id):
        await audit.note("staff_enabled", by, None, f"user {person.id}", person.name)
