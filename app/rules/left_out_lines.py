"""What a copy or a merge could not bring into a basket: named with its reason of today until it is read (BASKET-13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.rules import basket_bulk, baskets
from app.rules.basket_bulk import Outcome, Wish
from app.rules.baskets import Basket
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

KEEP = """INSERT INTO left_out_lines (basket, product, quantity) VALUES ($1, $2, $3)
    ON CONFLICT (basket, product) DO UPDATE SET quantity = excluded.quantity"""
OF_BASKET = """SELECT l.product, l.quantity, p.sku, p.vpn, p.name FROM left_out_lines l
    JOIN products p ON p.id = l.product WHERE l.basket = $1 ORDER BY l.id"""
FORGET = "DELETE FROM left_out_lines WHERE basket = $1"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many of a product; `reason` is why they cannot be added, "" where they can by now."""

    sku: str
    code: str
    name: str
    quantity: int
    reason: str


async def keep(basket_id: int, wishes: Sequence[Wish], outcome: Outcome) -> None:
    """Keep what was refused, until somebody has read it."""
    left = [(basket_id, wish.product_id, wish.quantity) for wish in wishes if wish.product_id in outcome.refused]
    await sql.run_many(KEEP, left)


async def of(basket: Basket, viewer: Viewer) -> list[LeftOut]:
    """For who may change the lines, with the reasons as they are for that viewer today."""
    rows = await sql.rows(OF_BASKET, basket.id) if baskets.may_edit(basket, viewer) else []
    if not rows:
        return []
    reasons = await basket_bulk.obstacles(basket, [Wish(row["product"], row["quantity"]) for row in rows], viewer)
    return [
        LeftOut(row["sku"], row["vpn"] or row["sku"], row["name"], row["quantity"], reasons.get(row["product"], ""))
        for row in rows
    ]


@atomic
async def read(basket_id: int, by: Viewer) -> Basket:
    """Show them no more."""
    by.require(Privilege.USE_BASKETS, basket_bulk.DEED)
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    await sql.run(FORGET, basket.id)
    return basket
