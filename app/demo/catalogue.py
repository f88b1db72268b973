"""Writes products with their vendors, categories, stock and prices, a batch at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice

from app.demo.chosen import chosen
from app.demo.goods import KINDS
from app.demo.prices import DISCOUNTS, PRICE_LISTS
from app.demo.products import Made, made
from app.demo.vendors import MAKERS
from app.rules import search
from app.rules.imports.frame import vendor_key
from app.rules.search_text import code_key, words_of
from db import sql
from db.dialect import among, array

BATCH = 2_000
KEPT = 600  # products that the history of the demo picks from

CERTIFICATIONS = (
    (
        "PIKE-PRO",
        "Pike & Co Pro",
        "Pike & Co teach it in a day, on line: write to partners@pike.example with your account number.",
    ),
    (
        "CORVANE-NET",
        "Corvane Network Partner",
        "Two of your people pass Corvane's course: ask for dates at courses@corvane.example.",
    ),
)

INSERT_PRODUCT = f"""
INSERT INTO products (sku, vpn, vpn_key, upc, vendor, category, name, description, words, msrp_cents,
    weight_grams, length_mm, width_mm, height_mm, warranty_months, min_quantity, multiple_quantity,
    is_no_return, is_serial_tracked, is_end_user_required, is_clearance, is_discontinued, certification,
    created_at, changed_at)
VALUES ({sql.marks(25)})"""  # noqa: S608 (only marks)
INSERT_STOCK = "INSERT INTO stock (product, warehouse, available, on_order, eta) VALUES ($1, $2, $3, $4, $5)"
INSERT_PRICE = "INSERT INTO list_prices (price_list, product, min_quantity, price_cents) VALUES ($1, $2, $3, $4)"
FLAGS = ("no_return", "serial", "end_user", "clearance", "discontinued")


@dataclass(slots=True)
class Catalogue:
    """What has an id by now, under the code or name that the rules of the demo know it by."""

    now: datetime
    today: date
    warehouses: dict[str, int] = field(default_factory=dict)
    vendors: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    certifications: dict[str, int] = field(default_factory=dict)
    price_lists: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)  # of the kept ones, by SKU
    kept: list[Made] = field(default_factory=list)


async def write(amount: int, seed: int, now: datetime, today: date) -> Catalogue:
    """Write the whole catalogue; a million products take no more memory than a batch."""
    catalogue = Catalogue(now, today)
    async with sql.transaction():
        await _write_frame(catalogue)
    for batch in _batches(amount, seed):
        async with sql.transaction():
            await _write_batch(catalogue, batch)
    return catalogue


def _batches(amount: int, seed: int) -> Iterator[list[Made]]:
    first = list(chosen())
    goods = islice(chain(first, made(seed, len(first))), amount)
    while batch := list(islice(goods, BATCH)):
        yield batch


async def _write_frame(catalogue: Catalogue) -> None:
    catalogue.warehouses = await ids("SELECT id, code AS key FROM warehouses")
    await sql.run_many(
        "INSERT INTO vendors (name, name_key) VALUES ($1, $2)", [(name, vendor_key(name)) for name in MAKERS]
    )
    catalogue.vendors = await ids("SELECT id, name AS key FROM vendors")
    await sql.run_many("INSERT INTO categories (path, name, depth) VALUES ($1, $2, $3)", _categories())
    catalogue.categories = await ids("SELECT id, path AS key FROM categories")
    await sql.run_many("INSERT INTO certifications (code, name, how_to_get) VALUES ($1, $2, $3)", list(CERTIFICATIONS))
    catalogue.certifications = await ids("SELECT id, code AS key FROM certifications")
    await sql.run_many("INSERT INTO price_lists (code, name) VALUES ($1, $2)", list(PRICE_LISTS))
    catalogue.price_lists = await ids("SELECT id, code AS key FROM price_lists")
    await sql.run_many(
        "INSERT INTO discounts (price_list, vendor, category, basis_points, valid_from, valid_to)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        _discounts(catalogue),
    )


async def ids(statement: str, *args: object) -> dict[str, int]:
    """The ids of a statement's rows by their `key`."""
    return {row["key"]: row["id"] for row in await sql.rows(statement, *args)}


def _categories() -> list[tuple[str, str, int]]:
    """Every leaf and what stands above it, once."""
    paths: dict[str, None] = {}
    for kind in KINDS:
        steps = kind.path.split(" > ")
        paths.update(dict.fromkeys(" > ".join(steps[:depth]) for depth in range(1, len(steps) + 1)))
    return [(path, path.rpartition(" > ")[2], path.count(" > ") + 1) for path in paths]


def _discounts(catalogue: Catalogue) -> list[tuple[object, ...]]:
    return [
        (
            catalogue.price_lists[discount.price_list],
            catalogue.vendors.get(discount.vendor),
            catalogue.categories.get(discount.category),
            discount.basis_points,
            *discount.dates(catalogue.today),
        )
        for discount in DISCOUNTS
    ]


async def _write_batch(catalogue: Catalogue, batch: Sequence[Made]) -> None:
    await sql.run_many(INSERT_PRODUCT, [_row(catalogue, product) for product in batch])
    written = await ids(
        f"SELECT id, sku AS key FROM products WHERE {among('sku', 1, 'text')}",  # noqa: S608 (a constant)
        array(product.sku for product in batch),
    )
    await sql.run_many(INSERT_STOCK, list(_stock(catalogue, batch, written)))
    await sql.run_many(INSERT_PRICE, list(_prices(catalogue, batch, written)))
    await sql.run_many("UPDATE products SET replaced_by = $2 WHERE id = $1", list(_replaced(batch, written)))
    await search.learn(list(written.values()))
    wanted = batch[: max(0, KEPT - len(catalogue.kept))]
    catalogue.kept.extend(wanted)
    catalogue.products.update((product.sku, written[product.sku]) for product in wanted)


def _row(catalogue: Catalogue, made_one: Made) -> tuple[object, ...]:
    kind, vendor = made_one.kind, made_one.maker.name
    words = words_of(made_one.name, vendor, kind.path, made_one.description, made_one.vpn, made_one.sku)
    return (
        made_one.sku, made_one.vpn, code_key(made_one.vpn), made_one.upc,
        catalogue.vendors[vendor], catalogue.categories[kind.path],
        made_one.name, made_one.description, words, made_one.msrp_cents,
        made_one.weight_grams, *kind.box_mm, kind.warranty_months,
        made_one.min_quantity, made_one.multiple_quantity,
        *(flag in made_one.traits for flag in FLAGS),
        catalogue.certifications.get(made_one.certification),
        catalogue.now, catalogue.now,
    )  # fmt: skip


def _stock(catalogue: Catalogue, batch: Sequence[Made], written: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for product in batch:
        for shelf in product.shelves:
            warehouse = catalogue.warehouses[shelf.warehouse]
            due = shelf.eta(catalogue.today)
            yield written[product.sku], warehouse, shelf.available, shelf.on_order, due


def _prices(catalogue: Catalogue, batch: Sequence[Made], written: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for product in batch:
        for price in product.list_prices:
            listed = catalogue.price_lists[price.price_list]
            yield listed, written[product.sku], price.min_quantity, price.cents


def _replaced(batch: Sequence[Made], written: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for product in batch:
        if product.replaced_by in written:
            yield written[product.sku], written[product.replaced_by]
