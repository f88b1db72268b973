"""What a sheet added to lines that were in its basket before, and what has become of these since (BASKET-10)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from db import sql
from db.dialect import among, array

LINES = f"""SELECT p.id, CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END AS code, l.quantity
FROM products p LEFT JOIN basket_lines l ON l.basket = $1 AND l.product = p.id AND l.removed_at IS NULL
WHERE {among("p.id", 2)}"""  # noqa: S608 (the pieces are constants)


class Went(NamedTuple):
    """A row that is in a basket: how many of a product, and how many that basket held before."""

    number: int
    product_id: int
    quantity: int
    was: int
    basket_id: int
    went_at: datetime


class Addition(NamedTuple):
    """A product that the basket held before: its line holds `now`, added up `both`, and `alone` what the sheet says."""

    product_id: int
    code: str
    now: int
    alone: int
    both: int

    @property
    def is_added(self) -> bool:
        return self.now == self.both

    @property
    def is_replaced(self) -> bool:
        return self.now == self.alone


async def of(went: Iterable[Went], basket_id: int) -> tuple[Addition, ...]:
    """By the product; the basket is one that the asker has found."""
    before: dict[int, int] = {}
    alone: Counter[int] = Counter()
    for row in sorted(went, key=lambda row: row.went_at):
        if row.basket_id == basket_id:
            before.setdefault(row.product_id, row.was)
            alone[row.product_id] += row.quantity
    was = {product: quantity for product, quantity in before.items() if quantity}
    found = await sql.rows(LINES, basket_id, array(sorted(was))) if was else []
    by_id = {row["id"]: row for row in found}
    return tuple(
        Addition(product, by_id[product]["code"], by_id[product]["quantity"] or 0, alone[product], alone[product] + had)
        for product, had in was.items()
        if product in by_id
    )
