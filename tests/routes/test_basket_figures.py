"""What a basket says to whom, and how many queries that takes."""

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import add, stock_up, with_basket
from tests.rules_named import rule


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    return await with_basket(browser, cast)


@rule("PRICE-1")
async def test_without_see_prices_there_is_no_figure(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await sql.run("""DELETE FROM user_privileges WHERE privilege IN ('see_prices', 'place_orders')""")
    answers = [await ben.get("/baskets/1"), await ben.get("/baskets")]
    answers.append(await ben.post("/baskets/1/lines/1", {"quantity": 4, "version": 1}, htmx=True))
    answers.append(await add(ben, cast.dock.sku, 3, htmx=True))
    for answer in answers:
        assert "$" not in answer.text
        assert "data-cents" not in answer.text
        assert "312" not in words(answer)


@rule("STOCK-1")
async def test_without_see_availability_there_is_no_stock(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await sql.run("DELETE FROM user_privileges WHERE privilege = 'see_availability'")
    assert "ship now" not in words(await ben.get("/baskets/1"))
    assert "3 are left" not in words(await add(ben, cast.discontinued.sku, 9))


async def test_what_can_no_longer_be_bought_stays_marked(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await add(ben, cast.hub.sku, 1)
    await sql.run("DELETE FROM list_prices WHERE product = $1", cast.dock.id)
    said = words(await ben.get("/baskets/1"))
    assert "Price on request." in said
    assert "1 line cannot be ordered" in said
    assert "$61.25" in said
    assert "2 lines · $61.25" in said


async def test_check_out_says_who_can_allow_it(ben: Browser, cast: Cast) -> None:
    assert "The basket is empty" in words(await ben.get("/baskets/1"))
    await add(ben, cast.dock.sku, 3)
    assert 'href="/baskets/1/order"' in (await ben.get("/baskets/1")).text
    await sql.run("DELETE FROM user_privileges WHERE privilege = 'place_orders'")
    page = await ben.get("/baskets/1")
    assert 'href="/baskets/1/order"' not in page.text
    assert "You cannot place orders" in words(page)


@rule("BASKET-8")
async def test_five_hundred_lines_take_as_many_queries_as_one(ben: Browser, cast: Cast) -> None:
    taken = []
    for count in (1, settings.max_basket_lines - 1):
        await sql.run("DELETE FROM basket_lines")
        await sql.run("DELETE FROM stock WHERE product >= 1000")
        await sql.run("DELETE FROM contract_prices WHERE product >= 1000")
        await sql.run("DELETE FROM products WHERE id >= 1000")
        await stock_up(cast, count)
        await ben.get("/baskets/1")
        before = sql.statements()
        assert (await ben.get("/baskets/1")).text.count('<tr id="line-') == count
        taken.append(sql.statements() - before)
    assert taken[0] == taken[1] <= 9
    assert (await add(ben, cast.dock.sku)).status_code == 303
    full = await add(ben, cast.hub.sku)
    assert full.status_code == 422
    assert "at most 500 lines" in words(full)
