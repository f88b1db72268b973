"""Rows and lists of Quick Order that are changed, dropped and brought back, and how many are kept (BASKET-11)."""

from collections.abc import Iterator

import pytest

from app.rules import sheets
from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.sheet_steps import bens, lines, paste, sheet_of

pytestmark = rule("BASKET-11")


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await bens(browser, cast)


@pytest.fixture
def three_lists() -> Iterator[None]:
    object.__setattr__(settings, "max_sheets", 3)
    yield
    object.__setattr__(settings, "max_sheets", 50)


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_dropped_row_comes_back(ben: Browser, cast: Cast, htmx: bool) -> None:
    at = await sheet_of(ben, f"NOPE-1\t3\n{cast.dock.sku}\t2")
    answer = await ben.post(f"{at}/rows/2/removal", htmx=htmx)
    page = answer if htmx else await ben.follow(answer)
    assert "Row 2 dropped." in words(page) and f'action="{at}/rows/2/restoration"' in page.text
    await ben.post(f"{at}/basket", {"basket": 1})
    assert await lines() == {}
    answer = await ben.post(f"{at}/rows/2/restoration", htmx=htmx)
    page = answer if htmx else await ben.follow(answer)
    assert "Row 2 is back." in words(page) and "1 row is good, 1 is not" in words(page)


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_row_that_went_meanwhile_is_said_with_the_fresh_list(ben: Browser, cast: Cast, htmx: bool) -> None:
    at = await sheet_of(ben, f"NOPE-1\t3\n{cast.dock.sku}\t2\nNOPE-3\t1")
    await ben.post(f"{at}/rows/1/removal")
    for part in ("rows/1", "rows/1/removal"):
        answer = await ben.post(f"{at}/{part}", {"sku": cast.hub.sku, "quantity": "1"}, htmx=htmx)
        page = answer if htmx else await ben.follow(answer)
        assert "Row 1 was dropped meanwhile." in words(page) and "NOPE-3" in page.text
    await ben.post(f"{at}/basket", {"basket": 1})
    answer = await ben.post(f"{at}/rows/2", {"sku": cast.hub.sku, "quantity": "1"}, htmx=htmx)
    page = answer if htmx else await ben.follow(answer)
    assert "Row 2 went into a basket meanwhile." in words(page) and await lines() == {cast.dock.id: 2}
    assert (await ben.post(f"{at}/rows/9/removal", htmx=htmx)).status_code == 404


async def test_a_dropped_list_comes_back_for_a_day(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, "NOPE-1\t3")
    page = await ben.follow(await ben.post(f"{at}/removal"))
    assert "The list was dropped." in words(page) and (await ben.get(at)).status_code == 404
    await ben.sign_in(cast.dana)
    assert (await ben.post(f"{at}/restoration")).status_code == 404
    await ben.sign_in(cast.ben)
    page = await ben.follow(await ben.post(f"{at}/restoration"))
    assert "The list is back." in words(page) and "NOPE-1" in page.text
    await ben.post(f"{at}/removal")
    await sql.run("UPDATE sheets SET removed_at = '2026-01-01 00:00:00+00:00'")
    assert (await ben.post(f"{at}/restoration")).status_code == 404
    await sheets.clear()
    assert await sql.value("SELECT count(*) FROM sheet_rows") == 0


async def test_a_good_row_is_changed_and_dropped_too(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\n{cast.hub.sku}\t1")
    piece = await ben.post(f"{at}/rows/1", {"sku": cast.dock.sku, "quantity": "7"}, htmx=True)
    assert "Row 1 is good now" in words(piece) and 'value="7"' in piece.text
    await ben.post(f"{at}/rows/2/removal")
    await ben.post(f"{at}/basket", {"basket": 1})
    assert await lines() == {cast.dock.id: 7}


async def test_what_fits_is_taken_at_a_press(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/lines", {"sku": cast.cable.sku, "quantity": 30, "at": "basket"})
    page = await ben.follow(await paste(ben, f"{cast.cable.sku}\t2"))
    assert "With 30 in the basket: type 5 here, 35 in all." in words(page) and "Take 5" in words(page)
    await ben.post("/quick-order/1/rows/1", {"sku": cast.cable.sku, "quantity": "2", "fits": "5"})
    await ben.post("/quick-order/1/basket", {"basket": 1})
    assert await lines() == {cast.cable.id: 35}


async def test_one_choice_serves_all_rows_of_an_ambiguous_code(ben: Browser, cast: Cast) -> None:
    same = "UPDATE products SET vpn = 'SAME-1', vpn_key = 'SAME1' WHERE id IN ($1, $2)"
    await sql.run(same, cast.dock.id, cast.hub.id)
    at = await sheet_of(ben, "SAME-1\t2\nSAME-1\t3\nNOPE\t1")
    await ben.post(f"{at}/rows/2", {"sku": "SAME-1", "quantity": "3", "product": cast.hub.id})
    await ben.post(f"{at}/rows/2", {"sku": cast.hub.sku, "quantity": "4"})
    await ben.post(f"{at}/basket", {"basket": 1})
    assert await lines() == {cast.hub.id: 6}


@pytest.mark.usefixtures("three_lists")
async def test_finished_lists_go_first(ben: Browser, cast: Cast) -> None:
    await sheet_of(ben, "NOPE-1\t3")
    await ben.post("/quick-order", {"basket": 1, "text": f"{cast.dock.sku}\t2", "add": "1"})
    for number in (3, 4):
        page = await ben.follow(await paste(ben, f"NOPE-{number}"))
        assert "was dropped" not in words(page)
    assert (await ben.get("/quick-order/1")).status_code == 200
    assert (await ben.get("/quick-order/2")).status_code == 404


@pytest.mark.usefixtures("three_lists")
async def test_a_list_that_waits_goes_with_a_word(ben: Browser) -> None:
    for number in range(4):
        page = await ben.follow(await paste(ben, f"NOPE-{number}"))
    assert "The list that was typed was dropped with the rows that waited in it: 3 lists are the most" in words(page)
    assert (await ben.get("/quick-order/1")).status_code == 404
    await sql.run("UPDATE sheets SET made_at = '2026-01-01 00:00:00+00:00'")
    await sheets.clear()
    assert await sql.value("SELECT count(*) FROM sheet_rows") == 0


async def test_after_a_replacement_no_page_offers_it_again(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 4, "at": "basket"})
    await ben.post("/quick-order", {"basket": 1, "text": f"{cast.dock.sku}\t2", "add": "1"})
    await ben.post("/quick-order/1/replacement")
    page = await ben.get("/quick-order/1")
    assert "Replace instead" not in words(page) and "1 line holds the quantities of this list." in words(page)
    await ben.post("/baskets/1/lines/1", {"quantity": "9", "at": "basket"})
    page = await ben.get("/quick-order/1")
    assert f"Changed there since, and left as it is: {cast.dock.vpn}." in words(page) and "Undo" not in words(page)
