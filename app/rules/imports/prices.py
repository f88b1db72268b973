"""Import of price lists: a price by list, product, quantity and first day."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from app.rules.imports import cells, identities
from app.rules.imports.cells import Cells, Column
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.settings import settings
from db import sql
from db.dialect import among, array

COLUMNS = (
    Column("price_list", "price_list", cells.line(40, needed=True)),
    Column("min_quantity", "min_quantity", cells.whole(1, settings.max_quantity, empty=1)),
    Column("price", "price_cents", cells.cents),
    Column("valid_from", "valid_from", cells.day),
    Column("valid_to", "valid_to", cells.day),
)
Key = tuple[int, int, int, date | None]


class Prices(Kind):
    """A list that is not known yet is made, under its code, and said so."""

    columns = ("sku", "source_id", *(column.name for column in COLUMNS))
    needed = ("price_list", "price")

    def key(self, row: Cells) -> str:
        quantity = row.get("min_quantity", "").strip() or "1"
        first = row.get("valid_from", "").strip()
        return "\n".join((row["price_list"].strip(), identities.identifier(row), quantity, first))

    def read(self, row: Cells) -> dict[str, Any]:
        read = {"min_quantity": 1, "valid_from": None, "valid_to": None, **cells.values(COLUMNS, row)}
        cells.in_order(read)
        return {**read, "product": identities.needed(row)}

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        outcome = Outcome()
        lists = await _lists({item.values["price_list"]: item.number for item in reversed(items)}, outcome, dry_run)
        products = await identities.products(item.values["product"] for item in items)
        held = await _held(products.values())
        added: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        seen: set[Key] = set()
        for number, read in items:
            product = products.get(read["product"])
            if product is None:
                outcome.refused.append((number, identities.unknown(read["product"])))
                continue
            key = (product, lists[read["price_list"]], read["min_quantity"], read["valid_from"])
            price = (read["price_cents"], read["valid_to"])
            row_id, *was = held.get(key, (0,))
            if key in seen:
                outcome.refused.append((number, identities.TWICE))
            elif not row_id:
                added.append((*key, *price))
            elif tuple(was) != price:
                changed.append((row_id, *price))
            else:
                outcome.unchanged += 1
            seen.add(key)
        outcome.added, outcome.changed = len(added), len(changed)
        if not dry_run:
            await sql.run_many(INSERT, added)
            await sql.run_many(UPDATE, sorted(changed, key=itemgetter(0)))
        return outcome


INSERT = """
INSERT INTO list_prices (product, price_list, min_quantity, valid_from, price_cents, valid_to)
VALUES ($1, $2, $3, $4, $5, $6)
"""
UPDATE = "UPDATE list_prices SET price_cents = $2, valid_to = $3 WHERE id = $1"


async def _lists(codes: dict[str, int], outcome: Outcome, dry_run: bool) -> dict[str, int]:
    """The ids of the lists by code; an unknown one is made, or is a number below zero in a dry run."""
    found = await _known(codes)
    missing = [code for code in codes if code not in found]
    for code in missing:
        outcome.remarks.append((codes[code], f"The price list “{code}” is new: give it to companies at the desk."))
    if dry_run:
        return found | {code: -place for place, code in enumerate(missing, 1)}
    if missing:
        await sql.run_many(
            "INSERT INTO price_lists (code, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            [(code, code) for code in missing],
        )
        found = await _known(codes)
    return found


async def _known(codes: Iterable[str]) -> dict[str, int]:
    statement = f"SELECT id, code FROM price_lists WHERE {among('code', 1, 'text')}"  # noqa: S608
    return {row["code"]: row["id"] for row in await sql.rows(statement, array(codes))}


async def _held(products: Iterable[int]) -> dict[Key, tuple[int, int, date | None]]:
    """The prices that the products have: id, cents and last day, by what may stand only once."""
    rows = await sql.rows(
        "SELECT id, product, price_list, min_quantity, valid_from, price_cents, valid_to "  # noqa: S608
        f"FROM list_prices WHERE {among('product', 1)}",
        array(set(products)),
    )
    return {
        (row["product"], row["price_list"], row["min_quantity"], row["valid_from"]): (
            row["id"],
            row["price_cents"],
            row["valid_to"],
        )
        for row in rows
    }
