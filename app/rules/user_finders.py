"""A user as an administrator or the desk may see one, and why not everybody may change everybody (USER-6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.rules import audit
from app.rules.privileges import ALL, Privilege, Role
from app.rules.refusals import Missing, Refused
from app.rules.settings import settings
from app.rules.user_lists import PRIVILEGES, STATE, STATES, boxes, moments
from app.rules.viewers import Viewer
from db import sql
from db.dialect import FOR_UPDATE

LARGEST_ID = 2**31 - 1
# $4 is the user, $5 the company of who asks (0 is the desk), $6 whether staff are found too.
FIND = f"""SELECT u.id, u.company, u.name, u.email, u.phone, u.job_title, u.is_administrator, u.created_at,
    u.last_login_at, u.version, u.password_is_temporary, u.password_expires_at,
    u.password_hash = '' AS is_spent, {PRIVILEGES} AS privileges,
    {STATE} AS state, x.at AS suspended_at, b.name AS suspended_by
FROM users u LEFT JOIN suspensions x ON x."user" = u.id LEFT JOIN users b ON b.id = x.by
WHERE u.id = $4 AND u.deleted_at IS NULL AND (u.company = $5 OR ($5 = 0 AND (u.company IS NOT NULL OR $6)))
"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class User:
    """A user who is not deleted; `company_id` 0 is staff, `state` one of user_lists.STATES."""

    id: int
    company_id: int
    name: str
    email: str
    phone: str
    job_title: str
    state: str
    is_administrator: bool
    boxes: frozenset[Privilege]  # those that are ticked
    created_at: datetime
    last_login_at: datetime | None
    version: int
    password_until: datetime | None  # of a temporary password that can be used
    suspended_at: datetime | None
    suspended_by: str

    @property
    def privileges(self) -> frozenset[Privilege]:
        """What the user holds: a website administrator every one (USER-4)."""
        return ALL if self.is_administrator else self.boxes

    @property
    def state_words(self) -> str:
        return STATES[self.state][0]

    @property
    def state_kind(self) -> str:
        return STATES[self.state][1]


def _user(row: dict[str, Any]) -> User:
    return User(
        id=row["id"],
        company_id=row["company"] or 0,
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        job_title=row["job_title"],
        state=row["state"],
        is_administrator=bool(row["is_administrator"]),
        boxes=boxes(row),
        created_at=row["created_at"],
        last_login_at=row["last_login_at"],
        version=row["version"],
        password_until=row["password_expires_at"] if row["password_is_temporary"] and not row["is_spent"] else None,
        suspended_at=row["suspended_at"],
        suspended_by=row["suspended_by"] or "",
    )


def may_manage(by: Viewer) -> bool:
    """Whether somebody changes users at all: website administrators, sales, and the desk's administrators."""
    return by.has_role(Role.SALES) or bool(by.company_id and by.is_administrator)


def why_not(user: User, by: Viewer) -> str:
    """Why `by` cannot change this user's rights and log-in, and who can; nothing where they can (USER-6)."""
    if by.is_staff:
        return ""
    ask = f"{settings.distributor} can: write to {settings.contact_email}."
    if user.id == by.id:
        return f"This is you. You cannot change your own rights or log-in here. {ask}"
    if user.is_administrator:
        return f"{user.name} is a website administrator, whom you cannot change. {ask}"
    return ""


async def find(by: Viewer, user_id: int) -> User:
    """A user of the own company; for the desk any company's, for its administrators staff too. Raises Missing."""
    if not may_manage(by) or not 0 < user_id <= LARGEST_ID:
        raise Missing
    row = await sql.row(FIND, *moments(), user_id, by.company_id, by.has_role(Role.ADMINISTRATOR))
    if row is None:
        raise Missing
    return _user(row)


async def held(by: Viewer, user_id: int) -> User:
    """The same, locked until the transaction ends, and theirs to change; raises Missing or Refused."""
    if 0 < user_id <= LARGEST_ID:
        await sql.row(f"SELECT id FROM users WHERE id = $1{FOR_UPDATE}", user_id)  # noqa: S608 (a constant)
    user = await find(by, user_id)
    if reason := why_not(user, by):
        raise Refused(reason)
    return user


async def asked(by: Viewer, user_id: int, deed: str) -> User:
    """The user whom `by` may change; a try that is refused is kept in the trail. Call it before the transaction.

    `deed` completes "tried to …". Raises Missing or Refused.
    """
    try:
        user = await find(by, user_id)
    except Missing:
        await audit.note("refused", by, subject=f"user {user_id}"[:60], after=f"{deed}: no user of theirs")
        raise
    if reason := why_not(user, by):
        await audit.note("refused", by, user.company_id, f"user {user.id}", user.name, after=deed)
        raise Refused(reason)
    return user
