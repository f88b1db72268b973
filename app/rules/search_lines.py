"""Products as the rows of a page show them to one reader: price, shelf, and the reason against buying."""

from collections.abc import Iterable
from typing import NamedTuple

from app.rules.offers import Offer, Price
from app.rules.products import Contact, Obstacle, Product, first_quantity, why_not
from app.rules.stock import Shelf, shelf
from app.rules.viewers import Viewer

FLAGS = (
    "is_no_return",
    "certification",
    "is_discontinued",
    "is_serial_tracked",
    "is_end_user_required",
    "is_clearance",
    "replaced_by_sku",
)


class Line(NamedTuple):
    product: Product
    least: int  # the quantity that the row offers
    price: Price | None
    is_on_request: bool
    shelf: Shelf | None
    obstacle: Obstacle | None

    @property
    def is_flagged(self) -> bool:
        """Whether there is anything of PROD-3 to say."""
        return any(self.product[fact] for fact in FLAGS)


class RowSaid(NamedTuple):
    """What a row says of the quantity that was added, or why it was not."""

    sku: str
    typed: str
    error: str = ""
    added: int = 0
    now: int = 0  # in the basket, where it is known
    basket: str = ""
    promise: str = ""  # where some of it is backordered


def lines(products: Iterable[Product], offers: dict[int, Offer], contact: Contact, viewer: Viewer) -> list[Line]:
    """The rows; `offers` holds each product's where the reader sees prices or fills baskets."""
    return [line(product, offers.get(product["id"]), contact, viewer) for product in products]


def line(product: Product, offer: Offer | None, contact: Contact, viewer: Viewer) -> Line:
    least = first_quantity(product)
    price = offer.at(least) if offer and viewer.sees_prices else None
    return Line(
        product=product,
        least=least,
        price=price,
        is_on_request=viewer.sees_prices and price is None,
        shelf=shelf(product["levels"]) if viewer.sees_stock else None,
        obstacle=why_not(viewer, product, offer, contact),
    )
