"""What a form does not ask for is not taken from it: prices, companies, states, tax; and fields sent twice or not."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from app.rules import steady
from app.rules.privileges import ALL
from db import sql
from tests.browser import Browser
from tests.cast import Cast
from tests.checking_out import basket_of, filled, hidden
from tests.rules_named import rule
from tests.safety.asking import send, undone
from tests.safety.digest import digest
from tests.safety.people import ADMINISTRATOR, BRIGHTBYTE, EVERY_ROLE, Someone, arrive
from tests.safety.portal_map import Door, doors
from tests.safety.table import FIELDS
from tests.safety.things import Things, bens_things, give

BEYOND = {
    "price": "0.01", "price_cents": "1", "seen_price_cents": "1", "discount": "100", "total": "0", "total_cents": "1",
    "goods_cents": "1", "freight_cents": "0", "tax_cents": "0", "tax_basis_points": "0", "company": "2",
    "company_id": "2", "owner": "4", "user": "4", "placed_by": "4", "state": "Delivered", "id": "1",
    "number": "20-AAAAA",
    "is_administrator": "1", "privileges": "place_orders", "role": "administrator", "roles": "administrator",
    "archived_at": "", "credit": "9", "credit_limit_cents": "9", "requires_second_step": "0",
    "confirmed_at": "2026-01-01", "deleted_at": "2026-01-01",
    "acting_as": "1", "password_hash": "x", "email_key": "x", "reader": "4", "by": "4",
}  # fmt: skip
BUYER = Someone("who may do all but administer", BRIGHTBYTE, ALL)
POSTS = [door for door in doors() if door.method == "POST"]
# What can be had by a field too many: whose things are, what they cost, and who may do what.
FACTS = (
    """SELECT u.email, c.account_number, u.name, u.is_administrator, u.password_is_temporary, u.quick_links,
        u.deleted_at IS NULL AS lives FROM users u LEFT JOIN companies c ON c.id = u.company ORDER BY 1""",
    'SELECT u.email, p.privilege FROM user_privileges p JOIN users u ON u.id = p."user" ORDER BY 1, 2',
    'SELECT u.email, r.role FROM staff_roles r JOIN users u ON u.id = r."user" ORDER BY 1, 2',
    'SELECT u.email FROM suspensions s JOIN users u ON u.id = s."user" ORDER BY 1',
    "SELECT company, owner, name, visibility, total_cents, line_count FROM baskets ORDER BY 3, 2",
    """SELECT b.name, l.product, l.quantity, l.seen_price_cents, l.added_by
        FROM basket_lines l JOIN baskets b ON b.id = l.basket ORDER BY 1, 2, 3""",
    "SELECT company, placed_by, goods_cents, freight_cents, tax_cents, total_cents FROM orders ORDER BY 1, 2",
    "SELECT c.account_number, a.name, a.is_default FROM addresses a JOIN companies c ON c.id = a.company ORDER BY 1, 2",
    """SELECT account_number, name, credit_limit_cents, payment_terms_days, requires_second_step, note
        FROM companies ORDER BY 1""",
    "SELECT email, state, company IS NULL AS undecided FROM applications ORDER BY 1, 2",
    """SELECT n.kind, c.account_number, n.recipient FROM notices n LEFT JOIN companies c ON c.id = n.company
        ORDER BY 1, 2, 3""",
    """SELECT u.email, a.kind, a.address, a.confirmed_at IS NULL AS waits
        FROM notification_addresses a JOIN users u ON u.id = a."user" ORDER BY 1, 2, 3""",
)
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


async def kept_after(browser: Browser, door: Door, things: Things, fields: Mapping[str, object]) -> list[str]:
    """What stands in the tables after the form was sent, without numbers and times; it is undone then."""
    async with undone():
        await send(browser, door.address(things.ids), urlencode({"csrf": browser.csrf, **fields}, doseq=True))
        return [repr(row) for query in FACTS for row in await sql.rows(query)]


async def come(browser: Browser, cast: Cast, one: Someone, things: Things) -> None:
    person = await arrive(browser, cast, one)
    assert person
    await give(things, person)


@rule("USER-3", "USER-6")
@pytest.mark.parametrize("one", [ADMINISTRATOR, EVERY_ROLE, BUYER], ids=lambda one: one.label)
async def test_nothing_beyond_its_fields_changes_what_a_form_does(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, one: Someone
) -> None:
    monkeypatch.setattr(steady, "SECONDS", 0)
    things, wrong = await bens_things(browser, cast), []
    await come(browser, cast, one, things)
    for door in POSTS:
        fields = FIELDS.get(door.name, {})
        plain, more = [await kept_after(browser, door, things, sent) for sent in (fields, {**BEYOND, **fields})]
        if plain != more:
            wrong.append(f"{door.name}: {set(more) ^ set(plain)}")
    assert not wrong


TWICE = "&".join(f"{name}={one}" for name in ("name", "quantity", "sku", "po_number", "email") for one in ("1", "2"))


@pytest.mark.parametrize("one", [ADMINISTRATOR, EVERY_ROLE, BUYER], ids=lambda one: one.label)
async def test_fields_sent_twice_or_not_at_all_break_nothing(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, one: Someone
) -> None:
    monkeypatch.setattr(steady, "SECONDS", 0)
    things, wrong = await bens_things(browser, cast), []
    await come(browser, cast, one, things)
    for door in POSTS:
        for body in ("", "&&&==&=x&%=%", TWICE, f"{TWICE}&csrf=forged", "name", "quantity[]=1&name[x]=1"):
            async with undone():
                heard = await send(browser, door.address(things.ids), f"csrf={browser.csrf}&{body}")
            if heard.status_code >= 500:
                wrong.append(f"{door.name} {body}")
    assert not wrong


async def test_of_two_texts_the_first_is_taken_and_of_two_numbers_none(browser: Browser, cast: Cast) -> None:
    basket = await basket_of(cast.ben, (cast.dock, 1))
    await browser.sign_in(cast.ben)
    before = await digest("basket_lines", "baskets", "users")
    taken = await browser.post(f"/baskets/{basket}/lines/1", {"note": ["for Kea", "for Tui"]})
    refused = await browser.post(f"/baskets/{basket}/lines/1", {"quantity": ["4", "9"]})
    assert (taken.status_code, refused.status_code) == (303, 422)
    assert await sql.row("SELECT note, quantity FROM basket_lines") == {"note": "for Kea", "quantity": 1}
    assert await digest("basket_lines", "baskets", "users") == before
