"""The cast: Dana, Ben and Vera at Brightbyte, Sam at Coastline, Moana, Piri and Ari at the desk, and goods."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.rules.passwords import hashed
from app.rules.privileges import PURCHASING, Privilege, Role
from app.rules.search_text import words_of
from app.rules.sessions import email_key
from app.rules.viewers import Viewer
from db.companies import Address, Certification, Company, CompanyCertification, Warehouse
from db.orders import DeliveryMethod, FreightRate
from db.prices import CompanyPriceList, ContractPrice, ListPrice, PriceList
from db.products import Category, Product, Stock, Vendor
from db.users import StaffRole, User, UserPrivilege

PASSWORD = "Demo-portal-2026!"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
AKL, WLG, CHC = 1, 2, 3


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    id: int
    name: str
    email: str
    company_id: int

    def viewer(self, **more: Any) -> Viewer:
        """As the rules see the person; tests of rules give privileges as they need them."""
        facts = {"id": self.id, "name": self.name, "email": self.email, "company_id": self.company_id}
        return Viewer(**{**facts, "home_warehouse_id": AKL, "administrator_name": "Dana Reyes", **more})


@dataclass(frozen=True)
class Goods:
    """A product of the story."""

    id: int
    sku: str
    vpn: str


@dataclass(frozen=True)
class Cast:
    brightbyte: int
    coastline: int
    dana: Person
    ben: Person
    vera: Person
    sam: Person
    moana: Person
    piri: Person
    ari: Person
    dock: Goods  # $312.40, from 10 $305.10; 120 in Auckland, 44 in Wellington, 20 in Christchurch
    hub: Goods  # $61.25; none now, 200 expected in Auckland
    cable: Goods  # $22.10; sold by 5, at least 5
    uncertified: Goods  # needs a certification that Brightbyte lacks
    certified: Goods  # needs one that Brightbyte holds; $198.00
    on_request: Goods  # has no price
    scarce: Goods  # $45.00; 12, 5 and 3 units
    discontinued: Goods  # $80.00; 3 left in Auckland, replaced by the dock
    licence: Goods  # $120.00; asks for the end user
    address: int  # Brightbyte's default delivery address
    other_address: int  # Coastline's


async def _id(row: Any) -> int:
    return int((await type(row).insert(row))[0]["id"])


async def _companies() -> tuple[int, int]:
    for position, (code, name) in enumerate((("AKL", "Auckland"), ("WLG", "Wellington"), ("CHC", "Christchurch")), 1):
        await _id(Warehouse(code=code, name=name, position=position))
    made = [
        await _id(
            Company(
                account_number=number,
                name=name,
                home_warehouse=AKL,
                payment_terms_days=20,
                credit_limit_cents=5_000_000,
                created_at=NOW,
            )
        )
        for number, name in (("100234", "Brightbyte Ltd"), ("100377", "Coastline IT"))
    ]
    return made[0], made[1]


async def _person(
    name: str,
    email: str,
    company: int | None,
    *privileges: Privilege,
    administrator: bool = False,
    role: str = "",
) -> Person:
    user = User(
        company=company,
        name=name,
        email=email,
        email_key=email_key(email),
        phone="",
        job_title="",
        time_zone="",
        density="comfortable",
        password_hash=hashed(PASSWORD),
        is_administrator=administrator,
        created_at=NOW,
    )
    made = await _id(user)
    for privilege in privileges:
        await _id(UserPrivilege(user=made, privilege=privilege, granted_at=NOW))
    for one in role.split():
        await _id(StaffRole(user=made, role=Role(one), granted_at=NOW))
    return Person(made, name, email, company or 0)


async def _people(bright: int, coast: int) -> dict[str, Person]:
    return {
        "dana": await _person("Dana Reyes", "dana@brightbyte.example", bright, administrator=True),
        "ben": await _person("Ben Ito", "ben@brightbyte.example", bright, *PURCHASING, Privilege.INVOICES),
        "vera": await _person("Vera Lind", "vera@brightbyte.example", bright, Privilege.SEE_AVAILABILITY),
        "sam": await _person("Sam Okafor", "sam@coastline.example", coast, administrator=True),
        "moana": await _person("Moana Pike", "moana@harbour.example", None, role="sales"),
        "piri": await _person("Piri Kane", "piri@harbour.example", None, role="returns warehouse"),
        "ari": await _person("Ari Stone", "ari@harbour.example", None, role="administrator"),
    }


class Shelf:
    """Puts goods into the world: product, price and stock at once."""

    def __init__(self, trade: int) -> None:
        self.trade = trade
        self.vendors: dict[str, int] = {}
        self.categories: dict[str, int] = {}

    async def _vendor(self, name: str) -> int:
        if name not in self.vendors:
            self.vendors[name] = await _id(Vendor(name=name, name_key=name.casefold()))
        return self.vendors[name]

    async def _category(self, path: str) -> int:
        parts = path.split(" > ")
        for depth in range(1, len(parts) + 1):
            above = " > ".join(parts[:depth])
            if above not in self.categories:
                row = Category(path=above, name=parts[depth - 1], depth=depth)
                self.categories[above] = await _id(row)
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
        made = await _id(product)
        if cents is not None:
            await _id(ListPrice(price_list=self.trade, product=made, min_quantity=1, price_cents=cents))
        for warehouse, units in zip((AKL, WLG, CHC), stock, strict=True):
            on_order = 200 if eta and warehouse == AKL else 0
            await _id(
                Stock(
                    product=made,
                    warehouse=warehouse,
                    available=units,
                    on_order=on_order,
                    eta=eta if on_order else None,
                )
            )
        return Goods(made, sku, vpn)


async def _goods(shelf: Shelf, lacked: int, held: int) -> dict[str, Goods]:
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
    await _id(ListPrice(price_list=shelf.trade, product=dock.id, min_quantity=10, price_cents=30_510))
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


async def _address(company: int, name: str, line1: str) -> int:
    row = Address(
        company=company,
        name=name,
        line1=line1,
        city="Auckland",
        postcode="1010",
        country="NZ",
        is_default=True,
        created_at=NOW,
    )
    return await _id(row)


async def _delivery() -> None:
    for position, (code, name, step) in enumerate(
        (("standard", "Standard", 850), ("overnight", "Overnight", 1_900), ("pickup", "Pick up", 0)), 1
    ):
        method = await _id(DeliveryMethod(code=code, name=name, position=position))
        for number, grams in enumerate((1_000, 5_000, 25_000, 1_000_000_000), 1):
            await _id(FreightRate(delivery_method=method, up_to_grams=grams, price_cents=step * number))


async def build() -> Cast:
    """Fill an empty, migrated database with the story."""
    bright, coast = await _companies()
    people = await _people(bright, coast)
    trade = await _id(PriceList(code="TRADE", name="Trade"))
    silver = await _id(PriceList(code="SILVER", name="Silver"))
    await _id(CompanyPriceList(company=bright, price_list=trade))
    await _id(CompanyPriceList(company=coast, price_list=silver))
    lacked = await _id(
        Certification(code="PIKE-PRO", name="Pike & Co Pro", how_to_get="Pass the Pike & Co Pro course.")
    )
    held = await _id(Certification(code="NORR-1", name="Norrland Partner", how_to_get="Ask Norrland."))
    await _id(CompanyCertification(company=bright, certification=held))
    goods = await _goods(Shelf(trade), lacked, held)
    await _id(ListPrice(price_list=silver, product=goods["dock"].id, min_quantity=1, price_cents=33_333))
    await _id(ContractPrice(company=coast, product=goods["hub"].id, min_quantity=1, price_cents=5_777))
    await _delivery()
    addresses = (
        await _address(bright, "Brightbyte", "12 Quay Street"),
        await _address(coast, "Coastline", "8 Beach Road"),
    )
    return Cast(bright, coast, **people, **goods, address=addresses[0], other_address=addresses[1])
