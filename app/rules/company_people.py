"""A company as a whole and who administers it: suspend, resume, a new administrator (DESK-7)."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.rules import audit, companies, sessions, temporary_passwords, user_accounts
from app.rules.refusals import Invalid, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

REASON_LENGTH = 300
SUSPEND = """INSERT INTO company_suspensions (company, reason, by, at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING id"""


@atomic
async def suspend(company_id: int, reason: str, by: Viewer) -> None:
    """Nobody of the company logs in from now on, and all sessions end; raises Missing, Refused, Invalid, Stale."""
    companies.require_editor(by)
    company = await companies.find(company_id, by)
    told = " ".join(reason.split())
    if not told:
        raise Invalid({"reason": "Say why, for who resumes the company later."})
    if not await sql.value(SUSPEND, company_id, told, by.id, datetime.now(UTC)):
        raise Stale(f"{company['suspended_by'] or 'Somebody else'} has suspended this company already.")
    await sessions.end_company(company_id)
    await audit.note("company_suspended", by, company_id, f"company {company_id}", company["name"], after=told)


@atomic
async def resume(company_id: int, by: Viewer) -> None:
    """Let the company's users log in again, each as before; raises Missing, Refused."""
    companies.require_editor(by)
    company = await companies.find(company_id, by)
    if await sql.value("DELETE FROM company_suspensions WHERE company = $1 RETURNING id", company_id):
        await audit.note("company_resumed", by, company_id, f"company {company_id}", company["name"])


async def add_administrator(company_id: int, fields: Mapping[str, str], by: Viewer) -> int:
    """A new website administrator, whose temporary password is in the mail; raises Missing, Refused, Invalid."""
    companies.require_editor(by)
    company = await companies.find(company_id, by)
    checked = user_accounts.checked_with_address(fields)
    prepared = await temporary_passwords.prepare()
    return await user_accounts.create(company["id"], checked, (), True, prepared, by)
