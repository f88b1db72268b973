"""Import of certifications, and of which company holds which until when (CERT-1)."""

from collections.abc import Iterable
from typing import Any

from app.rules.imports import cells, frame
from app.rules.imports.cells import Cells, Column
from app.rules.imports.companies import account_number, company_ids
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.refusals import Invalid
from db import sql
from db.dialect import among, array

COLUMNS = (
    Column("code", "code", cells.line(40, needed=True)),
    Column("name", "name", cells.line(200)),
    Column("how_to_get", "how_to_get", cells.paragraph(2_000)),
    Column("account_number", "account_number", lambda cell: account_number(cell) if cell.strip() else ""),
    Column("valid_to", "valid_to", cells.day),
)
Pair = tuple[int, int]


class Certifications(Kind):
    """A row without an account number describes a certification; one with it says that the company holds it."""

    columns = tuple(column.name for column in COLUMNS)
    needed = ("code",)

    def key(self, row: Cells) -> str:
        return "\n".join((" ".join(row["code"].split()), row.get("account_number", "").strip()))

    def read(self, row: Cells) -> dict[str, Any]:
        return {"account_number": "", "valid_to": None, **cells.values(COLUMNS, row)}

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        described = await _describe([item for item in items if not item.values["account_number"]], dry_run)
        held = await _hold([item for item in items if item.values["account_number"]], items, dry_run)
        return described + held


async def _describe(items: list[Item], dry_run: bool) -> Outcome:
    """Write names, and how to get them, of certifications; an empty cell leaves what is there."""
    outcome, written = Outcome(), []
    statement = f"SELECT code, name, how_to_get FROM certifications WHERE {among('code', 1, 'text')}"  # noqa: S608
    rows = await sql.rows(statement, array(item.values["code"] for item in items))
    there = {row["code"]: row for row in rows}
    for _, values in items:
        was = there.get(values["code"])
        says = {field: values[field] for field in ("name", "how_to_get") if values.get(field)}
        row = {"name": values["code"], "how_to_get": "", **(was or {}), **says}
        if was and all(was[field] == said for field, said in says.items()):
            outcome.unchanged += 1
        else:
            outcome.added, outcome.changed = outcome.added + (not was), outcome.changed + bool(was)
            written.append((values["code"], row["name"], row["how_to_get"]))
    if not dry_run:
        await sql.run_many(DESCRIBE, written)
    return outcome


async def _hold(items: list[Item], batch: list[Item], dry_run: bool) -> Outcome:
    outcome, written = Outcome(), []
    described = dict.fromkeys((item.values["code"] for item in batch if not item.values["account_number"]), 0)
    codes = described | await frame.certifications(item.values["code"] for item in items)
    companies = await company_ids(item.values["account_number"] for item in items)
    there = await _held(companies.values())
    for number, values in items:
        try:
            pair = _pair(values, companies, codes)
        except Invalid as wrong:
            outcome.refused.append((number, str(wrong)))
            continue
        if pair in there and there[pair] == values["valid_to"]:
            outcome.unchanged += 1
        else:
            is_new = pair not in there
            outcome.added, outcome.changed = outcome.added + is_new, outcome.changed + (not is_new)
            written.append((*pair, values["valid_to"]))
    if not dry_run:
        await sql.run_many(HOLD, written)
    return outcome


DESCRIBE = """
INSERT INTO certifications (code, name, how_to_get) VALUES ($1, $2, $3)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, how_to_get = excluded.how_to_get
"""
HOLD = """
INSERT INTO company_certifications (company, certification, valid_to) VALUES ($1, $2, $3)
ON CONFLICT (company, certification) DO UPDATE SET valid_to = excluded.valid_to
"""


def _pair(values: dict[str, Any], companies: dict[str, int], codes: dict[str, int]) -> Pair:
    if values["account_number"] not in companies:
        raise Invalid(f"account_number: no company has {values['account_number']}.")
    if values["code"] not in codes:
        raise Invalid(f"code: there is no certification “{values['code']}”; describe it in a row of its own first.")
    return companies[values["account_number"]], codes[values["code"]]


async def _held(companies: Iterable[int]) -> dict[Pair, Any]:
    """The last day of each certification that the companies hold."""
    rows = await sql.rows(
        "SELECT company, certification, valid_to FROM company_certifications "  # noqa: S608
        f"WHERE {among('company', 1)}",
        array(companies),
    )
    return {(row["company"], row["certification"]): row["valid_to"] for row in rows}
