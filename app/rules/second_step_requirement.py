"""Who must have a second step: staff, and the users of a company that wants it (LOGIN-10, DESK-1)."""

from app.rules import audit
from app.rules.marks import is_demo
from app.rules.privileges import Role
from app.rules.refusals import Missing, Refused
from app.rules.viewers import Viewer, not_administrator
from db import sql
from db.atomic import atomic

DEED = "say whether users need a second step"
OWN_FIRST = "Set up your own second step first: otherwise you would be asked for it at once."
WORDS = {True: "second step required", False: "second step not required"}


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


def why_not(by: Viewer, has_own: bool) -> str:
    """Why a website administrator cannot require it of the company; empty where it can be done."""
    return "" if has_own or by.is_staff else OWN_FIRST


@atomic
async def require(company_id: int, required: bool, by: Viewer) -> None:
    """Require it of every user of the company, from their next request on, or leave it to them.

    By a website administrator of the company with a second step of their own, or sales. Raises Missing, Refused.
    """
    if not (by.has_role(Role.SALES) or (by.is_administrator and by.company_id)):
        raise Refused(not_administrator(by, DEED))
    by.own_hands(DEED)
    if by.company_id not in (0, company_id):
        raise Missing
    own = await sql.value('SELECT 1 FROM authenticators WHERE "user" = $1 AND confirmed_at IS NOT NULL', by.id)
    if required and (reason := why_not(by, own is not None)):
        raise Refused(reason)
    row = await sql.row(
        """UPDATE companies SET requires_second_step = $2, version = version + 1
        WHERE id = $1 AND requires_second_step <> $2 RETURNING name""",
        *(company_id, required),
    )
    if row:
        await _note(company_id, row["name"], required, by)
    elif company_id >= 2**31 or not await sql.value("SELECT 1 FROM companies WHERE id = $1", company_id):
        raise Missing


async def _note(company_id: int, name: str, required: bool, by: Viewer) -> None:
    before, after = WORDS[not required], WORDS[required]
    await audit.note("company_changed", by, company_id, f"company {company_id}", name, before, after)
