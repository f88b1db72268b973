"""What the demo's goods cost: MSRP by kind, two price lists, and discounts by vendor and category."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.demo.kinds import Kind
from app.rules.money import rounded_share

PRICE_LISTS = (("TRADE", "Trade"), ("SILVER", "Silver"))
BREAKS = ((10, 300), (50, 650))  # from so many units, so many basis points less
BY_THE_BOX = ((20, 400), (100, 900))


@dataclass(frozen=True, slots=True)
class ListPrice:
    price_list: str
    min_quantity: int
    cents: int


@dataclass(frozen=True, slots=True)
class ListDiscount:
    """Basis points off MSRP for a vendor's goods, a category's, or those that are both."""

    price_list: str
    vendor: str
    category: str
    basis_points: int
    days: tuple[int, int] | None = None  # from and to, counted from today

    def dates(self, today: date) -> tuple[date | None, date | None]:
        if self.days is None:
            return None, None
        start, end = self.days
        return today + timedelta(days=start), today + timedelta(days=end)


DISCOUNTS = (
    ListDiscount("TRADE", "", "Computers", 700),
    ListDiscount("TRADE", "", "Displays", 900),
    ListDiscount("TRADE", "", "Docks and cables", 1_800),
    ListDiscount("TRADE", "", "Networking", 1_500),
    ListDiscount("TRADE", "", "Servers and storage", 1_000),
    ListDiscount("TRADE", "", "Printing", 800),
    ListDiscount("TRADE", "", "Power", 1_200),
    ListDiscount("TRADE", "", "AV and phones", 1_000),
    ListDiscount("TRADE", "", "Software", 500),
    ListDiscount("TRADE", "", "Services", 500),
    ListDiscount("SILVER", "Kestrel", "", 2_600),
    ListDiscount("SILVER", "Merrowby", "Displays > Monitors", 2_350),
    ListDiscount("SILVER", "", "Printing > Supplies", 1_975),
    ListDiscount("SILVER", "Veldmark", "", 2_200, (-20, 40)),
    ListDiscount("SILVER", "Stoneferry", "", 3_000, (-90, -10)),
)


def msrp(kind: Kind, worth: int, throws: Random) -> int:
    """Cents for a product of this worth (0 to 1,000 within its kind), as price tags are written."""
    low, high = kind.dollars
    share = worth * 7 // 10 + throws.randrange(301)
    dollars = low + (high - low) * share * share // 1_000_000
    if dollars >= 100:
        return dollars // 10 * 1_000 + 900
    return dollars * 100 + throws.choice((0, 50, 90))


def listed(kind: Kind, msrp_cents: int, throws: Random) -> tuple[ListPrice, ...]:
    """Its prices by SKU; one product in twelve has none and is sold by discount alone."""
    chance = throws.randrange(12)
    trade_cents = rounded_share(msrp_cents, throws.randrange(7_000, 8_800))
    if chance == 0:
        return ()
    prices = [ListPrice("TRADE", 1, trade_cents)]
    if len(kind.multiples) > 1:
        prices += _breaks(trade_cents, BY_THE_BOX)
    elif chance < 4:
        prices += _breaks(trade_cents, BREAKS)
    if chance % 3 == 0:
        prices.append(ListPrice("SILVER", 1, rounded_share(trade_cents, throws.randrange(9_500, 9_900))))
    return tuple(prices)


def _breaks(price_cents: int, steps: tuple[tuple[int, int], ...]) -> list[ListPrice]:
    return [ListPrice("TRADE", units, rounded_share(price_cents, 10_000 - off)) for units, off in steps]
