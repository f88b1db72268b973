"""The cast: Dana, Ben and Vera at Brightbyte, Sam at Coastline, Moana, Piri and Ari at the desk, and goods."""

from dataclasses import dataclass
from typing import Any

from app.rules.email_addresses import email_key
from app.rules.passwords import hashed
from app.rules.privileges import PURCHASING, Privilege, Role
from app.rules.sealed import seal
from app.rules.viewers import Viewer
from db.companies import Address, Certification, Company, CompanyCertification, Warehouse
from db.orders import DeliveryMethod, FreightRate
from db.prices import CompanyPriceList, ContractPrice, ListPrice, PriceList
from db.second_steps import Authenticator
from db.users import StaffRole, User, UserPrivilege
from tests.goods import AKL, NOW, Goods, Shelf, kept, stocked

PASSWORD = "Demo-portal-2026!"
ANSWER = "wellington"  # to everybody's challenge question
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # in the authenticator apps of the staff


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


async def _companies() -> tuple[int, int]:
    for position, (code, name) in enumerate((("AKL", "Auckland"), ("WLG", "Wellington"), ("CHC", "Christchurch")), 1):
        await kept(Warehouse(code=code, name=name, position=position))
    made = [
        await kept(
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


async def new_person(
    name: str,
    email: str,
    company: int | None,
    *privileges: Privilege,
    administrator: bool = False,
    role: str = "",
) -> Person:
    """Somebody who can log in with PASSWORD."""
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
        challenge_question="In which town were you born?",
        challenge_answer_hash=hashed(ANSWER),
        is_administrator=administrator,
        created_at=NOW,
    )
    made = await kept(user)
    for privilege in privileges:
        await kept(UserPrivilege(user=made, privilege=privilege, granted_at=NOW))
    for one in role.split():
        await kept(StaffRole(user=made, role=Role(one), granted_at=NOW))
    if role:  # staff must have a second step
        sealed = seal("authenticator", APP_SECRET)
        await kept(Authenticator(user=made, sealed_secret=sealed, confirmed_at=NOW, made_at=NOW))
    return Person(made, name, email, company or 0)


async def _people(bright: int, coast: int) -> dict[str, Person]:
    return {
        "dana": await new_person("Dana Reyes", "dana@brightbyte.example", bright, administrator=True),
        "ben": await new_person("Ben Ito", "ben@brightbyte.example", bright, *PURCHASING, Privilege.INVOICES),
        "vera": await new_person("Vera Lind", "vera@brightbyte.example", bright, Privilege.SEE_AVAILABILITY),
        "sam": await new_person("Sam Okafor", "sam@coastline.example", coast, administrator=True),
        "moana": await new_person("Moana Pike", "moana@harbour.example", None, role="sales"),
        "piri": await new_person("Piri Kane", "piri@harbour.example", None, role="returns warehouse"),
        "ari": await new_person("Ari Stone", "ari@harbour.example", None, role="administrator"),
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
    return await kept(row)


async def _delivery() -> None:
    for position, (code, name, step) in enumerate(
        (("standard", "Standard", 850), ("overnight", "Overnight", 1_900), ("pickup", "Pick up", 0)), 1
    ):
        method = await kept(DeliveryMethod(code=code, name=name, position=position))
        for number, grams in enumerate((1_000, 5_000, 25_000, 1_000_000_000), 1):
            await kept(FreightRate(delivery_method=method, up_to_grams=grams, price_cents=step * number))


async def build() -> Cast:
    """Fill an empty, migrated database with the story."""
    bright, coast = await _companies()
    people = await _people(bright, coast)
    trade = await kept(PriceList(code="TRADE", name="Trade"))
    silver = await kept(PriceList(code="SILVER", name="Silver"))
    await kept(CompanyPriceList(company=bright, price_list=trade))
    await kept(CompanyPriceList(company=coast, price_list=silver))
    lacked = await kept(
        Certification(code="PIKE-PRO", name="Pike & Co Pro", how_to_get="Pass the Pike & Co Pro course.")
    )
    held = await kept(Certification(code="NORR-1", name="Norrland Partner", how_to_get="Ask Norrland."))
    await kept(CompanyCertification(company=bright, certification=held))
    goods = await stocked(Shelf(trade), lacked, held)
    await kept(ListPrice(price_list=silver, product=goods["dock"].id, min_quantity=1, price_cents=33_333))
    await kept(ContractPrice(company=coast, product=goods["hub"].id, min_quantity=1, price_cents=5_777))
    await _delivery()
    addresses = (
        await _address(bright, "Brightbyte", "12 Quay Street"),
        await _address(coast, "Coastline", "8 Beach Road"),
    )
    things: dict[str, Any] = {**people, **goods, "address": addresses[0], "other_address": addresses[1]}
    return Cast(bright, coast, **things)
