"""What is not ordered: by whom, from whose basket, and what can no longer be bought (ORDER-2, BASKET-16)."""

import pytest

from app.rules.privileges import Privilege
from db import sql
from db.users import UserPrivilege
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, place, reviewed
from tests.goods import AKL
from tests.rules_named import rule


async def test_an_empty_basket_is_not_ordered(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben)
    await browser.sign_in(cast.ben)
    sent_back = await browser.get(f"/baskets/{basket}/order")
    path, _, reason = sent_back.headers["Location"].partition("#")
    page = await browser.follow(sent_back)
    assert path == f"/baskets/{basket}" and f'id="{reason}">The basket is empty' in page.text
    form = {"po_number": "1", "address": str(cast.address), "delivery_method": "standard", "ship": "available"}
    answer = await browser.post(f"/baskets/{basket}/order", form | {"confirm": "1", "token": "t" * 32})
    assert answer.status_code == 422 and "The basket is empty" in words(answer)


async def test_vera_cannot_check_out(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.vera, (cast.dock, 1))
    await browser.sign_in(cast.vera)
    for number in (basket, 0, 10**11):
        assert (await browser.get(f"/baskets/{number}/order")).status_code == 403
        answer = await browser.post(f"/baskets/{number}/order", {"confirm": "1"})
        assert answer.status_code == 403 and "Dana Reyes" in words(answer)


async def test_a_strangers_and_a_colleagues_basket_do_not_exist(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    for other in (cast.sam, cast.dana):
        await browser.sign_in(other)
        assert (await browser.get(f"/baskets/{basket}/order")).status_code == 404
        sent = {"confirm": "1", "token": "a" * 32, "po_number": "1"}
        assert (await browser.post(f"/baskets/{basket}/order", sent)).status_code == 404
    assert (await browser.get(f"/baskets/{10**11}/order")).status_code == 404


@rule("BASKET-16")
async def test_a_colleagues_public_basket_is_not_ordered(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await sql.run("UPDATE baskets SET visibility = 'public' WHERE id = $1", basket)
    await browser.sign_in(cast.dana)
    sent = {"confirm": "1", "token": "a" * 32, "po_number": "1"}
    answer = await browser.post(f"/baskets/{basket}/order", sent)
    assert answer.status_code == 403 and "Ben Ito" in words(answer)


async def test_what_cannot_be_ordered_has_no_check_out(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1), (cast.certified, 1))
    await browser.sign_in(cast.ben)
    await sql.run("DELETE FROM company_certifications")
    page = await browser.follow(await browser.get(f"/baskets/{basket}/order"))
    assert "1 line cannot be ordered" in words(page)
    await sql.run("UPDATE baskets SET visibility = 'public' WHERE id = $1", basket)
    await browser.sign_in(cast.dana)
    page = await browser.follow(await browser.get(f"/baskets/{basket}/order"))
    assert "Ben Ito" in words(page)


async def test_a_new_address_needs_its_privilege(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    new = {"address": "new", "new_name": "Site", "new_line1": "1 Yard Rd", "new_city": "Napier", "new_postcode": "4110"}
    form = await filled(browser, basket, **new)
    answer = await browser.post(f"/baskets/{basket}/order", form | {"confirm": "1", "new_country": "NZ"})
    assert answer.status_code == 403 and "deliver to a new address" in words(answer)
    assert 'name="new_line1"' not in (await browser.get(f"/baskets/{basket}/order")).text


async def test_discontinued_goods_are_sold_while_they_last(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.discontinued, 3))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    await sql.run("UPDATE stock SET available = 2 WHERE product = $1 AND warehouse = $2", cast.discontinued.id, AKL)
    answer = await place(browser, basket, sent)
    assert answer.status_code == 422 and "2 are left" in words(answer)
    assert await sql.value("SELECT count(*) FROM orders") == 0


@rule("ORDER-2")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE list_prices SET valid_to = '2020-01-01'", "Price on request"),
        ("DELETE FROM company_certifications", "Needs the certification"),
        ("UPDATE products SET min_quantity = 3", "at least 3"),
    ],
)
async def test_what_is_no_longer_allowed_is_not_ordered(browser: Browser, cast: Cast, change: str, said: str) -> None:
    basket = await basket_of(cast.ben, (cast.certified, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    await sql.run(change)
    answer = await place(browser, basket, sent)
    assert answer.status_code == 422 and said in words(answer)
    assert await sql.value("SELECT count(*) FROM orders") == 0


@rule("ORDER-2")
async def test_a_privilege_taken_away_counts_at_once(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    sent = await reviewed(browser, basket)
    await UserPrivilege.delete().where(UserPrivilege.privilege == Privilege.PLACE_ORDERS)
    assert (await place(browser, basket, sent)).status_code == 403


async def test_who_may_order_but_not_see_orders_is_told_the_number(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await UserPrivilege.delete().where(UserPrivilege.privilege == Privilege.SEE_OWN_ORDERS)
    await browser.sign_in(cast.ben)
    answer = await place(browser, basket, await reviewed(browser, basket))
    number = await sql.value("SELECT number FROM orders")
    told = await browser.follow(answer)
    assert told.status_code == 200 and number in told.text and f'href="/orders/{number}"' not in told.text
