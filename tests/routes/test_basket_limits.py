"""How many baskets there can be, and having a deleted one back (BASKET-2)."""

import asyncio
from datetime import UTC, datetime, timedelta

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import ACTIVE, NEW, fill, make
from tests.rules_named import rule


@rule("BASKET-2")
async def test_a_deleted_basket_comes_back(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    after = await browser.follow(await browser.post(f"{address}/removal"))
    assert f'action="{address}/restoration"' in after.text
    assert "is deleted" in words(after)
    assert (await browser.get(address)).status_code == 404
    back = await browser.follow(await browser.post(f"{address}/restoration"))
    assert "is back" in words(back)
    assert (await browser.post(f"{address}/restoration")).status_code == 404


@rule("BASKET-13")
async def test_a_deletion_is_final_after_a_day(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    await browser.post(f"{address}/removal")
    await sql.run("UPDATE baskets SET deleted_at = $1", datetime.now(UTC) - timedelta(hours=25))
    assert (await browser.post(f"{address}/restoration")).status_code == 404


@rule("BASKET-6")
async def test_undo_waits_for_a_free_name(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    await browser.post(f"{address}/removal")
    await make(browser)
    assert (await browser.post(f"{address}/restoration")).status_code == 422


@rule("BASKET-2")
async def test_the_101st_basket_is_refused_with_a_way_out(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 1)
    address = await make(browser)
    answer = await browser.post("/baskets", {**NEW, "name": "One more"})
    assert answer.status_code == 422
    assert "Order, archive or delete one" in words(answer)
    assert 'name="visibility"' not in (await browser.get("/baskets")).text
    await browser.post(f"{address}/removal")
    await make(browser, "The hundredth")
    assert (await browser.post(f"{address}/restoration")).status_code == 422
    assert (await browser.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 1})).status_code == 422
    assert await sql.value(ACTIVE, cast.ben.id) == settings.max_active_baskets


@rule("BASKET-2")
async def test_archived_baskets_and_templates_do_not_count(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets)
    await sql.run("UPDATE baskets SET archived_at = $1 WHERE name = 'Old 1'", datetime.now(UTC))
    await make(browser)
    await sql.run("UPDATE baskets SET template_at = $1 WHERE name = 'Old 2'", datetime.now(UTC))
    await make(browser, "Another")


@rule("BASKET-2")
async def test_twenty_at_once_end_at_a_hundred(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 1)
    posts = (browser.post("/baskets", {**NEW, "name": f"New {n}"}) for n in range(20))
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*posts))
    assert statuses == [303] + [422] * 19
    assert await sql.value(ACTIVE, cast.ben.id) == settings.max_active_baskets


@rule("BASKET-6")
async def test_one_name_twenty_times_at_once_is_one_basket(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    answers = await asyncio.gather(*(browser.post("/baskets", NEW) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 19


@rule("BASKET-2")
async def test_an_ordered_basket_changes_no_more(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    await sql.run("UPDATE baskets SET archived_at = $1", datetime.now(UTC))
    assert "is archived" in words(await browser.get(address))
    assert (await browser.post(f"{address}/lines", {"sku": cast.dock.sku, "quantity": 2})).status_code == 403
    assert "Fit-out" not in (await browser.get("/baskets")).text
