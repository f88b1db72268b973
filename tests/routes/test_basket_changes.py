"""Changing and removing lines, plainly and in place, alone and many at once (BASKET-8, BASKET-10)."""

import asyncio
import re

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.basket_steps import HEADER, QUANTITY, add, with_basket
from tests.rules_named import rule


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    """Ben with a current basket, number 1."""
    return await with_basket(browser, cast)


@rule("BASKET-7")
async def test_a_product_page_adds_to_the_current_basket_in_place(ben: Browser, cast: Cast) -> None:
    answer = await ben.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 2}, htmx=True)
    assert "2 × KD-4410-PD added to “Fit-out”" in words(answer)
    assert 'id="header-basket-total"' in answer.text
    assert "<tr" not in answer.text


@rule("BASKET-8")
async def test_ben_changes_a_quantity_in_place(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    answer = await ben.post("/baskets/1/lines/1", {"quantity": 10, "version": 1}, htmx=True)
    assert 'data-hx-target="#line-1" data-hx-swap="outerHTML"' in answer.text
    assert '<tr id="line-1"' in answer.text
    for region in ("basket-1-summary", "basket-1-empty", "header-basket", "notice"):
        assert re.search(rf'id="{region}"[^>]*data-hx-swap-oob', answer.text), region
    assert "KD-4410-PD: 10, was 3." in words(answer)
    assert "$3,051.00" in words(answer)


@rule("BASKET-8")
async def test_ben_changes_a_line_plainly_and_undoes_it(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    answer = await ben.post("/baskets/1/lines/1", {"quantity": 5, "note": "desk 301", "version": 1})
    assert answer.headers["Location"] == "/baskets/1?changed=1&was=3"
    page = await ben.follow(answer)
    assert "KD-4410-PD: 5, was 3. Undo" in words(page)
    assert "desk 301" in words(page)
    await ben.post("/baskets/1/lines/1", {"quantity": 3, "version": 2})
    assert await sql.row("SELECT quantity, note FROM basket_lines") == {"quantity": 3, "note": "desk 301"}


@rule("BASKET-10")
@pytest.mark.parametrize("htmx", [False, True])
async def test_a_stale_change_is_shown_beside_the_newer(ben: Browser, cast: Cast, htmx: bool) -> None:
    await add(ben, cast.dock.sku, 3)
    await ben.post("/baskets/1/lines/1", {"quantity": 5, "note": "theirs", "version": 1})
    answer = await ben.post("/baskets/1/lines/1", {"quantity": 8, "note": "mine", "version": 1}, htmx=htmx)
    assert answer.status_code == 409
    said = words(answer)
    assert "the quantity is 5 now, and you typed 8" in said
    assert "the note is “theirs” now, and you typed “mine”" in said
    assert "Set 8 and my note" in said
    assert "Keep 5 and the newer note" in said
    assert await sql.value(QUANTITY) == 5


@rule("BASKET-10")
async def test_what_was_typed_too_late_stands_in_its_field_to_be_set(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await ben.post("/baskets/1/lines/1", {"quantity": 5, "version": 1})
    answer = await ben.post("/baskets/1/lines/1", {"quantity": 8, "note": "", "version": 1}, htmx=True)
    assert "Set 8" in words(answer)
    assert "Keep 5" in words(answer)
    typed = re.search(r'<input class="quantity"[^>]*>', answer.text)
    assert typed
    assert 'value="8"' in typed[0]
    sent = dict(re.findall(r'name="(version|was)"\s+value="(\d+)"', answer.text.partition("overtaken")[0]))
    assert sent == {} or sent["version"] == "2"
    assert (await ben.post("/baskets/1/lines/1", {"quantity": 8, "note": "", "version": 2})).status_code == 303
    assert await sql.value(QUANTITY) == 8


@rule("BASKET-10")
async def test_pressing_twice_is_no_conflict(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    posts = (ben.post("/baskets/1/lines/1", {"quantity": 5, "version": 1}) for _ in range(5))
    assert {answer.status_code for answer in await asyncio.gather(*posts)} == {303}


@rule("BASKET-10")
async def test_of_twenty_different_changes_at_once_one_stands(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 100)
    posts = (ben.post("/baskets/1/lines/1", {"quantity": n, "version": 1}) for n in range(1, 21))
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*posts))
    assert statuses == [303] + [409] * 19


@rule("BASKET-8")
async def test_twenty_adds_at_once_are_all_counted(ben: Browser, cast: Cast) -> None:
    await asyncio.gather(*(add(ben, cast.dock.sku, 1) for _ in range(20)))
    assert await sql.value(QUANTITY) == 20
    assert await sql.row(HEADER) == {"line_count": 1, "total_cents": 20 * 30_510}


@rule("BASKET-8")
async def test_a_removed_line_comes_back_to_its_place(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await add(ben, cast.hub.sku, 2)
    page = await ben.follow(await ben.post("/baskets/1/lines/1/removal"))
    assert "3 × KD-4410-PD removed. Undo" in words(page)
    assert await sql.row(HEADER) == {"line_count": 1, "total_cents": 12_250}
    back = await ben.follow(await ben.post("/baskets/1/lines/1/restoration"))
    assert "KD-4410-PD is back." in words(back)
    assert back.text.index('id="line-1"') < back.text.index('id="line-2"')
    assert (await ben.post("/baskets/1/lines/1/restoration")).status_code == 303
    assert await sql.row(HEADER) == {"line_count": 2, "total_cents": 12_250 + 93_720}


@rule("BASKET-8")
async def test_removing_and_undoing_in_place(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    gone = await ben.post("/baskets/1/lines/1/removal", htmx=True)
    assert 'data-hx-target="#line-1" data-hx-swap="delete"' in gone.text
    assert "The lines of this basket will stand here" in words(gone)
    back = await ben.post("/baskets/1/lines/1/restoration", htmx=True)
    assert 'data-hx-target="#basket-1-lines" data-hx-swap="outerHTML"' in back.text
    assert back.text.count("<tr id=") == 1


async def test_a_removed_line_is_missing_until_it_is_added_again(ben: Browser, cast: Cast) -> None:
    await add(ben, cast.dock.sku, 3)
    await ben.post("/baskets/1/lines/1/removal")
    assert (await ben.post("/baskets/1/lines/1", {"quantity": 1})).status_code == 404
    assert (await ben.post("/baskets/1/lines/1/removal")).status_code == 404
    await add(ben, cast.dock.sku, 2)
    assert await sql.value(QUANTITY) == 2


@rule("BASKET-8")
async def test_a_new_row_and_a_changed_row_in_place(ben: Browser, cast: Cast) -> None:
    new = await add(ben, cast.dock.sku, 3, htmx=True)
    assert 'data-hx-target="#basket-1-lines" data-hx-swap="beforeend"' in new.text
    assert 'id="basket-1-add"' in new.text
    more = await add(ben, cast.dock.sku, 3, htmx=True)
    assert 'data-hx-target="#line-1" data-hx-swap="outerHTML"' in more.text
    assert "3 × KD-4410-PD added to “Fit-out”: 6 now." in words(more)
