"""What tests of baskets do again and again."""

from datetime import UTC, datetime

import httpx

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.goods import AKL

NEW = {"name": "Fit-out level 3", "visibility": "private", "note": "desks 301 to 304"}
ACTIVE = "SELECT count(*) FROM baskets WHERE owner = $1 AND deleted_at IS NULL"
QUANTITY = "SELECT quantity FROM basket_lines WHERE removed_at IS NULL"
HEADER = "SELECT line_count, total_cents FROM baskets"


async def make(browser: Browser, name: str = "Fit-out level 3") -> str:
    """A new basket's address."""
    answer = await browser.post("/baskets", {**NEW, "name": name})
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["Location"])


async def fill(owner: int, company: int, count: int) -> None:
    """So many active baskets, as if they had been made over the years."""
    now = datetime.now(UTC)
    rows = [(company, owner, f"Old {n}", f"old {n}", AKL, now) for n in range(count)]
    insert = """INSERT INTO baskets (company, owner, name, name_key, visibility, home_warehouse, created_at, changed_at)
        VALUES ($1, $2, $3, $4, 'private', $5, $6, $6)"""
    await sql.run_many(insert, rows)


async def with_basket(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    await browser.sign_in(cast.ben)
    assert (await browser.post("/baskets", {"name": "Fit-out", "visibility": "private"})).status_code == 303
    await browser.post("/baskets/1/current")
    return browser


async def add(browser: Browser, code: str, quantity: int | str = 1, *, htmx: bool = False) -> httpx.Response:
    fields = {"sku": code, "quantity": quantity, "at": "basket"}
    return await browser.post("/baskets/1/lines", fields, htmx=htmx)


async def stock_up(cast: Cast, count: int) -> None:
    """So many lines in basket 1, each of a product of its own with price and stock."""
    now = datetime.now(UTC)
    products = """INSERT INTO products (id, sku, name, created_at, changed_at) VALUES ($1, $2, $3, $4, $4)"""
    ids = range(1_000, 1_000 + count)
    await sql.run_many(products, [(n, f"MANY{n}", f"Product {n}", now) for n in ids])
    await sql.run_many(
        "INSERT INTO contract_prices (company, product, price_cents) VALUES ($1, $2, $3)",
        [(cast.brightbyte, n, n) for n in ids],
    )
    await sql.run_many("INSERT INTO stock (product, warehouse, available) VALUES ($1, 1, 5)", [(n,) for n in ids])
    await sql.run_many(
        "INSERT INTO basket_lines (basket, product, quantity, added_at) VALUES (1, $1, 1, $2)", [(n, now) for n in ids]
    )


async def with_shared(browser: Browser, cast: Cast) -> Browser:
    """Ben, who may change Dana's shared basket, number 1, with two docks, line 1."""
    await browser.sign_in(cast.dana)
    await browser.post("/baskets", {"name": "Fit-out", "visibility": "shared"})
    await browser.post("/baskets/1/approvals", {"user": cast.ben.id})
    await browser.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 2})
    return await browser.sign_in(cast.ben)
