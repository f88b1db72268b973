"""The goods of the story: each is there for one rule."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.rules.search_text import words_of
from db.prices import ListPrice
from db.products import Category, Product, Stock, Vendor

NOW = datetime(2026, 11, 25, tzinfo=UTC)
AKL, WLG, CHC = 1, 2, 3


@dataclass(frozen=True)
class Goods:
    """A product of the story."""

    id: int
    sku: str
    vpn: str


async def kept(row: Any) -> int:
    """Insert a row; gives its id."""
    return int((await type(row).insert(row))[0]["id"])


class Shelf:
    """Puts goods into the world: product, price and stock at once."""

    def __init__(self, trade: int) -> None:
        self.trade = trade
        self.vendors: dict[str, int] = {}
        self.categories: dict[str, int] = {}

    async def _vendor(self, name: str) -> int:
        if name not in self.vendors:
            self.vendors[name] = await kept(Vendor(name=name, name_key=name.casefold()))
        return self.vendors[name]

    async def _category(self, path: str) -> int:
        parts = path.split(" > ")
        for depth in range(1, len(parts) + 1):
            above = " > ".join(parts[:depth])
            if above not in self.categories:
                row = Category(path=above, name=parts[depth - 1], depth=depth)
                self.categories[above] = await kept(row)
        return self.categories[path]

    async def put(
        self, sku: str, vpn: str, name: str, cents: int | None, stock: tuple[int, int, int], **more: Any
    ) -> Goods:
        vendor, path = more.pop("vendor", "Kestrel"), more.pop("category", "Peripherals > Docking stations")
        eta: date | None = more.pop("eta", None)
        product = Product(
            sku=sku,
            vpn=vpn,
            vpn_key="".join(char for char in vpn.upper() if char.isalnum()),
            upc="",
            vendor=await self._vendor(vendor),
            category=await self._category(path),
            name=name,
            description=more.pop("description", ""),
            words=words_of(name, vendor, path, "", vpn, sku),
            weight_grams=more.pop("weight_grams", 500),
            msrp_cents=more.pop("msrp_cents", None),
            created_at=NOW,
            changed_at=NOW,
            **more,
        )
        made = await kept(product)
        if cents is not None:
            await kept(ListPrice(price_list=self.trade, product=made, min_quantity=1, price_cents=cents))
        for warehouse, units in zip((AKL, WLG, CHC), stock, strict=True):
            on_order = 200 if eta and warehouse == AKL else 0
            await kept(
                Stock(
                    product=made,
                    warehouse=warehouse,
                    available=units,
                    on_order=on_order,
                    eta=eta if on_order else None,
                )
            )
        return Goods(made, sku, vpn)


async def stocked(shelf: Shelf, lacked: int, held: int) -> dict[str, Goods]:
    """Every product of the story by its name in the cast."""
    soon = date.today() + timedelta(days=16)  # noqa: DTZ011 (a day of the calendar)
    put = shelf.put
    dock = await put(
        "7RK2Q4",
        "KD-4410-PD",
        "Kestrel Dock 4410, USB-C, 100 W, triple display",
        31_240,
        (120, 44, 20),
        msrp_cents=42_900,
    )
    await kept(ListPrice(price_list=shelf.trade, product=dock.id, min_quantity=10, price_cents=30_510))
    return {
        "dock": dock,
        "hub": await put(
            "C6Y3GE",
            "NL-HUB7",
            "Norrland 7-port hub, USB-C, powered",
            6_125,
            (0, 0, 0),
            vendor="Norrland",
            eta=soon,
            msrp_cents=9_900,
        ),
        "cable": await put(
            "W8N4JD",
            "KC-2M-240",
            "Kestrel cable USB-C, 2 m, 240 W",
            2_210,
            (800, 240, 200),
            category="Cables",
            min_quantity=5,
            multiple_quantity=5,
            msrp_cents=4_900,
        ),
        "uncertified": await put(
            "9H2RVA",
            "PC-TB4-14",
            "Pike & Co Thunderbolt 4 dock, 14 ports",
            45_190,
            (40, 0, 18),
            vendor="Pike & Co",
            certification=lacked,
            msrp_cents=59_900,
        ),
        "certified": await put(
            "K4WD7P",
            "NL-UD3000/EU",
            "Norrland UD-3000 universal dock",
            19_800,
            (23, 0, 0),
            vendor="Norrland",
            certification=held,
            msrp_cents=37_900,
        ),
        "on_request": await put(
            "3MX9TT", "KS-900", "Kestrel storage array, quoted", None, (2, 0, 0), category="Storage"
        ),
        "scarce": await put(
            "TW2ENT",
            "KM-20",
            "Kestrel mouse, twenty left",
            4_500,
            (12, 5, 3),
            category="Peripherals > Mice",
            msrp_cents=6_900,
        ),
        "discontinued": await put(
            "D4SCNT",
            "KD-3300",
            "Kestrel Dock 3300, USB-A",
            8_000,
            (3, 0, 0),
            is_discontinued=True,
            replaced_by=dock.id,
            msrp_cents=9_900,
        ),
        "licence": await put(
            "LCN5EY",
            "PK-SUITE-1Y",
            "Pike suite, one year, one seat",
            12_000,
            (50, 0, 0),
            vendor="Pike & Co",
            category="Software",
            is_end_user_required=True,
            weight_grams=0,
            msrp_cents=15_000,
        ),
    }
