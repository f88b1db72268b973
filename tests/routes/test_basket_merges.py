"""The lines of another basket are added to one's own, and taken out again (BASKET-12)."""

import asyncio
import re
from html import unescape

import httpx
import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import HIDDEN, basket_of
from tests.routes.basket_steps import fill, stock_up
from tests.rules_named import rule

pytestmark = rule("BASKET-12")
LINES = "SELECT product, quantity, note FROM basket_lines WHERE basket = $1 AND removed_at IS NULL ORDER BY id"


async def quantities(basket: int) -> dict[int, int]:
    return {row["product"]: row["quantity"] for row in await sql.rows(LINES, basket)}


def undo_of(page: httpx.Response) -> dict[str, str]:
    """The fields of the form that undoes the merge."""
    form = re.search(r'<form[^>]*action="/baskets/1/merges/removal".*?</form>', page.text, re.DOTALL)
    assert form, words(page)
    return {name: unescape(value) for name, value in HIDDEN.findall(form[0]) if name != "csrf"}


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with four docks in basket 1, Desk, and two docks and ten noted cables in basket 2, Spares."""
    await basket_of(cast.ben, (cast.dock, 4))
    await basket_of(cast.ben, (cast.dock, 2), (cast.cable, 10))
    await sql.run("UPDATE baskets SET name = 'Desk', name_key = 'desk' WHERE id = 1")
    await sql.run("UPDATE baskets SET name = 'Spares', name_key = 'spares' WHERE id = 2")
    await sql.run("UPDATE basket_lines SET note = 'floor 3' WHERE product = $1", cast.cable.id)
    await browser.sign_in(cast.ben)
    return browser


@pytest.mark.parametrize("htmx", [False, True])
async def test_ben_merges_and_takes_it_back(ben: Browser, cast: Cast, htmx: bool) -> None:
    form = await ben.get("/baskets/1/merges")
    assert "Spares: 2 lines" in words(form)
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2}, htmx=htmx))
    assert "From “Spares”: 1 line added, 1 added up." in words(page)
    assert await quantities(1) == {cast.dock.id: 6, cast.cable.id: 10}
    assert [row["note"] for row in await sql.rows(LINES, 1)] == ["", "floor 3"]
    assert await quantities(2) == {cast.dock.id: 2, cast.cable.id: 10}
    back = await ben.follow(await ben.post("/baskets/1/merges/removal", undo_of(page), htmx=htmx))
    assert "2 lines taken out again." in words(back)
    assert await quantities(1) == {cast.dock.id: 4}
    again = await ben.follow(await ben.post("/baskets/1/merges/removal", undo_of(page)))
    assert "Nothing was left to take out" in words(again)
    assert await quantities(1) == {cast.dock.id: 4}


async def test_undo_leaves_alone_what_was_changed_since(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2}))
    await ben.post("/baskets/1/lines/1", {"quantity": 7})
    await ben.post("/baskets/1/merges/removal", undo_of(page))
    assert await quantities(1) == {cast.dock.id: 7}
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2}))
    await ben.post("/baskets/2/lines/2", {"quantity": 1})
    await ben.post("/baskets/1/merges/removal", undo_of(page))
    assert await quantities(1) == {cast.dock.id: 9, cast.cable.id: 10}


@rule("BASKET-2", "BASKET-13")
async def test_the_other_one_is_archived_and_comes_back_with_the_undo(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2, "archive": "1"}))
    assert "It is archived." in words(page)
    assert await sql.value("SELECT archived_by FROM baskets WHERE id = 2") == cast.ben.id
    await fill(cast.ben.id, cast.brightbyte, settings.max_active_baskets - 1)
    refused = await ben.post("/baskets/1/merges/removal", undo_of(page))
    assert refused.status_code == 422
    assert len(await quantities(1)) == 2
    await sql.run("DELETE FROM baskets WHERE name = 'Old 1'")
    assert (await ben.post("/baskets/1/merges/removal", undo_of(page))).status_code == 303
    assert await quantities(1) == {cast.dock.id: 4}
    assert await sql.value("SELECT archived_at FROM baskets WHERE id = 2") is None


@rule("CERT-1")
async def test_what_cannot_come_is_named_until_read(ben: Browser, cast: Cast) -> None:
    await sql.run("UPDATE basket_lines SET product = $1 WHERE product = $2", cast.uncertified.id, cast.cable.id)
    await sql.run("UPDATE basket_lines SET quantity = $1 WHERE basket = 2 AND product = $2", 99_999, cast.dock.id)
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2}))
    assert "From “Spares”: 0 lines added, 0 added up, 2 not." in words(page)
    assert "99,999 × KD-4410-PD" in words(page)
    assert "That makes 100,003" in words(page)
    assert "Pass the Pike & Co Pro course" in words(await ben.get("/baskets/1"))
    assert await quantities(1) == {cast.dock.id: 4}


@rule("BASKET-8")
async def test_past_the_limit_the_first_lines_come(ben: Browser, cast: Cast) -> None:
    await stock_up(cast, settings.max_basket_lines - 1)
    page = await ben.follow(await ben.post("/baskets/1/merges", {"from": 2}))
    assert "0 lines added, 1 added up, 1 not." in words(page)
    assert "A basket holds at most 500 lines." in words(page)
    assert len(await quantities(1)) == settings.max_basket_lines


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [("", "Choose the basket"), ("x", "Choose the basket"), ("1", "another basket than this one"), ("3", "no lines")],
)
async def test_a_choice_that_is_none_is_refused_at_its_field(ben: Browser, chosen: str, reason: str) -> None:
    await ben.post("/baskets", {"name": "Empty", "visibility": "private"})
    answer = await ben.post("/baskets/1/merges", {"from": chosen, "archive": "1"})
    assert answer.status_code == 422
    assert reason in words(answer)
    assert 'id="from-error"' in answer.text
    assert "checked" in answer.text


@rule("BASKET-3", "BASKET-4", "BASKET-16")
async def test_who_merges_what_into_what(ben: Browser, cast: Cast) -> None:
    await basket_of(cast.dana, (cast.hub, 1))
    own = await sql.value("SELECT max(id) FROM baskets")
    await ben.sign_in(cast.dana)
    assert "Spares" not in words(await ben.get(f"/baskets/{own}/merges"))
    assert (await ben.post(f"/baskets/{own}/merges", {"from": 2})).status_code == 404
    assert (await ben.post("/baskets/1/merges", {"from": own})).status_code == 404
    await sql.run("UPDATE baskets SET visibility = 'public'")
    assert "Spares, Ben Ito: 2 lines" in words(await ben.get(f"/baskets/{own}/merges"))
    for answer in (
        await ben.post("/baskets/1/merges", {"from": own}),
        await ben.get("/baskets/1/merges"),
        await ben.post("/baskets/1/merges/removal", {"from": own, "revision": 1, "other": 1}),
    ):
        assert answer.status_code == 403
    refused = await ben.post(f"/baskets/{own}/merges", {"from": 2, "archive": "1"})
    assert refused.status_code == 422
    assert "Only Ben Ito, who created “Spares”, can archive it." in words(refused)
    assert (await ben.post(f"/baskets/{own}/merges", {"from": 2})).status_code == 303
    assert await quantities(own) == {cast.hub.id: 1, cast.dock.id: 2, cast.cable.id: 10}
    assert await quantities(1) == {cast.dock.id: 4}


@rule("BASKET-1")
async def test_vera_and_sam_merge_nothing(ben: Browser, cast: Cast) -> None:
    for person, status in ((cast.vera, 403), (cast.sam, 404)):
        await ben.sign_in(person)
        assert (await ben.get("/baskets/1/merges")).status_code == status
        for path in ("merges", "merges/removal"):
            assert (await ben.post(f"/baskets/1/{path}", {"from": 2})).status_code == status
    assert await quantities(1) == {cast.dock.id: 4}


async def test_looking_merges_nothing_and_figures_of_an_undo_may_be_anything(ben: Browser, cast: Cast) -> None:
    await ben.get("/baskets/1/merges?from=2")
    assert (await ben.get("/baskets/1/merges/removal")).status_code in (404, 405)
    for revision in ("", "-1", "x", 2**63, 4_000_000_000, "½"):
        for other in (revision, 0):
            answer = await ben.post("/baskets/1/merges/removal", {"from": 2, "revision": revision, "other": other})
            assert answer.status_code == 303
        assert (await ben.get(f"/baskets/1?merged={revision}&from={revision}&revision={revision}")).status_code == 200
    assert await quantities(1) == {cast.dock.id: 4}


async def test_two_opposite_merges_at_once_both_count(ben: Browser, cast: Cast) -> None:
    over = [ben.post("/baskets/1/merges", {"from": 2}), ben.post("/baskets/2/merges", {"from": 1})]
    answers = await asyncio.wait_for(asyncio.gather(*over), 20)
    assert [answer.status_code for answer in answers] == [303, 303]
    after = [(await quantities(basket))[cast.dock.id] for basket in (1, 2)]
    assert after in ([6, 8], [10, 6])  # by which was first


@rule("BASKET-8")
async def test_many_lines_are_merged_by_as_many_statements(ben: Browser, cast: Cast) -> None:
    spent = []
    for count in (0, 200):
        if count:
            await stock_up(cast, count)
            await sql.run("UPDATE basket_lines SET basket = 2 WHERE product >= 1000")
            await sql.run("DELETE FROM basket_lines WHERE removed_at IS NOT NULL")
        start = sql.statements()
        answer = await ben.post("/baskets/1/merges", {"from": 2})
        spent.append(sql.statements() - start)
        page = await ben.follow(answer)
        start = sql.statements()
        assert (await ben.post("/baskets/1/merges/removal", undo_of(page))).status_code == 303
        spent.append(sql.statements() - start)
    assert spent[:2] == spent[2:]
    assert await quantities(1) == {cast.dock.id: 4}
