"""From the favourites into a basket: one from its row, or many at one time (PROD-5, BASKET-7)."""

import re

import pytest

from app.rules import favourites
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.test_favourites import star
from tests.rules_named import rule


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


@rule("PROD-5")
async def test_many_favourites_go_into_the_basket(ben: Browser, cast: Cast) -> None:
    for goods in (cast.dock, cast.cable, cast.hub):
        await ben.post(star(goods))
    chosen = {"sku": [cast.dock.sku, cast.cable.sku], "quantity": "", "back": "/favourites?sort=name&page=1"}
    answer = await ben.post("/favourites/basket", chosen)
    assert answer.headers["Location"] == "/favourites?sort=name&page=1&put=2#content"
    assert "2 favourites added to “Basket 1”" in words(await ben.follow(answer))
    lines = await sql.rows("SELECT product, quantity FROM basket_lines ORDER BY product")
    kept = {row["product"]: row["quantity"] for row in lines}
    assert kept == {cast.dock.id: 1, cast.cable.id: 5}, "the least that is sold of each"


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_cannot_be_bought_says_why_and_stops_no_other(ben: Browser, cast: Cast, htmx: bool) -> None:
    for goods in (cast.dock, cast.uncertified, cast.cable):
        await ben.post(star(goods))
    chosen = {"sku": [cast.dock.sku, cast.uncertified.sku, cast.cable.sku], "quantity": "3"}
    answer = await ben.post("/favourites/basket", chosen, htmx=htmx)
    told = words(answer)
    assert "1 favourite added to “Basket 1”, 2 not: see their rows." in told
    assert "Pike & Co Pro" in told and "multiples of 5" in told and answer.text.count('class="notice') == 1
    for goods in (cast.uncertified, cast.cable):
        assert re.search(rf'said-{goods.sku}"[^>]*>\s*(<span class="error">|Needs the certification)', answer.text)
    boxes = {sku: " checked" in box for sku, box in re.findall(r'id="tick-(\w+)"([^>]*)>', answer.text)}
    rest = {} if htmx else {cast.uncertified.sku: True, cast.cable.sku: True}
    assert boxes == {cast.dock.sku: False, **rest}, "what went is no longer ticked"
    assert answer.status_code == (200 if htmx else 422)
    assert await sql.value("SELECT count(*) FROM basket_lines") == 1


@pytest.mark.parametrize("htmx", [False, True])
async def test_nothing_ticked_or_a_wrong_quantity_is_said(ben: Browser, cast: Cast, htmx: bool) -> None:
    for goods in (cast.dock, cast.hub):
        await ben.post(star(goods))
    none = await ben.post("/favourites/basket", {"quantity": "1"}, htmx=htmx)
    assert none.status_code == 422 and "Select the favourites" in words(none)
    wrong = await ben.post("/favourites/basket", {"sku": cast.dock.sku, "quantity": "two"}, htmx=htmx)
    assert wrong.status_code == 422 and "“two” is not a whole number" in words(wrong)
    assert htmx or (wrong.text.count(" checked") == 1 and 'value="two"' in wrong.text)
    await favourites.add(cast.cable.sku, cast.dana.viewer())
    other = await ben.post("/favourites/basket", {"sku": cast.cable.sku}, htmx=htmx)
    assert other.status_code == 422, "only favourites of one's own go"
    assert await sql.value("SELECT count(*) FROM basket_lines") == 0


async def test_a_row_of_the_list_adds_and_leads_back(ben: Browser, cast: Cast) -> None:
    await ben.post(star(cast.dock))
    back = "/favourites?q=dock&page=1"
    added = await ben.post("/baskets/0/lines", {"at": "list", "back": back, "sku": cast.dock.sku, "quantity": "2"})
    assert added.headers["Location"].startswith(back) and "2 × " in words(await ben.follow(added))
    wrong = await ben.post("/baskets/0/lines", {"at": "list", "back": back, "sku": cast.dock.sku, "quantity": "x"})
    assert wrong.status_code == 422 and "<h1>Favourites</h1>" in wrong.text and 'value="x"' in wrong.text
