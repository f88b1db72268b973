"""Approving an application: a company, its terms, addresses and first administrator, all at once (JOIN-5)."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from app.rules import application_queue as queue
from app.rules import audit, money, user_accounts
from app.rules.application_answers import lines_of, parts_of
from app.rules.application_terms import Choices, Terms, checked, choices
from app.rules.applications import STATES, write_plain
from app.rules.privileges import ALL
from app.rules.refusals import Invalid, Stale
from app.rules.temporary_passwords import Prepared
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold
from db.sql import Row

ADD_COMPANY = """INSERT INTO companies (account_number, name, home_warehouse, account_manager, payment_terms_days,
    credit_limit_cents, created_at, legal_name, registration_number, tax_number, phone, website)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (account_number) DO NOTHING RETURNING id"""
ADD_ADDRESS = """INSERT INTO addresses (company, name, line1, line2, city, region, postcode, country, phone, is_default,
    created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"""
TAKEN = "This account number belongs to another company."


async def undecided(application_id: int, by: Viewer) -> Row:
    """Raises Missing, or Stale for one that was decided."""
    row = await queue.find(application_id, by)
    if row["state"] not in ("open", "waiting"):
        raise Stale(queue.CHANGED.format(STATES[row["state"]]))
    return row


@atomic
async def approve(
    application_id: int, version: int, typed: Mapping[str, str], lists: Sequence[str], prepared: Prepared, by: Viewer
) -> int:
    """The id of the company that it made, once; raises Missing, Stale or Invalid, with nothing done.

    `prepared` is the first password of the administrator, which is mailed.
    """
    row = await queue.move(application_id, version, "approved", by)
    offered = await choices()
    terms = checked(typed, lists, offered)
    answers = json.loads(row["answers"])
    company = await _company(terms, answers, by)
    await _addresses(company, terms.name, answers)
    await _administrator(company, row, answers, prepared, by)
    await sql.run(
        "UPDATE applications SET company = $2, decided_at = $3, decided_by = $4 WHERE id = $1",
        *(row["id"], company, datetime.now(UTC), by.id),
    )
    subject = f"application {row['id']}"
    await audit.note("application_approved", by, company, subject, row["reference"], after=terms.account_number)
    await _tell(row, company, terms, offered)
    return company


async def _company(terms: Terms, answers: Mapping[str, str], by: Viewer) -> int:
    await hold("companies")
    company: int | None = await sql.value(
        ADD_COMPANY,
        *(terms.account_number, terms.name, terms.home_warehouse, terms.account_manager, terms.payment_terms_days),
        *(terms.credit_limit_cents, datetime.now(UTC), answers["legal_name"], answers["registration_number"]),
        *(answers["tax_number"], answers["phone"], answers.get("website", "")),
    )
    if company is None:
        raise Invalid({"account_number": TAKEN})
    for number in terms.price_lists:
        await sql.run("INSERT INTO company_price_lists (company, price_list) VALUES ($1, $2)", company, number)
    said = f"{terms.account_number}, {terms.payment_terms_days} days, {money.written(terms.credit_limit_cents)} credit"
    await audit.note("company_added", by, company, f"company {company}", terms.name, after=said)
    return company


async def _addresses(company: int, name: str, answers: Mapping[str, str]) -> None:
    """Where goods can go: the trading address first, the registered one too where it is another."""
    trading, registered = parts_of("trading", answers), parts_of("registered", answers)
    now = datetime.now(UTC)
    for number, part in enumerate([trading] if trading == registered else [trading, registered]):
        facts = (part["line1"], part["line2"], part["city"], part["region"], part["postcode"], part["country"])
        await sql.run(ADD_ADDRESS, company, name[:100], *facts, answers["phone"], number == 0, now)


async def _administrator(company: int, row: Row, answers: Mapping[str, str], prepared: Prepared, by: Viewer) -> None:
    fields = {
        "name": row["contact_name"],
        "email": row["email"],
        "phone": answers["contact_phone"],
        "job_title": answers["contact_role"],
    }
    try:
        made = await user_accounts.create(company, fields, ALL, True, prepared, by, "approved")
    except Invalid as wrong:
        raise Invalid({"": f"The first administrator cannot be added: {wrong}"}) from wrong
    subject = f"user {made}"
    await audit.note("administrator_appointed", by, company, subject, row["contact_name"])


async def _tell(row: Row, company: int, terms: Terms, offered: Choices) -> None:
    named = {one["id"]: one["name"] for one in offered.warehouses}
    managers = {one["id"]: one["name"] for one in offered.managers}
    await write_plain(
        row,
        "approved",
        f"Welcome, your account number is {terms.account_number}",
        company,
        account_number=terms.account_number,
        company_name=terms.name,
        payment_terms_days=terms.payment_terms_days,
        credit_limit=money.written(terms.credit_limit_cents),
        warehouse=named[terms.home_warehouse],
        account_manager=managers[terms.account_manager],
        delivery_address=", ".join(lines_of("trading", json.loads(row["answers"]))),
    )
