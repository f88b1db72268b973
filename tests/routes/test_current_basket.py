"""The current basket is switched from every page, in place or by a page of its own (BASKET-7)."""

import re
from datetime import UTC, datetime

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import add, make
from tests.rules_named import rule

pytestmark = rule("BASKET-7")
CURRENT = "SELECT current_basket FROM users WHERE name = 'Ben Ito'"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1, that holds four docks, and another, number 2."""
    await make(await browser.sign_in(cast.ben), "First")
    await browser.post("/baskets/1/current")
    await add(browser, cast.dock.sku, 4)
    await make(browser, "Second")
    return browser


@pytest.mark.parametrize("path", ["/", "/products", "/baskets", "/baskets/1", "/orders", "/products/none"])
async def test_every_page_leads_to_the_choice(ben: Browser, path: str) -> None:
    assert 'href="/baskets/choices"' in (await ben.get(path)).text


async def test_ben_chooses_in_place(ben: Browser) -> None:
    sheet = await ben.get("/baskets/choices", htmx=True)
    assert "<html" not in sheet.text
    assert "Open “First” private the current one Second private 0 lines $0.00 New basket" in words(sheet)
    answer = await ben.post("/baskets/2/current", htmx=True)
    for region in ("header-basket", "basket-1-current", "basket-2-current"):
        assert answer.text.count(f'id="{region}"') >= 1, region
    assert await sql.value(CURRENT) == 2


async def test_the_basket_that_was_current_before_can_be_made_so_again(ben: Browser) -> None:
    answer = await ben.post("/baskets/2/current", htmx=True)
    assert re.search(r'id="basket-1-current"\s+data-hx-swap-oob="true"', answer.text)
    assert 'action="/baskets/1/current"' in answer.text.rpartition('id="basket-1-current"')[2]


async def test_without_scripts_ben_goes_back_to_where_he_was(ben: Browser) -> None:
    came = {"Referer": "http://localhost/products?q=dock&page=1", "Host": "localhost"}
    page = await ben.get("/baskets/choices", headers=came)
    assert 'name="back" value="/products?q=dock&amp;page=1"' in page.text
    answer = await ben.post("/baskets/2/current", {"back": "/products?q=dock&page=1"})
    assert answer.headers["Location"] == "/products?q=dock&page=1"
    assert "Basket “Second”" in words(await ben.follow(answer))


@pytest.mark.parametrize(
    "referer",
    ["", "http://elsewhere.example/x", "http://localhost/baskets/1/lines", "http://localhost/baskets/choices", "//x"],
)
async def test_there_is_no_way_back_to_what_is_no_page(ben: Browser, referer: str) -> None:
    page = await ben.get("/baskets/choices", headers={"Referer": referer, "Host": "localhost"})
    assert 'name="back"' not in page.text


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example/", "/\\x", "javascript:alert(1)"])
async def test_the_way_back_stays_on_the_site(ben: Browser, back: str) -> None:
    assert (await ben.post("/baskets/2/current", {"back": back})).headers["Location"] == "/"


async def test_what_ben_may_not_change_is_no_choice(ben: Browser, browser: Browser, cast: Cast) -> None:
    await sql.run("UPDATE baskets SET archived_at = $1 WHERE id = 2", datetime.now(UTC))
    await make(await browser.sign_in(cast.dana), "Dana's own")
    await make(browser, "Dana's for all")
    await sql.run("UPDATE baskets SET visibility = 'shared' WHERE id = 4")
    await browser.sign_in(cast.ben)
    said = words(await browser.get("/baskets/choices"))
    assert "Second" not in said
    assert "Dana" not in said
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES (4, $1, $2)'
    await sql.run(approve, cast.ben.id, datetime.now(UTC))
    assert "Dana's for all" in words(await browser.get("/baskets/choices"))


async def test_vera_has_no_choice(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    assert (await browser.get("/baskets/choices")).status_code == 403
    assert "choices" not in (await browser.get("/products")).text
