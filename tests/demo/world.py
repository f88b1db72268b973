"""A database of its own for the demo, and what stands in it, told without ids."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
from piccolo.conf.apps import Finder
from piccolo.table import sort_table_classes

from app.rules.settings import settings
from db import sql
from db.conf import DB
from db.postgres import PortalPostgres

NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
TODAY = NOW.astimezone(ZoneInfo(settings.time_zone)).date()

TOLD = (
    """SELECT p.sku, p.vpn, p.upc, v.name AS vendor, c.path, p.name, p.description, p.words, p.msrp_cents, p.available,
        p.weight_grams, p.is_no_return, p.is_discontinued, r.sku AS replaced_by, p.certification IS NULL AS is_free
    FROM products p JOIN vendors v ON v.id = p.vendor JOIN categories c ON c.id = p.category
    LEFT JOIN products r ON r.id = p.replaced_by ORDER BY p.sku""",
    """SELECT p.sku, w.code, s.available, s.reserved, s.on_order, s.eta
    FROM stock s JOIN products p ON p.id = s.product JOIN warehouses w ON w.id = s.warehouse ORDER BY p.sku, w.code""",
    """SELECT p.sku, l.code, s.min_quantity, s.price_cents FROM list_prices s JOIN products p ON p.id = s.product
    JOIN price_lists l ON l.id = s.price_list ORDER BY p.sku, l.code, s.min_quantity""",
    """SELECT p.sku, s.min_quantity, s.price_cents, s.valid_to FROM contract_prices s
    JOIN products p ON p.id = s.product ORDER BY p.sku, s.min_quantity""",
    """SELECT o.number, u.email, o.placed_at, o.po_number, o.delivery_name, o.delivery_method, o.total_cents, l.number,
        l.sku, l.quantity, l.price_cents, l.tax_cents, l.shipped, l.delivered, l.cancelled, t.kind, t.eta
    FROM orders o JOIN users u ON u.id = o.placed_by JOIN order_lines l ON l."order" = o.id
    LEFT JOIN order_parts t ON t.line = l.id ORDER BY o.number, l.number""",
    """SELECT u.email, b.name, b.visibility, b.total_cents, p.sku, l.quantity, l.seen_price_cents FROM baskets b
    JOIN users u ON u.id = b.owner JOIN basket_lines l ON l.basket = b.id JOIN products p ON p.id = l.product
    ORDER BY u.email, b.name, p.sku""",
)


async def count(question: str, *args: object) -> int:
    """How many rows there are of what follows FROM."""
    found: int = await sql.value(f"SELECT count(*) FROM {question}", *args)  # noqa: S608 (our own words)
    return found


async def told() -> list[list[sql.Row]]:
    """All that chance could change, in words and numbers only."""
    return [await sql.rows(question) for question in TOLD]


async def emptied() -> None:
    """Delete every row, the ones that others point at last."""
    for table in reversed(sort_table_classes(Finder().get_table_classes(include_apps=["portal"]))):
        await table.delete(force=True)


async def moved_to_new_database(folder: Path) -> None:
    """Point this process at a database without tables."""
    if not isinstance(DB, PortalPostgres):
        DB.path = str(folder / "demo.db")
        return
    server = await asyncpg.connect(DB.config["dsn"].rpartition("/")[0] + "/postgres")
    name = f"demo_{uuid4().hex[:12]}"
    await server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await server.close()
    DB.config["dsn"] = DB.config["dsn"].rpartition("/")[0] + f"/{name}"
