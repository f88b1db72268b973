"""How many statements a change of a line takes: each check is asked once, however many lines there are (BASKET-8)."""

import pytest

from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.routes.basket_steps import add, stock_up, with_basket
from tests.rules_named import rule

VISIT = 1  # the session of who asks


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a dock, two hubs and many more in basket 1."""
    await with_basket(browser, cast)
    await add(browser, cast.dock.sku, 4)
    await stock_up(cast, 100)
    return browser


async def spent(browser: Browser, path: str, **fields: object) -> int:
    before = sql.statements()
    answer = await browser.post(f"/baskets/1/lines{path}", fields)
    assert answer.status_code == 303, answer.text
    return sql.statements() - before


@rule("BASKET-8")
async def test_adding_reads_each_thing_once(ben: Browser, cast: Cast) -> None:
    """Lock, find, code; lines, prices, stock; write, settle."""
    assert await spent(ben, "", sku=cast.cable.sku, quantity=5) == VISIT + 8
    assert await spent(ben, "", sku=cast.cable.sku, quantity=5) == VISIT + 8


@rule("BASKET-8")
async def test_changing_and_removing_read_each_thing_once(ben: Browser) -> None:
    """Lock and find; lines, prices, stock; write, settle."""
    assert await spent(ben, "/1", quantity=7, note="floor 3") == VISIT + 7
    assert await spent(ben, "/1/removal") == VISIT + 7


@rule("BASKET-8")
async def test_what_a_change_answers_is_what_the_page_shows(ben: Browser, cast: Cast) -> None:
    await spent(ben, "/1/removal")
    await spent(ben, "", sku=cast.dock.sku, quantity=3)
    await spent(ben, "", sku=cast.cable.sku, quantity=5)
    await spent(ben, "/1", quantity=8, version=3)
    kept = await sql.row("SELECT line_count, total_cents FROM baskets WHERE id = 1")
    await sql.run("UPDATE baskets SET line_count = 0, total_cents = 0 WHERE id = 1")
    await ben.get("/baskets/1")  # counts anew
    assert await sql.row("SELECT line_count, total_cents FROM baskets WHERE id = 1") == kept
