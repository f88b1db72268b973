"""A basket becomes an order: form, review, "Place Order" (ORDER-1)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules import products
from app.rules.privileges import Privilege
from db import sql
from db.companies import Address
from db.users import UserPrivilege
from tests.browser import Browser, words
from tests.cast import AKL, Cast
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


WRONG = [
    ("po_number", "x" * 36, "36 characters long"),
    ("po_number", "  ", "Type your PO number"),
    ("po_number", "a\0b", "cannot be kept"),
    ("end_customer_po", "y" * 36, "36 characters long"),
    ("address", "999", "Choose one of your company"),
    ("address", "9" * 12, "Choose one of your company"),
    ("address", "½", "Choose one of your company"),
    ("delivery_method", "rocket", "Choose how the goods"),
    ("delivery_method", "", "Choose how the goods"),
    ("requested_date", "2026-02-30", "is not a day"),
    ("requested_date", "2020-01-01", "from today on"),
    ("requested_date", "9999-12-31", "from today on"),
    ("ship", "maybe", "Choose whether"),
    ("notes", "z" * 1001, "1,001 characters long"),
]


@rule("ORDER-1")
@pytest.mark.parametrize(("name", "typed", "said"), WRONG)
async def test_a_wrong_field_says_so_and_nothing_typed_is_lost(
    browser: Browser, cast: Cast, name: str, typed: str, said: str
) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, **{"po_number": "PO 7", "notes": "Ring <twice>", name: typed})
    for more in ({}, {"confirm": "1"}):
        answer = await browser.post(f"/baskets/{basket}/order", form | more)
        assert answer.status_code == 422 and said in words(answer)
        assert f'id="field-{name}-error"' in answer.text
        assert form["token"] in answer.text and ("Ring &lt;twice&gt;" in answer.text or name == "notes")
    assert await sql.value("SELECT count(*) FROM orders") == 0


async def test_another_companys_address_is_no_choice(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, address=str(cast.other_address))
    answer = await browser.post(f"/baskets/{basket}/order", form)
    assert answer.status_code == 422 and "Beach Road" not in answer.text


@rule("ORDER-1")
async def test_a_po_number_stands_once_for_a_company(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    first = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)), po_number="PO  Straße 1")
    basket = await basket_of(cast.ben, (cast.dock, 1))
    form = await filled(browser, basket, po_number="po strasse 1 ")
    for more in ({}, {"confirm": "1"}):
        answer = await browser.post(f"/baskets/{basket}/order", form | more)
        assert answer.status_code == 422 and f"is on order {first} already" in words(answer)
    await sql.run("UPDATE companies SET allows_repeated_po = $1", True)
    assert (await place(browser, basket, form | {"confirm": "1"})).status_code == 303


async def test_another_company_may_use_the_same_po_number(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await placed(browser, await basket_of(cast.ben, (cast.dock, 1)), po_number="PO 1")
    await browser.sign_in(cast.sam)
    assert await placed(browser, await basket_of(cast.sam, (cast.dock, 1)), po_number="PO 1")


async def test_a_part_is_edited_without_losing_the_rest(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, notes="Back door", delivery_method="overnight", ship="complete")
    sent = await reviewed(browser, basket, **form)
    sent.pop("confirm")
    back = await browser.post(f"/baskets/{basket}/order", sent | {"edit": "1"})
    assert back.status_code == 200 and "Back door" in back.text and form["token"] in back.text
    assert '<option value="overnight" selected' in back.text and '<option value="complete" selected' in back.text


@rule("ORDER-1")
async def test_an_end_user_is_asked_for_where_a_product_needs_one(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.licence, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket)
    answer = await browser.post(f"/baskets/{basket}/order", form)
    assert answer.status_code == 422 and "Name the end user" in words(answer)
    number = await placed(browser, basket, end_user_name="Kea School", end_user_address="1 Hill St\nNelson")
    assert await sql.value("SELECT end_user FROM orders") == "Kea School\n1 Hill St\nNelson"
    assert "Kea School" in words(await browser.get(f"/orders/{number}"))


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


async def test_an_empty_basket_is_not_ordered(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben)
    await browser.sign_in(cast.ben)
    assert "The basket is empty" in words(await browser.get(f"/baskets/{basket}/order"))
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


async def test_a_new_address_needs_its_privilege(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    new = {"address": "new", "new_name": "Site", "new_line1": "1 Yard Rd", "new_city": "Napier", "new_postcode": "4110"}
    form = await filled(browser, basket, **new)
    answer = await browser.post(f"/baskets/{basket}/order", form | {"confirm": "1", "new_country": "NZ"})
    assert answer.status_code == 403 and "deliver to a new address" in words(answer)
    assert 'name="new_line1"' not in (await browser.get(f"/baskets/{basket}/order")).text


@rule("ORDER-1")
async def test_an_order_goes_to_a_new_address(browser: Browser, cast: Cast) -> None:
    await UserPrivilege.insert(
        UserPrivilege(user=cast.ben.id, privilege=Privilege.DELIVER_ANYWHERE, granted_at=datetime.now(UTC))
    )
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    form = await filled(browser, basket, address="new", new_name="Site", new_line1="1 Yard Rd", new_country="nz")
    wrong = await browser.post(f"/baskets/{basket}/order", form)
    assert wrong.status_code == 422 and 'id="field-new_city-error"' in wrong.text and "1 Yard Rd" in wrong.text
    number = await placed(browser, basket, **{**form, "new_city": "Napier", "new_postcode": "4110", "new_kept": "1"})
    assert "1 Yard Rd" in words(await browser.get(f"/orders/{number}"))
    assert await Address.exists().where(Address.line1 == "1 Yard Rd")


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


async def test_a_day_to_come_can_be_asked_for(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    day = products.today() + timedelta(days=3)
    await placed(browser, basket, requested_date=day.isoformat())
    assert await sql.value("SELECT requested_date FROM orders") == day
