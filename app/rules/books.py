"""Whether stock and orders add up, each sum checked where its parts stand."""

from db import sql

CHECKS = {
    "Stock {product} at {warehouse}: {reserved} reserved, but orders hold {held}.": """
        SELECT p.sku AS product, w.code AS warehouse, s.reserved, CAST(coalesce(h.held, 0) AS BIGINT) AS held
        FROM stock s JOIN products p ON p.id = s.product JOIN warehouses w ON w.id = s.warehouse
        LEFT JOIN (
            SELECT l.product, o.warehouse, sum(o.quantity) AS held
            FROM order_parts o JOIN order_lines l ON l.id = o.line WHERE o.kind = 'reserved'
            GROUP BY l.product, o.warehouse
        ) h ON h.product = s.product AND h.warehouse = s.warehouse
        WHERE s.reserved <> coalesce(h.held, 0)""",
    "Product {sku}: {available} available, but its warehouses hold {held}.": """
        SELECT p.sku, p.available, CAST(coalesce(s.held, 0) AS BIGINT) AS held FROM products p
        LEFT JOIN (SELECT product, sum(available) AS held FROM stock GROUP BY product) s ON s.product = p.id
        WHERE p.available <> coalesce(s.held, 0)""",
    "Order {number}, line {line}: {quantity} ordered, but {parts} shipped, reserved, backordered or cancelled.": """
        SELECT o.number, l.number AS line, l.quantity,
            CAST(l.cancelled + coalesce(p.parts, 0) AS BIGINT) AS parts
        FROM order_lines l JOIN orders o ON o.id = l."order"
        LEFT JOIN (SELECT line, sum(quantity) AS parts FROM order_parts GROUP BY line) p ON p.line = l.id
        WHERE l.quantity <> l.cancelled + coalesce(p.parts, 0)""",
    "Order {number}: {goods} cents of goods, but its lines come to {lines}.": """
        SELECT o.number, o.goods_cents AS goods, CAST(coalesce(l.total, 0) AS BIGINT) AS lines FROM orders o
        LEFT JOIN (SELECT "order", sum(total_cents) AS total FROM order_lines GROUP BY "order") l ON l."order" = o.id
        WHERE o.goods_cents <> coalesce(l.total, 0)""",
}


async def what_does_not_add_up() -> list[str]:
    """A sentence for each sum that is wrong; none when the books hold."""
    return [sentence.format(**found) for sentence, question in CHECKS.items() for found in await sql.rows(question)]
