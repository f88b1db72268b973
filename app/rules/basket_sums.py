"""What the lines of a basket cost and when they ship: pure figures, the same for every page (PRICE-3, STOCK-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.rules import products, stock
from app.rules.money import rounded_share
from app.rules.offers import Offer, Price
from app.rules.products import HOUSE, Contact, Obstacle
from app.rules.refusals import Invalid
from app.rules.settings import settings
from app.rules.stock import Level, Promise
from app.rules.viewers import Viewer

Product = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is kept; `product` is a row as `app.rules.products` gives it, without its stock."""

    id: int
    quantity: int
    note: str
    version: int
    product: Product
    own_number: str = ""  # the company's own part number
    seen_price_cents: int | None = None  # with the next two: what was last accepted of it (BASKET-9)
    seen_ships: int | None = None
    seen_discontinued: bool = False
    selling_cents: int | None = None  # the reseller's own price for one unit (BASKET-14)


def line_of(row: Product) -> Line:
    """A line from a row that holds its product too."""
    return Line(
        id=row["line_id"],
        quantity=row["quantity"],
        note=row["note"],
        version=row["version"],
        product=row,
        own_number=row["own_number"] or "",
        seen_price_cents=row["seen_price_cents"],
        seen_ships=row["seen_ships"],
        seen_discontinued=bool(row["seen_discontinued"]),
        selling_cents=row["selling_cents"],
    )


@dataclass(frozen=True, slots=True)
class LineSum:
    """A line with its figures of today; `price` None is "Price on request", which counts nothing."""

    line: Line
    price: Price | None
    promise: Promise
    obstacle: Obstacle | None  # why the line cannot be ordered as it stands
    total_cents: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total_cents", self.price.cents * self.line.quantity if self.price else 0)

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def product(self) -> Product:
        return self.line.product

    @property
    def code(self) -> str:
        """The part number that people know the product by."""
        return str(self.product["vpn"] or self.product["sku"])

    @property
    def tax_cents(self) -> int:
        return rounded_share(self.total_cents, settings.tax_basis_points)


@dataclass(frozen=True)
class Sums:
    """The lines and what they come to: goods without tax, tax by line, both."""

    lines: tuple[LineSum, ...] = ()

    @cached_property
    def goods_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)

    @cached_property
    def tax_cents(self) -> int:
        share = settings.tax_basis_points
        return sum(rounded_share(line.total_cents, share) for line in self.lines)

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.tax_cents

    @property
    def units(self) -> int:
        return sum(line.line.quantity for line in self.lines)

    @property
    def ships(self) -> int:
        return sum(line.promise.ships for line in self.lines)

    @property
    def backordered(self) -> int:
        return sum(line.promise.backordered for line in self.lines)

    @cached_property
    def obstacles(self) -> int:
        """How many lines cannot be ordered as they stand."""
        return sum(line.obstacle is not None for line in self.lines)

    def line(self, line_id: int) -> LineSum | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def of_sku(self, sku: str) -> LineSum | None:
        return next((line for line in self.lines if line.product["sku"] == sku), None)


def summed(
    lines: Iterable[Line],
    offers: Mapping[int, Offer],
    levels: Mapping[int, Sequence[Level]],
    home_warehouse_id: int,
    viewer: Viewer,
    contact: Contact = HOUSE,
) -> Sums:
    """The figures of the lines, by the product's id in `offers` and `levels`."""
    found = []
    for line in lines:
        product_id = line.product["id"]
        shelf = levels.get(product_id, ())
        discontinued = line.product["is_discontinued"]
        promise = stock.promise(shelf, line.quantity, home_warehouse_id, discontinued=discontinued)
        offer = offers[product_id]
        obstacle = why_not(viewer, line.product, offer, line.quantity, promise, contact)
        found.append(LineSum(line, offer.at(line.quantity), promise, obstacle))
    return Sums(tuple(found))


def why_not(
    viewer: Viewer, product: Product, offer: Offer, quantity: int, promise: Promise, contact: Contact = HOUSE
) -> Obstacle | None:
    """The first reason why so many of the product cannot be bought, or None (CERT-1, PRICE-4, STOCK-2)."""
    obstacle = products.why_not(viewer, product, offer, contact)
    if obstacle or offer.at(quantity) is None:
        return obstacle or Obstacle(
            "price", f"Price on request for {quantity:,}.", f"Ask {contact.name}: {contact.email}."
        )
    if promise.refused:
        left = f"{promise.ships:,} are left" if viewer.sees_stock else "fewer are left"
        instead = product["replaced_by_sku"]
        return Obstacle("quantity", f"Discontinued: {left}.", f"Replaced by {instead}." if instead else "Type fewer.")
    try:
        stock.check_quantity(quantity, product["min_quantity"], product["multiple_quantity"])
    except Invalid as unfit:
        return Obstacle("quantity", str(unfit))
    return None
