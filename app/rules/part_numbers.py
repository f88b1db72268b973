"""A company's own part numbers: one for a product, understood wherever a code is typed (BASKET-15)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import products
from app.rules.patterns import holding
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.search_text import UNTYPABLE, code_key, number_key
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold

DEED = "keep part numbers of your company"
LENGTH = 60
PAGE_SIZE = 50

SKU_WORDS = "“{}” is the SKU of another product, and a SKU always names its own."

PRODUCT = "SELECT id, sku FROM products WHERE sku = $1"
IS_SKU = "SELECT sku FROM products WHERE sku = $1 AND id <> $2"
IS_VPN = "SELECT sku, name FROM products WHERE vpn_key = $1 AND vpn_key <> '' AND id <> $2 ORDER BY id LIMIT 1"
TAKEN = """SELECT p.sku, p.name FROM part_numbers n JOIN products p ON p.id = n.product
    WHERE n.company = $1 AND n.number_key = $2 AND n.product <> $3"""
KEEP = """INSERT INTO part_numbers (company, product, number, number_key, set_by, set_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (company, product) DO UPDATE SET number = $3, number_key = $4, set_by = $5, set_at = $6"""
DROP = "DELETE FROM part_numbers WHERE company = $1 AND product = $2"
OF_PRODUCT = "SELECT number FROM part_numbers WHERE company = $1 AND product = $2"
MATCHES = """n.company = $1 AND ($2 = '' OR lower(n.number || ' ' || p.sku || ' ' || p.vpn || ' ' || p.upc || ' '
    || p.name) LIKE $2 ESCAPE '\\')"""
FROM = "FROM part_numbers n JOIN products p ON p.id = n.product LEFT JOIN users u ON u.id = n.set_by"
COUNT = f"SELECT count(*) {FROM} WHERE {MATCHES}"
PAGE = f"""SELECT n.number, p.sku, p.vpn, p.upc, p.name, u.name AS set_by, n.set_at {FROM} WHERE {MATCHES}
    ORDER BY n.number_key, n.id LIMIT $3 OFFSET $4"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A part number with the product that it names."""

    number: str
    sku: str
    vpn: str
    upc: str
    name: str
    set_by: str | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    rows: list[Kept]
    count: int


def as_sku(number: str) -> str:
    """The SKU that the number would be; empty where it can be none."""
    sku = "".join(number.split()).upper()
    return sku if sku.isascii() else ""


def taken_words(number: str, sku: str, name: str) -> str:
    return f"“{number}” is your number for {sku}, {name[:80]}. Take it off there first."


def wanted(text: str) -> str:
    """The number as it is kept; raises Invalid for what cannot be one."""
    number = " ".join(text.split())
    if UNTYPABLE.search(number):
        raise Invalid({"number": "This holds a character that cannot be kept. Type it again without it."})
    if len(number) > LENGTH:
        raise Invalid({"number": f"This is {len(number):,} characters long; at most {LENGTH} are kept."})
    if len(number_key(number)) > LENGTH:  # one character may stand for many
        raise Invalid({"number": "This is too long to be compared. Type a shorter one."})
    if not number_key(number):
        raise Invalid({"number": "Type a part number with a letter or a digit."})
    return number


async def listed(q: str, page: int, by: Viewer) -> Found:
    """One page of the company's part numbers, of those that hold `q`; pages count from 1."""
    by.require(Privilege.USE_BASKETS, DEED)
    pattern = holding(q)
    count = await sql.value(COUNT, by.company_id, pattern)
    rows = await sql.rows(PAGE, by.company_id, pattern, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return Found([Kept(**row) for row in rows], count)


async def all_of(by: Viewer) -> list[Kept]:
    """Every part number of the company, for a file."""
    by.require(Privilege.USE_BASKETS, DEED)
    return [Kept(**row) for row in await sql.rows(PAGE, by.company_id, "", 1_000_000, 0)]


async def of_product(product_id: int, company_id: int) -> str:
    """The company's number for a product; empty where it has none."""
    return str(await sql.value(OF_PRODUCT, company_id, product_id) or "") if company_id else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A number that was kept, the one before it, and what its owner should know of it."""

    sku: str
    number: str
    was: str = ""
    warning: str = ""


async def _product(sku: str) -> sql.Row:
    code = sku.upper()
    row = await sql.row(PRODUCT, code) if code.isascii() and code.isprintable() else None
    if row is None:
        raise Missing
    return row


async def product_named(code: str, by: Viewer) -> str:
    """The SKU of the product that a code names, for a number to be kept; raises Invalid at the field."""
    found = await products.named(" ".join(code.split()), by.company_id)
    return str((await products.rows([found]))[0]["sku"])


@atomic
async def keep(sku: str, text: str, by: Viewer) -> Deed:
    """Give a product its number in the company, in place of any before.

    Raises Missing, and Invalid for a number that names another product of the company, or is another's SKU.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    product, number = await _product(sku), wanted(text)
    await hold_company(by)
    was = await of_product(product["id"], by.company_id)
    warning = await write(product["id"], number, by)
    return Deed(product["sku"], number, was, warning)


async def hold_company(by: Viewer) -> None:
    """Let one transaction at a time number the products of a company."""
    await hold(f"part numbers {by.company_id}")


async def write(product_id: int, number: str, by: Viewer) -> str:
    """The row alone, under `hold_company`; gives a warning or nothing. Raises Invalid."""
    key = number_key(number)
    if other := await sql.row(TAKEN, by.company_id, key, product_id):
        raise Invalid({"number": taken_words(number, other["sku"], other["name"])})
    if await sql.value(IS_SKU, as_sku(number), product_id):
        raise Invalid({"number": SKU_WORDS.format(number)})
    await sql.run(KEEP, by.company_id, product_id, number, key, by.id, datetime.now(UTC))
    vpn = await sql.row(IS_VPN, code_key(number), product_id)
    return f"“{number}” is the VPN of {vpn['sku']} too. As a code it names your product from now on." if vpn else ""


@atomic
async def remove(sku: str, by: Viewer) -> Deed:
    """Take the number off a product; gives what it was. Raises Missing where it had none."""
    by.require(Privilege.USE_BASKETS, DEED)
    product = await _product(sku)
    was = await of_product(product["id"], by.company_id)
    if not was:
        raise Missing
    await sql.run(DROP, by.company_id, product["id"])
    return Deed(product["sku"], "", was)
