"""One product as its page shows it to one reader, for the quantity that is typed (PROD-2, PRICE-2, STOCK-1)."""

from dataclasses import dataclass, replace
from datetime import date

from app.rules import prices
from app.rules.categories import Branch, trail
from app.rules.offers import Offer, Price
from app.rules.privileges import Privilege
from app.rules.products import Contact, Product, contact_of, specifications, today
from app.rules.products import find as find_product
from app.rules.refusals import Invalid, Missing
from app.rules.search_lines import Line, line
from app.rules.settings import settings
from app.rules.stock import Level, Promise, fitting_quantity, promise
from app.rules.viewers import Viewer

TYPED_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page; what the reader may not see is empty."""

    line: Line
    offer: Offer | None
    contact: Contact
    quantity: int
    typed: str
    error: str  # why what was typed is no quantity of this product
    promise: Promise | None
    on: date

    @property
    def product(self) -> Product:
        return self.line.product

    @property
    def levels(self) -> list[Level]:
        levels: list[Level] = self.product["levels"]
        return levels

    @property
    def price(self) -> Price | None:
        """Of one unit, when so many are bought."""
        return self.offer.at(self.quantity) if self.offer and not self.error else None

    @property
    def breaks(self) -> tuple[Price, ...]:
        return self.offer.breaks if self.offer else ()

    @property
    def trail(self) -> list[Branch]:
        return trail(self.product["category"] or "")

    @property
    def specifications(self) -> list[tuple[str, str]]:
        return specifications(self.product["description"])[0]

    @property
    def text(self) -> str:
        return specifications(self.product["description"])[1]


async def find(sku: str, typed: str, viewer: Viewer) -> Shown:
    """The product for the quantity typed, which falls back to the least that is sold; raises Missing."""
    product = await find_product(sku, viewer)
    contact = contact_of(product["contact"])
    offer = None
    if viewer.sees_prices or viewer.may(Privilege.USE_BASKETS):
        offer = (await prices.offers(viewer.company_id, [product["id"]], today()))[product["id"]]
    row = line(product, offer, contact, viewer)
    quantity, error = _quantity(typed, row)
    return Shown(
        line=row,
        offer=offer if viewer.sees_prices else None,
        contact=contact,
        quantity=quantity,
        typed=typed.strip()[:TYPED_LENGTH] if error else str(quantity),
        error=error,
        promise=None if error else _promise(product, quantity, viewer),
        on=today(),
    )


async def refused(sku: str, typed: str, wrong: Invalid, viewer: Viewer) -> Shown:
    """The product with the one reason why so many were not added; raises `wrong` where there is none such."""
    try:
        shown = await find(sku, typed, viewer)
    except Missing:
        raise wrong from None
    error = shown.error or " ".join(wrong.errors.values())
    return replace(shown, typed=typed.strip()[:TYPED_LENGTH], error=error, promise=None)


def _quantity(typed: str, row: Line) -> tuple[int, str]:
    text = typed.strip()
    if not text:
        return row.least, ""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= settings.max_quantity):
        return row.least, f"Type a whole number from 1 to {settings.max_quantity:,}."
    return _fitting(int(text), row.product["min_quantity"], row.product["multiple_quantity"])


def _fitting(quantity: int, least: int, multiple: int) -> tuple[int, str]:
    """The quantity, or the next that is sold with the words that name those around it."""
    above = fitting_quantity(quantity, least, multiple)
    if quantity == above:
        return quantity, ""
    below = quantity // multiple * multiple
    fitting = f"{below:,} or {above:,}" if below >= least else f"{above:,} or more"
    steps = f"in multiples of {multiple:,}" if multiple > 1 else f"from {least:,}"
    return above, f"Sold {steps}: {fitting}."


def _promise(product: Product, quantity: int, viewer: Viewer) -> Promise | None:
    if not viewer.sees_stock:
        return None
    return promise(product["levels"], quantity, viewer.home_warehouse_id, product["is_discontinued"])
