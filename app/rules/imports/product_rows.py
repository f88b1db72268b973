"""Products as rows: what is there, what a file makes of it, and how it is written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from app.rules.imports import identities
from app.rules.imports.kinds import Item
from app.rules.refusals import Invalid
from app.rules.search_text import code_key, words_of
from db import sql
from db.dialect import among, array

Row = dict[str, Any]

# Every column that a file sets, with what it holds when nothing is said.
EMPTY: Row = {
    "sku": "",
    "source_id": None,
    "vpn": "",
    "vpn_key": "",
    "upc": "",
    "vendor": None,
    "category": None,
    "name": "",
    "description": "",
    "words": "",
    "msrp_cents": None,
    "weight_grams": 0,
    "length_mm": 0,
    "width_mm": 0,
    "height_mm": 0,
    "warranty_months": 0,
    "min_quantity": 1,
    "multiple_quantity": 1,
    "is_no_return": False,
    "is_serial_tracked": False,
    "is_end_user_required": False,
    "is_clearance": False,
    "is_discontinued": False,
    "replaced_by": None,
    "certification": None,
}
FIELDS = tuple(EMPTY)
SEARCHED = ("name", "vendor", "category", "description", "vpn", "sku")

SELECT = f"""
SELECT p.id, {", ".join(f"p.{field}" for field in FIELDS)}, v.name AS vendor_name, c.path AS category_path
FROM products p LEFT JOIN vendors v ON v.id = p.vendor LEFT JOIN categories c ON c.id = p.category
"""  # noqa: S608 (the pieces are constants)
HELD = f"""
{SELECT} WHERE {among("p.sku", 1, "text")} UNION {SELECT} WHERE {among("p.source_id", 2, "text")}
"""
INSERT = f"""
INSERT INTO products (created_at, changed_at, {", ".join(FIELDS)})
VALUES ($1, $1, {sql.marks(len(FIELDS), 2)})
"""  # noqa: S608 (the pieces are constants)
UPDATE = f"""
UPDATE products SET {", ".join(f"{field} = ${place}" for place, field in enumerate(FIELDS, 3))}, changed_at = $2
WHERE id = $1
"""  # noqa: S608 (the pieces are constants)


class Held:
    """The products that are there of a batch, found as its rows name them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        listed = list(rows)
        self._by_sku = {row["sku"]: row for row in listed}
        self._by_source = {row["source_id"]: row for row in listed if row["source_id"]}

    def find(self, sku: str, source: str) -> Row | None:
        """The product; raises Invalid where the two belong to different ones."""
        by_sku, by_source = self._by_sku.get(sku), self._by_source.get(source)
        if sku and by_source and by_source is not by_sku:
            raise Invalid(f"source_id: “{source}” is the product {by_source['sku']}, not {sku}.")
        return by_sku or by_source


async def held(items: list[Item]) -> Held:
    skus = array(item.values["sku"] for item in items if item.values["sku"])
    sources = array(item.values["source_id"] for item in items if item.values["source_id"])
    return Held(await sql.rows(HELD, skus, sources))


class Change(NamedTuple):
    """A product that is to be written: what is there, if anything, and what the file says of it."""

    was: Row | None
    says: Row
    vendor_name: str
    category_path: str

    @property
    def is_needed(self) -> bool:
        return self.was is None or any(self.was[field] != said for field, said in self.says.items())

    def row(self) -> Row:
        """The whole row, with what follows from it: codes and words for the search."""
        was = self.was or EMPTY
        row = {**was, **self.says}
        if any(was[field] != row[field] for field in SEARCHED):
            row["vpn_key"] = code_key(row["vpn"])[:80]
            row["words"] = words_of(
                row["name"], self.vendor_name, self.category_path, row["description"], row["vpn"], row["sku"]
            )
        return row


async def write(changes: list[Change], at: datetime) -> dict[str, int]:
    """Write what is needed; gives the ids, by SKU, of the products whose words are new."""
    await _mint(changes)
    rows = [(change.row(), change.was) for change in changes]
    await sql.run_many(INSERT, [(at, *(row[field] for field in FIELDS)) for row, was in rows if not was])
    updated = sorted((was["id"], at, *(row[field] for field in FIELDS)) for row, was in rows if was)
    await sql.run_many(UPDATE, updated)
    reworded = [row["sku"] for row, was in rows if not was or was["words"] != row["words"]]
    return await identities.products(reworded)


async def _mint(changes: list[Change]) -> None:
    """Give a SKU to each new product that has a source id alone."""
    new = [change.says for change in changes if not change.was]
    kept = [says["sku"] for says in new if "sku" in says]
    minted = await identities.mint((says["source_id"] for says in new if "sku" not in says), kept)
    for says in new:
        says.setdefault("sku", minted.get(says.get("source_id", ""), ""))


async def replace(pairs: dict[str, str]) -> list[str]:
    """Note replacements: each SKU with what names its replacement; gives the names that nothing has."""
    found = await identities.products([*pairs, *pairs.values()])
    known = sorted((found[sku], found[name]) for sku, name in pairs.items() if name in found)
    await sql.run_many("UPDATE products SET replaced_by = $2 WHERE id = $1", known)
    return sorted({name for name in pairs.values() if name not in found})
