"""Which price lists a company buys by, and which certifications it holds (PRICE-2, CERT-1, DESK-3)."""

from collections.abc import Collection
from typing import NamedTuple

from app.rules import audit, companies
from app.rules.refusals import Invalid
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold


class Kind(NamedTuple):
    """What can be ticked: its words for the trail, and the statements that read and write it."""

    words: str
    all: str
    held: str
    add: str
    remove: str


KINDS = {
    "price_lists": Kind(
        "price lists",
        "SELECT id, name FROM price_lists",
        "SELECT price_list AS id FROM company_price_lists WHERE company = $1",
        "INSERT INTO company_price_lists (company, price_list) VALUES ($1, $2)",
        "DELETE FROM company_price_lists WHERE company = $1 AND price_list = $2",
    ),
    "certifications": Kind(
        "certifications",
        "SELECT id, name FROM certifications",
        "SELECT certification AS id FROM company_certifications WHERE company = $1",
        "INSERT INTO company_certifications (company, certification) VALUES ($1, $2)",
        "DELETE FROM company_certifications WHERE company = $1 AND certification = $2",
    ),
}


@atomic
async def tick(company_id: int, kind: str, shown: Collection[int], sent: Collection[int], by: Viewer) -> None:
    """Add what was ticked since the form showed `shown`, and remove what was unticked; `kind` is one of KINDS.

    What somebody else has ticked meanwhile stays. Raises Missing, Refused, Invalid.
    """
    companies.require_editor(by)
    company = await companies.find(company_id, by)
    await hold(f"terms {company_id}")
    known = KINDS[kind]
    names = {row["id"]: row["name"] for row in await sql.rows(known.all)}
    before = {row["id"] for row in await sql.rows(known.held, company_id)}
    if set(sent) - set(names):
        raise Invalid({kind: "One of these is not known any more. Load the page again."})
    after = (before | (set(sent) - set(shown))) - (set(shown) - set(sent))
    await sql.run_many(known.add, [(company_id, one) for one in sorted(after - before)])
    await sql.run_many(known.remove, [(company_id, one) for one in sorted(before - after)])
    if after != before:
        told = [f"{known.words}: {', '.join(sorted(names[one] for one in ids)) or 'none'}" for ids in (before, after)]
        await audit.note("company_changed", by, company_id, f"company {company_id}", company["name"], *told)
