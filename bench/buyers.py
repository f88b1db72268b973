"""The people of the bench at one company of the demo, and the baskets that they work on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from random import Random

from app.demo import PASSWORD
from app.demo.cast import QUESTION
from app.rules import passwords, prices
from app.rules.privileges import PURCHASING, Privilege
from app.rules.products import today
from db import sql

COMPANY = "100234"
BUYERS = 64
PRIVILEGES = sorted(PURCHASING | {Privilege.SEE_ALL_ORDERS})
POOL = 3_000
# What each buyer has: a name's beginning, how many baskets, lines in each.
BASKETS = (("Twenty", 2, 20), ("Long", 1, 500), ("Adding", 20, 20), ("Order", 60, 10))

SELLABLE = """
SELECT p.id FROM products p
WHERE p.available >= 12 AND p.certification IS NULL AND NOT p.is_discontinued AND NOT p.is_end_user_required
    AND p.min_quantity = 1 AND p.multiple_quantity = 1 AND p.sku NOT LIKE 'C%-%'
ORDER BY p.id
"""


def email(number: int) -> str:
    return f"buyer{number}@bench.example"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Products that can be ordered, with the company's price of one."""

    cents: dict[int, int]
    company: int
    warehouse: int

    def pick(self, throws: Random, lines: int) -> list[int]:
        return throws.sample(list(self.cents), lines)


async def write() -> None:
    """Write people and baskets, the same on every run."""
    throws = Random("baskets of the bench")
    company = await sql.row("SELECT id, home_warehouse FROM companies WHERE account_number = $1", COMPANY)
    assert company is not None
    sellable = [row["id"] for row in await sql.rows(SELLABLE)]
    offers = await prices.offers(company["id"], throws.sample(sellable, min(POOL, len(sellable))), today())
    cents = {product: price.cents for product, offer in offers.items() if (price := offer.at(1))}
    shelf = Shelf(cents, company["id"], company["home_warehouse"])
    async with sql.transaction():
        people = await _write_people(shelf)
        await _write_baskets(shelf, people, throws)


async def _write_people(shelf: Shelf) -> list[int]:
    now, secret = datetime.now(UTC), passwords.hashed(PASSWORD)
    await sql.run_many(
        "INSERT INTO users (company, name, email, email_key, password_hash, password_changed_at, created_at,"
        " challenge_question, challenge_answer_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            (shelf.company, f"Buyer {number}", email(number), email(number), secret, now, now, QUESTION, secret)
            for number in range(BUYERS)
        ],
    )
    rows = await sql.rows("SELECT id FROM users WHERE email_key LIKE '%@bench.example' ORDER BY id")
    people = [row["id"] for row in rows]
    await sql.run_many(
        'INSERT INTO user_privileges ("user", privilege, granted_at) VALUES ($1, $2, $3)',
        [(person, str(privilege), now) for person in people for privilege in PRIVILEGES],
    )
    return people


async def _write_baskets(shelf: Shelf, people: list[int], throws: Random) -> None:
    now = datetime.now(UTC)
    planned = [(person, name, lines) for person in people for name, _, lines in _names()]
    picks = [shelf.pick(throws, lines) for _, _, lines in planned]
    await sql.run_many(
        "INSERT INTO baskets (company, owner, name, name_key, visibility, home_warehouse, line_count, total_cents,"
        " created_at, changed_at) VALUES ($1, $2, $3, $4, 'private', $5, $6, $7, $8, $8)",
        [
            (
                shelf.company, person, name, name.casefold(), shelf.warehouse, lines,
                sum(shelf.cents[product] for product in picked), now,
            )
            for (person, name, lines), picked in zip(planned, picks, strict=True)
        ],
    )  # fmt: skip
    ids = await sql.rows(f"SELECT id FROM baskets WHERE owner IN ({sql.marks(len(people))}) ORDER BY id", *people)  # noqa: S608
    await sql.run_many(
        "INSERT INTO basket_lines (basket, product, quantity, seen_price_cents, added_by, added_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (basket["id"], product, 1, shelf.cents[product], person, now)
            for basket, (person, _, _), picked in zip(ids, planned, picks, strict=True)
            for product in picked
        ],
    )
    await sql.run_many(
        "UPDATE users SET current_basket = (SELECT min(b.id) FROM baskets b WHERE b.owner = users.id) WHERE id = $1",
        [(person,) for person in people],
    )


def _names() -> list[tuple[str, int, int]]:
    """Name, place and lines of every basket of one buyer."""
    return [(f"{name} {place}", place, lines) for name, count, lines in BASKETS for place in range(count)]


async def pairs(name: str) -> list[tuple[str, int]]:
    """`email, basket` of every basket with such a name, the buyers in turns."""
    rows = await sql.rows(
        "SELECT u.email, b.id FROM baskets b JOIN users u ON u.id = b.owner"
        " WHERE b.name LIKE $1 AND u.email LIKE '%@bench.example' AND b.archived_at IS NULL ORDER BY b.name, u.id",
        f"{name} %",
    )
    return [(row["email"], row["id"]) for row in rows]


async def sellable_skus(most: int) -> list[str]:
    """SKUs that lie in baskets of the bench, and can be added to others."""
    rows = await sql.rows(
        "SELECT DISTINCT p.sku FROM products p JOIN basket_lines l ON l.product = p.id"
        " JOIN baskets b ON b.id = l.basket WHERE b.name LIKE 'Order %' ORDER BY p.sku"
    )
    found = [row["sku"] for row in rows]
    return Random("skus of the bench").sample(found, min(most, len(found)))


def in_turns(values: list[bytes], hands: int) -> list[list[bytes]]:
    """Deals a list out to so many hands."""
    dealt: list[list[bytes]] = [[] for _ in range(hands)]
    for hand, value in zip(cycle(range(hands)), values, strict=False):
        dealt[hand].append(value)
    return dealt
