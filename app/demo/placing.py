"""Makes the orders of the demo's history, each exact to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.demo import dice
from app.demo.plans import Planned
from app.demo.shop import Pick, Shop
from app.rules.freight import Method
from app.rules.money import rounded_share
from app.rules.settings import settings

METHODS = ("Standard", "Standard", "Overnight", "Pick up")
PO_PREFIXES = {"Brightbyte Ltd": "BB", "Coastline IT": "CIT"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its fate: where its units are by now."""

    pick: Pick
    fate: str
    tax_cents: int

    @property
    def total_cents(self) -> int:
        return self.pick.price.cents * self.pick.quantity

    def units(self, *fates: str) -> int:
        """All units of the line if it came to one of these fates, else none."""
        return self.pick.quantity if self.fate in fates else 0


@dataclass(frozen=True, slots=True)
class Placed:
    """An order as it was placed."""

    planned: Planned
    number: str
    po_number: str
    end_customer_po: str
    placed_at: datetime
    address: int  # which of the company's
    method: str
    freight_cents: int
    lines: tuple[Line, ...]

    @property
    def goods_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)

    @property
    def tax_cents(self) -> int:
        """Of each line and of the freight, each rounded by itself."""
        return sum(line.tax_cents for line in self.lines) + tax(self.freight_cents)


def tax(cents: int) -> int:
    return rounded_share(cents, settings.tax_basis_points)


def working_day_before(day: date, working_days: int) -> date:
    """The day that lies so many working days back."""
    while working_days:
        day -= timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def placed(
    plans: list[Planned], shops: dict[str, Shop], freight: dict[str, Method], throws: Random
) -> Iterator[Placed]:
    """The orders, the oldest first; units that still have to leave are taken from the shelves."""
    numbers: set[str] = set()
    for turn, planned in enumerate(plans):
        shop = shops[planned.company]
        number = dice.order_number(throws)
        while number in numbers:
            number = dice.order_number(throws)
        numbers.add(number)
        lines = tuple(_lines(planned, shop))
        method = throws.choice(METHODS)
        yield Placed(
            planned=planned,
            number=number,
            po_number=f"{PO_PREFIXES[planned.company]}-{10_400 + turn * 3}",
            end_customer_po=f"EC{throws.randrange(1_000, 9_999)}" if throws.randrange(3) == 0 else "",
            placed_at=_moment(shop.catalogue.today, planned.days_ago, throws),
            address=throws.randrange(3),
            method=method,
            freight_cents=freight[method].cents(_grams(lines)),
            lines=lines,
        )


def _moment(today: date, days_ago: int, throws: Random) -> datetime:
    """A moment of office hours where the distributor is."""
    clock = time(throws.randrange(8, 17), throws.randrange(60), throws.randrange(60))
    local = datetime.combine(working_day_before(today, days_ago), clock, tzinfo=ZoneInfo(settings.time_zone))
    return local.astimezone(UTC)


def _lines(planned: Planned, shop: Shop) -> Iterator[Line]:
    picks = iter(shop.goods(len(planned.fates)))
    for fate in planned.fates:
        pick = shop.short() if fate == "backordered" else next(picks)
        if fate == "reserved":
            shop.reserve(pick)
        yield Line(pick, fate, tax(pick.price.cents * pick.quantity))


def _grams(lines: tuple[Line, ...]) -> int:
    return sum(line.pick.product.weight_grams * line.pick.quantity for line in lines)
