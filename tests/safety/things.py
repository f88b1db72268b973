"""What one company has of everything that an address can name."""

from dataclasses import asdict, dataclass
from itertools import count

from db import sql
from tests.browser import Browser
from tests.cast import Cast, Person, new_person
from tests.checking_out import basket_of, placed
from tests.goods import Goods

_numbers = count(1)


@dataclass(frozen=True)
class Things:
    """Ids by the names that the table of routes has for them."""

    basket_id: int
    line_id: int
    number: str
    address_id: int
    notice_id: int
    sku: str
    company_id: int = 0
    user_id: int = 0
    elsewhere: str = "no/such/page"

    @property
    def ids(self) -> dict[str, object]:
        return asdict(self)


MISSING: dict[str, object] = {
    "basket_id": 987_654,
    "line_id": 987_654,
    "number": "20-ZZZZZ",
    "address_id": 987_654,
    "notice_id": 987_654,
    "sku": "NOTHING",
    "company_id": 987_654,
    "user_id": 987_654,
    "elsewhere": "no/such/page",
}


# Whose a thing is, by the name that an address has for it; all else that an address names is the desk's.
OF_A_PERSON = {"basket_id", "line_id", "number"}
OF_EVERYBODY = {"sku", "elsewhere"}


async def give(things: Things, person: Person) -> None:
    """Let what is a person's be this one's."""
    await sql.run("UPDATE baskets SET owner = $1 WHERE id = $2", person.id, things.basket_id)
    await sql.run("UPDATE orders SET placed_by = $1 WHERE number = $2", person.id, things.number)


async def things_of(browser: Browser, person: Person, address_id: int, *goods: Goods) -> Things:
    """A private basket of the person with these goods, an order of the same goods, and its mail."""
    lines = [(one, 1) for one in goods]
    await browser.sign_in(person)
    number = await placed(browser, await basket_of(person, *lines))
    basket = await basket_of(person, *lines)
    line = await sql.value("SELECT min(id) FROM basket_lines WHERE basket = $1", basket)
    notice = await sql.value("SELECT max(id) FROM notices")
    browser.sign_out()
    colleague = await new_person("Ola Berg", f"ola{next(_numbers)}@things.example", person.company_id)
    return Things(basket, line, number, address_id, notice, goods[0].sku, person.company_id, colleague.id)


async def bens_things(browser: Browser, cast: Cast) -> Things:
    return await things_of(browser, cast.ben, cast.address, cast.dock)


async def sams_things(browser: Browser, cast: Cast) -> Things:
    return await things_of(browser, cast.sam, cast.other_address, cast.dock)


def person_of(cast: Cast, name: str) -> Person | None:
    """Somebody of the cast by name; nobody for `visitor`."""
    found: Person | None = getattr(cast, name, None)
    return found


async def come_as(browser: Browser, cast: Cast, name: str) -> None:
    """Let the browser be that person's, or a visitor's who has a page with a form open."""
    browser.sign_out()
    person = person_of(cast, name)
    if person:
        await browser.sign_in(person)
    else:
        await browser.get("/login")
