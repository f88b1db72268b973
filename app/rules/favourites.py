"""Favourites: products that a user keeps at hand, with the day's price and stock (PROD-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import prices, products
from app.rules.offers import Offer
from app.rules.patterns import holding
from app.rules.privileges import Privilege
from app.rules.products import Contact, contact_of, today
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.search_lines import Line, lines
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold
from db.search_dialect import bytewise
from db.search_rows import CONTACT

DEED = "keep favourites"
PAGE_SIZE = 50
BY_NAME = f"substr(p.words, 1, 60){bytewise}, p.id"
ORDERS = {
    "added": "f.added_at DESC, f.id DESC",
    "name": BY_NAME,
    "code": f"upper(CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END){bytewise}, p.id",
    "vendor": f"coalesce(v.name_key, '~'){bytewise}, {BY_NAME}",
    "availability": f"CASE WHEN p.available > 0 THEN 0 ELSE 1 END, p.available DESC, {BY_NAME}",
}
LABELS = {
    "added": "Last added",
    "name": "Name",
    "code": "VPN",
    "vendor": "Vendor",
    "price": "Price, lowest first",
    "availability": "Availability",
}

PRODUCT = "SELECT id, sku, vpn, name FROM products WHERE sku = $1"
KEEP = 'INSERT INTO favourites ("user", product, added_at) VALUES ($1, $2, $3) ON CONFLICT ("user", product) DO NOTHING'
DROP = 'DELETE FROM favourites WHERE "user" = $1 AND product = $2'
OTHERS = 'SELECT count(*) FROM favourites WHERE "user" = $1 AND product <> $2'
CONTACT_OF = f"SELECT {CONTACT.format(company='$1')} AS contact"
IDS = """SELECT p.id FROM favourites f JOIN products p ON p.id = f.product LEFT JOIN vendors v ON v.id = p.vendor
LEFT JOIN part_numbers n ON n.company = $3 AND n.product = p.id
WHERE f."user" = $1 AND ($2 = '' OR lower(p.name || ' ' || coalesce(v.name, '') || ' ' || p.vpn || ' ' || p.sku
    || ' ' || p.upc || ' ' || coalesce(n.number, '')) LIKE $2 ESCAPE '\\')
ORDER BY {order}"""


@dataclass(frozen=True, slots=True)
class Starred:
    """A product whose star was pressed, as it is now."""

    sku: str
    code: str
    name: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of somebody's favourites."""

    lines: list[Line]
    count: int
    contact: Contact
    sort: str


def orders_for(viewer: Viewer) -> dict[str, str]:
    """The orders that the viewer may ask for, with their names (PRICE-1)."""
    hidden = {*(() if viewer.sees_prices else ("price",)), *(() if viewer.sees_stock else ("availability",))}
    return {order: label for order, label in LABELS.items() if order not in hidden}


def require(by: Viewer) -> None:
    """Raises Refused for who is no user of a company."""
    if not by.company_id:
        raise Refused(f"You cannot {DEED}: that is for users of a company.")


async def product(sku: str) -> sql.Row:
    """The product of an address; raises Missing."""
    code = sku.upper()
    row = await sql.row(PRODUCT, code) if code.isascii() and code.isprintable() else None
    if row is None:
        raise Missing
    return row


def _starred(row: sql.Row, *, is_on: bool) -> Starred:
    return Starred(row["sku"], row["vpn"] or row["sku"], row["name"], is_on)


async def named(sku: str, by: Viewer) -> Starred | None:
    """A product that the address says was taken off the list; None where there is none such, or it stands there."""
    try:
        row = await product(sku)
    except Missing:
        return None
    is_on = await sql.value('SELECT 1 FROM favourites WHERE "user" = $1 AND product = $2', by.id, row["id"])
    return None if is_on else _starred(row, is_on=False)


async def listed(q: str, sort: str, page: int, by: Viewer) -> Found:
    """One page of the favourites that hold `q`, in five statements at most; pages count from 1."""
    require(by)
    sort = sort if sort in orders_for(by) else "added"
    order = ORDERS.get(sort, ORDERS["name"])
    ids = [row["id"] for row in await sql.rows(IDS.format(order=order), by.id, holding(q), by.company_id)]
    offers: Mapping[int, Offer] = {}
    if sort == "price":
        offers = await prices.offers(by.company_id, ids, today())
        ids = sorted(ids, key=lambda one: _cents(offers[one]))
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return await _page(shown, len(ids), sort, offers, by)


def _cents(offer: Offer) -> tuple[bool, int]:
    """Those without a price stand last."""
    return (False, offer.breaks[0].cents) if offer.breaks else (True, 0)


async def _page(ids: Sequence[int], count: int, sort: str, offers: Mapping[int, Offer], by: Viewer) -> Found:
    contact = contact_of(await sql.value(CONTACT_OF, by.company_id))
    found = await products.rows(ids, by)
    if ids and not offers and (by.sees_prices or by.may(Privilege.USE_BASKETS)):
        offers = await prices.offers(by.company_id, ids, today())
    for row in found:
        row["is_favourite"] = True
    return Found(lines(found, dict(offers), contact, by), count, contact, sort)


@atomic
async def add(sku: str, by: Viewer) -> Starred:
    """Star a product; one that has its star keeps its place. Raises Missing, and Invalid at the limit."""
    require(by)
    row = await product(sku)
    await hold(f"favourites {by.id}")
    if await sql.value(OTHERS, by.id, row["id"]) >= settings.max_favourites:
        raise Invalid(f"You have {settings.max_favourites:,} favourites, the most that are kept. Remove one first.")
    await sql.run(KEEP, by.id, row["id"], datetime.now(UTC))
    return _starred(row, is_on=True)


@atomic
async def remove(sku: str, by: Viewer) -> Starred:
    """Take the star off a product, whether or not it had one; raises Missing for what is no product."""
    require(by)
    row = await product(sku)
    await sql.run(DROP, by.id, row["id"])
    return _starred(row, is_on=False)
