"""What the companies of the demo have ordered and what lies in their baskets."""

from dataclasses import dataclass

from app.demo.cast import BRIGHTBYTE, COASTLINE

DANA, BEN = "dana@brightbyte.example", "ben@brightbyte.example"
SAM = "sam@coastline.example"
OLD_ORDERS = 17
OLDEST_WORKING_DAY = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """An order placed so many working days ago, with what became of each of its lines."""

    company: str
    days_ago: int
    placed_by: str
    fates: tuple[str, ...]  # delivered, shipped, reserved, backordered or cancelled


@dataclass(frozen=True, slots=True)
class PlannedBasket:
    company: str
    owner: str
    name: str
    visibility: str
    note: str
    kinds: tuple[str, ...]  # one line for each, by the code of the kind
    approved: str = ""
    is_current: bool = False
    put_away: str = ""  # "archived" by its owner, or made a "template"


RECENT = (
    Planned(BRIGHTBYTE, 1, BEN, ("reserved", "reserved")),
    Planned(BRIGHTBYTE, 1, DANA, ("reserved",)),
    Planned(BRIGHTBYTE, 2, BEN, ("backordered",)),
    Planned(BRIGHTBYTE, 3, DANA, ("shipped", "reserved", "reserved")),
    Planned(BRIGHTBYTE, 4, BEN, ("reserved", "backordered")),
    Planned(BRIGHTBYTE, 5, BEN, ("shipped", "shipped")),
    Planned(BRIGHTBYTE, 7, DANA, ("delivered",)),
    Planned(BRIGHTBYTE, 9, DANA, ("delivered", "cancelled", "delivered")),
    Planned(BRIGHTBYTE, 12, BEN, ("cancelled",)),
    Planned(COASTLINE, 1, SAM, ("reserved", "reserved", "reserved")),
    Planned(COASTLINE, 2, SAM, ("backordered", "reserved")),
    Planned(COASTLINE, 3, SAM, ("shipped",)),
    Planned(COASTLINE, 6, SAM, ("delivered", "delivered")),
    Planned(COASTLINE, 8, SAM, ("delivered",)),
)

BASKETS = (
    PlannedBasket(
        BRIGHTBYTE, DANA, "Standard desk", "public", "What every new desk gets.",
        ("NB", "D", "MO", "MA", "KB", "MS", "HS"),
    ),
    PlannedBasket(
        BRIGHTBYTE, DANA, "Branch office kit", "public", "For a branch of up to eight people.",
        ("FW", "SP", "WA", "RW", "UR", "CP", "PM"),
    ),
    PlannedBasket(BRIGHTBYTE, DANA, "Quotes to check", "private", "", ("XT", "NA", "HD")),
    PlannedBasket(
        BRIGHTBYTE, DANA, "School rollout", "shared", "Delivery in the holidays.",
        ("NE", "NE", "CG", "LB", "MW", "WA"), approved=BEN,
    ),
    PlannedBasket(
        BRIGHTBYTE, BEN, "Fit-out level 3", "private", "", ("D", "MO", "CU", "SK"), is_current=True
    ),
    PlannedBasket(BRIGHTBYTE, BEN, "Spares", "public", "Ask Ben before ordering.", ("CN", "UB", "CU", "MN")),
    PlannedBasket(
        BRIGHTBYTE, DANA, "New starter", "public", "Start from it for each new colleague.",
        ("NB", "D", "MO", "HS"), put_away="template",
    ),
    PlannedBasket(
        BRIGHTBYTE, DANA, "Spring refresh", "private", "Not ordered: the budget moved.", ("NB", "MO"),
        put_away="archived",
    ),
    PlannedBasket(COASTLINE, SAM, "Clinic refresh", "private", "", ("DS", "MO", "PB", "LR"), is_current=True),
    PlannedBasket(COASTLINE, SAM, "Workshop shelf", "public", "", ("SS", "MN", "CP")),
)  # fmt: skip


def orders() -> list[Planned]:
    """The whole history, the oldest first: recent orders as planned, older ones at even steps, all delivered."""
    older = []
    for company, buyers in ((BRIGHTBYTE, (DANA, BEN)), (COASTLINE, (SAM,))):
        for turn in range(1, OLD_ORDERS + 1):
            days_ago = 14 + (OLDEST_WORKING_DAY - 14) * turn // OLD_ORDERS
            fates = ("delivered",) * (1 + turn * 3 % 5)
            older.append(Planned(company, days_ago, buyers[turn % len(buyers)], fates))
    return sorted([*RECENT, *older], key=lambda planned: -planned.days_ago)
