"""The demo's orders are exact to the cent and agree with its stock."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from app.rules.money import rounded_share
from app.rules.settings import settings
from db import sql
from db.notices import Notice
from tests.demo.world import NOW, TODAY, count
from tests.rules_named import rule


@rule("NOTIFY-3")
async def test_history_mails_nothing() -> None:
    assert not await Notice.count()


@rule("PRICE-3")
async def test_orders_are_exact() -> None:
    for order in await sql.rows("SELECT * FROM orders"):
        lines = await sql.rows('SELECT * FROM order_lines WHERE "order" = $1', order["id"])
        taxes = [rounded_share(line["price_cents"] * line["quantity"], 1_500) for line in lines]
        assert [line["tax_cents"] for line in lines] == taxes
        assert order["goods_cents"] == sum(line["total_cents"] for line in lines)
        assert order["tax_cents"] == sum(taxes) + rounded_share(order["freight_cents"], 1_500)


async def test_there_are_orders_enough() -> None:
    for account_number in ("100234", "100377"):
        of_company = "orders o JOIN companies c ON c.id = o.company WHERE c.account_number = $1"
        assert await count(of_company, account_number) >= 20
    bens = "orders o JOIN users u ON u.id = o.placed_by WHERE u.email = 'ben@brightbyte.example'"
    assert await count(bens) >= 5
    assert await count("orders WHERE placed_at < $1", NOW - timedelta(days=600))
    assert not await count("orders WHERE placed_at > $1", NOW)


async def test_orders_were_placed_on_working_days() -> None:
    zone = ZoneInfo(settings.time_zone)
    days = [row["placed_at"].astimezone(zone) for row in await sql.rows("SELECT placed_at FROM orders")]
    assert all(day.weekday() < 5 and 8 <= day.hour < 17 for day in days)


async def test_stock_holds_what_is_reserved() -> None:
    wrong = """(SELECT s.id FROM stock s LEFT JOIN order_lines l ON l.product = s.product
        LEFT JOIN order_parts p ON p.line = l.id AND p.warehouse = s.warehouse AND p.kind = 'reserved'
        GROUP BY s.id, s.reserved HAVING coalesce(sum(p.quantity), 0) <> s.reserved) w"""
    assert not await count(wrong)
    assert await count("stock WHERE reserved > 0")


async def test_parts_add_up_to_what_was_not_cancelled() -> None:
    wrong = """(SELECT l.id FROM order_lines l LEFT JOIN order_parts p ON p.line = l.id
        GROUP BY l.id, l.quantity, l.cancelled HAVING coalesce(sum(p.quantity), 0) <> l.quantity - l.cancelled) w"""
    assert not await count(wrong)


WAITS = """order_lines l JOIN orders o ON o.id = l."order" JOIN companies c ON c.id = o.company
    JOIN order_parts p ON p.line = l.id WHERE c.account_number = '100234'"""


async def test_brightbyte_has_a_backorder_with_a_date() -> None:
    assert await count(f"{WAITS} AND p.kind = 'backordered' AND p.eta > $1", TODAY)


async def test_brightbyte_has_a_partly_shipped_order() -> None:
    another = 'EXISTS (SELECT 1 FROM order_lines s WHERE s."order" = o.id AND s.shipped > 0)'
    assert await count(f"{WAITS} AND p.kind = 'reserved' AND {another}")
