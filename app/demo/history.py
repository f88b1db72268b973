"""Writes the orders of the demo with their lines, parts and the stock that they hold."""

from collections import defaultdict
from collections.abc import Iterator

from app.demo import dice
from app.demo.catalogue import Catalogue, ids
from app.demo.people import People
from app.demo.placing import Line, Placed, placed
from app.demo.plans import orders
from app.demo.shelves import AUCKLAND
from app.demo.shop import Shop
from app.rules import freight
from app.rules.settings import settings
from db import sql
from db.sql import Row

PARTS = {"delivered": "shipped", "shipped": "shipped", "reserved": "reserved", "backordered": "backordered"}

INSERT_ORDER = f"""
INSERT INTO orders (number, company, placed_by, placed_at, po_number, po_guard, end_customer_po,
    delivery_name, delivery_attention, delivery_line1, delivery_line2, delivery_city, delivery_region,
    delivery_postcode, delivery_country, delivery_phone, delivery_method, ship, currency, tax_name,
    tax_basis_points, goods_cents, freight_cents, tax_cents, total_cents)
VALUES ({sql.marks(25)})"""  # noqa: S608 (only marks)
INSERT_LINE = f"""
INSERT INTO order_lines ("order", number, product, sku, vpn, vendor, name, quantity, price_cents,
    price_source, total_cents, tax_cents, shipped, delivered, cancelled)
VALUES ({sql.marks(15)})"""  # noqa: S608 (only marks)
DELIVERED_TO = ("name", "attention", "line1", "line2", "city", "region", "postcode", "country", "phone")


async def write(catalogue: Catalogue, people: People, shops: dict[str, Shop], seed: int) -> None:
    """Write the history, and take what it reserves from the shelves."""
    methods = {method.name: method for method in await freight.methods()}
    history = list(placed(orders(), shops, methods, dice.dice(seed, "orders")))
    addresses = await _addresses()
    await sql.run_many(INSERT_ORDER, [_order(order, people, addresses) for order in history])
    written = await ids("SELECT id, number AS key FROM orders")
    await sql.run_many(
        INSERT_LINE,
        [
            (written[order.number], place, *_line(line, catalogue))
            for order in history
            for place, line in enumerate(order.lines, 1)
        ],
    )
    await _write_parts(catalogue, history)
    for shop in shops.values():
        await _reserve(shop)


async def _addresses() -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in await sql.rows("SELECT * FROM addresses ORDER BY id"):
        found[row["company"]].append(row)
    return found


def _order(order: Placed, people: People, addresses: dict[int, list[Row]]) -> tuple[object, ...]:
    company = people.companies[order.planned.company]
    address = addresses[company][order.address]
    return (
        order.number, company, people.users[order.planned.placed_by], order.placed_at,
        order.po_number, order.po_number.casefold(), order.end_customer_po,
        *(address[part] for part in DELIVERED_TO),
        order.method, "available", settings.currency, settings.tax_name, settings.tax_basis_points,
        order.goods_cents, order.freight_cents, order.tax_cents,
        order.goods_cents + order.freight_cents + order.tax_cents,
    )  # fmt: skip


def _line(line: Line, catalogue: Catalogue) -> tuple[object, ...]:
    product, price = line.pick.product, line.pick.price
    return (
        catalogue.products[product.sku], product.sku, product.vpn, product.maker.name, product.name,
        line.pick.quantity, price.cents, price.source, line.total_cents, line.tax_cents,
        line.units("shipped", "delivered"), line.units("delivered"), line.units("cancelled"),
    )  # fmt: skip


async def _write_parts(catalogue: Catalogue, history: list[Placed]) -> None:
    lines = await ids(
        "SELECT l.id, o.number || '/' || l.number AS key FROM order_lines l JOIN orders o ON o.id = l.\"order\""
    )
    await sql.run_many(
        "INSERT INTO order_parts (line, warehouse, kind, quantity, eta) VALUES ($1, $2, $3, $4, $5)",
        [
            (lines[f"{order.number}/{place}"], *part)
            for order in history
            for place, line in enumerate(order.lines, 1)
            for part in _parts(line, catalogue)
        ],
    )


def _parts(line: Line, catalogue: Catalogue) -> Iterator[tuple[object, ...]]:
    """Where the units of the line come from; what was cancelled comes from nowhere."""
    if line.fate in PARTS:
        is_late = line.fate == "backordered"
        eta = line.pick.product.shelves[0].eta(catalogue.today) if is_late else None
        yield catalogue.warehouses[AUCKLAND], PARTS[line.fate], line.pick.quantity, eta


async def _reserve(shop: Shop) -> None:
    await sql.run_many(
        "UPDATE stock SET available = available - $3, reserved = reserved + $3 WHERE product = $1 AND warehouse = $2",
        [(*place, units) for place, units in shop.reserved.items()],
    )
