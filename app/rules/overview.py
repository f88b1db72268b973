"""The overview after the log-in: what a user left off at and waits for (HOME-1)."""

from dataclasses import dataclass, field

from app.rules import order_lists
from app.rules.orders import VISIBLE, scope
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

MOST = 8
BACKORDERED = f"""
SELECT o.number, o.po_number, l.product, l.sku, l.vpn, l.name, p.quantity, p.eta
FROM order_parts p JOIN order_lines l ON l.id = p.line JOIN orders o ON o.id = l."order"
WHERE {VISIBLE} AND p.kind = 'backordered'
ORDER BY CASE WHEN p.eta IS NULL THEN 1 ELSE 0 END, p.eta, p.id LIMIT {MOST}
"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Overview:
    """The latest orders, newest first, and the units waited for, the soonest first."""

    sees_orders: bool = False
    orders: list[Row] = field(default_factory=list)
    order_count: int = 0
    backordered: list[Row] = field(default_factory=list)


async def of(viewer: Viewer) -> Overview:
    """Each part only for those who may see its page; three statements."""
    if not viewer.may(Privilege.SEE_OWN_ORDERS):
        return Overview()
    found = await order_lists.listed(order_lists.Filter(), 1, viewer)
    backordered = await sql.rows(BACKORDERED, *scope(viewer))
    return Overview(True, found.rows[:MOST], found.count, backordered)
