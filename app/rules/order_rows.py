"""Writes an order: its row, its lines, where each unit comes from, and what is taken from stock (STOCK-2)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from app.rules import addresses, checkout, order_numbers
from app.rules.basket_sums import LineSum
from app.rules.refusals import Stale
from app.rules.reviews import Review
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

TRIES = 12

ORDER_COLUMNS = (
    "number", "company", "placed_by", "acted_by", "placed_at", "basket", "token", "token_digest", "po_number",
    "po_guard", "end_customer_po", "end_user", *(f"delivery_{name}" for name in addresses.LIMITS), "delivery_method",
    "requested_date", "ship", "notes", "currency", "tax_name", "tax_basis_points", "goods_cents", "freight_cents",
    "tax_cents", "total_cents",
)  # fmt: skip
# A company that allows a PO number twice guards none.
GUARD = """CASE WHEN (SELECT allows_repeated_po FROM companies WHERE id = {company}) THEN NULL
    ELSE CAST({po_guard} AS VARCHAR) END"""
PLACES = {name: f"${place}" for place, name in enumerate(ORDER_COLUMNS, 1)}
INSERT_ORDER = f"""INSERT INTO orders ({", ".join(ORDER_COLUMNS)})
    VALUES ({", ".join((PLACES | {"po_guard": GUARD.format(**PLACES)}).values())})
    ON CONFLICT DO NOTHING RETURNING id"""  # noqa: S608 (our own words)
INSERT_LINE = f"""INSERT INTO order_lines ("order", number, product, sku, vpn, vendor, name, note, quantity,
    price_cents, price_source, total_cents, tax_cents) VALUES ({sql.marks(13)})"""  # noqa: S608 (our own words)
INSERT_PART = """INSERT INTO order_parts (line, warehouse, kind, quantity, eta)
    SELECT id, $3, $4, $5, $6 FROM order_lines WHERE "order" = $1 AND number = $2"""
# The row is locked and was read after that; were it not, its CHECK would refuse to go below nothing.
RESERVE = """UPDATE stock SET available = available - $3, reserved = reserved + $3
    WHERE product = $1 AND warehouse = $2"""


class Mark(NamedTuple):
    """What an order is known again by when its form comes twice."""

    token: str
    digest: str


async def write(found: Review, mark: Mark, by: Viewer) -> int | None:
    """The order's id; None when another order of the company has its token or its PO number."""
    order_id = await _insert(found, mark, by)
    if order_id is not None:
        await _insert_lines(order_id, found)
    return order_id


async def _insert(found: Review, mark: Mark, by: Viewer) -> int | None:
    facts = _facts(found, by) | {
        "token": mark.token,
        "token_digest": mark.digest,
        "po_guard": checkout.po_guard(found.terms.po_number),
    }
    for attempt in range(TRIES):
        facts["number"] = order_numbers.drawn(attempt)
        order_id: int | None = await sql.value(INSERT_ORDER, *(facts[name] for name in ORDER_COLUMNS))
        if order_id is not None:
            return order_id
        if not await sql.value("SELECT 1 FROM orders WHERE number = $1", facts["number"]):
            return None
    raise Stale("No order number was free. Nothing was ordered. Place it again.")


def _facts(found: Review, by: Viewer) -> dict[str, Any]:
    """What the order promises, copied from this moment."""
    terms, sums = found.terms, found.totals
    return {
        "company": by.company_id,
        "placed_by": by.id,
        "acted_by": by.staff_id or None,
        "placed_at": datetime.now(UTC),
        "basket": found.counter.basket.id,
        "po_number": terms.po_number,
        "end_customer_po": terms.end_customer_po,
        "end_user": terms.end_user,
        **{f"delivery_{name}": getattr(terms.place, name) for name in addresses.LIMITS},
        "delivery_method": terms.method.name,
        "requested_date": terms.requested_date,
        "ship": terms.ship,
        "notes": terms.notes,
        "currency": settings.currency,
        "tax_name": settings.tax_name,
        "tax_basis_points": settings.tax_basis_points,
        "goods_cents": sums.goods,
        "freight_cents": sums.freight,
        "tax_cents": sums.tax,
        "total_cents": sums.total,
    }


async def _insert_lines(order_id: int, found: Review) -> None:
    lines = list(enumerate(found.lines, 1))
    await sql.run_many(INSERT_LINE, [(order_id, number, *_line(line)) for number, line in lines])
    home = found.counter.basket.home_warehouse
    parts = [(order_id, number, *part) for number, line in lines for part in _parts(line, home)]
    await sql.run_many(INSERT_PART, parts)
    taken = [(line.product["id"], part.warehouse_id, part.quantity) for _, line in lines for part in line.promise.parts]
    await sql.run_many(RESERVE, sorted(taken))


def _line(line: LineSum) -> tuple[Any, ...]:
    product, price = line.product, line.price
    assert price is not None
    return (
        product["id"], product["sku"], product["vpn"], product["vendor"] or "", product["name"], line.line.note,
        line.line.quantity, price.cents, price.source, line.total_cents, line.tax_cents,
    )  # fmt: skip


def _parts(line: LineSum, home_warehouse_id: int) -> Iterator[tuple[int, str, int, date | None]]:
    """Units that wait on a shelf, and those that come to the home warehouse later."""
    promise = line.promise
    for part in promise.parts:
        yield part.warehouse_id, "reserved", part.quantity, None
    if promise.backordered:
        yield home_warehouse_id, "backordered", promise.backordered, promise.eta
