"""Notification Preferences: types on and off, addresses, and the links that confirm them (NOTIFY-1, NOTIFY-2)."""

from datetime import UTC, datetime

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.mailbox import link_to, mail_to
from tests.rules_named import rule

PATH = "/account/profile/notifications"
TYPE = f"{PATH}/order_confirmation"
STOCK = "stock@brightbyte.example"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


async def choice(user_id: int) -> tuple[bool, bool]:
    row = await sql.row('SELECT by_email, whole_company FROM notification_choices WHERE "user" = $1', user_id)
    assert row
    return bool(row["by_email"]), bool(row["whole_company"])


async def addresses(user_id: int) -> dict[str, bool]:
    ask = 'SELECT address, confirmed_at FROM notification_addresses WHERE "user" = $1 ORDER BY id'
    return {row["address"]: row["confirmed_at"] is not None for row in await sql.rows(ask, user_id)}


async def id_of(address: str) -> int:
    return int(await sql.value("SELECT id FROM notification_addresses WHERE address = $1", address))


@rule("NOTIFY-1")
async def test_the_confirmation_is_on_at_the_start_for_the_own_address(ben: Browser) -> None:
    page = await ben.get(PATH)
    assert "Order confirmation" in words(page) and "ben@brightbyte.example your own" in words(page)
    assert 'type="checkbox"' in page.text and "checked" in page.text.partition('name="email"')[2][:60]


@rule("NOTIFY-1")
async def test_ben_switches_a_type_off_and_on(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post(TYPE, {}))
    assert "Saved." in words(page) and await choice(cast.ben.id) == (False, False)
    piece = await ben.post(TYPE, {"email": 1}, htmx=True)
    assert (
        piece.status_code == 200 and "<html" not in piece.text and 'id="notification-order_confirmation"' in piece.text
    )
    assert await choice(cast.ben.id) == (True, False)
    trail = await sql.rows("SELECT before, after FROM audit_entries WHERE action = 'notifications_changed' ORDER BY id")
    assert [row["after"] for row in trail] == ["Order confirmation: off", "Order confirmation: my own orders"]


@rule("NOTIFY-1")
async def test_another_address_is_asked_before_anything_goes_there(ben: Browser, cast: Cast, portal: object) -> None:
    page = await ben.follow(await ben.post(f"{TYPE}/addresses", {"address": f" {STOCK} "}))
    assert f"{STOCK} waits for confirmation" in words(page)
    assert await addresses(cast.ben.id) == {"ben@brightbyte.example": True, STOCK: False}
    link = await link_to(STOCK)
    async with Browser(portal) as mailbox:
        shown = await mailbox.get(link)
        assert "Ben Ito of Brightbyte Ltd would like" in words(shown) and not (await addresses(cast.ben.id))[STOCK]
        page = await mailbox.follow(await mailbox.post(link))
        assert "Mail will come to this address from now on." in words(page)
        used = await mailbox.post(link)
        assert used.status_code == 403 and words(used) == words(await mailbox.post(link[:-4] + "AAAA"))
    assert (await addresses(cast.ben.id))[STOCK] and "waits" not in words(await ben.get(PATH))


async def test_in_place_the_row_comes_back(ben: Browser) -> None:
    piece = await ben.post(f"{TYPE}/addresses", {"address": STOCK}, htmx=True)
    assert piece.status_code == 200 and "<html" not in piece.text and "waits for confirmation" in piece.text
    assert "The address is added." in words(piece)
    wrong = await ben.post(f"{TYPE}/addresses", {"address": "nobody"}, htmx=True)
    assert wrong.status_code == 422 and 'value="nobody"' in wrong.text and 'aria-invalid="true"' in wrong.text
    gone = await ben.post(f"{TYPE}/addresses/{await id_of(STOCK)}/removal", htmx=True)
    assert gone.status_code == 200 and STOCK not in gone.text


async def test_an_address_that_is_removed_is_confirmed_by_no_link(ben: Browser, cast: Cast) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    link = await link_to(STOCK)
    page = await ben.follow(await ben.post(f"{TYPE}/addresses/{await id_of(STOCK)}/removal"))
    assert STOCK not in words(page) and (await ben.post(link)).status_code == 403
    assert await addresses(cast.ben.id) == {"ben@brightbyte.example": True}


async def test_the_link_is_sent_again_and_the_older_one_ends(ben: Browser, cast: Cast) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    first, number = await link_to(STOCK), await id_of(STOCK)
    page = await ben.follow(await ben.post(f"{TYPE}/addresses/{number}/link"))
    assert "The link was sent again." in words(page) and (await ben.post(first)).status_code == 403
    assert (await ben.post(await link_to(STOCK))).status_code == 303
    assert (await ben.post(f"{TYPE}/addresses/{number}/link")).status_code == 409
    assert len(await mail_to(STOCK)) == 2


async def test_an_address_that_is_confirmed_once_is_not_asked_again(ben: Browser, cast: Cast) -> None:
    await sql.run(
        """INSERT INTO notification_addresses ("user", kind, address, address_key, confirmed_at)
            VALUES ($1, 'another', $2, $2, $3)""",
        *(cast.ben.id, STOCK, datetime.now(UTC)),
    )
    page = await ben.follow(await ben.post(f"{TYPE}/addresses", {"address": STOCK}))
    assert f"{STOCK} Remove" in words(page) and not await mail_to(STOCK)


async def test_the_own_address_comes_back_without_a_question(ben: Browser, cast: Cast) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    await ben.post(f"{TYPE}/addresses/{await id_of('ben@brightbyte.example')}/removal")
    assert list(await addresses(cast.ben.id)) == [STOCK]
    await ben.post(f"{TYPE}/addresses", {"address": "BEN@brightbyte.example"})
    assert (await addresses(cast.ben.id))["BEN@brightbyte.example"] and not await mail_to("ben@brightbyte.example")


@rule("NOTIFY-2")
async def test_the_whole_company_is_for_who_sees_its_orders(ben: Browser, cast: Cast, portal: object) -> None:
    assert "All orders of the company" not in (await ben.get(PATH)).text
    answer = await ben.post(TYPE, {"email": 1, "orders": "company"})
    assert answer.status_code == 403 and "see all company orders" in words(answer)
    async with Browser(portal) as hers:
        dana = await hers.sign_in(cast.dana)
        page = await dana.follow(await dana.post(TYPE, {"email": 1, "orders": "company"}))
        assert '<option value="company" selected>' in page.text and await choice(cast.dana.id) == (True, True)


async def test_vera_is_told_why_she_gets_none(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    page = await browser.get(PATH)
    assert page.status_code == 200 and "you lack the privilege “place orders”. Dana Reyes" in words(page)
    assert f'action="{TYPE}' not in page.text
    for path in (TYPE, f"{TYPE}/addresses", f"{TYPE}/addresses/1/removal", f"{TYPE}/addresses/1/link"):
        assert (await browser.post(path, {"address": STOCK, "email": 1})).status_code == 403


async def test_bens_addresses_do_not_exist_for_dana(ben: Browser, cast: Cast, portal: object) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    number = await id_of(STOCK)
    async with Browser(portal) as hers:
        dana = await hers.sign_in(cast.dana)
        for deed in ("removal", "link"):
            answers = [await dana.post(f"{TYPE}/addresses/{one}/{deed}") for one in (number, 0, 99_999, 10**12)]
            assert {answer.status_code for answer in answers} == {404} and len({words(one) for one in answers}) == 1
    assert STOCK in await addresses(cast.ben.id)


async def test_an_unknown_type_is_missing_and_a_get_changes_nothing(ben: Browser) -> None:
    for path in ("nothing", "nothing/addresses", "nothing/addresses/1/removal"):
        assert (await ben.post(f"{PATH}/{path}", {"address": STOCK})).status_code == 404
    for path in ("", "/addresses", "/addresses/1/removal", "/addresses/1/link"):
        assert (await ben.get(f"{TYPE}{path}")).status_code == 405


async def test_staff_have_no_such_preferences(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    assert (await browser.get(PATH)).status_code == 403
    assert (await browser.post(TYPE, {"email": 1})).status_code == 403


async def test_the_link_of_a_deleted_user_is_worth_nothing(ben: Browser, cast: Cast) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    link = await link_to(STOCK)
    await sql.run("UPDATE users SET deleted_at = $2 WHERE id = $1", cast.ben.id, datetime.now(UTC))
    assert (await ben.get(link)).status_code == 403 and (await ben.post(link)).status_code == 403


async def test_a_link_of_another_purpose_confirms_nothing(ben: Browser) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    token = (await link_to(STOCK)).rpartition("/")[2]
    assert (await ben.post(f"/email-changes/{token}")).status_code == 403
    assert (await ben.post(f"/notification-addresses/{token}")).status_code == 303


async def test_who_has_just_come_in_is_led_to_the_overview(ben: Browser) -> None:
    page = await ben.get(f"{PATH}?welcome=1")
    assert "The last step" in words(page) and "To the overview" in words(page)
