"""What the desk changes of a company: details and terms, its credit limit, its note (DESK-3)."""

from collections.abc import Mapping
from typing import Any

from app.rules import audit, companies, money
from app.rules.refusals import Invalid, Stale
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

LIMITS = {
    "name": 200,
    "legal_name": 200,
    "registration_number": 60,
    "tax_number": 60,
    "phone": 40,
    "website": 200,
}
TERMS = ("payment_terms_days", "home_warehouse", "account_manager", "allows_repeated_po", "requires_second_step")
LABELS = {
    "name": "name",
    "legal_name": "legal name",
    "registration_number": settings.registration_label,
    "tax_number": settings.tax_number_label,
    "phone": "phone",
    "website": "website",
    "payment_terms_days": "payment terms",
    "home_warehouse": "home warehouse",
    "account_manager": "account manager",
    "allows_repeated_po": "repeated PO numbers",
    "requires_second_step": "second step required",
}
MOST_DAYS = 365
MOST_CENTS = 10**12 - 1  # of a credit limit
NOTE_LENGTH = 4_000
OVERTAKEN = "Somebody else has changed this company in the meantime. What it is now stands at each field."
COLUMNS = (*LIMITS, *TERMS)
UPDATE = f"""UPDATE companies SET {", ".join(f"{name} = ${place}" for place, name in enumerate(COLUMNS, 3))},
    version = version + 1 WHERE id = $1 AND version = $2 RETURNING id"""  # noqa: S608 (our own words)


def _told(company: Row, name: str, names: Mapping[str, Mapping[int, str]]) -> str:
    """One fact in words for the trail."""
    value = company[name]
    if name in names:
        return names[name].get(value or 0, "nobody" if not value else f"number {value}")
    if name == "payment_terms_days":
        return f"{value} days"
    if isinstance(value, str):
        return f"“{value}”"
    return "yes" if value else "no"


async def _names(company: Row) -> dict[str, dict[int, str]]:
    """The choices of the two lists, by what they stand under in the row."""
    managers = await companies.managers(company["account_manager"])
    return {"home_warehouse": dict(await companies.warehouses()), "account_manager": dict(managers)}


@atomic
async def change(company_id: int, given: Mapping[str, Any], version: int, by: Viewer) -> None:
    """Details and terms, by the names of COLUMNS. Raises Missing, Refused, Invalid, Stale for an old version.

    `account_manager` is None for nobody.
    """
    companies.require_editor(by)
    before = await companies.find(company_id, by)
    names = await _names(before)
    _check(given, names)
    if not await sql.value(UPDATE, company_id, version, *(given[name] for name in COLUMNS)):
        raise Stale(OVERTAKEN)
    after = await companies.find(company_id, by)
    different = [name for name in COLUMNS if before[name] != after[name]]
    told = [", ".join(f"{LABELS[name]} {_told(row, name, names)}" for name in different) for row in (before, after)]
    if different:
        await audit.note("company_changed", by, company_id, f"company {company_id}", after["name"], *told)


def _check(given: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> None:
    errors = {} if given["name"] else {"name": "Type the company's name."}
    if given["home_warehouse"] not in names["home_warehouse"]:
        errors["home_warehouse"] = "Choose one of these."
    if given["account_manager"] is not None and given["account_manager"] not in names["account_manager"]:
        errors["account_manager"] = "Choose one of these."
    if errors:
        raise Invalid(errors)


@atomic
async def set_limit(company_id: int, typed: str, seen: int, by: Viewer) -> None:
    """The credit limit, typed as money, in place of the cents that were seen; raises Refused, Invalid, Stale."""
    companies.require_limiter(by)
    before = await companies.find(company_id, by)
    try:
        cents = money.read(typed)
    except Invalid as wrong:
        raise Invalid({"credit_limit": str(wrong)}) from wrong
    if cents > MOST_CENTS:
        raise Invalid({"credit_limit": f"A credit limit is at most {money.written(MOST_CENTS)}."})
    changed = await sql.value(
        "UPDATE companies SET credit_limit_cents = $3 WHERE id = $1 AND credit_limit_cents = $2 RETURNING id",
        *(company_id, seen, cents),
    )
    if not changed:
        now = money.written(before["credit_limit_cents"])
        raise Stale(f"Somebody else has changed the credit limit in the meantime. It is {now} now.")
    told = [f"credit limit {money.written(amount)}" for amount in (before["credit_limit_cents"], cents)]
    if told[0] != told[1]:
        await audit.note("company_changed", by, company_id, f"company {company_id}", before["name"], *told)


@atomic
async def set_note(company_id: int, text: str, version: int, by: Viewer) -> None:
    """The desk's own note, which nobody of the company reads; raises Missing, Refused, Stale."""
    companies.require_editor(by)
    before = await companies.find(company_id, by)
    changed = await sql.value(
        "UPDATE companies SET note = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING id",
        *(company_id, version, text),
    )
    if not changed:
        raise Stale("Somebody else has changed this company in the meantime. Their note stands below yours.")
    if before["note"] != text:
        await audit.note("company_changed", by, None, f"company {company_id}", before["name"], "note", "note changed")
