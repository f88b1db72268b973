"""Import of companies, with the price lists that they buy by."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from app.rules.imports import cells
from app.rules.imports.cells import Cells, Column
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.imports.stock import warehouse_ids
from app.rules.refusals import Invalid
from db import sql
from db.dialect import among, array

Row = dict[str, Any]


def account_number(cell: str) -> str:
    text = cell.strip()
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        raise Invalid(f"“{text[:40]}” is not a number of six digits.")
    return text


def time_zone(cell: str) -> str:
    """Empty means the distributor's own."""
    text = cell.strip()
    if text and text not in available_timezones():
        raise Invalid(f"“{text[:40]}” is not a time zone such as Pacific/Auckland.")
    return text


def codes(cell: str) -> frozenset[str]:
    """Codes that stand apart by `|`."""
    return frozenset(code for part in cell.split("|") if (code := " ".join(part.split())))


COLUMNS = (
    Column("account_number", "account_number", account_number),
    Column("name", "name", cells.line(200, needed=True)),
    Column("home_warehouse", "home_warehouse", cells.line(8, needed=True)),
    Column("payment_terms_days", "payment_terms_days", cells.whole(0, 365, empty=20)),
    Column("credit_limit", "credit_limit_cents", lambda cell: cells.cents_or_none(cell) or 0),
    Column("allows_repeated_po", "allows_repeated_po", cells.flag),
    Column("time_zone", "time_zone", time_zone),
    Column("price_lists", "price_lists", codes),
)
EMPTY: Row = {
    "payment_terms_days": 20,
    "credit_limit_cents": 0,
    "allows_repeated_po": False,
    "time_zone": "",
    "price_lists": frozenset(),
}
FIELDS = (
    "account_number",
    "name",
    "home_warehouse",
    "payment_terms_days",
    "credit_limit_cents",
    "allows_repeated_po",
    "time_zone",
)

INSERT = f"""
INSERT INTO companies ({", ".join(FIELDS)}, created_at) VALUES ({sql.marks(len(FIELDS))}, ${len(FIELDS) + 1})
"""  # noqa: S608 (the pieces are constants)
UPDATE = f"""
UPDATE companies SET {", ".join(f"{field} = ${place}" for place, field in enumerate(FIELDS, 1))}
WHERE account_number = $1
"""  # noqa: S608 (the pieces are constants)


class Companies(Kind):
    """The key is the account number; a column that is missing changes nothing."""

    columns = tuple(column.name for column in COLUMNS)
    needed = ("account_number", "name", "home_warehouse")

    def key(self, row: Cells) -> str:
        return row["account_number"].strip()

    def read(self, row: Cells) -> dict[str, Any]:
        return cells.values(COLUMNS, row)

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        outcome, changed = Outcome(), []
        warehouses, lists = await warehouse_ids(), await list_ids()
        held = await _held(item.values["account_number"] for item in items)
        for number, values in items:
            try:
                says = _resolved(values, warehouses, lists)
            except Invalid as wrong:
                outcome.refused.append((number, str(wrong)))
                continue
            was = held.get(says["account_number"])
            row = {**EMPTY, **(was or {}), **says}
            if row == was:
                outcome.unchanged += 1
            else:
                outcome.added, outcome.changed = outcome.added + (not was), outcome.changed + bool(was)
                changed.append(row)
        if not dry_run:
            await _write(changed, held.keys(), lists)
        return outcome


def _resolved(values: Row, warehouses: dict[str, int], lists: dict[str, int]) -> Row:
    code = values["home_warehouse"].upper()
    if code not in warehouses:
        raise Invalid(f"home_warehouse: there is no “{code}”.")
    unknown = sorted(values.get("price_lists", frozenset()) - lists.keys())
    if unknown:
        raise Invalid(f"price_lists: there is no {', '.join(unknown)}; import prices first.")
    return {**values, "home_warehouse": warehouses[code]}


async def _held(numbers: Iterable[str]) -> dict[str, Row]:
    wanted = array(numbers)
    rows = await sql.rows(
        f"SELECT {', '.join(FIELDS)} FROM companies WHERE {among('account_number', 1, 'text')}",  # noqa: S608
        wanted,
    )
    lists = defaultdict(set)
    for row in await sql.rows(
        "SELECT c.account_number, l.code FROM companies c JOIN company_price_lists o ON o.company = c.id "  # noqa: S608
        f"JOIN price_lists l ON l.id = o.price_list WHERE {among('c.account_number', 1, 'text')}",
        wanted,
    ):
        lists[row["account_number"]].add(row["code"])
    return {row["account_number"]: {**row, "price_lists": frozenset(lists[row["account_number"]])} for row in rows}


async def _write(rows: list[Row], known: Iterable[str], lists: dict[str, int]) -> None:
    there, now = set(known), datetime.now(UTC)
    facts = {row["account_number"]: tuple(row[field] for field in FIELDS) for row in rows}
    await sql.run_many(INSERT, [(*fact, now) for number, fact in facts.items() if number not in there])
    await sql.run_many(UPDATE, [fact for number, fact in facts.items() if number in there])
    ids = await company_ids(facts)
    await sql.run_many("DELETE FROM company_price_lists WHERE company = $1", [(id_,) for id_ in ids.values()])
    await sql.run_many(
        "INSERT INTO company_price_lists (company, price_list) VALUES ($1, $2)",
        [(ids[row["account_number"]], lists[code]) for row in rows for code in sorted(row["price_lists"])],
    )


async def company_ids(numbers: Iterable[str]) -> dict[str, int]:
    """The ids of companies by account number."""
    statement = f"SELECT id, account_number FROM companies WHERE {among('account_number', 1, 'text')}"  # noqa: S608
    return {row["account_number"]: row["id"] for row in await sql.rows(statement, array(numbers))}


async def list_ids() -> dict[str, int]:
    """The ids of all price lists by code."""
    return {row["code"]: row["id"] for row in await sql.rows("SELECT id, code FROM price_lists")}
