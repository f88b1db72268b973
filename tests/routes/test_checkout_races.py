"""Pressing twice, a second tab, fifty buyers at once, and what has changed since the review (ORDER-2, ORDER-3)."""

import asyncio
import re

import httpx
import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, hidden, place, placed, reviewed
from tests.rules_named import rule

ORDERS = "SELECT count(*) FROM orders"


async def together(browser: Browser, *sent: tuple[int, dict[str, str]]) -> list[httpx.Response]:
    return list(await asyncio.gather(*(place(browser, basket, fields) for basket, fields in sent)))


@rule("ORDER-2")
async def test_pressing_ten_times_gives_one_order(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    answers = await together(browser, *[(basket, sent)] * 10)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert await sql.value(ORDERS) == await sql.value("SELECT count(*) FROM notices") == 1
    assert await sql.value("SELECT sum(reserved) FROM stock") == 1


@rule("ORDER-2")
async def test_a_used_token_with_other_content_is_refused(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    number = (await place(browser, basket, sent)).headers["Location"].rpartition("/")[2]
    again = await place(browser, basket, sent | {"notes": "Other"})
    assert again.status_code == 422 and number in words(again)
    other = await basket_of(cast.ben, (cast.dock, 2))
    assert (await place(browser, other, sent)).status_code == 422
    assert await sql.value(ORDERS) == 1


@rule("ORDER-2")
async def test_another_companys_token_is_its_own(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    mine = await reviewed(browser, basket := await basket_of(cast.ben, (cast.dock, 1)))
    await place(browser, basket, mine)
    await browser.sign_in(cast.sam)
    sams = await basket_of(cast.sam, (cast.dock, 1))
    form = await filled(browser, sams, token=mine["token"])
    assert (await place(browser, sams, form | {"confirm": "1"})).status_code == 303
    assert await sql.value(ORDERS) == 2


@rule("ORDER-2")
async def test_a_second_tab_and_the_back_button_lead_to_the_one_order(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    first, second = await reviewed(browser, basket), await reviewed(browser, basket, po_number="Other")
    answers = await together(browser, (basket, first), (basket, second))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    number = await sql.value("SELECT number FROM orders")
    late = next(answer for answer in answers if answer.status_code == 409)
    assert f'href="/orders/{number}"' in late.text
    assert (await browser.get(f"/baskets/{basket}/order")).headers["Location"] == f"/orders/{number}"
    assert await sql.value(ORDERS) == 1


@rule("ORDER-3")
async def test_fifty_buyers_are_promised_twenty_units_once(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    baskets = [await basket_of(cast.ben, (cast.scarce, 1)) for _ in range(50)]
    forms = [await filled(browser, basket) for basket in baskets]
    sent = [(basket, form | {"confirm": "1"}) for basket, form in zip(baskets, forms, strict=True)]
    answers = await together(browser, *sent)
    assert {answer.status_code for answer in answers} == {303}
    parts = await sql.rows("SELECT kind, CAST(sum(quantity) AS BIGINT) AS units FROM order_parts GROUP BY kind")
    assert {part["kind"]: part["units"] for part in parts} == {"reserved": 20, "backordered": 30}
    kept = await sql.rows("SELECT available, reserved FROM stock WHERE product = $1", cast.scarce.id)
    assert sorted(tuple(row.values()) for row in kept) == [(0, 3), (0, 5), (0, 12)]


@rule("ORDER-2", "ORDER-3")
async def test_who_saw_stock_that_is_gone_is_asked_again(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    baskets = [await basket_of(cast.ben, (cast.scarce, 15)) for _ in range(2)]
    sent = [(basket, await reviewed(browser, basket)) for basket in baskets]
    answers = await together(browser, *sent)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    asked = next(answer for answer in answers if answer.status_code == 409)
    assert "KM-20: 5 ship now, 10 backordered, no date yet (was: 15 ship now)" in words(asked)
    basket = next(basket for (basket, _), answer in zip(sent, answers, strict=True) if answer is asked)
    assert (await place(browser, basket, hidden(asked, "place"))).status_code == 303


@rule("ORDER-2")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE list_prices SET price_cents = 31250", "KD-4410-PD: the price is $312.50 now (was $312.40)"),
        ("UPDATE basket_lines SET quantity = 2", "the quantity is 2 now (was 1)"),
        ("UPDATE freight_rates SET price_cents = 900", "Freight is $9.00 now (was $8.50)"),
        ("UPDATE addresses SET line1 = '1 New St'", "The delivery address is Brightbyte, 1 New St"),
        ("UPDATE stock SET available = 0", "KD-4410-PD: 1 backordered, no date yet (was: 1 ships now)"),
    ],
)
async def test_what_changed_is_shown_and_asked(browser: Browser, cast: Cast, change: str, said: str) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    await sql.run(change)
    asked = await place(browser, basket, sent)
    assert asked.status_code == 409 and said in words(asked) and "Nothing has been ordered yet" in words(asked)
    assert await sql.value(ORDERS) == 0
    assert (await place(browser, basket, hidden(asked, "place"))).status_code == 303


@pytest.mark.parametrize("review", ["x", "é.ü", ".", "0.W10=", "a" * 5000])
async def test_a_review_that_the_portal_did_not_make_is_shown_again(browser: Browser, cast: Cast, review: str) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    assert (await place(browser, basket, sent | {"review": review})).status_code == 409
    assert await sql.value(ORDERS) == 0


async def test_two_orders_with_one_po_number_at_once_are_one(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    baskets = [await basket_of(cast.ben, (goods, 1)) for goods in (cast.dock, cast.scarce)]
    sent = [(basket, await reviewed(browser, basket, po_number="Same")) for basket in baskets]
    answers = await together(browser, *sent)
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert await sql.value(ORDERS) == 1


async def test_orders_and_imports_at_once_never_sell_below_nothing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    baskets = [await basket_of(cast.ben, (cast.scarce, 3), (cast.dock, 1)) for _ in range(8)]
    sent = [(basket, (await filled(browser, basket)) | {"confirm": "1"}) for basket in baskets]
    delivery = "UPDATE stock SET available = available + 1 WHERE product = $1"
    await asyncio.gather(together(browser, *sent), *(sql.run(delivery, cast.scarce.id) for _ in range(5)))
    found = await sql.row(
        "SELECT CAST(sum(available) AS BIGINT) AS free, CAST(sum(reserved) AS BIGINT) AS kept FROM stock"
        " WHERE product = $1",
        cast.scarce.id,
    )
    assert found and found["free"] + found["kept"] == 20 + 15
    assert await sql.value(ORDERS) == 8


async def test_a_get_places_nothing(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    await browser.get(f"/baskets/{basket}/order?confirm=1&po_number=1&ship=available&token={'t' * 32}")
    assert await sql.value(ORDERS) == 0
    assert await placed(browser, basket)


@rule("ORDER-2")
async def test_what_changed_is_marked_beside_what_it_was(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1), (cast.scarce, 2))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    await sql.run("UPDATE basket_lines SET quantity = 3 WHERE product = $1", cast.dock.id)
    asked = await place(browser, basket, sent)
    assert asked.status_code == 409 and asked.text.count("<li>KD-4410-PD") == 1
    rows = dict(re.findall(r'<tr id="line-\d+".*?/products/(\w+)(.*?)</tr>', asked.text, re.DOTALL))
    assert re.search(r"data-changed>\s*<del><span[^>]*>was </span>1</del> 3", rows[cast.dock.sku])
    assert "1 ships now</del>" in rows[cast.dock.sku] and "data-changed" not in rows[cast.scarce.sku]
    assert "</del>" in asked.text.partition('class="total"')[2]
