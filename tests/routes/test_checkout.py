"""A basket becomes an order: form, review, "Place Order" (ORDER-1)."""

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, place, placed, reviewed
from tests.rules_named import rule


@rule("ORDER-1")
async def test_ben_orders_a_basket(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 4), (cast.hub, 2))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, po_number="4500-1187", notes="Desks 301")
    review = words(await browser.post(f"/baskets/{basket}/order", form))
    assert "4 ship now" in review and "2 backordered, expected" in review
    assert "AKL 4" in review and "12 Quay Street" in review
    # 4 x 312.40 + 2 x 61.25, freight of 3 kg, 15 % of each
    assert all(sum_ in review for sum_ in ("$1,372.10", "$17.00", "$208.37", "$1,597.47")), review
    number = await placed(browser, basket, po_number="4500-1187")
    page = words(await browser.get(f"/orders/{number}"))
    assert f"Order Details {number}" in page and "4500-1187" in page and "$1,597.47" in page
    assert "is placed" in page
    assert "is placed" not in words(await browser.get(f"/orders/{number}"))


@rule("ORDER-1")
async def test_everything_is_preset_but_the_po_number(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, po_number="")
    assert (form["address"], form["delivery_method"], form["ship"]) == (str(cast.address), "standard", "available")
    refused = await browser.post(f"/baskets/{basket}/order", form)
    assert refused.status_code == 422 and "Type your PO number" in refused.text


async def test_an_order_takes_its_units_and_its_basket_is_put_away(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.scarce, 14), (cast.hub, 3))
    await sql.run("UPDATE users SET current_basket = $1", basket)
    await browser.sign_in(cast.ben)
    number = await placed(browser, basket)
    kept = await sql.rows("SELECT available, reserved FROM stock WHERE product = $1 ORDER BY warehouse", cast.scarce.id)
    assert [tuple(row.values()) for row in kept] == [(0, 12), (3, 2), (3, 0)]
    parts = await sql.rows(
        "SELECT l.sku, p.warehouse, p.kind, p.quantity FROM order_parts p JOIN order_lines l ON l.id = p.line"
        ' JOIN orders o ON o.id = l."order" WHERE o.number = $1 ORDER BY p.id',
        number,
    )
    assert [tuple(part.values())[1:] for part in parts] == [
        (1, "reserved", 12),
        (2, "reserved", 2),
        (1, "backordered", 3),
    ]
    assert await sql.value("SELECT archived_at FROM baskets WHERE id = $1", basket)
    assert await sql.value("SELECT count(*) FROM users WHERE current_basket IS NOT NULL") == 0


@rule("ORDER-8")
async def test_the_confirmation_is_written_with_the_order(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 4))
    await browser.sign_in(cast.ben)
    number = await placed(browser, basket, po_number="4500-1187")
    mail = await sql.row("SELECT * FROM notices")
    assert mail and mail["recipient"] == cast.ben.email and number in mail["subject"]
    assert "4500-1187" in mail["text"] and "$1,456.59" in mail["text"] and "$1,456.59" in mail["html"]


@rule("STOCK-2")
async def test_a_complete_order_reserves_what_is_there_and_says_that_it_waits(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.scarce, 25))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, ship="complete")
    review = words(await browser.post(f"/baskets/{basket}/order", form))
    assert "20 reserved, 5 backordered, no date yet" in review and "the whole order waits" in review
    number = await placed(browser, basket, ship="complete")
    assert "waits for the rest" in words(await browser.get(f"/orders/{number}"))
    mail = await sql.row("SELECT text FROM notices")
    assert mail and "20 reserved, 5 backordered, no date yet" in mail["text"]
    assert await sql.value("SELECT available FROM products WHERE id = $1", cast.scarce.id) == 0


async def test_check_out_takes_as_many_statements_for_many_lines(browser: Browser, cast: Cast) -> None:
    goods = (cast.dock, cast.hub, cast.certified, cast.scarce)
    baskets = [await basket_of(cast.ben, (cast.dock, 1)), await basket_of(cast.ben, *((one, 1) for one in goods))]
    await browser.sign_in(cast.ben)
    taken = []
    for basket in baskets:
        before = sql.statements()
        sent = await reviewed(browser, basket)
        review = sql.statements()
        await place(browser, basket, sent)
        taken.append((review - before, sql.statements() - review))
    assert taken[0] == taken[1]


async def test_an_order_of_many_lines_takes_as_many_statements_as_one(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    spent = []
    for number, goods in enumerate([[cast.dock], [cast.dock, cast.hub, cast.scarce]]):
        basket = await basket_of(cast.ben, *((one, 2) for one in goods))
        form = await reviewed(browser, basket, po_number=f"4500-{number}")
        before = sql.statements()
        assert (await place(browser, basket, form)).status_code == 303
        spent.append(sql.statements() - before)
    assert spent == [28, 28]
