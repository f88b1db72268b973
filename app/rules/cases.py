"""Cases of who cannot log in: what they wrote, unverified, until the desk has helped (LOGIN-7)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import audit
from app.rules.email_addresses import email_key
from app.rules.notices import age, plain
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Missing, Refused, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

ROLES = (Role.SALES,)
PAGE_SIZE = 50
MOST_ID = 2**31 - 1
LIMITS = {"account_number": 20, "name": 100, "email": 254, "text": 4_000}
OUTCOME_LENGTH = 2_000
STATES = {"open": "closed_at IS NULL", "closed": "closed_at IS NOT NULL"}
PAGE = """SELECT x.id, x.account_number, x.name, x.email, x.opened_at, x.closed_at, x.outcome, c.id AS company,
    c.name AS company_name FROM cases x LEFT JOIN companies c ON c.account_number = x.account_number
WHERE {state} ORDER BY {order} LIMIT $1 OFFSET $2"""
# What was written is no proof: the company is who has that account number, the user who has that address.
FIND = """SELECT x.*, c.id AS company, c.name AS company_name, b.name AS closed_by_name,
    u.id AS user_id, u.name AS user_name, u.company AS user_company, d.name AS user_company_name
FROM cases x LEFT JOIN companies c ON c.account_number = x.account_number LEFT JOIN users b ON b.id = x.closed_by
LEFT JOIN users u ON u.email_key = $2 AND u.company IS NOT NULL AND u.deleted_at IS NULL
LEFT JOIN companies d ON d.id = u.company
WHERE x.id = $1"""
CLOSE = """UPDATE cases SET closed_at = $2, closed_by = $3, outcome = $4 WHERE id = $1 AND closed_at IS NULL
RETURNING id"""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of cases, each with its `age`, and how many there are in all."""

    rows: list[Row]
    count: int


@atomic
async def open_login_case(account_number: str, name: str, email: str, text: str, by: Viewer) -> int:
    """The number of a new case; nothing of it is believed, and whether the account exists is not looked up.

    `by` is whoever sent the form, a visitor as a rule; the caller has checked the lengths against LIMITS.
    """
    made: int = await sql.value(
        """INSERT INTO cases (kind, account_number, name, email, text, network_address, opened_at)
        VALUES ('login', $1, $2, $3, $4, $5, $6) RETURNING id""",
        *(account_number, name, email, text, by.network_address[:45], datetime.now(UTC)),
    )
    return made


def _require(by: Viewer) -> None:
    if not by.has_role(*ROLES):
        raise Refused("Cases are for the role sales. An administrator of the desk can give it.")


def _aged(row: Row) -> Row:
    return {**row, "age": age(row["opened_at"], datetime.now(UTC))}


async def listed(state: str, page: int, by: Viewer) -> Found:
    """Open cases, the oldest first, or closed ones, the newest first; pages count from 1."""
    _require(by)
    condition = STATES[state]
    order = "x.opened_at, x.id" if state == "open" else "x.closed_at DESC, x.id DESC"
    count = await sql.value(f"SELECT count(*) FROM cases WHERE {condition}")  # noqa: S608 (our own words)
    found = PAGE.format(state=f"x.{condition}", order=order)
    rows = await sql.rows(found, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return Found([_aged(row) for row in rows], count)


async def find(case_id: int, by: Viewer) -> Row:
    """A case with `company`, `company_name` and `user_id`, `user_name`, where the portal knows them; raises Missing."""
    _require(by)
    number = case_id if 0 < case_id <= MOST_ID else 0
    email = await sql.value("SELECT email FROM cases WHERE id = $1", number)
    row = await sql.row(FIND, number, email_key(email)) if email is not None else None
    if row is None:
        raise Missing
    return _aged(row)


@atomic
async def close(case_id: int, outcome: str, by: Viewer) -> None:
    """Say how it ended; raises Missing, Invalid, and Stale for a case that somebody else has closed."""
    case = await find(case_id, by)
    told = outcome.strip()
    if not told:
        raise Invalid({"outcome": "Say how this ended, for who looks at it later."})
    if not await sql.value(CLOSE, case["id"], datetime.now(UTC), by.id, told):
        raise Stale(f"{case['closed_by_name'] or 'Somebody else'} has closed this case already.")
    named = plain(f"{case['name']} {case['email']}", 254)
    await audit.note("case_closed", by, None, f"case {case['id']}", named, after=told)
