"""What one company has of everything that an address can name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from app.rules.notifications import KINDS
from db import sql
from tests.browser import Browser
from tests.cast import Cast, Person
from tests.checking_out import basket_of, placed
from tests.goods import Goods
from tests.safety.belongings import belongings
from tests.safety.portal_map import Door


@dataclass(frozen=True)
class Things:
    """Ids by the names that the table of routes has for them."""

    basket_id: int
    line_id: int
    number: str
    address_id: int
    notice_id: int
    sku: str
    more: Mapping[str, object] = field(default_factory=dict)
    elsewhere: str = "no/such/page"

    @property
    def ids(self) -> dict[str, object]:
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "more"}
        return {**own, **self.more}


NONE = 987_654
MISSING: dict[str, object] = {
    "basket_id": NONE,
    "line_id": NONE,
    "number": "20-ZZZZZ",
    "address_id": NONE,
    "notice_id": NONE,
    "sku": "NOTHING",
    "company_id": NONE,
    "user_id": NONE,
    "session_id": NONE,
    "sheet_id": NONE,
    "row_number": NONE,
    "search_id": NONE,
    "passkey_id": NONE,
    "case_id": NONE,
    "application_id": NONE,
    "document_id": NONE,
    "reference": "AP-ZZZZZ",
    "code": KINDS[0].code,
    "name": NONE,
    "token": "n" * 43,
    "elsewhere": "no/such/page",
}
# Whose a thing is, by the name that an address has for it; all else that an address names is a company's or the desk's.
OF_A_PERSON = {"basket_id", "line_id", "number", "session_id", "passkey_id", "sheet_id", "row_number", "search_id"}
OF_EVERYBODY = {"sku", "elsewhere", "code", "name"}
OF_ITS_BEARER = {"token", "reference"}


def is_personal(door: Door) -> bool:
    """Whether it leads to a thing of one person, which colleagues do not share."""
    return bool(OF_A_PERSON & set(door.holes)) or "/notifications/" in door.path


async def give(things: Things, person: Person) -> None:
    """Let what is a person's be this one's."""
    await sql.run("UPDATE baskets SET owner = $1 WHERE id = $2", person.id, things.basket_id)
    await sql.run("UPDATE orders SET placed_by = $1 WHERE number = $2", person.id, things.number)
    await sql.run('UPDATE sessions SET "user" = $1 WHERE id = $2', person.id, things.ids["session_id"])
    await sql.run('UPDATE passkeys SET "user" = $1 WHERE id = $2', person.id, things.ids["passkey_id"])
    if not person.company_id:
        return
    await sql.run('UPDATE saved_searches SET "user" = $1 WHERE id = $2', person.id, things.ids["search_id"])
    await sql.run('UPDATE sheets SET "user" = $1 WHERE id = $2', person.id, things.ids["sheet_id"])
    reached = things.ids["notifications/{code:str}/addresses/address_id"]
    await sql.run('UPDATE notification_addresses SET "user" = $1 WHERE id = $2', person.id, reached)
    await sql.run(
        'UPDATE mailed_links SET "user" = $1 WHERE purpose = $2 AND bound_to = $3',
        *(person.id, "notification", str(reached)),
    )


async def things_of(browser: Browser, person: Person, address_id: int, *goods: Goods) -> Things:
    """A private basket of the person with these goods, an order of the same goods, its mail, and people."""
    lines = [(one, 1) for one in goods]
    await browser.sign_in(person)
    number = await placed(browser, await basket_of(person, *lines))
    basket = await basket_of(person, *lines)
    line = await sql.value("SELECT min(id) FROM basket_lines WHERE basket = $1", basket)
    notice = await sql.value("SELECT max(id) FROM notices")
    browser.sign_out()
    more = {"company_id": person.company_id, **await belongings(person)}
    return Things(basket, line, number, address_id, notice, goods[0].sku, more)


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
