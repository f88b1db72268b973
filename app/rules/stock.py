"""Stock in each warehouse, and what a quantity gets of it now and later (STOCK-1, STOCK-2)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.rules.refusals import Invalid
from db import sql
from db.dialect import among, array


class Level(NamedTuple):
    """Units of one product in one warehouse."""

    warehouse_id: int
    code: str
    name: str
    available: int
    on_order: int
    eta: date | None


class Part(NamedTuple):
    """Units that one warehouse sends."""

    warehouse_id: int
    code: str
    quantity: int


class Promise(NamedTuple):
    """What a quantity gets: units that ship now, from where, and units that are backordered until `eta`."""

    ships: int
    backordered: int
    eta: date | None
    parts: tuple[Part, ...]
    refused: int = 0  # units of discontinued goods beyond what is there: never backordered

    @property
    def words(self) -> str:
        """`4 ship now, 2 backordered, expected 3 Dec 2026`."""
        said = [f"{self.ships:,} {'ships' if self.ships == 1 else 'ship'} now"]
        if self.backordered:
            when = f"expected {self.eta.day} {self.eta:%b %Y}" if self.eta else "no date yet"
            said += [f"{self.backordered:,} backordered", when]
        if self.refused:
            said.append(f"{self.refused:,} not available: discontinued")
        return ", ".join(said)


LEVELS = f"""
SELECT s.product, w.id, w.code, w.name, s.available, s.on_order, s.eta
FROM stock s JOIN warehouses w ON w.id = s.warehouse
WHERE {among("s.product", 1)} ORDER BY w.position, w.id
"""  # noqa: S608 (the pieces are constants)


async def levels(product_ids: Sequence[int]) -> dict[int, list[Level]]:
    """The stock of each product in the order of the warehouses, in one statement; no row where there never was any."""
    found: dict[int, list[Level]] = defaultdict(list)
    for row in await sql.rows(LEVELS, array(product_ids)) if product_ids else []:
        product, *rest = row.values()
        found[product].append(Level(*rest))
    return {product_id: found.get(product_id, []) for product_id in product_ids}


def unpacked(text: str | None) -> list[Level]:
    """Levels that came as JSON with the row of a product."""
    return [
        Level(warehouse, code, name, available, on_order, date.fromisoformat(eta) if eta else None)
        for warehouse, code, name, available, on_order, eta in json.loads(text or "[]")
    ]


class Shelf(NamedTuple):
    """All warehouses together, as a row says it."""

    available: int
    detail: str  # AKL 120 · WLG 44
    on_order: int
    eta: date | None


def shelf(levels: Sequence[Level]) -> Shelf:
    held = [f"{level.code} {level.available:,}" for level in levels if level.available > 0]
    days = [level.eta for level in levels if level.eta and level.on_order > 0]
    return Shelf(
        available=sum(level.available for level in levels),
        detail=" · ".join(held),
        on_order=sum(level.on_order for level in levels),
        eta=min(days, default=None),
    )


def promise(
    levels: Iterable[Level],
    quantity: int,
    home_warehouse_id: int,
    discontinued: bool = False,
    ship_complete: bool = False,
) -> Promise:
    """Home warehouse first, then the others in the desk's order; the rest is backordered (STOCK-2).

    With `ship_complete` what is short makes all wait: nothing ships now. Discontinued goods are never backordered.
    """
    ordered = sorted(levels, key=lambda level: level.warehouse_id != home_warehouse_id)
    parts, left = [], quantity
    for level in ordered:
        taken = min(left, level.available)
        if taken > 0:
            parts.append(Part(level.warehouse_id, level.code, taken))
            left -= taken
    if discontinued:
        return Promise(quantity - left, 0, None, tuple(parts), refused=left)
    if left and ship_complete:
        return Promise(0, quantity, expected(ordered, left), ())
    return Promise(quantity - left, left, expected(ordered, left) if left else None, tuple(parts))


def expected(levels: Iterable[Level], quantity: int) -> date | None:
    """The first day by which so many units on order have come; None when they are not all on order with a day."""
    coming = sorted((level.eta, level.on_order) for level in levels if level.eta and level.on_order > 0)
    for day, units in coming:
        quantity -= units
        if quantity <= 0:
            return day
    return None


class Apart(NamedTuple):
    """Units of a quantity that are not typed where a reason stands, and so are not to be typed there."""

    basket: int = 0
    rows: int = 0

    @property
    def units(self) -> int:
        return self.basket + self.rows

    @property
    def words(self) -> str:
        """`30 in the basket and 2 in other rows`."""
        parts = (f"{self.basket:,} in the basket" * bool(self.basket), f"{self.rows:,} in other rows" * bool(self.rows))
        return " and ".join(part for part in parts if part)


ALL_HERE = Apart()


def check_quantity(quantity: int, min_quantity: int, multiple_quantity: int) -> None:
    """Raises Invalid, with the next quantity that fits, for one that is not sold (STOCK-2)."""
    if wrong := unfit(quantity, min_quantity, multiple_quantity):
        raise Invalid({"quantity": wrong})


def unfit(quantity: int, min_quantity: int, multiple_quantity: int, apart: Apart = ALL_HERE) -> str:
    """Why so many are not sold, with the number to type; `apart` are those of them that are not typed here."""
    fitting = fitting_quantity(quantity, min_quantity, multiple_quantity)
    if quantity == fitting:
        return ""
    sold = f"at least {min_quantity:,}" if min_quantity > 1 else ""
    steps = f"in multiples of {multiple_quantity:,}" if multiple_quantity > 1 else ""
    how = " and ".join(part for part in (sold, steps) if part) or "from one unit on"
    next_one = f"The next quantity is {fitting:,}."
    if apart.units:
        next_one = f"With {apart.words}: type {fitting - apart.units:,} here, {fitting:,} in all."
    return f"This product is sold {how}. {next_one}"


def fitting_quantity(quantity: int, min_quantity: int, multiple_quantity: int) -> int:
    """The quantity itself, or the next larger one that is sold."""
    least = max(quantity, min_quantity, 1)
    return -(-least // multiple_quantity) * multiple_quantity
