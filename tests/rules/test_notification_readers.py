"""Whom an order is confirmed to, and what each may read in it (ORDER-8, NOTIFY-5)."""

from datetime import UTC, datetime

import pytest

from app.rules import notification_addresses, notifications
from app.rules.notification_readers import told
from app.rules.privileges import PURCHASING, Privilege
from app.rules.viewers import Viewer
from db import sql
from tests.browser import Browser
from tests.cast import Cast, Person, new_person
from tests.checking_out import basket_of, placed
from tests.rules_named import rule

KIND = notifications.BY_CODE["order_confirmation"]
STOCK = "stock@brightbyte.example"
SEES_ORDERS = (Privilege.SEE_OWN_ORDERS, Privilege.SEE_ALL_ORDERS)


def buyer(cast: Cast) -> Viewer:
    return cast.ben.viewer(privileges=frozenset(PURCHASING))


async def addresses(by: Viewer) -> list[str]:
    return [reader.address for reader in await told(KIND, by)]


async def confirmed(by: Viewer, address: str) -> None:
    await notification_addresses.add(KIND.code, address, by)
    await sql.run("UPDATE notification_addresses SET confirmed_at = $1", datetime.now(UTC))


async def watcher(cast: Cast, *privileges: Privilege) -> Person:
    """Somebody of Brightbyte who chose to hear of all its orders, whether the privileges allow it or not."""
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte, *privileges)
    await sql.run(notifications.KEEP, kim.id, KIND.code, True, True)
    return kim


@rule("ORDER-8")
async def test_it_goes_to_who_placed_it_unless_they_say_otherwise(cast: Cast) -> None:
    assert await addresses(buyer(cast)) == [cast.ben.email]
    await notifications.choose(KIND.code, False, False, buyer(cast))
    assert await addresses(buyer(cast)) == []


@rule("ORDER-8", "NOTIFY-1")
async def test_only_confirmed_addresses_get_it(cast: Cast) -> None:
    await notification_addresses.add(KIND.code, STOCK, buyer(cast))
    assert await addresses(buyer(cast)) == [cast.ben.email]
    await sql.run("UPDATE notification_addresses SET confirmed_at = $1", datetime.now(UTC))
    assert await addresses(buyer(cast)) == [cast.ben.email, STOCK]


async def test_who_sees_all_orders_may_hear_of_all(cast: Cast) -> None:
    kim = await watcher(cast, *SEES_ORDERS)
    assert [(reader.address, reader.sees_prices) for reader in await told(KIND, buyer(cast))] == [
        (cast.ben.email, True),
        (kim.email, False),
    ]
    assert await addresses(cast.sam.viewer(is_administrator=True)) == [cast.sam.email]


@pytest.mark.parametrize("privileges", [(), (Privilege.SEE_OWN_ORDERS,), (*PURCHASING,)])
async def test_a_choice_is_worth_nothing_without_its_privilege(cast: Cast, privileges: tuple[Privilege, ...]) -> None:
    await watcher(cast, *privileges)
    assert await addresses(buyer(cast)) == [cast.ben.email]


@pytest.mark.parametrize("gone", ["suspended", "deleted"])
async def test_who_is_gone_hears_nothing(cast: Cast, gone: str) -> None:
    kim, now = await watcher(cast, *SEES_ORDERS), datetime.now(UTC)
    if gone == "deleted":
        await sql.run("UPDATE users SET deleted_at = $2 WHERE id = $1", kim.id, now)
    else:
        await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', kim.id, now)
    assert await addresses(buyer(cast)) == [cast.ben.email]


async def test_an_address_of_two_gets_one_mail(cast: Cast) -> None:
    kim = await watcher(cast, *SEES_ORDERS, Privilege.SEE_PRICES)
    await confirmed(buyer(cast), kim.email)
    assert await addresses(buyer(cast)) == [cast.ben.email, kim.email]


@rule("PRICE-1")
async def test_no_price_goes_to_a_colleague_without_them_nor_to_another_company(cast: Cast) -> None:
    for address in (cast.vera.email, cast.sam.email, cast.dana.email, STOCK):
        await confirmed(buyer(cast), address)
    seen = {reader.address: reader.sees_prices for reader in await told(KIND, buyer(cast))}
    assert seen == {
        cast.ben.email: True,
        cast.vera.email: False,
        cast.sam.email: False,
        cast.dana.email: True,
        STOCK: True,
    }


@rule("ORDER-8")
async def test_an_order_is_confirmed_to_each_of_them(browser: Browser, cast: Cast) -> None:
    kim = await watcher(cast, *SEES_ORDERS)
    await confirmed(buyer(cast), STOCK)
    await browser.sign_in(cast.ben)
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    mail = {row["recipient"]: row for row in await sql.rows("SELECT * FROM notices WHERE kind = 'order_confirmation'")}
    assert set(mail) == {cast.ben.email, STOCK, kim.email}
    assert {mail[cast.ben.email]["reader"], mail[STOCK]["reader"]} == {cast.ben.id}
    assert mail[kim.email]["reader"] == kim.id and number in mail[kim.email]["text"]
    assert "$312.40" in mail[STOCK]["text"] and "$" not in mail[kim.email]["text"] + mail[kim.email]["html"]


async def test_an_order_is_placed_though_nobody_wants_its_mail(browser: Browser, cast: Cast) -> None:
    await notifications.choose(KIND.code, False, False, buyer(cast))
    await browser.sign_in(cast.ben)
    assert await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    assert not await sql.value("SELECT count(*) FROM notices")
