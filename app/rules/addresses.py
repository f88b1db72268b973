"""The address book of a company: where its orders can be delivered (ORDER-1)."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from app.rules.patterns import holding
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.viewers import Viewer, lacks
from db import sql
from db.atomic import atomic
from db.companies import Address
from db.dialect import hold

PAGE_SIZE = 50
MOST_ID = 2**31 - 1
DEED = "deliver to a new address"
LIMITS = {
    "name": 100,
    "attention": 100,
    "line1": 100,
    "line2": 100,
    "city": 80,
    "region": 80,
    "postcode": 20,
    "country": 2,
    "phone": 40,
}
REQUIRED = {
    "name": "Say who receives the goods: a company or a person.",
    "line1": "Type the street and number.",
    "city": "Type the town or city.",
    "postcode": "Type the postcode.",
    "country": "Type the country's code of two letters, such as NZ.",
}
COLUMNS = ", ".join(LIMITS)
MATCHES = """company = $1 AND ($2 = '' OR lower(name || ' ' || attention || ' ' || line1 || ' ' || line2 || ' '
    || city || ' ' || region || ' ' || postcode) LIKE $2 ESCAPE '\\')"""
COUNT = f"SELECT count(*) FROM addresses WHERE {MATCHES}"  # noqa: S608 (our own words)
PAGE = f"""SELECT id, {COLUMNS}, is_default FROM addresses WHERE {MATCHES}
    ORDER BY is_default DESC, lower(name), id LIMIT $3 OFFSET $4"""  # noqa: S608 (our own words)
ALL = f"""SELECT id, {COLUMNS}, is_default FROM addresses WHERE company = $1
    ORDER BY is_default DESC, lower(name), id"""  # noqa: S608 (our own words)


def town_line(city: str, region: str, postcode: str) -> str:
    """City, region and postcode on one line; a region that is named as its city is said once."""
    is_named_twice = region.casefold() == city.casefold()
    return " ".join(part for part in (city, "" if is_named_twice else region, postcode) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is written on a parcel."""

    name: str
    line1: str
    city: str
    postcode: str
    country: str = "NZ"
    attention: str = ""
    line2: str = ""
    region: str = ""
    phone: str = ""

    @property
    def written(self) -> list[str]:
        """Its lines, without the empty ones."""
        town = town_line(self.city, self.region, self.postcode)
        return [line for line in (self.name, self.attention, self.line1, self.line2, town, self.country) if line]

    @property
    def words(self) -> str:
        return ", ".join(self.written)

    @property
    def street(self) -> str:
        """Where it is, without who is there."""
        return ", ".join(replace(self, name="", attention="").written)


def of_order(order: Mapping[str, Any]) -> Place:
    """Where a row of orders was delivered to."""
    return Place(**{name: order[f"delivery_{name}"] for name in LIMITS})


@dataclass(frozen=True, slots=True)
class Kept(Place):
    """A place of the address book; `id` 0 is one that is not kept."""

    id: int = 0
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    rows: list[Kept]
    count: int


def why_not(by: Viewer) -> str:
    """The sentence for who may not change the address book; empty for who may."""
    return "" if by.may(Privilege.DELIVER_ANYWHERE) else lacks(by, Privilege.DELIVER_ANYWHERE, DEED)


def checked(typed: Mapping[str, str]) -> Place:
    """The address out of typed fields; raises Invalid with a sentence for each wrong one."""
    given = {name: " ".join(typed.get(name, "").split()) for name in LIMITS}
    given["country"] = given["country"].upper()
    errors = {name: sentence for name, sentence in REQUIRED.items() if not given[name]}
    for name, limit in LIMITS.items():
        if len(given[name]) > limit:
            errors[name] = f"This is {len(given[name]):,} characters long; at most {limit:,} are kept."
    if given["country"] and not re.fullmatch("[A-Z]{2}", given["country"]):
        errors["country"] = REQUIRED["country"]
    if errors:
        raise Invalid(errors)
    return Place(**given)


async def book(by: Viewer) -> list[Kept]:
    """Every address of the company, the default first: where an order goes unless somebody chooses."""
    return [Kept(**row) for row in await sql.rows(ALL, by.company_id)]


async def listed(q: str, page: int, by: Viewer) -> Found:
    """One page of the address book, of the addresses that hold `q`; pages count from 1."""
    pattern = holding(q)
    count = await sql.value(COUNT, by.company_id, pattern)
    rows = await sql.rows(PAGE, by.company_id, pattern, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return Found([Kept(**row) for row in rows], count)


async def find(address_id: int, by: Viewer) -> Kept:
    """Raises Missing."""
    found = await sql.row(
        f"SELECT id, {COLUMNS}, is_default FROM addresses WHERE id = $1 AND company = $2",  # noqa: S608
        *(address_id if 0 < address_id <= MOST_ID else 0, by.company_id),
    )
    if found is None:
        raise Missing
    return Kept(**found)


@atomic
async def add(typed: Mapping[str, str], by: Viewer) -> int:
    """Keep an address; `typed["is_default"]` makes it the one that orders go to. Raises Invalid."""
    by.require(Privilege.DELIVER_ANYWHERE, DEED)
    place = checked(typed)
    await hold(f"addresses {by.company_id}")
    first = not await Address.exists().where(Address.company == by.company_id)
    is_default = first or bool(typed.get("is_default"))
    row = Address(company=by.company_id, created_at=datetime.now(UTC), is_default=is_default, **asdict(place))
    made = int((await Address.insert(row))[0]["id"])
    if is_default:
        await _make_default(made, by)
    return made


@atomic
async def change(address_id: int, typed: Mapping[str, str], by: Viewer) -> None:
    """Raises Missing or Invalid; past orders keep the address that they were placed with."""
    by.require(Privilege.DELIVER_ANYWHERE, DEED)
    await hold(f"addresses {by.company_id}")
    kept = await find(address_id, by)
    place = checked(typed)
    given = {getattr(Address, field.name): getattr(place, field.name) for field in fields(Place)}
    await Address.update(given).where(Address.id == kept.id)
    if typed.get("is_default"):
        await _make_default(kept.id, by)


@atomic
async def remove(address_id: int, by: Viewer) -> Kept:
    """What was removed; raises Missing."""
    by.require(Privilege.DELIVER_ANYWHERE, DEED)
    await hold(f"addresses {by.company_id}")
    kept = await find(address_id, by)
    await Address.delete().where(Address.id == kept.id)
    return kept


async def _make_default(address_id: int, by: Viewer) -> None:
    await sql.run("UPDATE addresses SET is_default = (id = $1) WHERE company = $2", address_id, by.company_id)
