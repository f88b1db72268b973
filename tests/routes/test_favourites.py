"""Favourites: stars, the list, and the way into a basket (PROD-5)."""

import re

import pytest

from app.rules import favourites
from app.rules.refusals import Invalid
from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.goods import Goods
from tests.rules_named import rule

STARRED = 'aria-pressed="true"'


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


def star(goods: Goods) -> str:
    return f"/products/{goods.sku}/favourite"


async def kept_by(user: int) -> list[int]:
    rows = await sql.rows('SELECT product FROM favourites WHERE "user" = $1 ORDER BY id', user)
    return [row["product"] for row in rows]


@rule("PROD-5")
async def test_ben_stars_a_product_in_a_row(ben: Browser, cast: Cast) -> None:
    back = "/products?q=dock&page=1"
    assert STARRED not in (await ben.get(back)).text
    answer = await ben.post(star(cast.dock), {"at": "list", "back": back})
    assert answer.headers["Location"].startswith(back)
    page = await ben.follow(answer)
    assert f'action="{star(cast.dock)}/removal"' in page.text and page.text.count(STARRED) == 1
    assert (await ben.get(f"/products/{cast.dock.sku}")).text.count(STARRED) == 1
    assert await kept_by(cast.ben.id) == [cast.dock.id]


async def test_a_star_is_pressed_in_place(ben: Browser, cast: Cast) -> None:
    on = await ben.post(star(cast.dock), {"at": "list", "back": "/products?page=1"}, htmx=True)
    assert STARRED in on.text and "<html" not in on.text and 'data-row-key="f"' in on.text
    again = await ben.post(star(cast.dock), htmx=True)
    assert again.status_code == 200 and await kept_by(cast.ben.id) == [cast.dock.id]
    off = await ben.post(f"{star(cast.dock)}/removal", {"at": "product"}, htmx=True)
    assert 'aria-pressed="false"' in off.text and 'data-key="f"' in off.text and await kept_by(cast.ben.id) == []


@rule("PROD-5")
async def test_the_list_shows_price_stock_and_the_way_into_a_basket(ben: Browser, cast: Cast) -> None:
    assert "No favourites yet" in words(await ben.get("/favourites"))
    for goods in (cast.dock, cast.hub):
        await ben.post(star(goods))
    page = await ben.get("/favourites")
    assert "2 favourites" in words(page) and "$312.40" in words(page) and "ship now" in words(page)
    assert page.text.index(cast.hub.sku) < page.text.index(cast.dock.sku), "the last one first"
    assert cast.cable.sku not in page.text and page.text.count(STARRED) == 2


async def test_the_list_is_searched_and_sorted(ben: Browser, cast: Cast) -> None:
    for goods in (cast.dock, cast.hub, cast.on_request):
        await ben.post(star(goods))
    found = await ben.get(f"/favourites?q={cast.dock.sku.lower()}")
    assert cast.dock.sku in found.text and cast.hub.sku not in found.text and "1 favourite for" in words(found)
    page = (await ben.get("/favourites?sort=price")).text
    rows = re.findall(r'id="product-(\w+)"', page)
    assert rows == [cast.hub.sku, cast.dock.sku, cast.on_request.sku], "those without a price stand last"
    for order in (*favourites.LABELS, "nonsense"):
        assert (await ben.get(f"/favourites?sort={order}&page=1")).status_code == 200
    for other in ("%", "_", "\\", "zebra"):
        assert "No favourite fits" in words(await ben.http.get("/favourites", params={"q": other}))
    assert "No favourite fits" in words(await ben.get("/favourites?page=999999999"))


@rule("PRICE-1")
async def test_vera_keeps_favourites_without_any_price(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    for goods in (cast.dock, cast.hub):
        await browser.post(star(goods))
    plain = await browser.get("/favourites")
    assert cast.dock.sku in plain.text and "$" not in words(plain) and "312" not in plain.text
    assert "Dana Reyes" in words(plain) and 'action="/favourites/basket"' not in plain.text
    sorted_rows = [
        re.findall(r'id="product-(\w+)"', page.text) for page in (plain, await browser.get("/favourites?sort=price"))
    ]
    assert sorted_rows[0] == sorted_rows[1], "a price leaves no trace in the order"
    assert (await browser.post("/favourites/basket", {"sku": cast.dock.sku})).status_code == 403


async def test_a_removal_can_be_undone(ben: Browser, cast: Cast) -> None:
    await ben.post(star(cast.dock))
    gone = await ben.follow(await ben.post(f"{star(cast.dock)}/removal", {"back": "/favourites?page=1"}))
    assert "is no longer a favourite" in words(gone) and f'action="{star(cast.dock)}"' in gone.text
    back = await ben.follow(await ben.post(star(cast.dock), {"at": "favourites", "back": "/favourites?page=1"}))
    assert "1 favourite" in words(back) and await kept_by(cast.ben.id) == [cast.dock.id]
    in_place = await ben.post(
        f"{star(cast.dock)}/removal", {"at": "favourites", "back": "/favourites?page=1"}, htmx=True
    )
    assert "hx-swap-oob" in in_place.text and f'data-hx-target="#star-form-{cast.dock.sku}"' in in_place.text
    assert "is no longer" not in words(await ben.get("/favourites?unstarred=NOTHING"))


async def test_favourites_are_their_users_alone(ben: Browser, cast: Cast) -> None:
    await ben.post(star(cast.dock))
    ben.sign_out()
    for person in (cast.dana, cast.sam):
        await ben.sign_in(person)
        assert cast.dock.sku not in (await ben.get("/favourites")).text
        assert STARRED not in (await ben.get(f"/products/{cast.dock.sku}")).text
        await ben.post(f"{star(cast.dock)}/removal")
    assert await kept_by(cast.ben.id) == [cast.dock.id]


async def test_staff_and_visitors_see_no_star(browser: Browser, cast: Cast) -> None:
    for path in ("/products?q=dock", f"/products/{cast.dock.sku}"):
        assert "/favourite" not in (await browser.get(path)).text
    await browser.sign_in(cast.moana)
    for path in ("/products?q=dock", f"/products/{cast.dock.sku}"):
        assert "/favourite" not in (await browser.get(path)).text
    for answer in (await browser.get("/favourites"), await browser.post(star(cast.dock))):
        assert answer.status_code == 403 and "that is for users of a company" in words(answer)
    assert await sql.value("SELECT count(*) FROM favourites") == 0


async def test_a_get_stars_nothing_and_no_product_is_missing(ben: Browser, cast: Cast) -> None:
    assert (await ben.get(star(cast.dock))).status_code == 405
    assert (await ben.get(f"{star(cast.dock)}/removal")).status_code == 405
    assert (await ben.post("/products/NOTHING/favourite")).status_code == 404
    assert (await ben.post("/products/NOTHING/favourite/removal")).status_code == 404


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/account", "/products/x/favourite", "\\x"]
)
async def test_a_star_leads_to_pages_with_stars_alone(ben: Browser, cast: Cast, back: str) -> None:
    answer = await ben.post(star(cast.dock), {"back": back})
    assert answer.headers["Location"].startswith(f"/products/{cast.dock.sku}?")


async def test_the_most_that_are_kept(ben: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await ben.post(star(cast.dock))
    monkeypatch.setattr(favourites, "settings", type(settings)(max_favourites=1))
    full = await ben.post(star(cast.hub))
    assert full.status_code == 422 and "You have 1 favourites, the most that are kept" in words(full)
    assert (await ben.post(star(cast.dock))).status_code == 303, "one that is there stays"
    with pytest.raises(Invalid):
        await favourites.add(cast.hub.sku, cast.ben.viewer())


async def test_the_star_costs_the_search_no_statement(ben: Browser, cast: Cast) -> None:
    async def cost(path: str) -> int:
        await ben.get(path)
        before = sql.statements()
        assert (await ben.get(path)).status_code == 200
        return sql.statements() - before

    ben_sees, one = await cost("/products?q=dock"), None
    await ben.post(star(cast.dock))
    one = await cost("/favourites")
    for goods in (cast.hub, cast.cable, cast.scarce):
        await ben.post(star(goods))
    assert await cost("/products?q=dock") == ben_sees and await cost("/favourites") == one
