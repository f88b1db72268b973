"""Baskets of each kind, own part numbers and selling prices, for the world of secret words."""

from app.rules import money
from app.rules.selling_figures import marked_up, written_markup
from db import sql
from db.baskets import BasketApproval
from db.part_numbers import PartNumber
from tests.cast import Person
from tests.checking_out import basket_of
from tests.goods import NOW, Goods, kept

KINDS = {
    "shared": "visibility = 'shared'",
    "archived": "visibility = 'public', archived_at = changed_at, archived_by = owner",
    "template": "visibility = 'public', template_at = changed_at",
    "public": "visibility = 'public'",
}
PRIVATE = {  # what is of one user alone, by the letter of its word
    "b": "SELECT id FROM baskets WHERE owner = $1 AND (visibility = 'private' OR archived_at IS NOT NULL)",
    "l": """SELECT l.id FROM basket_lines l JOIN baskets b ON b.id = l.basket
        WHERE b.owner = $1 AND (b.visibility = 'private' OR b.archived_at IS NOT NULL)""",
    "h": 'SELECT id FROM sheets WHERE "user" = $1',
    "w": 'SELECT r.id FROM sheet_rows r JOIN sheets s ON s.id = r.sheet WHERE s."user" = $1',
    "v": 'SELECT id FROM saved_searches WHERE "user" = $1',
}
COSTS = """SELECT price_cents FROM contract_prices WHERE company = $1
    UNION SELECT l.price_cents FROM list_prices l JOIN company_price_lists c ON c.price_list = l.price_list
    WHERE c.company = $1"""


async def baskets_of_each_kind(person: Person, approved: Person, goods: Goods) -> dict[str, int]:
    """One of each, the shared one with somebody else who may change it."""
    made = {}
    for kind, facts in KINDS.items():
        made[kind] = await basket_of(person, (goods, 1))
        await sql.run(f"UPDATE baskets SET {facts} WHERE id = $1", made[kind])  # noqa: S608 (the facts are ours)
    await kept(BasketApproval(basket=made["shared"], user=approved.id, approved_at=NOW))
    return made


async def number_goods(*people: Person) -> None:
    """Give every product a number in each one's company."""
    for person in people:
        for row in await sql.rows("SELECT id FROM products"):
            number = f"{person.company_id} {row['id']}"
            made = PartNumber(
                company=person.company_id, product=row["id"], number=number, number_key=number, set_at=NOW
            )
            await kept(made)


async def sell_apart() -> None:
    """A selling price of its own for each line but a basket's last, which follows the markup."""
    await sql.run("UPDATE baskets SET markup_basis_points = 34567 + 13 * id")
    await sql.run(
        """UPDATE basket_lines SET selling_cents = 91357000 + 19 * id
        WHERE id NOT IN (SELECT max(id) FROM basket_lines GROUP BY basket) OR id % 2 = 0"""
    )


async def spread_words() -> None:
    """The words of a few texts that have a meaning beside it: a code, a search, a number as it is compared."""
    await sql.run("UPDATE part_numbers SET number_key = upper(number)")
    await sql.run("UPDATE saved_searches SET query = 'q=' || name")
    await sql.run("UPDATE sheet_rows SET code = note, flaw = note WHERE code = 'NOPE'")


async def selling_words(company: int) -> set[str]:
    """What the customer pays, and the markups, as any page or file would write them."""
    own = "SELECT l.selling_cents AS it FROM basket_lines l JOIN baskets b ON b.id = l.basket WHERE b.company = $1"
    markups = [row["it"] for row in await sql.rows(
        "SELECT markup_basis_points AS it FROM baskets WHERE company = $1", company
    )]  # fmt: skip
    costs = [row["price_cents"] for row in await sql.rows(COSTS, company)]
    cents = {row["it"] for row in await sql.rows(own, company) if row["it"]}
    cents |= {marked_up(cost, markup) for cost in costs for markup in markups}
    written = {text for one in cents for text in (str(one), money.written(one)[1:])}
    return written | {text.replace(",", "") for text in written} | {written_markup(markup) for markup in markups}


async def private_of(person: Person) -> frozenset[tuple[str, int]]:
    found = {letter: await sql.rows(query, person.id) for letter, query in PRIVATE.items()}
    return frozenset((letter, row["id"]) for letter, rows in found.items() for row in rows)
