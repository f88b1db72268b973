"""What was asked of the search, as its address says it: every value read, bounded, and written back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from app.rules import money
from app.rules.refusals import Invalid
from app.rules.search_text import LONGEST_QUERY, category_marker, folded, is_typable, vendor_marker
from app.rules.viewers import Viewer
from db.search_sources import Filters

SIZES = (25, 50, 100)
PRICES = ("price_min", "price_max")
PRICE_ORDERS = ("price", "price_down")
ORDERS = {
    "best": "Best match",
    "name": "Name",
    "price": "Price, lowest first",
    "price_down": "Price, highest first",
    "availability": "Availability",
    "vendor": "Vendor",
}
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of `/products`."""

    q: str = ""
    category: str = ""
    vendor: str = ""
    in_stock: bool = False
    returnable: bool = False
    price_min: int | None = None  # cents
    price_max: int | None = None
    sort: str = "best"
    page: int = 1
    size: int = SIZES[0]
    vendors: str = ""  # "all" shows every vendor to choose from

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """What does not fit falls back to what is usual; a text that no database takes is Invalid."""
        texts = {name: given.get(name, "").strip()[:most] for name, most in (("category", 300), ("vendor", 120))}
        query = given.get("q", "")[:LONGEST_QUERY]
        if not all(is_typable(text) for text in (query, *texts.values())):
            raise Invalid({"q": "The search holds characters that cannot be typed."})
        low, high = (None, None) if wrong_prices(given) else (_cents(given.get(name, "")) for name in PRICES)
        sort, size = given.get("sort", ""), _whole(given.get("size", ""), SIZES[0])
        return cls(
            q=query.strip(),
            **texts,
            in_stock=given.get("in_stock", "") == "1",
            returnable=given.get("returnable", "") == "1",
            price_min=low,
            price_max=high,
            sort=sort if sort in ORDERS else "best",
            page=min(max(_whole(given.get("page", ""), 1), 1), MOST_PAGES),
            size=size if size in SIZES else SIZES[0],
            vendors="all" if given.get("vendors", "") == "all" else "",
        )

    @property
    def filters_prices(self) -> bool:
        return self.price_min is not None or self.price_max is not None

    @property
    def needs_prices(self) -> bool:
        return self.filters_prices or self.sort in PRICE_ORDERS

    @property
    def price_texts(self) -> tuple[str, str]:
        """The price range as it is typed."""
        texts = dict(self.pairs())
        return texts.get("price_min", ""), texts.get("price_max", "")

    def as_allowed(self, viewer: Viewer) -> "Asked":
        """Without prices or stock there is neither filter nor order by them (PRICE-1)."""
        asked = self
        if not viewer.sees_prices:
            sort = "best" if asked.sort in PRICE_ORDERS else asked.sort
            asked = replace(asked, price_min=None, price_max=None, sort=sort)
        if not viewer.sees_stock:
            sort = "best" if asked.sort == "availability" else asked.sort
            asked = replace(asked, in_stock=False, sort=sort)
        return asked

    def filters(self, viewer: Viewer) -> Filters:
        """The conditions on a row; the viewer sees the stock that is asked for."""
        markers = [vendor_marker(self.vendor)] if self.vendor else []
        markers += [category_marker(self.category)] if self.category else []
        return Filters(
            vendor_key=folded(self.vendor),
            category=self.category,
            markers=tuple(markers),
            in_stock=self.in_stock and viewer.sees_stock,
            returnable=self.returnable,
        )

    def ahead(self, name: str) -> str:
        """The address of the same search up to the value of one parameter, `…&vendor=`; it starts at page 1."""
        rest = self._query(name, "page")
        return f"/products?{rest}&{name}=" if rest else f"/products?{name}="

    def without(self, *names: str) -> str:
        """The address of the same search without some of its parameters, at page 1."""
        rest = self._query(*names, "page")
        return f"/products?{rest}" if rest else "/products"

    def at_page(self, number: int) -> str:
        return f"{self.ahead('page')}{number}"

    def _query(self, *without: str) -> str:
        return urlencode(self.pairs(*without))

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Names and values as an address or a form's hidden fields hold them; what is usual is left out."""
        return [
            (name, _text(name, value))
            for name, usual in USUAL
            if name not in without and (value := getattr(self, name)) != usual
        ]


USUAL = tuple((field.name, field.default) for field in fields(Asked))


def orders_for(viewer: Viewer) -> dict[str, str]:
    """The orders that the viewer may ask for, with their names."""
    hidden = {*(() if viewer.sees_prices else PRICE_ORDERS), *(() if viewer.sees_stock else ("availability",))}
    return {order: label for order, label in ORDERS.items() if order not in hidden}


def wrong_prices(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the price range as it was typed, by field; such a range filters nothing."""
    typed = {name: given.get(name, "") for name in PRICES}
    errors = {
        name: "Type an amount such as 250 or 99.95."
        for name, text in typed.items()
        if text.strip() and _cents(text) is None
    }
    if is_reversed(_cents(typed["price_min"]), _cents(typed["price_max"])):
        errors["price_max"] = "This is less than where the range begins."
    return errors


def is_reversed(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high


def _text(name: str, value: object) -> str:
    if name.startswith("price_"):
        return money.written(value).lstrip("$").replace(",", "")  # type: ignore[arg-type]
    return "1" if value is True else str(value)


def _whole(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else usual


def _cents(text: str) -> int | None:
    try:
        return money.read(text) if text.strip() else None
    except Invalid:
        return None
