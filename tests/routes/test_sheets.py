"""Quick Order: typed, pasted and loaded rows, of which the good ones go to a basket (BASKET-11)."""

import pytest

from app.rules.settings import settings
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.sheet_steps import LINES, bens, lines, pad, paste, sheet_of

pytestmark = rule("BASKET-11")
SHEETS = "SELECT count(*) FROM sheets"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await bens(browser, cast)


async def test_good_rows_go_and_bad_ones_stay(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await paste(ben, f"{cast.dock.sku}\t2\nNOPE-1\t3\n{cast.hub.vpn}\t1"))
    assert "2 rows are good, 1 is not" in words(page) and 'value="NOPE-1"' in page.text
    page = await ben.follow(await ben.post("/quick-order/1/basket", {"basket": 1}))
    assert "2 rows added to “Fit-out”" in words(page) and 'value="NOPE-1"' in page.text
    assert await lines() == {cast.dock.id: 2, cast.hub.id: 1}


async def test_a_mended_row_goes_with_the_next_press(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\nNOPE-1\t3")
    await ben.post(f"{at}/basket", {"basket": 1})
    page = await ben.follow(await ben.post(f"{at}/rows/2", {"sku": cast.hub.sku, "quantity": "4"}))
    assert "Row 2 is good now" in words(page) and "1 row is good" in words(page)
    await ben.post(f"{at}/basket", {"basket": 1})
    assert await lines() == {cast.dock.id: 2, cast.hub.id: 4}


async def test_a_row_is_mended_and_dropped_in_place(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, "NOPE-1\t3\nNOPE-2\t1")
    piece = await ben.post(f"{at}/rows/1", {"sku": cast.hub.sku, "quantity": "x"}, htmx=True)
    assert piece.text.lstrip().startswith('<div id="sheet"') and "Type a whole number, such as 12." in words(piece)
    piece = await ben.post(f"{at}/rows/2/removal", htmx=True)
    assert "Row 2 dropped" in words(piece) and "NOPE-2" not in piece.text
    assert (await ben.post(f"{at}/rows/2/removal", htmx=True)).status_code == 200


async def test_a_second_press_adds_nothing_twice(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, f"{cast.dock.sku}\t2")
    for _ in range(2):
        page = await ben.follow(await ben.post(f"{at}/basket", {"basket": 1}))
    assert "Nothing was added twice" in words(page) and await lines() == {cast.dock.id: 2}
    page = await ben.follow(await ben.post(f"{at}/basket", {"basket": "new", "name": "Twice"}))
    assert await sql.value("SELECT count(*) FROM baskets") == 1


async def test_nothing_good_puts_nothing_and_makes_no_basket(ben: Browser) -> None:
    at = await sheet_of(ben, "NOPE-1\t3")
    answer = await ben.post(f"{at}/basket", {"basket": "new", "name": "Empty"})
    assert answer.status_code == 422 and "No row is good yet" in words(answer) and "NOPE-1" in answer.text
    assert await sql.value("SELECT count(*) FROM baskets") == 1


async def test_a_new_basket_is_made_with_its_name(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await paste(ben, f"{cast.dock.sku} 2", "new", name="Level 4"))
    assert 'value="Level 4"' in page.text
    page = await ben.follow(await ben.post("/quick-order/1/basket", {"basket": "new", "name": "Level 4"}))
    assert "1 row added to “Level 4”" in words(page)
    answer = await ben.post("/quick-order", {"text": cast.hub.sku, "basket": "new", "name": "level 4", "add": 1})
    assert answer.status_code == 422 and "another basket named" in words(answer) and cast.hub.sku in answer.text


async def test_the_same_product_adds_up_or_is_replaced(ben: Browser, cast: Cast) -> None:
    await ben.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 4, "at": "basket"})
    page = await ben.follow(await paste(ben, f"{cast.dock.sku}\t2\n{cast.dock.vpn}\t1"))
    assert "With 4 in the basket and row 2: 7 in all." in words(page)
    page = await ben.follow(await ben.post("/quick-order/1/basket", {"basket": 1}))
    assert "1 product was there before: quantities were added up." in words(page) and await lines() == {cast.dock.id: 7}
    page = await ben.follow(await ben.post("/quick-order/1/replacement"))
    assert "1 line holds the quantities of this list" in words(page) and await lines() == {cast.dock.id: 3}
    await ben.follow(await ben.post("/quick-order/1/replacement", {"undo": 1}))
    assert await lines() == {cast.dock.id: 7}


async def test_the_product_meant_is_chosen_among_several(ben: Browser, cast: Cast) -> None:
    await sql.run(
        "UPDATE products SET vpn = 'SAME-1', vpn_key = 'SAME1' WHERE id IN ($1, $2)", cast.dock.id, cast.hub.id
    )
    page = await ben.follow(await paste(ben, "SAME-1\t2"))
    assert f'name="product" value="{cast.hub.id}"' in " ".join(page.text.split())
    await ben.post("/quick-order/1/rows/1", {"sku": "SAME-1", "quantity": "2", "product": cast.hub.id})
    await ben.post("/quick-order/1/basket", {"basket": 1})
    assert await lines() == {cast.hub.id: 2}
    page = await ben.follow(await ben.post("/quick-order/1/rows/1", {"sku": "SAME-1", "product": cast.hub.id}))
    assert "Row 1 went into a basket meanwhile." in words(page)


@pytest.mark.parametrize("product", [987_654, 2**31, "½", "-1"])
async def test_a_product_that_is_none_is_refused_in_words(ben: Browser, product: object) -> None:
    at = await sheet_of(ben, "NOPE\t2")
    answer = await ben.post(f"{at}/rows/1", {"sku": "NOPE", "quantity": "2", "product": product})
    assert answer.status_code in (303, 422) and await sql.value("SELECT product FROM sheet_rows") is None


async def test_the_pad_answers_every_row_in_one_request(ben: Browser, cast: Cast) -> None:
    fields = {"basket": 1, **pad((cast.dock.sku, 2), ("", ""), ("NOPE", 1), (cast.dock.sku, ""))}
    piece = await ben.post("/quick-order/checks", fields, htmx=True)
    assert 'data-hx-target="#pad-1-said"' in piece.text and 'data-hx-target="#pad-4-said"' in piece.text
    assert "With row 4: 3 in all." in words(piece) and "“NOPE”" in words(piece) and "$937.20" in words(piece)
    assert "<input" not in piece.text and await sql.value(SHEETS) == 0


async def test_the_pad_goes_plainly(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post("/quick-order", {"basket": 1, **pad((cast.dock.sku, 2), ("NOPE", "½"))}))
    assert 'value="NOPE"' in page.text and 'value="½"' in page.text and "1 row is good, 1 is not" in words(page)
    page = await ben.follow(await ben.post("/quick-order", {"basket": 1, "add": 1, **pad((cast.hub.sku, 2))}))
    assert "1 row added" in words(page) and await lines() == {cast.hub.id: 2}


async def test_an_empty_form_is_said_and_keeps_what_was_chosen(ben: Browser) -> None:
    answer = await ben.post("/quick-order", {"basket": "new", "name": "Level 5"})
    assert answer.status_code == 422 and "Nothing is typed yet" in words(answer) and 'value="Level 5"' in answer.text


@rule("PRICE-1", "STOCK-1")
async def test_who_sees_neither_prices_nor_stock_reads_none(ben: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM user_privileges WHERE privilege IN ('see_prices', 'see_availability', 'place_orders')")
    at = await sheet_of(ben, f"{cast.dock.sku}\t2\n{cast.discontinued.sku}\t9\nNOPE\t1")
    seen = [await ben.get(at), await ben.get(f"{at}?format=csv"), await ben.get("/quick-order")]
    seen += [await ben.post("/quick-order/checks", {"basket": 1, **pad((cast.dock.sku, 2))}, htmx=True)]
    seen += [await ben.follow(await ben.post(f"{at}/basket", {"basket": 1}))]
    for answer in seen:
        assert "$" not in answer.text and "312" not in answer.text and "data-cents" not in answer.text
        assert "ship" not in words(answer).replace("shipping", "") and "3 are left" not in answer.text


async def test_a_sheet_is_its_users_alone(ben: Browser, cast: Cast) -> None:
    at = await sheet_of(ben, "NOPE\t2")
    for other in (cast.dana, cast.sam):
        await ben.sign_in(other)
        assert (await ben.get(at)).status_code == 404 and at not in (await ben.get("/quick-order")).text
        for part in ("basket", "replacement", "rows/1", "rows/1/removal", "removal"):
            assert (await ben.post(f"{at}/{part}", {"basket": "new", "sku": "x"})).status_code == 404
    assert await sql.value(SHEETS) == 1


async def test_vera_cannot_use_it_and_is_told_who_can_help(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    for answer in (await browser.get("/quick-order"), await browser.post("/quick-order", {"text": "X"})):
        assert answer.status_code == 403 and "Dana Reyes" in words(answer)
    browser.sign_out()
    assert (await browser.get("/quick-order")).headers["Location"].startswith("/login")


async def test_a_list_is_dropped(ben: Browser) -> None:
    at = await sheet_of(ben, "NOPE\t2")
    assert f'href="{at}"' in (await ben.get("/quick-order")).text
    page = await ben.follow(await ben.post(f"{at}/removal"))
    assert "The list was dropped" in words(page) and (await ben.get(at)).status_code == 404


@rule("BASKET-8")
async def test_a_basket_takes_500_lines_and_the_rest_is_kept(
    ben: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    object.__setattr__(settings, "max_basket_lines", 1)
    try:
        page = await ben.follow(await paste(ben, f"{cast.dock.sku}\t2\n{cast.hub.sku}\t1\n{cast.dock.sku}\t1"))
        assert "The basket would hold more than 1 lines" in words(page)
        await ben.post("/quick-order/1/basket", {"basket": 1})
        assert await lines() == {cast.dock.id: 3}
        assert f'value="{cast.hub.sku}"' in (await ben.get("/quick-order/1")).text
    finally:
        object.__setattr__(settings, "max_basket_lines", 500)
    assert await sql.rows(LINES)
