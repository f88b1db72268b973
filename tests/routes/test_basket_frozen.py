"""A basket that became an order shows what was in it and leads to the order; it promises nothing any more."""

import re

import pytest

from app.rules.privileges import Privilege
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled
from tests.rules_named import rule

pytestmark = rule("BASKET-2")
SEEN = "SELECT line_count, total_cents FROM baskets"


@pytest.fixture
async def ordered(browser: Browser, cast: Cast) -> str:
    """The number of Ben's order of basket 1: four docks."""
    basket = await basket_of(cast.ben, (cast.dock, 4))
    await browser.sign_in(cast.ben)
    answer = await browser.post(f"/baskets/{basket}/order", {**await filled(browser, basket), "confirm": "1"})
    return str(answer.headers["Location"]).rpartition("/")[2].partition("?")[0]


async def test_an_ordered_basket_leads_to_its_order(browser: Browser, ordered: str) -> None:
    page = await browser.get("/baskets/1")
    assert re.search(rf"Ordered as {ordered} ?, \d", words(page))
    assert f'href="/orders/{ordered}"' in page.text
    assert "KD-4410-PD" in words(page)


async def test_an_ordered_basket_promises_nothing(browser: Browser, ordered: str) -> None:
    said = words(await browser.get("/baskets/1"))
    for word in ("ship now", "$", "Freight", "Check out", "from 10", "Remove", "Add line", "Make current"):
        assert word not in said.partition("Fit-out")[2], word


async def test_looking_at_an_ordered_basket_writes_nothing(browser: Browser, cast: Cast, ordered: str) -> None:
    before = await sql.row(SEEN)
    await sql.run("UPDATE list_prices SET price_cents = price_cents + 1")
    await browser.get("/baskets/1")
    assert await sql.row(SEEN) == before


async def test_who_sees_no_orders_gets_no_link(browser: Browser, cast: Cast, ordered: str) -> None:
    delete = 'DELETE FROM user_privileges WHERE "user" = $1 AND privilege = $2'
    await sql.run(delete, cast.ben.id, Privilege.SEE_OWN_ORDERS)
    page = await browser.get("/baskets/1")
    assert f"Ordered as {ordered}" in words(page)
    assert "/orders/" not in page.text
