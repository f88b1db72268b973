"""Templates, from which many baskets start (BASKET-13)."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of
from tests.routes.basket_steps import fill
from tests.rules_named import rule

pytestmark = rule("BASKET-13")
LINES = "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY id"
IS_ONE = "SELECT template_at IS NOT NULL AS yes FROM baskets WHERE id = 1"


def today() -> str:
    now = datetime.now(ZoneInfo(settings.time_zone))
    return f"{now.day} {now:%b %Y}"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a basket of four docks and ten cables, the current one, Desk."""
    await basket_of(cast.ben, (cast.dock, 4), (cast.cable, 10))
    await sql.run("UPDATE baskets SET name = 'Desk', name_key = 'desk'")
    await browser.sign_in(cast.ben)
    await browser.post("/baskets/1/current")
    return browser


@pytest.fixture
async def desk(ben: Browser) -> Browser:
    await ben.post("/baskets/1/template")
    return ben


@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_makes_a_template_and_undoes_it(ben: Browser, htmx: bool) -> None:
    page = await ben.follow(await ben.post("/baskets/1/template", htmx=htmx))
    assert "“Desk” is a template" in words(page)
    assert 'action="/baskets/1/template/removal"' in page.text
    assert "Desk" not in words(await ben.get("/baskets")).partition("Who sees and changes it")[0]
    assert "Desk" in words(await ben.get("/baskets?show=templates"))
    page = await ben.follow(await ben.post("/baskets/1/template/removal", htmx=htmx))
    assert "“Desk” is a basket again." in words(page)
    assert "Desk" in words(await ben.get("/baskets"))


async def test_a_template_is_neither_ordered_nor_current(desk: Browser, cast: Cast) -> None:
    refused = await desk.post("/baskets/1/order", {"po_number": "P 1"})
    assert refused.status_code == 403
    assert "is a template. Start a basket from it" in words(refused)
    assert (await desk.post("/baskets/1/current")).status_code == 403
    page = await desk.get("/baskets/1")
    assert 'action="/baskets/1/current"' not in page.text
    assert 'href="/baskets/1/order"' not in page.text
    await desk.post("/baskets/0/lines", {"sku": cast.hub.sku, "quantity": 1})
    assert [row["product"] for row in await sql.rows(LINES, 1)] == [cast.dock.id, cast.cable.id]
    assert [row["product"] for row in await sql.rows(LINES, 2)] == [cast.hub.id]


async def test_the_lines_of_a_template_are_changed(desk: Browser, cast: Cast) -> None:
    answer = await desk.post("/baskets/1/lines", {"sku": cast.hub.sku, "quantity": 2, "at": "basket"})
    assert answer.status_code == 303
    assert len(await sql.rows(LINES, 1)) == 3


@rule("BASKET-7", "PRICE-3")
async def test_a_basket_starts_from_it_at_todays_prices_and_is_current(desk: Browser, cast: Cast) -> None:
    await sql.run("UPDATE list_prices SET price_cents = 10000 WHERE product = $1", cast.dock.id)
    assert f'value="Desk, {today()}"' in (await desk.get("/baskets/1")).text
    page = await desk.follow(await desk.post("/baskets/1/copies", {"name": ""}))
    assert f"“Desk, {today()}” is started from “Desk”" in words(page)
    assert "$400.00" in words(page)
    made = await sql.row("SELECT id, visibility, template_at FROM baskets WHERE id = 2")
    assert made == {"id": 2, "visibility": "private", "template_at": None}
    assert await sql.value("SELECT current_basket FROM users WHERE id = $1", cast.ben.id) == 2
    assert await sql.rows(LINES, 2) == await sql.rows(LINES, 1)


async def test_the_same_day_starts_twice(desk: Browser) -> None:
    for _ in range(2):
        assert (await desk.post("/baskets/1/copies", {"name": f"Desk, {today()}"})).status_code == 303
    names = [row["name"] for row in await sql.rows("SELECT name FROM baskets WHERE id > 1 ORDER BY id")]
    assert names == [f"Desk, {today()}", f"Desk, {today()} 2"]


@rule("BASKET-2")
async def test_a_template_makes_room_and_turning_back_needs_it(ben: Browser, cast: Cast) -> None:
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 1)
    await ben.post("/baskets/1/template")
    assert (await ben.post("/baskets", {"name": "One more", "visibility": "private"})).status_code == 303
    refused = await ben.post("/baskets/1/template/removal")
    assert refused.status_code == 422
    assert "Order, archive or delete one" in words(refused)
    assert (await sql.row(IS_ONE) or {})["yes"]
    page = await ben.get("/baskets/1")
    assert 'action="/baskets/1/template/removal"' not in page.text
    assert 'action="/baskets/1/copies"' not in page.text
    refused = await ben.post("/baskets/1/copies")
    assert refused.status_code == 422


@rule("BASKET-2")
async def test_twenty_that_turn_back_at_once_end_at_a_hundred(ben: Browser, cast: Cast) -> None:
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 2 + 20)
    await sql.run("UPDATE baskets SET template_at = $1 WHERE id BETWEEN 2 AND 21", datetime.now(UTC))
    answers = await asyncio.gather(*(ben.post(f"/baskets/{n}/template/removal") for n in range(2, 22)))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 19


@rule("BASKET-3", "BASKET-4", "BASKET-6")
async def test_only_its_creator_makes_a_template_of_it(ben: Browser, cast: Cast) -> None:
    for visibility, status in (("private", 404), ("public", 403), ("shared", 403)):
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        await ben.sign_in(cast.dana)
        for path in ("template", "template/removal"):
            assert (await ben.post(f"/baskets/1/{path}")).status_code == status
        await ben.sign_in(cast.sam)
        assert (await ben.post("/baskets/1/template")).status_code == 404
    await ben.sign_in(cast.vera)
    assert (await ben.post("/baskets/1/template")).status_code == 403
    assert not (await sql.row(IS_ONE) or {})["yes"]


@rule("BASKET-3", "BASKET-5")
async def test_templates_of_colleagues_stand_where_the_table_says(desk: Browser, cast: Cast) -> None:
    at = {"private": (True, False, False), "public": (True, False, True), "shared": (False, True, True)}
    for visibility, (mine, shared, colleagues) in at.items():
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        await desk.sign_in(cast.ben)
        assert ('id="basket-1-row"' in (await desk.get("/baskets?show=templates")).text) == mine
        assert ('id="basket-1-row"' in (await desk.get("/company-baskets?show=templates")).text) == shared
        await desk.sign_in(cast.dana)
        assert ('id="basket-1-row"' in (await desk.get("/company-baskets?show=templates")).text) == colleagues
        await desk.sign_in(cast.sam)
        assert 'id="basket-1-row"' not in (await desk.get("/company-baskets?show=templates")).text
    await desk.sign_in(cast.dana)
    assert (await desk.post("/baskets/1/copies")).status_code == 303


async def test_an_archived_basket_becomes_no_template(ben: Browser) -> None:
    await ben.post("/baskets/1/archive")
    for path in ("template", "template/removal"):
        assert (await ben.post(f"/baskets/1/{path}")).status_code == 403
    assert (await ben.get("/baskets/1/template")).status_code in (404, 405)
