"""A basket as the reseller shows it to the own customer: selling prices alone, nothing of the cost (BASKET-14)."""

from dataclasses import dataclass
from typing import Any

from app.rules import addresses, baskets, selling_prices
from app.rules.money import rounded_share
from app.rules.selling_figures import Priced, priced_lines
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

LETTERHEAD = """
SELECT c.name, c.phone, a.line1, a.line2, a.city, a.region, a.postcode
FROM companies c LEFT JOIN addresses a ON a.id = (
    SELECT min(d.id) FROM addresses d WHERE d.company = c.id AND d.is_default)
WHERE c.id = $1
"""


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """`cents` None is "Price on request", or no figure at all where none may be shown."""

    code: str
    name: str
    quantity: int
    cents: int | None

    @property
    def total_cents(self) -> int:
        return (self.cents or 0) * self.quantity

    @property
    def tax_cents(self) -> int:
        return rounded_share(self.total_cents, settings.tax_basis_points)


@dataclass(frozen=True, slots=True)
class Quote:
    """All that a customer view says; `shows_prices` is false for who may see none, whose quote holds no figure."""

    basket_id: int
    title: str
    sender: tuple[str, ...]  # the reseller's name first, then address and phone
    lines: tuple[QuotedLine, ...]
    shows_prices: bool
    sets_prices: bool

    @property
    def goods_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)

    @property
    def tax_cents(self) -> int:
        return sum(line.tax_cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.tax_cents

    @property
    def notes(self) -> tuple[str, ...]:
        """What the figures need said beside them."""
        open_ones = sum(line.cents is None for line in self.lines) if self.shows_prices else 0
        if not open_ones:
            return ()
        if open_ones == 1:
            return ("One price is on request and not in the total.",)
        return (f"{open_ones:,} prices are on request and not in the total.",)


def _quoted(line: Priced, shows_prices: bool) -> QuotedLine:
    cents = line.cents if shows_prices else None
    return QuotedLine(line.line.code, str(line.line.product["name"]), line.quantity, cents)


def _sender(row: dict[str, Any]) -> tuple[str, ...]:
    town = addresses.town_line(row["city"] or "", row["region"] or "", row["postcode"] or "")
    return tuple(line for line in (row["name"], row["line1"], row["line2"], town, row["phone"]) if line)


async def quote(viewer: Viewer, basket_id: int) -> Quote:
    """For whoever may see the basket; raises Missing. A constant number of statements."""
    opened = await baskets.open(viewer, basket_id)
    letterhead = await sql.row(LETTERHEAD, viewer.company_id)
    assert letterhead is not None
    basket, shows = opened.basket, viewer.sees_prices
    lines = priced_lines(opened.sums.lines, basket.markup_basis_points)
    quoted, sets = tuple(_quoted(line, shows) for line in lines), not selling_prices.why_not(basket, viewer)
    return Quote(basket.id, basket.name, _sender(letterhead), quoted, shows, sets)
