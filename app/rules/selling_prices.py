"""Where the reseller sets what the own customer pays: a markup for all lines, a price for one (BASKET-14)."""

from dataclasses import dataclass

from app.rules import baskets
from app.rules.baskets import Basket, Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Missing, Stale
from app.rules.selling_figures import (
    Priced,
    percent,
    priced_lines,
    read_markup,
    read_price,
    written_markup,
    written_price,
)
from app.rules.viewers import Viewer, lacks
from db import sql
from db.atomic import atomic

DEED = "set selling prices"
MARK_UP = "UPDATE baskets SET markup_basis_points = $2 WHERE id = $1"
KEPT = "SELECT selling_cents FROM basket_lines WHERE basket = $1 AND id = $2 AND removed_at IS NULL"
PRICE = "UPDATE basket_lines SET selling_cents = $2 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Selling:
    """The page where selling prices are set: each line with its cost, and what all comes to without tax."""

    opened: Opened
    lines: tuple[Priced, ...]

    @property
    def basket(self) -> Basket:
        return self.opened.basket

    @property
    def compared(self) -> tuple[Priced, ...]:
        """The lines with both a cost and a selling price: of them alone there is a margin."""
        return tuple(line for line in self.lines if line.margin_cents is not None)

    @property
    def cost_cents(self) -> int:
        return sum(line.line.total_cents for line in self.compared)

    @property
    def selling_cents(self) -> int:
        return sum(line.total_cents for line in self.compared)

    @property
    def margin_cents(self) -> int:
        return self.selling_cents - self.cost_cents

    @property
    def margin_percent(self) -> str:
        return percent(self.margin_cents, self.selling_cents)

    def line(self, line_id: int) -> Priced | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def require(self, line_id: int) -> Priced:
        """Raises Missing."""
        if line := self.line(line_id):
            return line
        raise Missing


def why_not(basket: Basket, viewer: Viewer) -> str:
    """Why the viewer cannot set selling prices here, and who can change that; nothing where it is allowed."""
    if not viewer.sees_prices:
        return lacks(viewer, Privilege.SEE_PRICES, DEED)
    return baskets.why_not_edit(basket, viewer)


async def open(basket_id: int, by: Viewer) -> Selling:
    """Raises Refused for who sees no prices or cannot change the basket, Missing for what is not theirs to see."""
    by.require(Privilege.SEE_PRICES, DEED)
    opened = await baskets.open(by, basket_id)
    baskets.require_edit(opened.basket, by)
    return Selling(opened, priced_lines(opened.sums.lines, opened.basket.markup_basis_points))


async def _held(basket_id: int, by: Viewer) -> Basket:
    by.require(Privilege.USE_BASKETS, DEED)
    by.require(Privilege.SEE_PRICES, DEED)
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    return basket


@atomic
async def mark_up(basket_id: int, typed: str, was: str | None, by: Viewer) -> None:
    """Set the markup for all lines without a price of their own; nothing typed clears it.

    `was` is the markup that its form was shown with; raises Stale where that is another by now (BASKET-10).
    """
    basket, wanted = await _held(basket_id, by), read_markup(typed)
    now = written_markup(basket.markup_basis_points)
    if was is not None and now not in (was, written_markup(wanted)):
        raise Stale(f"The markup is {f'{now} %' if now else 'cleared'} by now. Save again to set yours.")
    await sql.run(MARK_UP, basket.id, wanted)


@atomic
async def set_price(basket_id: int, line_id: int, typed: str, was: str | None, by: Viewer) -> None:
    """Set what one unit costs the customer; nothing typed clears it. `was` as in `mark_up`."""
    basket = await _held(basket_id, by)
    kept = await sql.row(KEPT, basket.id, line_id) if 0 < line_id <= baskets.LARGEST_ID else None
    if kept is None:
        raise Missing
    wanted, now = read_price(typed), written_price(kept["selling_cents"])
    if was is not None and now not in (was, written_price(wanted)):
        raise Stale(f"Its price is {now or 'cleared'} by now. Save again to set yours.")
    await sql.run(PRICE, line_id, wanted)
