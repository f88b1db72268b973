"""A world in which every text of a company is a secret word of its own and every price is of one company alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.rules import money
from app.rules.privileges import Privilege
from app.rules.sealed import seal
from db import sql
from db.second_steps import Authenticator
from tests.browser import Browser
from tests.cast import APP_SECRET, Cast, Person, new_person
from tests.goods import NOW
from tests.safety.canary_baskets import (
    baskets_of_each_kind,
    number_goods,
    private_of,
    sell_apart,
    selling_words,
    spread_words,
)
from tests.safety.things import Things, things_of

# A table, the letter that stands for it in a word, whose row it is, and its texts.
HELD: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("companies", "c", "id", ("name", "legal_name", "registration_number", "tax_number", "phone", "website", "note")),
    ("users", "u", "company", ("name", "email", "phone", "job_title", "challenge_question")),
    ("notification_addresses", "n", '(SELECT company FROM users WHERE id = t."user")', ("address", "address_key")),
    ("passkeys", "k", '(SELECT company FROM users WHERE id = t."user")', ("name",)),
    ("sessions", "s", '(SELECT company FROM users WHERE id = t."user")', ("user_agent",)),
    ("addresses", "a", "company", ("name", "attention", "line1", "line2", "city", "region", "postcode", "phone")),
    ("price_lists", "p", "(SELECT min(company) FROM company_price_lists WHERE price_list = t.id)", ("name",)),
    ("baskets", "b", "company", ("name", "name_key", "note")),
    ("basket_lines", "l", "(SELECT company FROM baskets WHERE id = t.basket)", ("note",)),
    ("part_numbers", "m", "company", ("number", "number_key")),
    ("sheets", "h", "company", ("source", "basket_name", "told")),
    ("sheet_rows", "w", "(SELECT company FROM sheets WHERE id = t.sheet)", ("note",)),
    ("saved_searches", "v", '(SELECT company FROM users WHERE id = t."user")', ("name", "name_key")),
    ("orders", "o", "company", ("po_number", "end_customer_po", "end_user", "notes")),
    ("order_lines", "r", '(SELECT company FROM orders WHERE id = t."order")', ("note", "vpn", "name", "price_source")),
]
WORD = re.compile(r"zq(\d+)q([a-z])(\d+)q", re.IGNORECASE)
CENTS = [
    "SELECT price_cents FROM contract_prices WHERE company = $1",
    """SELECT l.price_cents FROM list_prices l JOIN company_price_lists c ON c.price_list = l.price_list
        WHERE c.company = $1""",
    "SELECT total_cents FROM baskets WHERE company = $1",
    "SELECT goods_cents FROM orders WHERE company = $1",
    "SELECT total_cents FROM orders WHERE company = $1",
    'SELECT l.total_cents FROM order_lines l JOIN orders o ON o.id = l."order" WHERE o.company = $1',
]


@dataclass(frozen=True)
class World:
    """The planted world: what each company has, and somebody at Brightbyte who sees all but prices."""

    cast: Cast
    bright: Things
    coast: Things
    nia: Person
    kinds: dict[int, dict[str, int]]  # by company: a basket of each kind that colleagues may find, and an archived one
    private: frozenset[tuple[str, int]]  # what nobody but Ben sees, by its letter and its number
    secrets: dict[int, "re.Pattern[str]"]  # by company: its prices and numbers as any page would write them

    def person(self, who: str) -> Person | None:
        return self.nia if who == "nia" else getattr(self.cast, who, None)


async def plant(*letters: str) -> None:
    """Put a word like `zq1qb7q` (company 1, basket 7) into the texts of these tables."""
    for table, letter, company, columns in HELD:
        if letter in letters:
            word = f"'zq' || CAST({company} AS TEXT) || 'q{letter}' || CAST(t.id AS TEXT) || 'q'"
            given = ", ".join(f"{column} = {word}" for column in columns)
            await sql.run(f"UPDATE {table} AS t SET {given} WHERE {company} IS NOT NULL")  # noqa: S608


async def price_apart(cast: Cast) -> None:
    """Give each company a price list of its own, with a price of its own for each product."""
    await sql.run("UPDATE products SET msrp_cents = 111 WHERE msrp_cents IS NOT NULL")
    await sql.run("DELETE FROM list_prices WHERE min_quantity > 1 OR price_list = 2")
    await sql.run("UPDATE list_prices SET price_cents = 71234000 + 17 * id")
    await sql.run(
        """INSERT INTO list_prices (price_list, product, min_quantity, price_cents)
        SELECT 2, product, 1, 58765000 + 13 * id FROM list_prices"""
    )
    await sql.run("UPDATE contract_prices SET price_cents = 43217000 + 11 * id")


async def secrets_of(company: int) -> "re.Pattern[str]":
    cents = {row for query in CENTS for found in await sql.rows(query, company) for row in found.values()}
    written = {text for one in cents if one for text in (str(one), money.written(one)[1:])}
    written |= {text.replace(",", "") for text in written} | await selling_words(company)
    for query in (
        "SELECT number AS it FROM orders WHERE company = $1",
        "SELECT account_number AS it FROM companies WHERE id = $1",
    ):
        written |= {row["it"] for row in await sql.rows(query, company)}
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(re.escape(text) for text in sorted(written))})(?!\w)")


async def planted(browser: Browser, cast: Cast) -> World:
    """Build it: baskets of each kind, an order and its mail for each company, then the words."""
    await plant("c", "u", "a", "p")
    await price_apart(cast)
    nia = await new_person("Nia", "nia@brightbyte.example", cast.brightbyte, *SEES_ALL_BUT_PRICES)
    kinds = {
        cast.brightbyte: await baskets_of_each_kind(cast.ben, cast.dana, cast.scarce),
        cast.coastline: await baskets_of_each_kind(cast.sam, cast.sam, cast.dock),
    }
    bright = await things_of(browser, cast.ben, cast.address, cast.certified, cast.dock)
    coast = await things_of(browser, cast.sam, cast.other_address, cast.hub, cast.dock)
    for person, things in ((cast.ben, bright), (cast.sam, coast)):
        app = Authenticator(
            user=person.id, sealed_secret=seal("authenticator", APP_SECRET), confirmed_at=NOW, made_at=NOW
        )
        await Authenticator.insert(app)  # without it no passkeys are shown
        await sql.run("UPDATE users SET current_basket = $1 WHERE id = $2", things.basket_id, person.id)
    await number_goods(cast.ben, cast.sam)
    await sell_apart()
    await plant("u", "b", "l", "o", "r", "n", "k", "s", "m", "h", "w", "v")
    await spread_words()
    both = {company: await secrets_of(company) for company in (cast.brightbyte, cast.coastline)}
    return World(cast, bright, coast, nia, kinds, await private_of(cast.ben), both)


SEES_ALL_BUT_PRICES = (
    Privilege.SEE_AVAILABILITY,
    Privilege.USE_BASKETS,
    Privilege.SEE_OWN_ORDERS,
    Privilege.SEE_ALL_ORDERS,
)


def leaks(world: World, who: str, text: str) -> Iterator[str]:
    """The secrets in a text that this person must not see."""
    own = {"sam": world.cast.coastline, "visitor": 0, "moana": 0}.get(who, world.cast.brightbyte)
    for company, kind, number in WORD.findall(text):
        colleagues = (kind.lower(), int(number)) in world.private and who in {"dana", "vera", "nia"}
        if int(company) != own or colleagues:
            yield f"zq{company}q{kind}{number}q"
    for company, pattern in world.secrets.items():
        if company != own or who in {"vera", "nia"}:
            yield from (
                f"{company}: {found}" for found in pattern.findall(text) if money_or_foreign(found, company, own)
            )


def money_or_foreign(found: str, company: int, own: int) -> bool:
    """A person without prices may still see the numbers of the own company's orders and its account."""
    return company != own or not ("-" in found or (len(found) == 6 and found.isdigit()))
