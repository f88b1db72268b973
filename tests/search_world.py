"""Catalogues for the tests of the search: a small made-up one, and the real one where this machine has it."""

import csv
import gzip
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.rules import search
from app.rules.products import code_key, folded, words_of
from db import sql
from tests.goods import NOW

HERE = Path(__file__).parent
SMALL = HERE / "search_catalogue.csv"
REAL = Path(os.environ.get("CATALOGUE") or HERE.parent.parent / "shared" / "data" / "catalogue.csv.gz")
Row = dict[str, str]

INSERT = """INSERT INTO products
(sku, vpn, vpn_key, upc, vendor, category, name, description, words, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
ON CONFLICT (sku) DO UPDATE SET vpn = excluded.vpn, vpn_key = excluded.vpn_key, upc = excluded.upc,
vendor = excluded.vendor, category = excluded.category, name = excluded.name, words = excluded.words"""


def small_rows() -> list[Row]:
    with SMALL.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def real_rows() -> Iterator[Row]:
    """The real rows with a SKU made of their number."""
    with gzip.open(REAL, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield {**row, "sku": f"Z{number:06d}", "vendor": row["manufacturer"], "category": row["category_path"]}


async def _vendors(rows: Iterable[Row]) -> dict[str, int]:
    names = {folded(row["vendor"])[:120]: row["vendor"][:120] for row in rows if row["vendor"]}
    await sql.run_many(
        "INSERT INTO vendors (name, name_key) VALUES ($1, $2) ON CONFLICT (name_key) DO NOTHING",
        [(name, key) for key, name in names.items()],
    )
    return {row["name_key"]: row["id"] for row in await sql.rows("SELECT id, name_key FROM vendors")}


async def _categories(rows: Iterable[Row]) -> dict[str, int]:
    paths = {row["category"] for row in rows if row["category"]}
    above = {" > ".join(path.split(" > ")[:depth]) for path in paths for depth in range(1, path.count(" > ") + 2)}
    await sql.run_many(
        "INSERT INTO categories (path, name, depth) VALUES ($1, $2, $3) ON CONFLICT (path) DO NOTHING",
        [(path, path.rpartition(" > ")[2], path.count(" > ") + 1) for path in sorted(above)],
    )
    return {row["path"]: row["id"] for row in await sql.rows("SELECT id, path FROM categories")}


async def shelve(rows: list[Row]) -> None:
    """Put the rows into the catalogue, over the cast's goods of the same SKU, and the words into the vocabulary."""
    vendors, categories = await _vendors(rows), await _categories(rows)
    made = (_values(row, vendors, categories) for row in rows)
    while batch := list(islice(made, 5_000)):
        await sql.run_many(INSERT, batch)
    await search.rebuild()


def _values(row: Row, vendors: dict[str, int], categories: dict[str, int]) -> tuple[object, ...]:
    vpn, name, description = row["vpn"][:80], row["name"][:300], row["description"]
    return (
        row["sku"],
        vpn,
        code_key(vpn)[:80],
        row["upc"],
        vendors.get(folded(row["vendor"])[:120]),
        categories.get(row["category"]),
        name,
        description,
        words_of(name, row["vendor"], row["category"], description, vpn, row["sku"]),
        NOW,
    )
