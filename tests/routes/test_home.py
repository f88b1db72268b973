"""The overview: each part only for those who may see its page."""

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule


async def test_a_visitor_is_led_to_the_log_in(browser: Browser) -> None:
    answer = await browser.get("/")
    assert 'href="/login"' in answer.text
    assert "Latest orders" not in words(answer)


@rule("HOME-1")
async def test_ben_sees_his_orders_and_his_basket(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await browser.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 2})
    said = words(await browser.get("/"))
    assert "Latest orders" in said
    assert "1 line, $624.80" in said


@rule("HOME-1")
async def test_vera_sees_neither(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    said = words(await browser.get("/"))
    assert "Latest orders" not in said
    assert "$" not in said
    assert "Dana Reyes, your website administrator, can allow it" in said


async def test_the_overview_takes_four_statements(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.dana)
    before = sql.statements()
    await browser.get("/")
    assert sql.statements() - before <= 4


async def test_staff_start_at_the_desk(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    assert (await browser.get("/")).headers["Location"] == "/desk"
