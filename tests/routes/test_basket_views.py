"""How the lines of a basket are found and sorted, and who may see them so (BASKET-8, PRICE-1)."""

import re

import pytest

from app.rules.basket_sorting import OF_PRICES, OF_STOCK, SORTS
from db import sql
from db.part_numbers import PartNumber
from tests.browser import Browser, words
from tests.cast import Cast
from tests.goods import kept
from tests.routes.basket_steps import add, with_basket
from tests.rules_named import rule

UNLIKE = ("added", "vpn", "quantity", "price", "total")  # what no two of Ben's lines have in common
SHOWN = re.compile(r'<tr id="line-(\d+)"')


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with two docks, a cable roll for floor 3 and more hubs than there are."""
    await with_basket(browser, cast)
    await add(browser, cast.dock.sku, 2)
    await add(browser, cast.cable.sku, 10)
    await add(browser, cast.hub.sku, 1_000)
    await browser.post("/baskets/1/lines/2", {"note": "Café, floor 3"})
    return browser


async def order(browser: Browser, query: str = "", *, htmx: bool = False) -> list[int]:
    answer = await browser.get(f"/baskets/1?{query}", htmx=htmx)
    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE") is not htmx
    return [int(line) for line in SHOWN.findall(answer.text)]


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_sorts_by_every_head_both_ways(ben: Browser, htmx: bool) -> None:
    assert set(UNLIKE) < set(SORTS)
    for sort in UNLIKE:
        up = await order(ben, f"sort={sort}&order=up", htmx=htmx)
        assert await order(ben, f"sort={sort}&order=down", htmx=htmx) == up[::-1]
    assert await order(ben, "sort=quantity", htmx=htmx) == [3, 2, 1]
    assert await order(ben, "sort=availability&order=up", htmx=htmx) == [1, 2, 3]
    assert await order(ben, "sort=availability&order=down", htmx=htmx) == [3, 1, 2]


@rule("BASKET-8")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("kd4410", [1]),
        ("KD-4410-PD", [1]),
        ("cafe floor", [2]),
        ("dk-100", [3]),
        ("floor dock", []),
        ("%", []),
        ("x" * 5000, []),
        ("\x00", [1, 2, 3]),
    ],
)
async def test_ben_finds_by_code_name_note_and_own_number(ben: Browser, cast: Cast, q: str, found: list[int]) -> None:
    await kept(PartNumber(company=cast.brightbyte, product=cast.hub.id, number="DK-100", number_key="DK100"))
    page = await ben.http.get("/baskets/1", params={"q": q})
    assert [int(line) for line in SHOWN.findall(page.text)] == found
    assert "Ours DK-100" in words(page) or 3 not in found


@rule("BASKET-8")
async def test_sums_are_of_all_lines_and_say_so(ben: Browser) -> None:
    whole, part = await ben.get("/baskets/1"), await ben.get("/baskets/1?only=backordered&sort=total")
    goods = re.compile(r'id="basket-goods"[^>]*data-cents="(\d+)"')
    assert goods.findall(whole.text) == goods.findall(part.text)
    assert "1 of 3 lines; the sums are of all lines" in words(part)
    assert SHOWN.findall(part.text) == ["3"]


@rule("PRICE-1", "STOCK-1", "BASKET-8")
async def test_no_order_gives_away_what_somebody_does_not_see(ben: Browser, cast: Cast) -> None:
    await sql.run("""DELETE FROM user_privileges WHERE "user" = $1 AND privilege LIKE 'see_%'""", cast.ben.id)
    as_added = await order(ben)
    for sort in OF_PRICES | OF_STOCK:
        for way in ("up", "down", ""):
            assert sorted(await order(ben, f"sort={sort}&order={way}")) == as_added
        assert await order(ben, f"sort={sort}") == as_added
        assert f"sort={sort}" not in (await ben.get("/baskets/1")).text
    assert await order(ben, "only=backordered") == as_added


@rule("BASKET-8")
async def test_a_change_leads_back_to_the_same_view(ben: Browser) -> None:
    view = "sort=quantity&q=kd"
    came = {"Referer": f"http://localhost/baskets/1?{view}"}
    answer = await ben.post("/baskets/1/lines/1", {"quantity": 3}, headers=came)
    assert answer.headers["Location"] == f"/baskets/1?changed=1&was=2&{view}"
    elsewhere = await ben.post(
        "/baskets/1/lines/1", {"quantity": 3}, headers={"Referer": "http://localhost/baskets?q=a"}
    )
    assert elsewhere.headers["Location"] == "/baskets/1?changed=1&was=3"


@rule("BASKET-8")
@pytest.mark.parametrize("query", ["sort='&order=x", "sort=added;drop", "only=%00", "sort=&order=&q=&only="])
async def test_an_address_that_asks_for_nothing_known_shows_all(ben: Browser, query: str) -> None:
    assert await order(ben, query) == [1, 2, 3]
