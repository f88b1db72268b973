"""My Orders: finding orders by number, PO, product, state and date (ORDER-5)."""

from dataclasses import dataclass
from datetime import date

from app.rules import days, freight, order_states
from app.rules.order_numbers import typed
from app.rules.orders import VISIBLE, scope
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

PAGE_SIZE = 25
LEAST_PART = 3  # characters that are looked for inside of a number; fewer are how it begins

# $3 is a pattern of what somebody typed, $4 and $5 the same in small letters and in capitals; "" asks for all.
# $6 is how a SKU or VPN begins, in capitals.
FOUND_BY = """($3 = '' OR o.number LIKE $5 ESCAPE '\\'
    OR o.po_number LIKE $3 ESCAPE '\\' OR lower(o.po_number) LIKE $4 ESCAPE '\\'
    OR o.end_customer_po LIKE $3 ESCAPE '\\' OR lower(o.end_customer_po) LIKE $4 ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM order_lines f WHERE f."order" = o.id
        AND (f.sku LIKE $6 ESCAPE '\\' OR upper(f.vpn) LIKE $6 ESCAPE '\\')))"""
WHERE = f"{VISIBLE} AND {FOUND_BY} AND o.placed_at >= $7 AND o.placed_at < $8"

# The units of each kind in an order, over its lines `l`.
UNITS = """coalesce(sum(l.quantity), 0) AS ordered, coalesce(sum(l.shipped), 0) AS shipped,
    coalesce(sum(l.delivered), 0) AS delivered, coalesce(sum(l.cancelled), 0) AS cancelled,
    CAST(coalesce(sum((SELECT sum(p.quantity) FROM order_parts p
        WHERE p.line = l.id AND p.kind = 'backordered')), 0) AS BIGINT) AS backordered"""
PLAIN = f"SELECT o.id, o.placed_at FROM orders o WHERE {WHERE}"  # noqa: S608 (our own words)
IN_STATE = f"""SELECT x.id, x.placed_at FROM (
    SELECT o.id, o.placed_at, {UNITS} FROM orders o LEFT JOIN order_lines l ON l."order" = o.id
    WHERE {WHERE} GROUP BY o.id, o.placed_at) x WHERE {order_states.CASE} = $9"""  # noqa: S608 (our own words)
COUNT = "SELECT count(*) FROM ({found}) y"
PAGE = f"""SELECT o.number, o.placed_at, o.po_number, o.end_customer_po, o.total_cents, o.ship, o.delivery_name,
    o.delivery_city, o.delivery_method, u.name AS placed_by_name, count(l.id) AS line_count, {UNITS}
FROM (SELECT id FROM ({{found}}) y ORDER BY placed_at DESC, id DESC LIMIT {PAGE_SIZE} OFFSET {{offset}}) z
JOIN orders o ON o.id = z.id JOIN users u ON u.id = o.placed_by LEFT JOIN order_lines l ON l."order" = o.id
GROUP BY o.id, u.name ORDER BY o.placed_at DESC, o.id DESC"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty asks for every order. Days are the viewer's own."""

    q: str = ""
    state: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of orders, newest first, each with its `state` and `is_collected`, and how many there are in all."""

    rows: list[Row]
    count: int


async def listed(asked: Filter, page: int, viewer: Viewer) -> Found:
    """Pages count from 1; two statements."""
    values = [*scope(viewer), *_patterns(asked.q), *days.moments(asked.first_day, asked.last_day, viewer.time_zone)]
    found = IN_STATE if asked.state else PLAIN
    values += [asked.state] if asked.state else []
    count = await sql.value(COUNT.format(found=found), *values)
    rows = await sql.rows(PAGE.format(found=found, offset=f"${len(values) + 1}"), *values, (page - 1) * PAGE_SIZE)
    return Found([_shown(row) for row in rows], count)


def _shown(row: Row) -> Row:
    method = row["delivery_method"]
    return {**row, "state": order_states.state_of(row), "is_collected": freight.is_collected(method)}


async def only_hit(q: str, viewer: Viewer) -> str | None:
    """The number of the viewer's order that was typed in full, or None."""
    number = typed(q)
    if number is None:
        return None
    found: str | None = await sql.value(
        f"SELECT o.number FROM orders o WHERE {VISIBLE} AND o.number = $3",  # noqa: S608 (our own words)
        *(*scope(viewer), number),
    )
    return found


def _patterns(q: str) -> tuple[str, str, str, str]:
    """Part of a number as typed, in small letters and in capitals, and how a code begins; empty where nothing is."""
    if not q:
        return "", "", "", ""
    before = "%" if len(q) >= LEAST_PART else ""
    for special in ("\\", "%", "_"):
        q = q.replace(special, f"\\{special}")
    part = f"{before}{q}%"
    return part, part.lower(), part.upper(), f"{q.upper()}%"
