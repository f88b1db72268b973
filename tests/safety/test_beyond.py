"""What a form does not ask for is not taken from it: prices, companies, states, tax; and fields sent twice or not."""

import pytest

from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.checking_out import basket_of, filled, hidden
from tests.rules_named import rule
from tests.safety.digest import digest
from tests.safety.portal_map import Door, doors
from tests.safety.table import FIELDS
from tests.safety.things import bens_things, come_as

BEYOND = {
    "price": "0.01", "price_cents": "1", "seen_price_cents": "1", "discount": "100", "total": "0", "total_cents": "1",
    "goods_cents": "1", "freight_cents": "0", "tax_cents": "0", "tax_basis_points": "0", "company": "2",
    "company_id": "2", "owner": "4", "user": "4", "placed_by": "4", "state": "Delivered", "id": "1",
    "number": "20-AAAAA",
    "is_administrator": "1", "privileges": "place_orders", "role": "administrator", "archived_at": "", "credit": "9",
}  # fmt: skip
ORDER = "SELECT company, placed_by, goods_cents, freight_cents, tax_cents, total_cents, tax_basis_points FROM orders"


@rule("PRICE-3", "ORDER-2")
async def test_an_order_is_priced_by_the_portal_alone(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 2))
    await browser.sign_in(cast.ben)
    review = await browser.post(f"/baskets/{basket}/order", {**await filled(browser, basket), **BEYOND})
    answer = await browser.post(f"/baskets/{basket}/order", {**hidden(review, "place"), **BEYOND})
    assert answer.status_code == 303
    assert await sql.row(ORDER) == {
        "company": cast.brightbyte, "placed_by": cast.ben.id, "goods_cents": 62_480, "freight_cents": 850,
        "tax_cents": 9_500, "total_cents": 72_830, "tax_basis_points": 1_500,
    }  # fmt: skip
    assert await sql.value("SELECT count(*) FROM orders WHERE number = '20-AAAAA'") == 0


async def test_a_line_is_priced_by_the_portal_alone(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    await browser.post(f"/baskets/{basket}/lines", {"sku": cast.certified.sku, "quantity": 1, **BEYOND})
    await browser.post(f"/baskets/{basket}/lines/1", {"quantity": 3, **BEYOND})
    kept = await sql.rows("SELECT quantity, seen_price_cents, added_by FROM basket_lines ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [(3, 31_240, cast.ben.id), (1, 19_800, cast.ben.id)]


@pytest.mark.parametrize("door", [door for door in doors() if door.method == "POST"], ids=lambda door: door.name)
async def test_nothing_beyond_its_fields_changes_what_a_form_does(browser: Browser, cast: Cast, door: Door) -> None:
    things = await bens_things(browser, cast)
    kept = "SELECT id, company, is_administrator FROM users ORDER BY id"
    whose = (
        "SELECT (SELECT count(*) FROM baskets WHERE owner = $1), (SELECT count(*) FROM addresses WHERE company = $2)"
    )
    people, privileges = await sql.rows(kept), await digest_of_rights()
    sams = await sql.row(whose, cast.sam.id, cast.coastline)
    for who in ("vera", "ben", "dana"):
        await come_as(browser, cast, who)
        answer = await browser.post(door.address(things.ids), {**FIELDS.get(door.name, {}), **BEYOND})
        assert answer.status_code < 500
    assert await sql.rows(kept) == people and await digest_of_rights() == privileges
    assert await sql.row(whose, cast.sam.id, cast.coastline) == sams


async def digest_of_rights() -> str:
    rights = [await sql.rows(f"SELECT * FROM {table} ORDER BY id") for table in ("user_privileges", "staff_roles")]  # noqa: S608
    return repr(rights)


@pytest.mark.parametrize("door", [door for door in doors() if door.method == "POST"], ids=lambda door: door.name)
async def test_fields_sent_twice_or_not_at_all_break_nothing(browser: Browser, cast: Cast, door: Door) -> None:
    things = await bens_things(browser, cast)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for who in ("ben", "dana", "moana"):
        await come_as(browser, cast, who)
        twice = "&".join(f"{name}={one}" for name in ("name", "quantity", "sku", "po_number") for one in ("1", "2"))
        for body in ("", "&&&==&=x&%=%", twice, f"{twice}&csrf=forged", "name", "quantity[]=1&name[x]=1"):
            answer = await browser.http.post(
                door.address(things.ids), content=f"csrf={browser.csrf}&{body}", headers=form
            )
            assert answer.status_code < 500, body


async def test_the_first_of_two_is_taken(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    before = await digest("basket_lines", "baskets", "users")
    await browser.post(f"/baskets/{basket}/lines/1", {"quantity": ["4", "9"]})
    assert await sql.value("SELECT quantity FROM basket_lines") == 4
    assert await digest("basket_lines", "baskets", "users") == before
