"""Many lines into a basket at one time, each judged as one line is, by as many statements as for one (BASKET-8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.rules import basket_line_rows as rows
from app.rules import baskets, prices, products, stock
from app.rules.basket_line_rows import Seen
from app.rules.basket_sums import why_not
from app.rules.baskets import Basket, Opened
from app.rules.offers import Offer
from app.rules.privileges import Privilege
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import among, array

DEED = "add products to baskets"
MOMENT = timedelta(microseconds=1)  # between lines of one time, so that they keep their order
KEPT = f"SELECT id, product, quantity, removed_at FROM basket_lines WHERE basket = $1 AND {among('product', 2)}"  # noqa: S608
COUNT = "SELECT count(*) FROM basket_lines WHERE basket = $1 AND removed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Wish:
    """So many of a product, and the note for its line; one that stands stays, unless quantities are replaced."""

    product_id: int
    quantity: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the wishes, each product once, with the quantities of one product added up."""

    opened: Opened
    put: tuple[Wish, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)  # the reason by the product's id
    was: Mapping[int, int] = field(default_factory=dict)  # how many the basket held before, where it held some


def together(wishes: Sequence[Wish]) -> list[Wish]:
    """Each product once, in the order of its first wish: quantities add up, the first note counts.

    A quantity below 1 is no part of a sum: it stands for all of that product, which is then refused.
    """
    found: dict[int, Wish] = {}
    for wish in wishes:
        had = found.get(wish.product_id, Wish(wish.product_id, 0))
        least = min(wish.quantity, had.quantity) if wish.product_id in found else wish.quantity
        quantity = wish.quantity + had.quantity if least > 0 else least
        found[wish.product_id] = Wish(wish.product_id, quantity, had.note or wish.note)
    return list(found.values())


@atomic
async def put(basket_id: int, wishes: Sequence[Wish], by: Viewer, *, replacing: bool = False) -> Outcome:
    """Put what can be bought in, and say why of the rest; `replacing` sets quantities instead of adding to them.

    Raises Missing and Refused as for one line (BASKET-1); a wish that cannot be met is in `refused` and stops no other.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    judged = await _judged(basket, wishes, by, replacing=replacing)
    await _write(basket, judged, by, replacing=replacing)
    opened = await (baskets.settle(basket.id, by) if judged.good else baskets.open(by, basket.id))
    return Outcome(opened, tuple(wish for wish, _, _ in judged.good), judged.refused, judged.was)


async def obstacles(basket: Basket, wishes: Sequence[Wish], by: Viewer) -> Mapping[int, str]:
    """Why which of them could not be put in now, by the product's id; nothing is changed."""
    return (await _judged(basket, wishes, by)).refused


@dataclass(slots=True)
class _Judged:
    kept: Mapping[int, sql.Row]  # the lines of these products, removed ones too
    was: Mapping[int, int]
    good: list[tuple[Wish, int, Seen]] = field(default_factory=list)  # with the quantity that its line will hold
    refused: dict[int, str] = field(default_factory=dict)


async def _judged(basket: Basket, wishes: Sequence[Wish], by: Viewer, *, replacing: bool = False) -> _Judged:
    """Each wish with the quantity that its line would hold, or the reason why it cannot be met."""
    wanted = together(wishes)
    ids = [wish.product_id for wish in wanted]
    kept = {row["product"]: row for row in await sql.rows(KEPT, basket.id, array(ids))}
    judged = _Judged(kept, {product: row["quantity"] for product, row in kept.items() if not row["removed_at"]})
    found = {product["id"]: product for product in await products.rows(ids, by)}
    offers = await prices.offers(by.company_id, ids, products.today())
    room = settings.max_basket_lines - await sql.value(COUNT, basket.id)
    for wish in wanted:
        had = 0 if replacing else judged.was.get(wish.product_id, 0)
        quantity = wish.quantity + had if wish.quantity > 0 else wish.quantity
        outcome = _seen(found.get(wish.product_id), offers.get(wish.product_id), quantity, basket, by, had)
        is_new = wish.product_id not in judged.was
        if isinstance(outcome, str):
            judged.refused[wish.product_id] = outcome
        elif is_new and room <= 0:
            judged.refused[wish.product_id] = f"A basket holds at most {settings.max_basket_lines:,} lines."
        else:
            room -= is_new
            judged.good.append((wish, quantity, outcome))
    return judged


def _seen(
    product: dict[str, Any] | None, offer: Offer | None, quantity: int, basket: Basket, by: Viewer, had: int
) -> Seen | str:
    """What is seen of the line, or why it cannot be; `had` of the quantity are in the basket already."""
    if product is None or offer is None:
        return "This product is not in the catalogue any more."
    if not 0 < quantity <= settings.max_quantity:
        return f"That makes {quantity:,}; a line holds from 1 to {settings.max_quantity:,} of a product."
    ends = bool(product["is_discontinued"])
    promise = stock.promise(product["levels"], quantity, basket.home_warehouse, discontinued=ends)
    if obstacle := why_not(by, product, offer, quantity, promise, basket.contact):
        least, multiple = product["min_quantity"], product["multiple_quantity"]
        is_unfit = obstacle.kind == "quantity" and not promise.refused
        return stock.unfit(quantity, least, multiple, stock.Apart(had)) if is_unfit else obstacle.words
    price = offer.at(quantity)
    return Seen(price.cents if price else None, promise.ships, ends)


async def _write(basket: Basket, judged: _Judged, by: Viewer, *, replacing: bool) -> None:
    """New lines stand in the order of the wishes, behind those that are there."""
    now = datetime.now(UTC)
    new, more, back, notes = [], [], [], []
    for place, (wish, quantity, seen) in enumerate(judged.good):
        row, added_at = judged.kept.get(wish.product_id), now + place * MOMENT
        if row is None:
            new.append((basket.id, wish.product_id, quantity, *seen, by.id, added_at))
        elif row["removed_at"]:
            back.append((row["id"], by.id, quantity, *seen, added_at))
        else:
            more.append((row["id"], by.id, quantity, *seen))
        if wish.note:
            notes.append((basket.id, wish.product_id, wish.note))
    await sql.run_many(rows.INSERT, new)
    await sql.run_many(rows.MORE, more)
    await sql.run_many(rows.REVIVE, back)
    await sql.run_many(rows.NOTED if replacing else rows.NOTE, notes)
