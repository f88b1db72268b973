"""Which basket is the current one, and what others of the company see and change."""

import re
from datetime import UTC, datetime

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import make
from tests.rules_named import rule


@rule("BASKET-7")
async def test_ben_switches_his_current_basket(browser: Browser, cast: Cast) -> None:
    first, second = await make(await browser.sign_in(cast.ben), "First"), await make(browser, "Second")
    for address, name in ((first, "First"), (second, "Second")):
        said = words(await browser.follow(await browser.post(f"{address}/current")))
        assert f"“{name}” is the current basket" in said
        assert f"Basket “{name}” 0 lines" in said


@rule("BASKET-7")
async def test_the_current_basket_switches_in_place(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.ben))
    answer = await browser.post(f"{address}/current", htmx=True)
    assert answer.status_code == 200
    assert 'id="header-basket"' in answer.text
    assert "Basket “Fit-out level 3”" in words(answer)
    assert "<html" not in answer.text


@rule("BASKET-3", "BASKET-5")
async def test_what_others_show_is_read_but_not_changed(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.dana))
    await browser.post(f"{address}/lines", {"sku": cast.dock.sku, "quantity": 2})
    for visibility in ("public", "shared"):
        await sql.run("UPDATE baskets SET visibility = $1", visibility)
        shown = await (await browser.sign_in(cast.ben)).get(address)
        assert "Dana Reyes can change it" in words(shown)
        assert re.search("Only Dana Reyes( and those whom Dana Reyes approved)? can order it.", words(shown))
        assert '/baskets/1/lines"' not in shown.text
        assert "/lines/removal" not in shown.text
        for path in ("", "/removal", "/current", "/lines"):
            fields = {"name": "Mine", "sku": cast.dock.sku, "quantity": 1}
            assert (await browser.post(address + path, fields)).status_code == 403
        assert (await (await browser.sign_in(cast.sam)).get(address)).status_code == 404


@rule("BASKET-5")
async def test_an_approved_colleague_changes_the_lines_alone(browser: Browser, cast: Cast) -> None:
    address = await make(await browser.sign_in(cast.dana))
    number = int(address.rpartition("/")[2])
    await sql.run("UPDATE baskets SET visibility = 'shared'")
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES ($1, $2, $3)'
    await sql.run(approve, number, cast.ben.id, datetime.now(UTC))
    await browser.sign_in(cast.ben)
    assert (await browser.post(f"{address}/lines", {"sku": cast.dock.sku, "quantity": 2})).status_code == 303
    assert (await browser.post(address, {"name": "Mine"})).status_code == 403
    assert (await browser.post(f"{address}/removal")).status_code == 403
    assert "Fit-out" not in (await browser.get("/baskets")).text
