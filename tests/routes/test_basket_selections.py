"""Many lines at one time: removed, brought back, moved and copied (BASKET-8)."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import HTMX, Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import add, stock_up, with_basket
from tests.rules_named import rule

LINES = "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY id"
HEADER = "SELECT line_count, total_cents FROM baskets WHERE id = $1"


async def post(browser: Browser, path: str, lines: Sequence[Any], *, htmx: bool = False, **more: Any) -> httpx.Response:
    """A press of the toolbar with these lines ticked."""
    fields = {"csrf": browser.csrf, "line": [str(line) for line in lines], **more}
    return await browser.http.post(f"/baskets/1/lines/{path}", data=fields, headers=HTMX if htmx else {})


async def quantities(basket: int) -> dict[int, int]:
    return {row["product"]: row["quantity"] for row in await sql.rows(LINES, basket)}


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four docks, ten cables in basket 1, and an empty basket 2."""
    await with_basket(browser, cast)
    await add(browser, cast.dock.sku, 4)
    await add(browser, cast.cable.sku, 10)
    await browser.post("/baskets", {"name": "Second", "visibility": "private"})
    return browser


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_removes_many_and_has_them_back(ben: Browser, cast: Cast, htmx: bool) -> None:
    before = await quantities(1), await sql.row(HEADER, 1)
    answer = await post(ben, "removal", [1, 2], htmx=htmx)
    said = answer if htmx else await ben.follow(answer)
    assert "2 lines removed." in words(said)
    assert 'name="revision" value="3"' in said.text
    assert (await quantities(1), await sql.row(HEADER, 1)) == ({}, {"line_count": 0, "total_cents": 0})
    answer = await ben.post("/baskets/1/lines/restoration", {"revision": 3}, htmx=htmx)
    assert "2 lines are back." in words(answer if htmx else await ben.follow(answer))
    assert (await quantities(1), await sql.row(HEADER, 1)) == before
    answer = await ben.post("/baskets/1/lines/restoration", {"revision": 3}, htmx=htmx)
    assert "are back already" in words(answer) if htmx else answer.status_code == 303
    assert (await quantities(1), await sql.row(HEADER, 1)) == before


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_lines_move_with_their_notes_add_up_and_move_back(ben: Browser, cast: Cast, htmx: bool) -> None:
    await ben.post("/baskets/2/lines", {"sku": cast.dock.sku, "quantity": 3})
    await ben.post("/baskets/1/lines/2", {"quantity": 10, "note": "floor 3"})
    answer = await post(ben, "moves", [1, 2], to=2, htmx=htmx)
    said = answer if htmx else await ben.follow(answer)
    assert "2 lines moved to “Second”." in words(said)
    assert await quantities(1) == {}
    assert await quantities(2) == {cast.dock.id: 7, cast.cable.id: 10}
    assert (
        await sql.value("SELECT note FROM basket_lines WHERE basket = 2 AND product = $1", cast.cable.id) == "floor 3"
    )
    assert (await sql.row(HEADER, 2) or {})["line_count"] == 2
    revision = await sql.value("SELECT revision FROM baskets WHERE id = 1")
    assert f'name="revision" value="{revision}"' in said.text
    back = await ben.post("/baskets/1/lines/restoration", {"revision": revision, "to": 2}, htmx=htmx)
    assert "2 lines are back." in words(back if htmx else await ben.follow(back))
    assert await quantities(1) == {cast.dock.id: 4, cast.cable.id: 10}
    assert await quantities(2) == {cast.dock.id: 3}
    assert (await sql.row(HEADER, 2) or {})["line_count"] == 1
    await ben.post("/baskets/1/lines/restoration", {"revision": revision, "to": 2}, htmx=htmx)
    assert await quantities(2) == {cast.dock.id: 3}


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_copied_lines_stay(ben: Browser, cast: Cast, htmx: bool) -> None:
    answer = await post(ben, "moves", [2], to="new", kept="1", htmx=htmx)
    assert "1 line copied to “Basket 1”." in words(answer if htmx else await ben.follow(answer))
    assert await quantities(1) == {cast.dock.id: 4, cast.cable.id: 10}
    assert await quantities(3) == {cast.cable.id: 10}


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_the_other_basket_cannot_take_stays_with_the_reason(ben: Browser, cast: Cast, htmx: bool) -> None:
    await ben.post("/baskets/2/lines", {"sku": cast.dock.sku, "quantity": settings.max_quantity})
    answer = await post(ben, "moves", [1, 2], to=2, htmx=htmx)
    assert answer.status_code == (200 if htmx else 422)
    assert "1 line moved to “Second”." in words(answer)
    assert "That makes 100,004; a line holds from 1 to 100,000" in words(answer)
    assert await quantities(1) == {cast.dock.id: 4}
    again = await post(ben, "moves", [1], to=2, htmx=htmx)
    assert again.status_code == 422
    assert "That makes 100,004" in words(again)
    assert await quantities(1) == {cast.dock.id: 4}


@rule("BASKET-2", "BASKET-8")
async def test_nothing_is_made_for_what_cannot_go(ben: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM contract_prices")
    await sql.run("DELETE FROM list_prices")
    await sql.run("DELETE FROM discounts")
    assert (await post(ben, "moves", [1, 2], to="new")).status_code == 422
    assert await sql.value("SELECT count(*) FROM baskets") == 2


@rule("BASKET-8")
@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("path", "lines", "to", "reason"),
    [
        ("removal", [], "2", "Select the lines first"),
        ("removal", ["x", "-1", 2**63], "2", "gone in the meantime"),
        ("moves", [], "2", "Select the lines first"),
        ("moves", [1], "", "Choose the basket"),
        ("moves", [1], "half", "Choose the basket"),
        ("moves", [1], "1", "another basket than this one"),
    ],
)
async def test_a_press_without_a_choice_says_what_to_choose(
    ben: Browser, path: str, lines: list[Any], to: str, reason: str, htmx: bool
) -> None:
    answer = await post(ben, path, lines, to=to, htmx=htmx)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert len(await quantities(1)) == 2


@rule("BASKET-3", "BASKET-4", "BASKET-8", "BASKET-16")
async def test_a_colleague_copies_from_a_public_basket_and_changes_nothing(ben: Browser, cast: Cast) -> None:
    await ben.sign_in(cast.dana)
    for path in ("removal", "moves", "restoration"):
        assert (await post(ben, path, [1], to="new", revision=1)).status_code == 404
    await sql.run("UPDATE baskets SET visibility = 'public' WHERE id = 1")
    assert (await post(ben, "moves", [1], to=2)).status_code == 404
    for path in ("removal", "moves", "restoration"):
        assert (await post(ben, path, [1], to="new", revision=1)).status_code == 403
    assert await sql.value("SELECT count(*) FROM baskets") == 2
    page = await ben.get("/baskets/1")
    assert "Copy the selected lines" in page.text
    assert "lines/removal" not in page.text
    assert (await post(ben, "moves", [1], to="new", kept="1")).status_code == 303
    made = await sql.value("SELECT max(id) FROM baskets")
    assert await quantities(made) == {cast.dock.id: 4}
    line = await sql.value("SELECT max(id) FROM basket_lines")
    assert (await ben.post(f"/baskets/{made}/lines/moves", {"line": line, "to": 1})).status_code == 403
    back = await ben.post(f"/baskets/{made}/lines/restoration", {"revision": 1, "to": 1})
    assert back.status_code == 403
    assert len(await quantities(1)) == 2


@rule("BASKET-1", "BASKET-8")
async def test_vera_and_sam_do_nothing_with_many_lines(ben: Browser, cast: Cast) -> None:
    for person, status in ((cast.vera, 403), (cast.sam, 404)):
        await ben.sign_in(person)
        for path in ("removal", "moves", "restoration"):
            assert (await post(ben, path, [1], to=2, revision=1)).status_code == status
            assert (await ben.get(f"/baskets/1/lines/{path}")).status_code in (404, 405)
    assert len(await quantities(1)) == 2


@rule("BASKET-7", "BASKET-8")
async def test_the_header_follows_what_went_into_the_current_basket(ben: Browser) -> None:
    await ben.post("/baskets/2/current")
    assert "Basket “Second” 1 line" in words(await post(ben, "moves", [1], to=2, htmx=True))


@rule("BASKET-8")
async def test_two_opposite_moves_at_once_lose_nothing(ben: Browser, cast: Cast) -> None:
    await post(ben, "moves", [2], to=2)
    over = [ben.post("/baskets/2/lines/moves", {"line": 3, "to": 1}), post(ben, "moves", [1], to=2)]
    answers = await asyncio.wait_for(asyncio.gather(*over), 20)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (await quantities(1), await quantities(2)) == ({cast.cable.id: 10}, {cast.dock.id: 4})


@rule("BASKET-8")
async def test_many_lines_take_as_many_statements_as_one(ben: Browser, cast: Cast) -> None:
    await stock_up(cast, 120)
    ids = [row["id"] for row in await sql.rows("SELECT id FROM basket_lines WHERE basket = 1 ORDER BY id")]
    spent = []
    for some in (ids[2:3], ids[3:]):
        start = sql.statements()
        assert (await post(ben, "moves", some, to=2)).status_code == 303
        middle = sql.statements()
        revision = await sql.value("SELECT revision FROM baskets WHERE id = 1")
        await ben.post("/baskets/1/lines/restoration", {"revision": revision, "to": 2})
        await post(ben, "removal", some)
        spent.append((middle - start, sql.statements() - middle))
    assert spent[0] == spent[1]
    assert len(await quantities(1)) == 2


@rule("BASKET-8")
async def test_a_removal_of_yesterday_or_of_a_colleague_is_not_undone(ben: Browser, cast: Cast) -> None:
    await sql.run("UPDATE baskets SET visibility = 'shared' WHERE id = 1")
    approve = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES (1, $1, $2)'
    await sql.run(approve, cast.dana.id, datetime.now(UTC))
    await post(ben, "removal", [1, 2])
    await ben.sign_in(cast.dana)
    await ben.post("/baskets/1/lines/restoration", {"revision": 3})
    assert await quantities(1) == {}
    await sql.run("UPDATE basket_lines SET removed_at = $1", datetime.now(UTC) - timedelta(hours=25))
    await ben.sign_in(cast.ben)
    await ben.post("/baskets/1/lines/restoration", {"revision": 3})
    assert await quantities(1) == {}
