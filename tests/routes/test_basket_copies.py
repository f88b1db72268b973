"""Copies of baskets, and what could not come with them (BASKET-12, BASKET-13, BASKET-16)."""

import asyncio

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of
from tests.routes.basket_steps import ACTIVE, fill, stock_up
from tests.rules_named import rule

pytestmark = rule("BASKET-12")
LINES = "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY id"
INSERT = "INSERT INTO basket_lines (basket, product, quantity, note, added_at) VALUES (1, $1, $2, $3, $4)"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four docks, noted, and ten cables in basket 1, Desk, which ships from Wellington."""
    await basket_of(cast.ben, (cast.dock, 4), (cast.cable, 10))
    await sql.run("UPDATE baskets SET name = 'Desk', name_key = 'desk', note = 'For each', home_warehouse = 2")
    await sql.run("UPDATE basket_lines SET note = 'floor 3' WHERE product = $1", cast.dock.id)
    await browser.sign_in(cast.ben)
    return browser


async def put(*lines: tuple[int, int]) -> None:
    """Lines that nobody could add any more."""
    at = await sql.value("SELECT max(added_at) FROM basket_lines")
    await sql.run_many(INSERT, [(product, quantity, "", at) for product, quantity in lines])


@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_copies_his_basket(ben: Browser, htmx: bool) -> None:
    assert 'value="Desk, copy"' in (await ben.get("/baskets/1")).text
    answer = await ben.post("/baskets/1/copies", {"name": "Two desks"}, htmx=htmx)
    assert answer.headers["Location"] == "/baskets/2?copy_of=1"
    assert "“Two desks” is a copy of “Desk” at today's prices" in words(await ben.follow(answer))
    assert await sql.rows(LINES, 2) == await sql.rows(LINES, 1)
    made = await sql.row("SELECT visibility, note, home_warehouse, line_count, total_cents FROM baskets WHERE id = 2")
    assert made == {
        "visibility": "private",
        "note": "For each",
        "home_warehouse": 2,
        "line_count": 2,
        "total_cents": 4 * 31_240 + 10 * 2_210,
    }


@rule("BASKET-6")
async def test_a_copy_has_a_name_of_its_own(ben: Browser) -> None:
    for _ in range(2):
        assert (await ben.post("/baskets/1/copies", {"name": "Desk, copy"})).status_code == 303
    refused = await ben.post("/baskets/1/copies", {"name": "dESK"})
    assert refused.status_code == 422
    assert "You have another basket named “dESK”" in words(refused)
    assert 'value="dESK"' in refused.text
    assert (await ben.post("/baskets/1/copies", {"name": "x" * 81})).status_code == 422
    names = [row["name"] for row in await sql.rows("SELECT name FROM baskets ORDER BY id")]
    assert names == ["Desk", "Desk, copy", "Desk, copy 2"]


@rule("BASKET-6")
async def test_a_name_of_eighty_characters_is_cut_for_its_copies(ben: Browser) -> None:
    await sql.run("UPDATE baskets SET name = $1, name_key = $1", "d" * 80)
    for _ in range(12):
        assert (await ben.post("/baskets/1/copies")).status_code == 303
    names = {row["name"] for row in await sql.rows("SELECT name FROM baskets")}
    assert len(names) == 13
    assert max(map(len, names)) == 80


@rule("BASKET-3", "BASKET-4", "BASKET-5", "BASKET-16")
async def test_dana_copies_what_she_sees_and_nothing_else(ben: Browser, cast: Cast) -> None:
    for visibility, status in (("private", 404), ("public", 303), ("shared", 303)):
        await sql.run("UPDATE baskets SET visibility = $1 WHERE id = 1", visibility)
        await ben.sign_in(cast.dana)
        assert (await ben.post("/baskets/1/copies")).status_code == status
        await ben.sign_in(cast.sam)
        assert (await ben.post("/baskets/1/copies")).status_code == 404
    await ben.sign_in(cast.vera)
    assert (await ben.post("/baskets/1/copies")).status_code == 403
    owners = await sql.rows("SELECT owner, visibility FROM baskets WHERE id > 1")
    assert owners == [{"owner": cast.dana.id, "visibility": "private"}] * 2


async def test_looking_copies_nothing(ben: Browser) -> None:
    for path in ("copies", "left-out/removal"):
        assert (await ben.get(f"/baskets/1/{path}")).status_code in (404, 405)
    assert await sql.value("SELECT count(*) FROM baskets") == 1


@rule("CERT-1", "PRICE-4", "STOCK-2", "BASKET-13")
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_cannot_be_bought_is_left_out_and_named_until_read(ben: Browser, cast: Cast, htmx: bool) -> None:
    await put((cast.uncertified.id, 1), (cast.on_request.id, 2), (cast.discontinued.id, 9))
    copy = await ben.follow(await ben.post("/baskets/1/copies"))
    assert [row["product"] for row in await sql.rows(LINES, 2)] == [cast.dock.id, cast.cable.id]
    for page in (copy, await ben.get("/baskets/2")):
        said = words(page)
        assert "3 lines were left out" in said
        assert "1 × PC-TB4-14" in said
        assert "Pass the Pike & Co Pro course" in said
        assert "Price on request" in said
        assert "9 × KD-3300 Kestrel Dock 3300, USB-A: Discontinued: 3 are left." in said
    answer = await ben.post("/baskets/2/left-out/removal", htmx=htmx)
    after = answer if htmx else await ben.follow(answer)
    assert "left out" not in words(after)
    assert "left out" not in words(await ben.get("/baskets/2"))
    assert (await ben.post("/baskets/2/left-out/removal")).status_code == 303


@rule("STOCK-1")
async def test_what_was_left_out_tells_no_figures_to_who_may_not_see_them(ben: Browser, cast: Cast) -> None:
    await put((cast.discontinued.id, 9))
    await ben.post("/baskets/1/copies")
    await sql.run("DELETE FROM user_privileges WHERE privilege = 'see_availability'")
    said = words(await ben.get("/baskets/2"))
    assert "Discontinued: fewer are left." in said
    assert "3 are left" not in said


async def test_what_was_left_out_is_for_who_changes_the_basket(ben: Browser, cast: Cast) -> None:
    await put((cast.uncertified.id, 1))
    await ben.post("/baskets/1/copies")
    await sql.run("UPDATE baskets SET visibility = 'public' WHERE id = 2")
    await ben.sign_in(cast.dana)
    assert "left out" not in words(await ben.get("/baskets/2"))
    assert (await ben.post("/baskets/2/left-out/removal")).status_code == 403
    await ben.sign_in(cast.sam)
    assert (await ben.post("/baskets/2/left-out/removal")).status_code == 404
    await ben.sign_in(cast.ben)
    assert "left out" in words(await ben.get("/baskets/2"))


async def test_what_was_left_out_says_when_it_can_be_added(ben: Browser, cast: Cast) -> None:
    await put((cast.discontinued.id, 9))
    await ben.post("/baskets/1/copies")
    await sql.run("UPDATE stock SET available = 20 WHERE product = $1", cast.discontinued.id)
    assert "It can be added now." in words(await ben.get("/baskets/2"))


@rule("BASKET-2")
async def test_twenty_copies_at_once_end_at_a_hundred(ben: Browser, cast: Cast) -> None:
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 2)
    answers = await asyncio.gather(*(ben.post("/baskets/1/copies") for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 19
    assert await sql.value(ACTIVE, cast.ben.id) == settings.max_active_baskets
    refused = await ben.post("/baskets/1/copies", {"name": "One more"})
    assert "Order, archive or delete one" in words(refused)
    page = await ben.get("/baskets/1")
    assert 'action="/baskets/1/copies"' not in page.text
    assert "Order, archive or delete one" in words(page)


async def test_a_copy_of_a_basket_that_goes_at_the_same_moment_is_whole_or_none(ben: Browser) -> None:
    copy, gone = await asyncio.gather(ben.post("/baskets/1/copies"), ben.post("/baskets/1/removal"))
    assert gone.status_code == 303
    assert copy.status_code in (303, 404)
    lines = await sql.rows(LINES, 2)
    assert len(lines) == (2 if copy.status_code == 303 else 0)
    assert await sql.value("SELECT count(*) FROM baskets WHERE id > 1") == (copy.status_code == 303)


@rule("BASKET-8")
async def test_many_lines_are_copied_by_as_many_statements(ben: Browser, cast: Cast) -> None:
    spent = []
    for count in (0, 200):
        if count:
            await stock_up(cast, count)
        start = sql.statements()
        assert (await ben.post("/baskets/1/copies")).status_code == 303
        spent.append(sql.statements() - start)
    assert spent[0] == spent[1]
    assert len(await sql.rows(LINES, 3)) == 202
