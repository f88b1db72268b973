"""The fields of check-out: each wrong one is said at its place, and nothing typed is lost (ORDER-1)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules import products
from app.rules.privileges import Privilege
from db import sql
from db.companies import Address
from db.users import UserPrivilege
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, place, placed, reviewed
from tests.rules_named import rule

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


@rule("ORDER-1")
async def test_no_field_cuts_what_is_pasted(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.dana, (cast.licence, 1))
    await browser.sign_in(cast.dana)
    for path in (f"/baskets/{basket}/order", "/account/addresses/new"):
        form = (await browser.get(path)).text.partition('<main class="page"')[2]
        assert 'name="new_line1"' in form or 'name="line1"' in form
        assert "maxlength" not in form


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


async def test_a_day_to_come_can_be_asked_for(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    day = products.today() + timedelta(days=3)
    await placed(browser, basket, requested_date=day.isoformat())
    assert await sql.value("SELECT requested_date FROM orders") == day
