"""Import of stock: what a warehouse has of a product, and what it expects."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from app.rules.imports import cells, identities
from app.rules.imports.cells import Cells, Column
from app.rules.imports.kinds import Item, Kind, Outcome
from db import sql
from db.dialect import among, array

MOST_UNITS = 99_999_999
COLUMNS = (
    Column("warehouse", "warehouse", cells.line(8, needed=True)),
    Column("available", "available", cells.whole(0, MOST_UNITS)),
    Column("on_order", "on_order", cells.whole(0, MOST_UNITS, empty=0)),
    Column("eta", "eta", cells.day),
)
Held = tuple[int, int, int, Any]


class Stocks(Kind):
    """Sets what is available to the file's figure; what is reserved for orders stays as it is."""

    columns = ("sku", "source_id", *(column.name for column in COLUMNS))
    needed = ("warehouse", "available")

    def key(self, row: Cells) -> str:
        return "\n".join((row["warehouse"].strip().upper(), identities.identifier(row)))

    def read(self, row: Cells) -> dict[str, Any]:
        return {**cells.values(COLUMNS, row), "product": identities.needed(row)}

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        outcome = Outcome()
        warehouses = await warehouse_ids()
        products = await identities.products(item.values["product"] for item in items)
        held = await _held(products.values())
        added: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        seen: set[tuple[int, int]] = set()
        for number, read in items:
            product, warehouse = products.get(read["product"]), warehouses.get(read["warehouse"].upper())
            if product is None or warehouse is None:
                outcome.refused.append((number, _why(read, product, sorted(warehouses))))
                continue
            key = (product, warehouse)
            row_id, *was = held.get(key, (0, 0, 0, None))
            now = [read["available"], read.get("on_order", was[1]), read.get("eta", was[2])]
            if key in seen:
                outcome.refused.append((number, identities.TWICE))
            elif not row_id:
                added.append((*key, *now))
            elif now != was:
                changed.append((row_id, *now))
            else:
                outcome.unchanged += 1
            seen.add(key)
        outcome.added, outcome.changed = len(added), len(changed)
        if not dry_run:
            await sql.run_many(INSERT, added)
            await sql.run_many(UPDATE, sorted(changed, key=itemgetter(0)))
        return outcome


INSERT = "INSERT INTO stock (product, warehouse, available, on_order, eta) VALUES ($1, $2, $3, $4, $5)"
UPDATE = "UPDATE stock SET available = $2, on_order = $3, eta = $4 WHERE id = $1"


def _why(read: dict[str, Any], product: int | None, codes: list[str]) -> str:
    if product is None:
        return identities.unknown(read["product"])
    return f"There is no warehouse “{read['warehouse']}”, only {', '.join(codes) or 'none at all'}."


async def warehouse_ids() -> dict[str, int]:
    """The ids of all warehouses by code."""
    return {row["code"]: row["id"] for row in await sql.rows("SELECT id, code FROM warehouses")}


async def _held(products: Iterable[int]) -> dict[tuple[int, int], Held]:
    """Id, available, on order and ETA by product and warehouse."""
    rows = await sql.rows(
        f"SELECT product, warehouse, id, available, on_order, eta FROM stock WHERE {among('product', 1)}",  # noqa: S608
        array(set(products)),
    )
    return {
        (row["product"], row["warehouse"]): (row["id"], row["available"], row["on_order"], row["eta"]) for row in rows
    }
