"""Who must have a second step: staff, and the users of a company that wants it (LOGIN-10, DESK-1)."""

from dataclasses import dataclass, replace

from app.rules import audit
from app.rules.marks import is_demo
from app.rules.refusals import Refused
from app.rules.viewers import Viewer, not_administrator
from db import sql
from db.atomic import atomic

DEED = "say whether users need a second step"
OWN_FIRST = "Set up your own second step first: otherwise you would be asked for it at once."
OF = """SELECT c.requires_second_step AS required,
    (SELECT count(*) FROM users u WHERE u.company = c.id AND u.deleted_at IS NULL) AS people,
    (SELECT count(*) FROM users u JOIN authenticators a ON a."user" = u.id AND a.confirmed_at IS NOT NULL
        WHERE u.company = c.id AND u.deleted_at IS NULL) AS have,
    EXISTS (SELECT 1 FROM authenticators a WHERE a."user" = $2 AND a.confirmed_at IS NOT NULL) AS own
FROM companies c WHERE c.id = $1"""
SET = "UPDATE companies SET requires_second_step = $2, version = version + 1 WHERE id = $1"
WORDS = {True: "second step required", False: "second step not required"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """Whether a company requires it, and how many of its people have it already."""

    is_required: bool
    people: int
    have: int
    why_not: str  # cannot be required by who asks; empty where it can


async def is_required(company_id: int) -> bool:
    return bool(await sql.value("SELECT requires_second_step FROM companies WHERE id = $1", company_id))


async def why(viewer: Viewer) -> str:
    """Why the person must have one, and who can change it; empty where it is only offered."""
    if viewer.is_staff:
        return "" if is_demo() else "Staff of the distributor log in with a second step."
    if not await is_required(viewer.company_id):
        return ""
    who = "You" if viewer.is_administrator else viewer.administrator_name or "Your website administrator"
    return f"{viewer.company_name} requires a second step. {who} can change that in User Administration."


async def of(by: Viewer) -> Requirement:
    """Of the website administrator's company."""
    row = await sql.row(OF, by.company_id, by.id)
    assert row is not None
    return Requirement(bool(row["required"]), row["people"], row["have"], "" if row["own"] else OWN_FIRST)


@atomic
async def require(required: bool, by: Viewer) -> Requirement:
    """Require it of every user of one's company, from their next request on, or leave it to them. Raises Refused."""
    if not by.is_administrator or not by.company_id:
        raise Refused(not_administrator(by, DEED))
    by.own_hands(DEED)
    now = await of(by)
    if required and now.why_not:
        raise Refused(now.why_not)
    if required != now.is_required:
        await sql.run(SET, by.company_id, required)
        company, words = f"company {by.company_id}", (WORDS[not required], WORDS[required])
        await audit.note("company_changed", by, by.company_id, company, by.company_name, *words)
    return replace(now, is_required=required)
